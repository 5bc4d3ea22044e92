"""What one order more, or one less, changes: for both couriers and for the co-op."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dashboard.domain.pay_account import Account, account
from dashboard.domain.pay_calendar import Calendar
from dashboard.domain.rules import Scheme
from dashboard.domain.spans import Span
from dashboard.domain.workload_states import TO_DROPOFF, Job, Stretch


@dataclass(frozen=True, slots=True)
class Effect:
    """Changes of pay in cents, guarantee included, tips not; ``coop_cents`` is what the co-op pays more.

    ``short_before`` and ``short_after`` are what the co-op tops up for these couriers.
    """

    giver_cents: int
    taker_cents: int
    short_before: int
    short_after: int

    @property
    def coop_cents(self) -> int:
        """Giver and taker together."""
        return self.giver_cents + self.taker_cents


def reassignment_effect(giver: Account | None, taker: Account, order: Account) -> Effect:
    """Move an order, which is part of ``giver``, to ``taker``; ``giver`` None: nobody has it yet.

    With pay(n, h) = max(p1·n, p2·h): Δpay_a = pay(n_a−1, h_a) − pay(n_a, h_a), and for b with n_b+1:
    who is under the guarantee gains nothing from an order, and the co-op saves its price. Give accounts as they will
    be at the end of the shift (``pay_forecast``), orders in hand included. A floor for the whole co-op (New York's
    aggregate) is not in it.
    """
    before, after = [taker], [taker + order]
    if giver is not None:
        before, after = [giver, taker], [giver - order, taker + order]
    return Effect(
        giver_cents=0 if giver is None else after[0].pay_cents - before[0].pay_cents,
        taker_cents=after[-1].pay_cents - before[-1].pay_cents,
        short_before=sum(one.short_cents for one in before),
        short_after=sum(one.short_cents for one in after),
    )


def one_order(scheme: Scheme, calendar: Calendar, job: Job) -> Account:
    """The account of a job alone, done or expected: its pieces and its time on a job, and no time on shift."""
    span = Span(job.closed_at - timedelta(milliseconds=job.on_job_ms), job.closed_at)
    found = account(scheme, calendar, (Stretch(job.courier, TO_DROPOFF, span, job.shift, (job.order,)),), (job,))
    counted = {key: quantity for key, quantity in found.counted.items() if key[0].measure != "hour_on_shift"}
    return Account(counted, found.offers_cents, found.tips_cents)
