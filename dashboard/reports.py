"""What the accounts say, as plain values: the pages, the API and the exports all read these, and nothing else.

Of the running day (reports_day), and of a period its pay, its work, and how both were shared (reports_fairness).
Money in integer cents of ``currency``, times aware UTC, lengths as timedelta, hourly rates in cents per hour (float);
None is "unknown" or "too few people": a dash, never 0. Days are local, ``last`` included.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from dashboard.domain.rules import Scheme
from dashboard.domain.working_time import Finding
from dashboard.domain.workload_states import Job
from dashboard.reports_day import DayNow, OrderEffect, Weighed
from dashboard.reports_fairness import Fairness
from dashboard.reports_pay import Pay, WhatIf
from dashboard.reports_work import Workload


class Accounts(Protocol):
    """What the pages ask; ``dashboard/accounts.py`` answers. NotFound: no such co-op, order or courier.

    Who may ask for what is not decided here: ask ``access`` first (``see_pay``, ``see_fairness``).
    """

    def day(self, coop: str, at: datetime) -> DayNow:
        """The running day as of ``at``."""
        ...

    def effect_of(self, coop: str, order: str, courier: str, at: datetime) -> OrderEffect:
        """What giving that order to that courier would change."""
        ...

    def weighed(
        self, coop: str, order: str, couriers: Collection[str], at: datetime, along: Collection[str] = ()
    ) -> Weighed:
        """The same for several couriers, and everybody's forecast, from one reading of the day.

        ``along`` are the orders that go with it, from one pickup: each counts.
        No effects where the accounts do not know the order (yet).
        """
        ...

    def limits(self, coop: str, order: str, courier: str, at: datetime) -> Sequence[Finding]:
        """What working time says to giving that order to that courier."""
        ...

    def scheme(self, coop: str) -> Scheme:
        """The rules of pay, all versions."""
        ...

    def pay(self, coop: str, first: date, last: date, courier: str | None = None) -> Pay:
        """A period's pay; of one courier with the slip."""
        ...

    def workload(self, coop: str, first: date, last: date, courier: str | None = None) -> Workload:
        """A period's work; of one courier alone, then without anybody else's row."""
        ...

    def jobs(self, coop: str, first: date, last: date, courier: str) -> tuple[Job, ...]:
        """One courier's jobs that were closed within the period."""
        ...

    def fairness(
        self, coop: str, first: date, last: date, own: str | None = None, half_life: float | None = None
    ) -> Fairness:
        """How pay and work were shared; ``own`` adds that courier's own place; ``half_life`` None: the members' own."""
        ...

    def what_if(
        self, coop: str, first: date, last: date, scheme: Scheme, progress: Callable[[float], None] | None = None
    ) -> WhatIf:
        """The same days under another scheme; ``progress`` is told the share that is done, 0 to 1."""
        ...
