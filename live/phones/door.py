"""The phones' door: takes a courier's report, drops what is of no use, tells the desk where the courier is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from dashboard.domain.couriers import Courier
from dashboard.ports import Store
from live import fixes
from live.feed import Feed
from live.phones.fix import Fix, Report
from live.phones.jumps import Doubts

Publish = Callable[[str, bytes], bool]
"""Publishes on ``positions:{coop}``; False when Redis is away. Never raises."""
CallForHelp = Callable[[str, str, datetime], object]
"""Told of each report in which a courier calls for help: co-op, courier, when it was pressed."""
SOS = "sos"
AHEAD = timedelta(minutes=2)
"""So much may a phone's clock be ahead: the fix then counts as of now. The desk itself takes 60 s, unchanged."""


class Door:
    """One for each web process. Of a courier on shift it remembers the time of the newest fix, and a doubted one.

    ``count`` is called with one word for each fix: ``accepted``, or why it was dropped (see live.fixes for those words
    that are not here).
    """

    def __init__(
        self, store: Store, feed: Feed, publish: Publish, clock: Callable[[], datetime], count: Callable[[str], None],
        call_for_help: CallForHelp = lambda _coop, _courier, _at: None,
    ) -> None:  # fmt: skip
        self.count = count
        self._call_for_help = call_for_help
        self._store, self._feed, self._publish, self._clock = store, feed, publish, clock
        self._doubts = Doubts()
        self._since: dict[tuple[str, str], tuple[int, datetime]] = {}
        self._newest: dict[tuple[str, str], datetime] = {}

    def locatable(self, coop: str, courier: str) -> Courier | None:
        """The courier, if it may be located now; if not, nothing that was known of it is kept."""
        known = self._feed.board(coop).couriers.get(courier)
        if known is not None and known.can_be_located:
            return known
        self._since.pop((coop, courier), None)
        self._newest.pop((coop, courier), None)
        self._doubts.forget(coop, courier)
        return None

    def take(self, coop: str, courier: str, report: Report) -> None:
        """Take a courier's report: its newest useful fix is published, every other one is dropped and counted."""
        for word in report.skipped:
            self.count(word)
        if self._is_at_work(coop, courier):
            self._hear_calls(coop, courier, report)
        known = self.locatable(coop, courier)
        for fix in sorted(report.fixes, key=_time, reverse=True):
            self.count(self._verdict(known, fix) if known else fixes.OFF_SHIFT)

    def _is_at_work(self, coop: str, courier: str) -> bool:
        known = self._feed.board(coop).couriers.get(courier)
        return known is not None and known.shift != "off"

    def _hear_calls(self, coop: str, courier: str, report: Report) -> None:
        """Also on break: whoever presses SOS at work wants to be heard. The place is dropped as ever."""
        for at in sorted(fix.at for fix in report.fixes if fix.alarm == SOS and fix.at is not None):
            self._call_for_help(coop, courier, at)
            self.count("sos")

    def _verdict(self, courier: Courier, fix: Fix) -> str:
        if fix.at is None:
            return "no_time"
        if fix.at < self._located_since(courier):
            return fixes.BEFORE_SHIFT
        newest = self._newest.get((courier.coop, courier.id))
        if newest is not None and fix.at <= newest:
            return fixes.DUPLICATE if fix.at == newest else fixes.OUT_OF_ORDER
        before, now = self._feed.newest(courier.coop, courier.id), self._clock()
        here = _position(fix, courier.id, _at(fix.at, now), before)
        if here is None:
            return "no_fix"
        refused = self._feed.fleet(courier.coop).why_refused(here, now.timestamp())
        if refused:
            return refused
        if self._doubts.doubts(courier.coop, before, here):
            return "jump"
        self._newest[courier.coop, courier.id] = fix.at
        return "accepted" if self._publish(courier.coop, fixes.encode(here)) else "not_published"

    def _located_since(self, courier: Courier) -> datetime:
        """When the courier last went on shift or came back from a break: a courier changes in no other way.

        What a phone recorded before, and kept, is nobody's business.
        """
        version, since = self._since.get((courier.coop, courier.id), (0, None))
        if since is None or version != courier.version:
            change = self._store.last_change(courier.coop, courier.id)
            since = change.at if change else courier.shift_started_at or self._clock()
            self._since[courier.coop, courier.id] = courier.version, since
        return since


def _at(told: datetime, now: datetime) -> float:
    return (now if now < told <= now + AHEAD else told).timestamp()


def _position(fix: Fix, courier: str, t: float, before: fixes.Fix | None) -> fixes.Fix | None:
    """The fix as the desk takes it; a heartbeat is where the courier was before. None when that is nowhere."""
    battery = None if fix.battery_pct is None else fix.battery_pct / 100
    if fix.heartbeat:
        return before and fixes.Fix(courier, before.lat, before.lon, t, before.accuracy, None, battery)
    if fix.lat is None or fix.lon is None or (fix.lat == 0 and fix.lon == 0):
        return None
    return fixes.Fix(courier, fix.lat, fix.lon, t, fix.accuracy_m, fix.course_deg, battery)


def _time(fix: Fix) -> datetime:
    return fix.at or datetime.min.replace(tzinfo=UTC)
