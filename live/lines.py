"""The line to a viewer: a WebSocket that never sends half a message, keeps little, and can be cut off."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from live.packets import NAMESPACE, Packet, Ready
from live.websocket import BINARY, CLOSE, PING, TEXT, Inbox, ProtocolError, frame, handshake

KEY = "roulement.line"
"""Where the line is found in the WSGI environment of its connection."""
MAX_MESSAGE = 64 * 1024
SEND_BUFFER = 64 * 1024
"""Bytes (the kernel doubles it): what waits in it is old when it arrives."""
DEAD_AFTER_MS = 20_000
"""A peer that acknowledges nothing for so long is gone (TCP_USER_TIMEOUT)."""
ACK = re.compile(rb'42%s,\["ack",(\d{1,10})\]' % NAMESPACE.encode())
"""Read here, below Socket.IO: with a dozen a second from each viewer it would cost more there than the frames do."""


HERE = b'42%s,["here"]' % NAMESPACE.encode()
"""Likewise; what a page says each second."""


class Line:
    """One viewer's WebSocket. ``taken`` counts the packets that have left for the network."""

    def __init__(self, sock: Any) -> None:
        self.taken = 0
        self.on_ack: Callable[[int], None] | None = None
        self.on_here: Callable[[], None] | None = None
        self._sock = sock
        self._at_once = getattr(sock, "_sock", sock)  # gevent's socket would wait: this is the one inside
        self._lock = threading.Lock()
        self._inbox = Inbox(MAX_MESSAGE)
        self._messages: deque[str | bytes] = deque()
        self._has_said_goodbye = False
        with contextlib.suppress(OSError):  # a Unix socket has no such options
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER_MS)

    def send(self, data: bytes | str) -> None:
        """Send a message, or frames that are ready; waits while the line is full. OSError when it is closed."""
        if isinstance(data, Ready):
            self._send(data)
            self.taken += 1
        else:
            self._send(frame(BINARY, data) if isinstance(data, bytes) else frame(TEXT, data.encode()))

    def send_at_once(self, frames: bytes) -> int:
        """Send what fits in without waiting; how much that was. Nothing while somebody else is sending."""
        if not self._lock.acquire(blocking=False):
            return 0
        try:
            return int(self._at_once.send(frames, socket.MSG_DONTWAIT))
        except OSError:
            return 0  # full, or closed: whoever sends by waiting finds out
        finally:
            self._lock.release()

    def receive(self) -> str | bytes | None:
        """The next message; None when the client has gone. ProtocolError when it speaks something else."""
        while not self._messages:
            data = self._sock.recv(4096)
            if not data:
                return None
            for kind, payload in self._inbox.feed(data):
                if kind == CLOSE:
                    self._say_goodbye(payload[:2])
                    return None
                self._take(kind, payload)
        return self._messages.popleft()

    def close(self) -> None:
        """Say goodbye, if there is still somebody to hear it, and end the connection."""
        with contextlib.suppress(OSError):
            self._say_goodbye(b"\x03\xe8")  # 1000, all is well
        self.cut()

    def cut(self) -> None:
        """End the connection without a word: the client comes back by itself, as after any lost connection."""
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def _say_goodbye(self, why: bytes) -> None:
        """Once: a second closing frame is an error in the browser's eyes."""
        if not self._has_said_goodbye:
            self._has_said_goodbye = True
            self._send(frame(CLOSE, why))

    def _send(self, frames: bytes) -> None:
        with self._lock:
            self._sock.sendall(frames)

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == PING:
            self._send(frame(0xA, payload))
        elif kind == BINARY:
            self._messages.append(payload)
        elif kind == TEXT:
            ack = ACK.fullmatch(payload)
            if ack and self.on_ack:
                self.on_ack(int(ack[1]))
            elif payload == HERE and self.on_here:
                self.on_here()
            else:
                self._messages.append(payload.decode())


class LineOutlet:
    """The way to a viewer: at once if the line is free, else behind what waits in engine.io's queue."""

    def __init__(self, queue: Any, line: Line) -> None:
        self._queue, self._line, self._given = queue, line, 0

    def send(self, packet: Packet) -> None:
        """Send the packet, or put it in line; never waits."""
        frames, is_free = packet.encode(), self.waiting() == 0 and self._queue.empty()
        self._given += 1
        sent = self._line.send_at_once(frames) if is_free else 0
        if sent == len(frames):
            self._line.taken += 1
        else:
            self._queue.put(Packet(frames[sent:]) if sent else packet)

    def waiting(self) -> int:
        """How many packets have not yet left for the network."""
        return self._given - self._line.taken

    def cut(self) -> None:
        """End the connection."""
        self._line.cut()


class LineServer:
    """What engine.io calls to serve a WebSocket; ``wait``, ``send`` and ``close`` are what it then uses."""

    def __init__(self, serve: Callable[[LineServer], Iterable[bytes]], _: object) -> None:
        self._serve = serve

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        """Open the line and serve it to its end."""
        try:
            answer = handshake(environ)
        except ProtocolError as error:
            start_response("400 Bad Request", [("Content-Type", "text/plain")])
            return [str(error).encode()]
        sock, ended = _socket_of(environ)
        line = environ[KEY] = Line(sock)
        sock.sendall(answer)
        self.wait, self.send, self.close = line.receive, line.send, line.close
        try:
            return self._serve(self)
        finally:
            line.cut()
            if ended:
                raise ended


def use_lines(engine: Any) -> None:
    """Make an engine.io server use these lines."""
    engine._async = engine._async | {"websocket": LineServer}  # there is no public way to choose the class


def _socket_of(environ: dict[str, Any]) -> tuple[Any, type[BaseException] | None]:
    """The connection under a request, and what tells that server that it was taken over."""
    if "gunicorn.socket" in environ:
        return environ["gunicorn.socket"], StopIteration
    if "werkzeug.socket" in environ:
        return environ["werkzeug.socket"], ConnectionError
    if environ.get("SERVER_SOFTWARE", "").startswith("gevent"):
        body = environ["wsgi.input"]
        return getattr(body, "rfile", body).raw._sock, None
    raise RuntimeError("a WebSocket needs gunicorn, gevent or Werkzeug under it")
