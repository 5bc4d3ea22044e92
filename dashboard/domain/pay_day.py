"""The running day: every courier's account, moved on by each entry at a cost that does not grow with the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from dashboard.domain.pay_account import Account, account
from dashboard.domain.pay_calendar import Calendar
from dashboard.domain.pay_coop import coop_checks
from dashboard.domain.rules import Scheme
from dashboard.domain.workload import Workload
from dashboard.domain.workload_clock import pieces
from dashboard.domain.workload_states import Job


@dataclass(frozen=True, slots=True)
class PayDay:
    """Accounts by courier since the period began, running stretches not included.

    A floor's window may have begun earlier: start with the accounts of that earlier part, which only add up.
    """

    scheme: Scheme
    calendar: Calendar
    accounts: Mapping[str, Account] = field(default_factory=dict)


def booked(day: PayDay, work: Workload) -> PayDay:
    """The day with what the workload's last entry closed."""
    accounts = dict(day.accounts)
    for courier in {*(stretch.courier for stretch in work.stretches), *(job.courier for job in work.jobs)}:
        stretches = [stretch for stretch in work.stretches if stretch.courier == courier]
        jobs = [job for job in work.jobs if job.courier == courier]
        more = account(day.scheme, day.calendar, stretches, jobs)
        accounts[courier] = accounts.get(courier, Account()) + more
    return replace(day, accounts=accounts)


def without(day: PayDay, jobs: Sequence[Job]) -> PayDay:
    """The day without jobs that were booked, and hold no more."""
    accounts = dict(day.accounts)
    for job in jobs:
        accounts[job.courier] = accounts.get(job.courier, Account()) - account(day.scheme, day.calendar, (), [job])
    return replace(day, accounts=accounts)


def account_at(day: PayDay, work: Workload, courier: str, at: datetime) -> Account:
    """A courier's account up to ``at``, the running stretch included."""
    so_far, clock = day.accounts.get(courier, Account()), work.clocks.get(courier)
    return so_far if clock is None else so_far + account(day.scheme, day.calendar, pieces(clock, at))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the co-op stands: cents paid, missing to couriers' own floors, missing to its own, tips, costs."""

    paid_cents: int
    short_cents: int
    coop_short_cents: int
    tips_cents: int
    costs_cents: int


def standing(accounts: Mapping[str, Account]) -> Standing:
    """The sums of all couriers' accounts, and the highest shortfall of the co-op as a whole."""
    return Standing(
        paid_cents=sum(one.paid_cents for one in accounts.values()),
        short_cents=sum(one.short_cents for one in accounts.values()),
        coop_short_cents=max((check.short_cents for check in coop_checks(accounts)), default=0),
        tips_cents=sum(one.tips_cents for one in accounts.values()),
        costs_cents=sum(one.costs_cents for one in accounts.values()),
    )
