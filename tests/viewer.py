"""An open page without a browser: follows ``/live`` by the rules of a page, and remembers all that it was shown.

It speaks Socket.IO by hand: python-socketio's client starts a thread for each message, and loses their order.
"""

from __future__ import annotations

import json
import random
import threading
import time
from typing import Any

import websocket

from live.frames import decode_frame

SILENCE = 1.5
"""Seconds without a heartbeat after which a page says that it is stale: the server sends two a second."""
GIVE_UP = 6.0
"""Seconds without any message after which it tries a new connection."""


class WatchingViewer:
    """Connects, comes back by itself, asks for what it has missed.

    ``entries`` is every journal entry since the first snapshot, in order, each once; ``repeated`` counts entries that
    came though they were known, ``gaps`` those that came too early (both are left out of ``entries``).
    """

    def __init__(self, url: str, token: str, *, acknowledges: bool = True, origin: str | None = None) -> None:
        self._url = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        self._token, self._acknowledges, self._origin = token, acknowledges, origin
        self._socket: websocket.WebSocket | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._stay_connected, daemon=True)
        self.refusal: Any = None
        self.connections = 0
        self.first: dict[str, Any] | None = None
        self.snapshot: dict[str, Any] = {}
        self.snapshots = 0
        self.entries: list[dict[str, Any]] = []
        self.repeated = self.gaps = 0
        self.heartbeat: dict[str, Any] = {}
        self.heard = 0.0
        self.frames: list[int] = []
        self.ages: list[float] = []
        self.largest_frame = 0
        self.received = 0
        self.positions: dict[str, tuple[float, float]] = {}
        self.roster: dict[int, str] = {}
        self.presence: list[dict[str, Any]] = []
        self.selected: dict[str, Any] = {}

    def start(self) -> WatchingViewer:
        """Connect, and wait for the snapshot."""
        self._thread.start()
        deadline = time.monotonic() + 60
        while self.first is None:
            assert time.monotonic() < deadline, f"no snapshot came ({self.refusal})"
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        """Close the page."""
        self._stopped.set()
        if self._socket:
            self._socket.close()
        self._thread.join(timeout=10)

    def emit(self, event: str, data: Any) -> None:
        """Say something to the server; nothing is said while there is no connection."""
        self._say([event, data])

    def emit_alone(self, event: str) -> None:
        """The same, of an event that has nothing to go with it."""
        self._say([event])

    def _say(self, words: list[Any]) -> None:
        try:
            if self._socket:
                self._socket.send(f"42/live,{json.dumps(words)}")
        except (OSError, websocket.WebSocketException):
            return

    @property
    def seq(self) -> int:
        """The newest entry that this page knows."""
        assert self.first is not None
        return self.entries[-1]["seq"] if self.entries else int(self.first["seq"])

    def is_stale(self) -> bool:
        """Whether the page would say so: no heartbeat of late, or one that says it."""
        return time.monotonic() - self.heard > SILENCE or self.heartbeat.get("stale_since") is not None

    def _stay_connected(self) -> None:
        while not self._stopped.is_set():
            try:
                self._connect()
                while not self._stopped.is_set():
                    self._take(self._receive())
            except (OSError, websocket.WebSocketException):
                if self._socket:
                    self._socket.close()
                self._stopped.wait(random.uniform(0.1, 0.4))

    def _connect(self) -> None:
        self._socket = websocket.create_connection(self._url, timeout=GIVE_UP, origin=self._origin)
        self.connections += 1

    def _receive(self) -> str | bytes:
        assert self._socket
        kind, data = self._socket.recv_data()
        if kind == websocket.ABNF.OPCODE_CLOSE:
            raise ConnectionError("closed")
        self.received += len(data)
        return bytes(data) if kind == websocket.ABNF.OPCODE_BINARY else str(data, "utf-8")

    def _take(self, message: str | bytes) -> None:
        """One message of engine.io 4 and Socket.IO 5."""
        assert self._socket
        if isinstance(message, bytes):
            self._on_positions(message)
        elif message.startswith("0"):
            self._socket.send(f"40/live,{json.dumps({'token': self._token})}")
        elif message == "2":
            self._socket.send("3")
        elif message.startswith("42/live,"):
            name, data = json.loads(message.removeprefix("42/live,"))
            getattr(self, f"_on_{name}", lambda _: None)(data)  # what nobody listens to is passed over, as in a page
        elif message.startswith("44/live,"):
            self.refusal = json.loads(message.removeprefix("44/live,"))

    def _on_snapshot(self, snapshot: dict[str, Any]) -> None:
        self.snapshot, self.snapshots = snapshot, self.snapshots + 1
        self.positions.clear()
        self._name(snapshot["roster"])
        self.first = self.first or snapshot
        if snapshot["seq"] > self.seq:
            self.emit("resume", {"seq": self.seq})

    def _on_journal(self, entry: dict[str, Any]) -> None:
        if entry["seq"] == self.seq + 1:
            self.entries.append(entry)
            self._forget_whoever_left(entry)
        elif entry["seq"] <= self.seq:
            self.repeated += 1
        else:
            self.gaps += 1
            self.emit("resume", {"seq": self.seq})

    def _on_heartbeat(self, heartbeat: dict[str, Any]) -> None:
        self.heartbeat, self.heard = heartbeat, time.monotonic()
        if heartbeat["seq"] > self.seq:
            self.emit("resume", {"seq": self.seq})

    def _on_positions(self, data: bytes) -> None:
        frame = decode_frame(data)
        rows = frame.positions
        self.frames.append(frame.number)
        self.largest_frame = max(self.largest_frame, len(data))
        self.ages.append(time.time() - frame.built_at)
        for index, lon, lat in zip(rows.index.tolist(), rows.lon.tolist(), rows.lat.tolist(), strict=True):
            self.positions[self.roster[index]] = (lon, lat)
        if self._acknowledges:
            self.emit("ack", frame.number)

    def _on_roster(self, roster: list[dict[str, Any]]) -> None:
        self._name(roster)

    def _on_presence(self, people: list[dict[str, Any]]) -> None:
        self.presence = people

    def _on_select(self, selection: dict[str, Any]) -> None:
        self.selected = selection

    def _name(self, roster: list[dict[str, Any]]) -> None:
        self.roster = {each["index"]: each["courier"] for each in roster}

    def _forget_whoever_left(self, entry: dict[str, Any]) -> None:
        if entry.get("kind") in ("courier.shift_ended", "courier.break_started"):
            self.positions.pop(entry["subject"], None)
