"""All screens that this process serves: what the feed hears goes to them, and what they ask for is answered."""

from __future__ import annotations

import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from math import inf
from typing import Any

import msgspec
from redis.exceptions import RedisError

from dashboard.domain.board import Board
from dashboard.domain.events import Entry
from dashboard.domain.times import to_wire
from dashboard.ports import Store
from live import channels
from live.bus import open_redis
from live.coop import moment
from live.feed import Feed
from live.loops import in_background
from live.presence import Person, Presence
from live.room import Room
from live.routes import Fallback
from live.selections import decode, read_selection
from live.sight import Visitor
from live.telling import Moment
from live.viewer import Outlet, Viewer

TICK = 0.09
"""Seconds between two frames. A fix waits so long at most; publish to screen has to stay below 110 ms."""
PRESENCE = 1.0
"""Seconds after which a process tells the others again who looks on through it."""
LOOK_AROUND = 0.25
"""Seconds between two looks whether somebody has fallen silent: with QUIET it makes who left gone within 3 s."""
ARRIVALS = 1.0
"""Seconds between two looks whether forecasts have changed: so soon a row that was given away says when."""
MOST_AGAIN = 1000
"""Missed entries that are sent one by one; when there are more, a snapshot is shorter."""


class Screens:
    """Between the feed and the viewers of one process, from ``start()`` to ``stop()``.

    ``clock`` gives epoch seconds, ``steady`` seconds that never jump; ``tick`` is the time between two frames (s).
    """

    def __init__(
        self, feed: Feed, store: Store, redis_url: str, clock: Callable[[], float], *, tick: float = TICK,
        steady: Callable[[], float] = time.monotonic, fallback: Callable[[str], Fallback | None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._fallback = fallback
        self._feed, self._store, self._clock, self._tick, self._steady = feed, store, clock, tick, steady
        self._redis = open_redis(redis_url)
        self._rooms: dict[str, Room] = {}
        self._viewers: dict[str, Viewer] = {}
        process = secrets.token_hex(4)
        self._presence: defaultdict[str, Presence] = defaultdict(lambda: Presence(process))
        self._said: dict[str, tuple[float, bytes]] = {}
        self._due = steady()
        self._stopped, self._somebody_moved = threading.Event(), threading.Event()
        self._steps = [self._tick_once, self._say_who_is_here]
        self._threads: list[threading.Thread] = []
        feed.listeners.entry.append(self._tell)
        feed.listeners.reload.append(self._start_anew)
        feed.listeners.presence.append(self._hear_presence)
        feed.listeners.selection.append(self._hear_selection)
        feed.counters.gauges["viewers"] = "Screens that are open", lambda: len(self._viewers)

    def start(self) -> None:
        """Begin to send; returns at once."""
        self._threads = [in_background(step, self._stopped) for step in self._steps]

    def also(self, chore: Callable[[], None], every: float) -> None:
        """Do this as well, every so many seconds."""

        def chore_and_rest() -> None:
            if not self._stopped.wait(every):
                chore()

        self._steps.append(chore_and_rest)

    def tell_arrivals(self, forecast: Callable[[str], Mapping[str, Any]]) -> None:
        """Tell the desks of each co-op its arrivals, as ``forecast`` has them by order; asked once for all screens."""

        def tell() -> None:
            for coop, room in list(self._rooms.items()):
                if room.has_desks:
                    room.tell_arrivals(forecast(coop))

        self.also(tell, ARRIVALS)

    def stop(self) -> None:
        """End all threads, and wait for them."""
        self._stopped.set()
        self._somebody_moved.set()
        for thread in self._threads:
            thread.join(timeout=5)

    def drain(self, seconds: float = 2.0) -> None:
        """Send every viewer away to another process, spread over some time so that they do not all come at once."""
        viewers = list(self._viewers.values())
        for viewer in viewers:
            viewer.outlet.cut()
            self._stopped.wait(seconds / len(viewers))

    def enter(self, id: str, visitor: Visitor, outlet: Outlet) -> None:
        """Let a viewer in. NotFound when there is no such co-op."""
        board = self._feed.board(visitor.coop)
        room = self._rooms.setdefault(visitor.coop, Room(board.seq, self._feed.counters))
        self._viewers[id] = viewer = Viewer(outlet, visitor)
        room.enter(id, viewer)
        self._somebody_moved.set()

    def leave(self, id: str) -> None:
        """Forget a viewer."""
        viewer = self._viewers.pop(id, None)
        if viewer is not None:
            self._rooms[viewer.visitor.coop].leave(id)
            self._somebody_moved.set()

    def cut(self, id: str) -> None:
        """End a viewer's connection."""
        if viewer := self._viewers.get(id):
            viewer.outlet.cut()

    def look(self, id: str, order: str | None) -> None:
        """Note which order a viewer is looking at."""
        if viewer := self._viewers.get(id):
            viewer.looking = order
            self._somebody_moved.set()

    def select(self, id: str, wish: object) -> None:
        """Tell all windows of the viewer's person, in every process, what was selected."""
        viewer = self._viewers.get(id)
        if viewer is None or not viewer.sees_all:
            return
        if selection := read_selection(wish, viewer.person, id):
            viewer.looking = selection.order
            self._somebody_moved.set()
            with suppress(
                RedisError, OSError
            ):  # while Redis is away, windows are not in step, and say that they are stale
                self._redis.publish(channels.selection(viewer.visitor.coop), msgspec.json.encode(selection))

    def hold(self, id: str, orders: tuple[str, ...]) -> None:
        """Note which orders a viewer has in hand."""
        if viewer := self._viewers.get(id):
            viewer.holding = orders
            self._somebody_moved.set()

    def hear_from(self, id: str) -> None:
        """Note that somebody still looks on through this viewer."""
        if viewer := self._viewers.get(id):
            viewer.heard = self._steady()

    def people(self, coop: str) -> list[Person]:
        """Who sits at the co-op's desk, over all processes."""
        return self._presence[coop].people(self._steady()) if coop in self._presence else []

    def acknowledge(self, id: str, number: int) -> None:
        """Note that a viewer has drawn a frame."""
        if viewer := self._viewers.get(id):
            viewer.acknowledge(number)

    def resume(self, id: str, seq: int) -> None:
        """Send again the entries after ``seq``, or a new snapshot if that is shorter or ``seq`` lies ahead."""
        viewer = self._viewers.get(id)
        if viewer is None:
            return
        coop = viewer.visitor.coop
        board = self._feed.board(coop)
        if board.seq < seq:  # the viewer was told more by another process
            board = self._feed.catch_up(coop)
        if (sent := viewer.seq) is None:
            return  # its snapshot is on the way
        room, missing = self._rooms[coop], sent - seq
        if not 0 <= missing <= MOST_AGAIN:
            room.start_anew(viewer)
        elif missing:
            entries = room.recent(seq, sent) or self._store.entries(coop, after=seq, limit=missing)
            room.tell_again(viewer, entries, board, moment(self._clock()))

    def _tick_once(self) -> None:
        if self._viewers:
            self._feed.hear_now()
        for coop, room in list(self._rooms.items()):
            since, unwatched = self._feed.stale_since(coop), self._feed.unwatched_since(coop)
            fallback = self._fallback(coop)
            now = Moment(
                self._feed.board(coop), self._feed.fleet(coop), self._clock(), _instant(since),
                None if fallback is None else fallback.to_wire(), _instant(unwatched),
            )  # fmt: skip
            room.tick(now, self._presence[coop].people(self._steady()))
        self._due = max(self._due + self._tick, self._steady())
        self._stopped.wait(max(self._due - self._steady(), 0.001))

    def _tell(self, entry: Entry, board: Board) -> None:
        if room := self._rooms.get(entry.coop):
            room.tell(entry, board)

    def _start_anew(self, coop: str) -> None:
        if room := self._rooms.get(coop):
            room.start_anew()

    def _hear_presence(self, coop: str, message: bytes) -> None:
        self._presence[coop].hear(message, self._steady())

    def _hear_selection(self, coop: str, message: bytes) -> None:
        if (room := self._rooms.get(coop)) and (selection := decode(message)):
            room.step(selection)
            self._somebody_moved.set()

    def _say_who_is_here(self) -> None:
        now = self._steady()
        for coop, room in list(self._rooms.items()):
            message = self._presence[coop].here(*_who_is_here(room, now))
            said_at, said = self._said.get(coop, (-inf, b""))
            if message != said or now - said_at >= PRESENCE:
                self._redis.publish(channels.presence(coop), message)
                self._said[coop] = now, message
        self._somebody_moved.wait(LOOK_AROUND)
        self._somebody_moved.clear()


def _who_is_here(room: Room, steady: float) -> tuple[list[Person], list[str]]:
    """Who looks through this process, and the restaurants whose screen is open."""
    viewers = list(room.viewers.values())
    desk = [viewer for viewer in viewers if viewer.sees_all and viewer.is_here(steady)]
    kitchens = {one.visitor.scope for one in viewers if one.visitor.role == "restaurant" and one.visitor.scope}
    people = [Person(each.visitor.name, each.looking, each.holding, each.person) for each in desk]
    return people, sorted(kitchens)


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else to_wire(moment)
