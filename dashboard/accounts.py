"""The accounts that everyone can open: one set of figures for pages, API and exports. See ``reports.Accounts``."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any, cast
from zoneinfo import ZoneInfo

from dashboard import accounts_day, accounts_period
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order
from dashboard.domain.pay import Calendar
from dashboard.domain.rules import Scheme
from dashboard.domain.rules_packs import COOP_EMPLOYEE
from dashboard.domain.rules_wire import SUBJECT, with_changes
from dashboard.domain.together import companions
from dashboard.domain.tradeoff import Forecast
from dashboard.domain.weather import rain
from dashboard.domain.working_time import Finding
from dashboard.domain.workload_states import Job
from dashboard.history import History
from dashboard.ledger import Ledger
from dashboard.ports import Store
from dashboard.reports_day import CourierNow, DayNow, OrderEffect, Weighed
from dashboard.reports_fairness import Fairness
from dashboard.reports_pay import Pay, WhatIf
from dashboard.reports_work import Workload
from dashboard.tables import jobs_of

type Further = Callable[[str, Order, Sequence[Order]], timedelta]
"""What the drop-offs that go along with an order take beyond its own, in a co-op."""
REMEMBERED = 32
"""Answers that are kept: as long as the journal has nothing new, the same question has the same answer."""


def scheme_of(store: Store, coop: str) -> Scheme:
    """The rules that the co-op pays by: what it decided, on top of the pack for employees of a co-op."""
    return with_changes(COOP_EMPLOYEE, store.about(coop, SUBJECT))


class BookedAccounts:
    """Answers from the ledger (the running day) and from the frames (everything else)."""

    def __init__(
        self, store: Store, ledger: Ledger, history: History, zone: Callable[[str], ZoneInfo],
        further: Further = lambda _coop, _order, _along: timedelta(),
    ) -> None:  # fmt: skip
        self._store, self._ledger, self._history, self._zone, self._further = store, ledger, history, zone, further
        self._answers: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = Lock()

    def day(self, coop: str, at: datetime) -> DayNow:
        """The running day as of ``at``."""
        return accounts_day.day_now(self._day(coop, at))

    def courier_now(self, coop: str, courier: str, at: datetime) -> CourierNow | None:
        """One courier's running day; None for who neither worked since midnight nor is at work."""
        day = self._day(coop, at)
        return accounts_day.courier_now(day, courier, accounts_day.pace(day))

    def effect_of(self, coop: str, order: str, courier: str, at: datetime) -> OrderEffect:
        """What giving that order to that courier would change."""
        return accounts_day.effect_of(self._day(coop, at), order, courier)

    def weighed(
        self, coop: str, order: str, couriers: Collection[str], at: datetime, along: Collection[str] = ()
    ) -> Weighed:
        """The same for several couriers, and everybody's forecast, from one reading of the day."""
        further = self._beyond(coop, order) if along else timedelta()
        return accounts_day.weighed(self._day(coop, at), order, couriers, along, further)

    def forecasts(self, coop: str, at: datetime) -> Mapping[str, Forecast]:
        """What everybody on shift can expect at the end of the shift."""
        return accounts_day.forecasts(self._day(coop, at))

    def limits(self, coop: str, order: str, courier: str, at: datetime) -> Sequence[Finding]:
        """What working time says to one more job of usual length, and to the further drop-offs that go with the order
        (none where it is empty): the guard of ``Dispatch.assign``."""
        day = accounts_day.Day(self._ledger.now(coop, at), at, {})
        return accounts_day.findings(day, courier, at + timedelta(milliseconds=day.job_ms) + self._beyond(coop, order))

    def _beyond(self, coop: str, order: str) -> timedelta:
        found = self._store.order(coop, order) if order else None
        along = companions(found, self._store.grouped(coop, found.group)) if found and found.group else ()
        return self._further(coop, found, along) if found and along else timedelta()

    def scheme(self, coop: str) -> Scheme:
        """The rules of pay, all versions."""
        return scheme_of(self._store, coop)

    def pay(self, coop: str, first: date, last: date, courier: str | None = None) -> Pay:
        """A period's pay; of one courier with the slip."""
        period = self.period(coop, first, last)
        return cast(Pay, self._once(("pay", courier), period, lambda: accounts_period.pay(period, courier)))

    def workload(self, coop: str, first: date, last: date, courier: str | None = None) -> Workload:
        """A period's work; of one courier alone, then without anybody else's row."""
        period = self.period(coop, first, last)
        return cast(Workload, self._once(("work", courier), period, lambda: accounts_period.workload(period, courier)))

    def jobs(self, coop: str, first: date, last: date, courier: str) -> tuple[Job, ...]:
        """One courier's jobs that were closed within the period."""
        period = self.period(coop, first, last)
        mine = jobs_of(period.tables, courier)
        return tuple(job for job in mine if period.span.start <= job.closed_at < period.span.end)

    def fairness(
        self, coop: str, first: date, last: date, own: str | None = None, half_life: float | None = None
    ) -> Fairness:
        """How pay and work were shared; ``own`` adds that courier's own place.

        ``half_life`` in days; without it the one that the members decided on, as it holds on the last day.
        """
        period = self.period(coop, first, last)
        half_life = period.half_life if half_life is None else half_life
        asked = ("fair", own, half_life)
        return cast(Fairness, self._once(asked, period, lambda: self._fairness(period, own, half_life)))

    def _fairness(self, period: accounts_period.Period, own: str | None, half_life: float) -> Fairness:
        """The time before is over: it is computed once, whatever comes into the journal meanwhile."""
        key = ("before", period.tables.coop, *accounts_period.contents_before(period))
        before = cast(accounts_period.Earlier, self._kept(key, lambda: accounts_period.earlier(period)))
        return accounts_period.fairness(period, own, half_life, before)

    def what_if(
        self, coop: str, first: date, last: date, scheme: Scheme, progress: Callable[[float], None] | None = None
    ) -> WhatIf:
        """The same days under another scheme; ``progress`` is told the share that is done, 0 to 1."""
        return accounts_period.what_if(self.period(coop, first, last), scheme, progress)

    def zone(self, coop: str) -> ZoneInfo:
        """The clocks on the co-op's walls."""
        return self._zone(coop)

    def notes(self, coop: str) -> tuple[Entry, ...]:
        """All entries about neither orders nor shifts, oldest first."""
        return self._history.tables(coop).notes

    def period(self, coop: str, first: date, last: date, seq: int | None = None) -> accounts_period.Period:
        """The days with all that their figures are made from; with ``seq`` as the journal then was."""
        tables = self._history.tables(coop, seq)
        scheme = with_changes(COOP_EMPLOYEE, tables.notes)
        names = {courier.id: courier.name for courier in self._store.couriers(coop)}
        return accounts_period.Period(
            tables, scheme, Calendar(self._zone(coop), rain=rain(tables.notes)), first, last, names
        )

    def _day(self, coop: str, at: datetime) -> accounts_day.Day:
        names = {courier.id: courier for courier in self._store.couriers(coop)}
        return accounts_day.Day(self._ledger.now(coop, at), at, names)

    def _once(self, asked: tuple[Any, ...], period: accounts_period.Period, answer: Callable[[], Any]) -> Any:
        return self._kept((*asked, period.tables.coop, period.tables.seq, period.first, period.last), answer)

    def _kept(self, key: tuple[Any, ...], answer: Callable[[], Any]) -> Any:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        found = answer()
        with self._lock:
            self._answers[key] = found
            while len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return found
