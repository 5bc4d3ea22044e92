"""What was: the board at a past moment, what happened after it, and where people rode as long as that is kept.

Dispatchers see the last day, administrators everything. Couriers and members see nothing here: a board of the past
holds other people's customers; a courier's own work is on /me, with every order and what was earned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from dashboard.access import TooLongAgo
from dashboard.domain.board import KEEP_CLOSED, Board, forget
from dashboard.domain.events import Entry
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.spans import Span, local_day
from dashboard.looks import PAST, Looks
from dashboard.ports import Store
from dashboard.retention import Point, TraceBook, trace_days
from dashboard.roles import Visitor

STEP = timedelta(minutes=5)
"""Of the strip that shows a day."""
FRESH = timedelta(minutes=3)
"""A position that old is where somebody was, and no longer where they are."""
LONGEST_SLICE = timedelta(hours=2)
AHEAD = timedelta(minutes=1)
"""The clocks of a browser and of this machine may differ by so much."""
MILLISECOND = timedelta(milliseconds=1)
PAGE = 200
ON_THE_BOARD = ("order.", "courier.", "restaurant.", "alarm.")


class DayBook(Protocol):
    """How many orders were placed and delivered late, in steps of a day."""

    def activity(self, coop: str, span: Span, step: timedelta) -> tuple[Sequence[int], Sequence[int]]: ...


@dataclass(frozen=True, slots=True)
class Then:
    """The board at ``at``; ``points`` the newest position of each courier, ``kept`` whether there can be any."""

    at: datetime
    board: Board
    points: Sequence[Point]
    kept: bool


@dataclass(frozen=True, slots=True)
class Slice:
    """What follows, in order; ``next`` is where to go on, None when the slice holds all up to its end."""

    entries: Sequence[Entry]
    points: Sequence[Point]
    next: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """A day on the co-op's clock in steps of five minutes; ``since`` is from when on the visitor sees it."""

    day: date
    span: Span
    since: datetime
    placed: Sequence[int]
    late: Sequence[int]


@dataclass(frozen=True)
class Past:
    """One per process; all of it reads. Every method raises TooLongAgo for what is older than the visitor sees."""

    store: Store
    days: DayBook
    traces: TraceBook
    looks: Looks
    zone: Callable[[str], ZoneInfo]
    clock: Callable[[], datetime]

    def at(self, by: Visitor, at: datetime) -> Then:
        """The board as it was at that moment. Invalid: it is still to come."""
        now = self.clock()
        if at > now + AHEAD:
            raise Invalid("This is still to come: choose a time before now", field="at")
        return self._then(by, min(at, now), self.store.last_before(by.coop, min(at, now) + MILLISECOND))

    def beside(self, by: Visitor, seq: int, step: int) -> Then | None:
        """The board after the next change beyond entry ``seq``, or (``step`` -1) the last before it; None: none."""
        found = self._after(by.coop, seq) if step > 0 else self._before(by.coop, seq)
        return None if found is None else self._then(by, found.at, found.seq)

    def following(self, by: Visitor, after: int, since: datetime, until: datetime, limit: int) -> Slice:
        """What was written after an entry and up to a moment, and the positions between the two moments."""
        until = min(until, since + LONGEST_SLICE)
        found = self.store.entries(by.coop, after=after, limit=limit + 1)
        wanted = [entry for entry in found[:limit] if entry.at <= until]
        self._allowed(by, min([since, *(entry.at for entry in wanted[:1])]))
        is_more = len(wanted) == limit < len(found)
        return Slice(wanted, self._points(by, since, until), wanted[-1].seq if is_more else None)

    def about(self, by: Visitor, order: str) -> Sequence[Entry]:
        """All that happened to an order, as far as the visitor sees it. NotFound: there is no such order."""
        found = [entry for entry in self.store.about(by.coop, order) if entry.kind.startswith("order.")]
        if not found:
            raise NotFound("There is no order {id}", id=order)
        since = by.sees_since(self.clock())
        return [entry for entry in found if since is None or entry.at >= since]

    def day(self, by: Visitor, day: date) -> Day:
        """When much was going on."""
        span = local_day(day, self.zone(by.coop))
        since = max(span.start, by.sees_since(self.clock()) or span.start)
        self._allowed(by, span.end)
        placed, late = self.days.activity(by.coop, span, STEP)
        hidden = -(-(since - span.start) // STEP)
        return Day(day, span, since, *([0] * hidden + list(each[hidden:]) for each in (placed, late)))

    def _then(self, by: Visitor, at: datetime, seq: int) -> Then:
        self._allowed(by, at)
        newest = {point.courier: point for point in self._points(by, at - FRESH, at)}
        board = forget(self.store.board_at(by.coop, seq), at - KEEP_CLOSED)
        return Then(at, board, list(newest.values()), self._is_kept(by.coop, at))

    def _points(self, by: Visitor, since: datetime, until: datetime) -> Sequence[Point]:
        if not self._is_kept(by.coop, until):
            return ()
        found = self.traces.between(by.coop, since, until)
        if found:
            self.looks.note(by, None, PAST)
        return found

    def _is_kept(self, coop: str, at: datetime) -> bool:
        now = self.clock()
        days = trace_days(self.store, coop, now)
        return days > 0 and at >= now - timedelta(days=days)

    def _allowed(self, by: Visitor, at: datetime) -> None:
        since = by.sees_since(self.clock())
        if since is not None and at < since:
            raise TooLongAgo()

    def _after(self, coop: str, seq: int) -> Entry | None:
        while page := self.store.entries(coop, after=seq, limit=PAGE):
            if found := next(filter(_is_seen, page), None):
                return found
            seq = page[-1].seq
        return None

    def _before(self, coop: str, seq: int) -> Entry | None:
        while seq > 1:
            first = max(0, seq - 1 - PAGE)
            page = self.store.entries(coop, after=first, limit=seq - 1 - first)
            if found := next(filter(_is_seen, reversed(page)), None):
                return found
            seq = first + 1
        return None


def _is_seen(entry: Entry) -> bool:
    return "changes" in entry.data and entry.kind.startswith(ON_THE_BOARD)
