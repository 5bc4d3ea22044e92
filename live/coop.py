"""One co-op as a process knows it right now: its board, where its couriers are, and when Redis last spoke of it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from dashboard.domain.board import Board
from dashboard.domain.board import apply as after
from dashboard.domain.events import Entry, entry_from_wire, is_whole
from dashboard.ports import Store
from live.counters import Counters
from live.fixes import MAX_MESSAGE, Fix, decode
from live.fleet import Fleet

FAR_BEHIND = 5000
"""Entries after which it is quicker to read the whole board."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told, in order and one at a time: of entries, of boards read anew, of what other processes say."""

    entry: list[Callable[[Entry, Board], None]] = field(default_factory=list)
    reload: list[Callable[[str], None]] = field(default_factory=list)
    presence: list[Callable[[str, bytes], None]] = field(default_factory=list)
    selection: list[Callable[[str, bytes], None]] = field(default_factory=list)


class LiveCoop:
    """Moved on by what is heard on the co-op's channels, and by the journal where an announcement was missed.

    ``heard`` is when the last heartbeat came (seconds that never jump), ``heard_at`` the same by the clock; at the
    beginning, when the co-op was first read. ``watched_at``: when a worker last looked for alarms. ``behind`` says that
    the journal holds more than was heard.
    """

    def __init__(
        self, board: Board, store: Store, listeners: Listeners, counters: Counters, *, now: float, steady: float
    ) -> None:
        self.id = board.coop
        self.board = board
        self.fleet = Fleet()
        self.heard, self.heard_at = steady, now
        self.watched_at = now
        self.behind = False
        self._store, self._listeners, self._counters = store, listeners, counters
        self._lock = threading.RLock()
        self._follow_all()

    def hear_positions(self, message: bytes, now: float) -> None:
        """Take in a message of ``positions:{coop}``, whatever it may be."""
        counts, refused = self._counters.counts, self._counters.refused
        counts["messages"] += 1
        with self._lock:
            for fix in decode(message, refused):
                reason = self.fleet.accept(fix, now)
                if reason is None:
                    counts["fixes"] += 1
                else:
                    refused[reason] += 1

    def hear_journal(self, message: bytes, now: float, steady: float) -> bool:
        """Take in a message of ``journal:{coop}``: an entry, or a heartbeat with the newest seq (True)."""
        wire = _read(message)
        seq = wire.get("heartbeat")
        if isinstance(seq, int):
            self.heard, self.heard_at = steady, now
            self.behind |= seq != self.board.seq
            watched = wire.get("watched")
            if isinstance(watched, int | float):
                self.watched_at = max(self.watched_at, float(watched))
            return True
        entry = _entry(wire)
        if entry is None or entry.coop != self.id:
            self._counters.counts["bad_announcements"] += 1
            self.behind = True
        elif not self._advance(entry):
            self.behind |= entry.seq > self.board.seq
        return False

    def remember(self, fixes: Iterable[bytes | str], now: float) -> None:
        """Take in what ``last:{coop}`` holds, as far as it is news; and all that is known counts as changed, because
        the Redis that is spoken to may have forgotten it."""
        with self._lock:
            for fix in fixes:
                for each in decode(fix, Counter()):
                    self.fleet.accept(each, now)
            self.fleet.mark_all()

    def catch_up(self, at: datetime) -> None:
        """Read from the journal what was not heard. A journal that goes back (a restored backup) is read anew."""
        self.behind, seq = False, self.board.seq
        head = self._store.head(self.id).seq
        if head < seq or head - seq > FAR_BEHIND:
            self._reload(at)
            return
        while self.board.seq < head:
            entries = self._store.entries(self.id, after=self.board.seq, limit=1000)
            if not self._advance_all(entries):
                break

    def newest(self, courier: str) -> Fix | None:
        """The courier's newest accepted fix; None off shift, on break, or before the first."""
        index = self.fleet.on_shift.get(courier)
        return None if index is None else self.fleet.newest(index)

    def _advance(self, entry: Entry) -> bool:
        """Apply the entry if it is the next one, and tell."""
        with self._lock:
            if entry.seq != self.board.seq + 1:
                return False
            board = after(self.board, entry)
            if entry.kind.startswith("courier."):
                self.fleet.follow(board.couriers[entry.subject], entry.at.timestamp())
            self.board = board
            self._counters.counts["entries"] += 1
            for tell in self._listeners.entry:
                tell(entry, board)
        return True

    def _advance_all(self, entries: Sequence[Entry]) -> int:
        taken = sum(self._advance(entry) for entry in entries)
        self._counters.counts["caught_up"] += taken
        return taken

    def _reload(self, at: datetime) -> None:
        board = self._store.board(self.id, at)
        with self._lock:
            self.board = board
            self._follow_all()
            for tell in self._listeners.reload:
                tell(self.id)

    def _follow_all(self) -> None:
        for courier in self.board.couriers.values():
            started = courier.shift_started_at
            self.fleet.follow(courier, started.timestamp() if started else 0.0)


def _read(message: bytes) -> dict[str, object]:
    if len(message) > MAX_MESSAGE:
        return {}
    try:
        wire = msgspec.json.decode(message)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return wire if isinstance(wire, dict) else {}


def _entry(wire: dict[str, object]) -> Entry | None:
    """The entry that was announced, if it is one and nobody changed it on its way."""
    try:
        entry = entry_from_wire(wire)
        return entry if is_whole(entry) else None
    except (TypeError, ValueError, KeyError, AttributeError):
        return None


def moment(epoch: float) -> datetime:
    """The aware UTC instant of epoch seconds."""
    return datetime.fromtimestamp(epoch, UTC)
