"""A period's pay, of everybody, in sums, and under other rules. Units: dashboard/reports.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.domain.fairness import FEWEST
from dashboard.domain.pay import Slip


@dataclass(frozen=True, slots=True)
class CourierPay:
    """One courier's account of a period; ``total_cents`` = pay lines + top-ups + corrections + tips, as on the slip."""

    courier: str
    name: str
    pay_cents: int
    top_up_cents: int
    correction_cents: int
    tips_cents: int
    total_cents: int
    costs_cents: int
    on_shift: timedelta
    on_job: timedelta
    per_hour_on_shift: float | None
    per_hour_on_job: float | None
    jobs: int


@dataclass(frozen=True, slots=True)
class Pay:
    """A period's pay: one row a courier, by name; ``slip`` when one courier was asked for. Rates are without tips."""

    coop: str
    first: date
    last: date
    seq: int
    scheme: str
    currency: str
    couriers: tuple[CourierPay, ...]
    total_cents: int
    top_up_cents: int
    tips_cents: int
    per_hour_on_shift: float | None
    per_hour_on_job: float | None
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class PaySums:
    """What a member reads of a period's pay: sums over ``n`` couriers; None when they are ``too_few``.

    Two couriers' sum less one's own is the other's pay; and who knows how long one colleague worked reads their rate.
    """

    coop: str
    first: date
    last: date
    seq: int
    scheme: str
    currency: str
    n: int
    too_few: bool
    total_cents: int | None
    top_up_cents: int | None
    tips_cents: int | None
    per_hour_on_shift: float | None
    per_hour_on_job: float | None
    couriers: tuple[CourierPay, ...] = ()
    slip: Slip | None = None


def sums_alone(found: Pay) -> PaySums:
    """The same without anybody's row, and without sums that point at persons."""
    n = len(found.couriers)
    known = n >= FEWEST
    return PaySums(
        found.coop, found.first, found.last, found.seq, found.scheme, found.currency, n, not known,
        total_cents=found.total_cents if known else None, top_up_cents=found.top_up_cents if known else None,
        tips_cents=found.tips_cents if known else None,
        per_hour_on_shift=found.per_hour_on_shift if known else None,
        per_hour_on_job=found.per_hour_on_job if known else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The same days under other rules: arithmetic on the past, and nothing else would have been the same.

    ``gainers`` and ``losers`` of ``n`` couriers, largest change each way in cents, ``cost_cents`` what the co-op
    would have paid them more; ``ginis`` before and after; ``changes`` anonymous and rising. With fewer than five
    couriers ``too_few`` is True and every figure is None or empty, for whoever asks. Who was on shift for less than an
    hour is in none of the figures, as on the fairness page: the difference of two sums would be one person's.
    One or two ``gainers`` or ``losers`` are pointed at by figures: then ``few_gain`` or ``few_lose`` is True, their
    number, their largest change and ``changes`` are None or empty; and what it costs, if these are all.
    """

    coop: str
    first: date
    last: date
    seq: int
    currency: str
    n: int
    too_few: bool
    cost_cents: int | None
    gainers: int | None
    losers: int | None
    largest_gain_cents: int | None
    largest_loss_cents: int | None
    changes: tuple[int, ...]
    gini_before: float | None
    gini_after: float | None
    top_up_before_cents: int | None
    top_up_after_cents: int | None
    few_gain: bool = False
    few_lose: bool = False
