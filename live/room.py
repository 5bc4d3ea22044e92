"""All screens of one co-op in this process: each event is encoded once, whatever their number."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dashboard.domain.board import Board
from dashboard.domain.events import Entry
from dashboard.domain.times import to_wire
from live.coop import moment
from live.counters import Counters
from live.frames import Frame, encode_frame
from live.packets import Packet, binary_event, event
from live.presence import Person
from live.presence import to_wire as people_to_wire
from live.selections import Selection, Selections
from live.selections import to_wire as selection_to_wire
from live.telling import Moment, Snapshots, Told, roster
from live.viewer import MOST_WAITING, Viewer

RECENT = 512
"""Entries kept at hand for viewers who come back."""
HEARTBEAT = 0.5
"""Seconds between two heartbeats to the screens: so a screen can notice within 2 s that there are none."""


class Room:
    """Told of entries by the feed and of time by the ticker. Each screen gets a snapshot, and then every later entry
    once, in order."""

    def __init__(self, seq: int, counters: Counters) -> None:
        self.viewers: dict[str, Viewer] = {}
        self._lock = threading.RLock()
        self._seq = seq
        self._counts = counters.counts
        self._recent: deque[Entry] = deque(maxlen=RECENT)
        self._number = 0
        self._couriers = 0
        self._beat: tuple[float, Mapping[str, Any]] = (0.0, {})
        self._people: list[Person] = []
        self._selections = Selections()
        self._arrivals: Mapping[str, Any] = {}

    def enter(self, id: str, viewer: Viewer) -> None:
        """Let a viewer in; the next tick sends its snapshot."""
        with self._lock:
            self.viewers[id] = viewer

    def leave(self, id: str) -> Viewer | None:
        """Forget a viewer."""
        with self._lock:
            return self.viewers.pop(id, None)

    def start_anew(self, *viewers: Viewer) -> None:
        """Have the next tick send a new snapshot to these viewers, or to all."""
        with self._lock:
            for viewer in viewers or tuple(self.viewers.values()):
                viewer.seq = None

    def tell(self, entry: Entry, board: Board) -> None:
        """Send an entry to all."""
        told = Told(entry, board)
        with self._lock:
            self._seq = entry.seq
            self._recent.append(entry)
            for viewer in self.viewers.values():
                if viewer.seq is not None and viewer.seq < entry.seq and viewer.send(told.to(viewer.visitor)):
                    viewer.seq = entry.seq
            if entry.kind.startswith("alarm."):
                self._to_the_desk(event("alarm", told.alarm))

    def recent(self, after: int, upto: int) -> Sequence[Entry] | None:
        """The entries after one seq up to another, if they are all at hand."""
        with self._lock:
            found = [entry for entry in self._recent if after < entry.seq <= upto]
        return found if len(found) == upto - after else None

    def tell_again(self, viewer: Viewer, entries: Iterable[Entry], board: Board, at: datetime) -> None:
        """Send entries once more, to a viewer who has missed them: none from before what they see at ``at``."""
        since = viewer.visitor.sees_since(at)
        with self._lock:
            for entry in entries:
                told = Told(entry, board)
                viewer.send(told.bare if since and entry.at < since else told.to(viewer.visitor))

    def tick(self, at: Moment, people: list[Person]) -> None:
        """Send what is due: snapshots, the roster, positions, the heartbeat, who is at the desk."""
        with self._lock:
            if self.viewers:
                self._send_roster(at)
                self._send_people(people)
                self._greet(at)
                self._send_positions(at)
                self._send_heartbeat(at)

    def _greet(self, at: Moment) -> None:
        self._seq = max(self._seq, at.board.seq)
        snapshots = Snapshots(at)
        for viewer in self.viewers.values():
            if viewer.seq is None and viewer.send(snapshots.to(viewer.visitor, viewer.person)):
                viewer.seq, viewer.behind = at.board.seq, True
                if viewer.sees_all:
                    viewer.send(event("presence", people_to_wire(self._people)))
                    if selection := self._selections.of(viewer.person):
                        viewer.looking = selection.order
                        viewer.send(event("select", selection_to_wire(selection, is_own=False)))
                    if self._arrivals:
                        viewer.send(event("arrivals", {"orders": self._arrivals}))

    def _send_roster(self, at: Moment) -> None:
        if len(at.fleet.index) != self._couriers:
            self._couriers = len(at.fleet.index)
            self._to_the_desk(event("roster", roster(at.fleet)))

    def _send_positions(self, at: Moment) -> None:
        changed = at.fleet.take_changed()
        self._number += 1
        news: Packet | None = None
        everything: Packet | None = None
        for viewer in self._desk():
            if not viewer.behind and not len(changed):
                continue
            if not viewer.is_free():
                viewer.behind = True
                self._counts["frames_skipped"] += 1
                continue
            if viewer.behind:
                packet = everything = everything or self._frame(at)
            else:
                packet = news = news or self._frame(at, changed)
            viewer.behind = False
            viewer.send_frame(packet, self._number)
            self._counts["frames_sent"] += 1

    def _frame(self, at: Moment, of: Any = None) -> Packet:
        self._counts["frames_encoded"] += 1
        return binary_event("positions", encode_frame(Frame(self._number, at.now, at.fleet.positions(at.now, of))))

    def _send_heartbeat(self, at: Moment) -> None:
        beaten_at, said = self._beat
        state = {"stale_since": at.stale_since, "routes": at.routes, "unwatched_since": at.unwatched_since}
        if said == state and 0 <= at.now - beaten_at < HEARTBEAT:
            return
        self._beat = at.now, state
        packet = event("heartbeat", {"seq": self._seq, "at": to_wire(moment(at.now)), **state})
        for viewer in self.viewers.values():
            if viewer.seq is not None and viewer.outlet.waiting() <= MOST_WAITING:
                viewer.outlet.send(packet)

    def _send_people(self, people: list[Person]) -> None:
        if people != self._people:
            self._people = people
            self._selections.keep(person.key for person in people)
            self._to_the_desk(event("presence", people_to_wire(people)))

    def step(self, selection: Selection) -> None:
        """Somebody has selected something: all of their windows look at it."""
        with self._lock:
            self._selections.hear(selection)
            for window, viewer in self.viewers.items():
                if viewer.sees_all and viewer.person == selection.person:
                    viewer.looking = selection.order
                    if viewer.seq is not None:
                        wire = selection_to_wire(selection, is_own=window == selection.window)
                        viewer.send(event("select", wire))

    @property
    def has_desks(self) -> bool:
        """Whether anybody looks who is told of arrivals."""
        return any(viewer.sees_all for viewer in tuple(self.viewers.values()))

    def tell_arrivals(self, known: Mapping[str, Any]) -> None:
        """Send what has changed of the arrivals, by order; ``{}`` stands for an order that nobody has any more."""
        with self._lock:
            changed = {order: one for order, one in known.items() if self._arrivals.get(order, {}) != one}
            changed |= {order: {} for order in self._arrivals.keys() - known.keys()}
            self._arrivals = dict(known)
            if changed:
                self._to_the_desk(event("arrivals", {"orders": changed}))

    def _to_the_desk(self, packet: Packet) -> None:
        for viewer in self._desk():
            viewer.send(packet)

    def _desk(self) -> Iterable[Viewer]:
        return (viewer for viewer in self.viewers.values() if viewer.seq is not None and viewer.sees_all)
