"""Pay at the end of the shift: what is to be expected, and between what and what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.pay_account import Account, account
from dashboard.domain.pay_calendar import Calendar
from dashboard.domain.rules import Scheme
from dashboard.domain.spans import Span
from dashboard.domain.workload_states import IDLE, Stretch

PRIOR_HOURS = 1.0
"""The co-op's usual pace weighs as much as one hour of the courier's own."""
LEVEL = 0.8
MOST = 500


@dataclass(frozen=True, slots=True)
class Outlook:
    """Further orders and pay in cents at the end of the shift: expected, and the ends of an 80 % range.

    ``pay_cents`` is the mean over all possible numbers of orders, so it knows that the guarantee cuts off the bad ones.
    """

    orders: float
    orders_low: int
    orders_high: int
    pay_cents: float
    pay_low_cents: int
    pay_high_cents: int
    short_cents: float


def outlook(at_end: Account, next_order: Account, *, done: int, hours: float, usual: float, left: float) -> Outlook:
    """The outlook after ``done`` orders in ``hours`` on shift, when the co-op usually does ``usual`` orders an hour.

    ``at_end`` is the account at the shift's end if nothing more came (``until_end`` added, orders in hand too),
    ``next_order`` that of a usual order, ``left`` the hours to go. Orders come as a Poisson process of unknown pace: a
    gamma of ``done + usual`` orders in ``hours + 1`` hours, so the number to come is negative binomial
    (Gelman et al., Bayesian Data Analysis, §2.6).
    """
    shape, exposure = done + usual * PRIOR_HOURS, hours + PRIOR_HOURS
    chances = list(_negative_binomial(shape, exposure / (exposure + left)))
    accounts = [at_end + next_order.times(n) for n in range(len(chances))]
    low, high = _quantile(chances, (1 - LEVEL) / 2), _quantile(chances, (1 + LEVEL) / 2)
    return Outlook(
        orders=shape / exposure * left, orders_low=low, orders_high=high,
        pay_cents=_mean(chances, [one.pay_cents for one in accounts]),
        pay_low_cents=accounts[low].pay_cents, pay_high_cents=accounts[high].pay_cents,
        short_cents=_mean(chances, [one.short_cents for one in accounts]),
    )  # fmt: skip


def until_end(scheme: Scheme, calendar: Calendar, shift: Stretch, ends_at: datetime) -> Account:
    """The time on shift from the end of the running stretch to the planned end, at the rates that will be in force."""
    rest = Span(shift.span.end, max(shift.span.end, ends_at))
    return account(scheme, calendar, (Stretch(shift.courier, IDLE, rest, shift.shift),))


def _negative_binomial(shape: float, p: float) -> Iterator[float]:
    """P(n) for n = 0, 1, … until less than one in a million is left."""
    chance, left = p**shape, 1.0
    for n in range(MOST):
        yield chance
        left -= chance
        if left < 1e-6:
            return
        chance *= (shape + n) / (n + 1) * (1 - p)


def _quantile(chances: list[float], level: float) -> int:
    so_far = 0.0
    for n, chance in enumerate(chances):
        so_far += chance
        if so_far >= level:
            return n
    return len(chances) - 1


def _mean(chances: list[float], values: list[int]) -> float:
    return sum(c * v for c, v in zip(chances, values, strict=True)) / sum(chances)
