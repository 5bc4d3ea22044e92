"""What is kept for a time only: the worker writes traces where the members want them, and takes away what is due."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from dashboard.domain.coop_settings import SUBJECT, TRACE, held
from dashboard.incidents import KEEP_PHOTOS
from dashboard.looks import KEPT as KEEP_LOOKS
from dashboard.plans import SHOWN_BACK as KEEP_PLANS
from dashboard.ports import Store
from dashboard.webhooks import KEEP_LOG
from live.coop import moment
from live.fleet import Fleet

EACH = timedelta(seconds=15)
"""Between two points of a trace: enough to prove a way, at a bicycle's pace some 60 m."""
PURGE_EACH = timedelta(minutes=10)
REST = 5.0
KEEP_WHAT_IS_OVER = timedelta(days=30)
"""Sessions that have ended and links that have run out: long enough to see who was here when something was amiss."""
PERIODS: Mapping[str, timedelta] = {
    "looks": KEEP_LOOKS, "planned_shifts": KEEP_PLANS, "webhook_deliveries": KEEP_LOG,
    "sessions": KEEP_WHAT_IS_OVER, "links": KEEP_WHAT_IS_OVER, "photos": KEEP_PHOTOS,
}  # fmt: skip
"""Tables of which rows go after a time that the program sets; of ``traces`` the members decide."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where a courier was at a moment, degrees WGS 84."""

    courier: str
    at: datetime
    lat: float
    lon: float


class TraceBook(Protocol):
    """Where traces are kept."""

    def add(self, coop: str, points: Sequence[Point]) -> None: ...
    def purge(self, coop: str, before: datetime) -> int: ...
    def between(self, coop: str, since: datetime, until: datetime) -> Sequence[Point]:
        """Everybody's, in order of time."""
        ...

    def trace(self, coop: str, courier: str, since: datetime, until: datetime) -> Sequence[Point]: ...


Forget = Callable[[datetime], int]
"""Takes away what is older than a moment; how many rows that were."""


def trace_days(store: Store, coop: str, at: datetime) -> int:
    """For how many days a co-op keeps traces; 0, the usual: positions are live only."""
    return held(store.about(coop, SUBJECT), TRACE, at.date()).value


@dataclass
class Keeping:
    """One per worker. ``forget`` has a function for each table of PERIODS; ``fleets`` are couriers on shift alone."""

    store: Store
    traces: TraceBook
    fleets: Callable[[], Mapping[str, Fleet]]
    forget: Mapping[str, Forget]
    clock: Callable[[], datetime]
    stopped: threading.Event = field(default_factory=threading.Event)
    _written: dict[tuple[str, str], datetime] = field(default_factory=dict)
    _purged: datetime | None = None

    def step(self) -> None:
        """Write, take away what is due, rest."""
        now = self.clock()
        for coop in self.store.coops():
            self.write(coop.id, now)
        if self._purged is None or now - self._purged >= PURGE_EACH:
            self.purge(now)
            self._purged = now
        self.stopped.wait(REST)

    def write(self, coop: str, now: datetime) -> None:
        """A point of each courier on shift who has moved on since the last one, if the co-op keeps traces."""
        fleet = self.fleets().get(coop)
        if fleet is None or not trace_days(self.store, coop, now):
            return
        fixes = [fleet.newest(index) for index in list(fleet.on_shift.values())]
        points = [Point(each.courier, moment(each.t), each.lat, each.lon) for each in fixes if each is not None]
        due = [each for each in points if self._is_due(coop, each)]
        if due:
            self.traces.add(coop, due)
            self._written |= {(coop, each.courier): each.at for each in due}

    def purge(self, now: datetime) -> None:
        """Take away all that is older than its time: of a co-op that keeps no traces every one."""
        for table, period in PERIODS.items():
            self.forget[table](now - period)
        for coop in self.store.coops():
            days = trace_days(self.store, coop.id, now)
            self.traces.purge(coop.id, now - timedelta(days=days) if days else now + timedelta(days=1))

    def _is_due(self, coop: str, point: Point) -> bool:
        last = self._written.get((coop, point.courier))
        return last is None or point.at - last >= EACH
