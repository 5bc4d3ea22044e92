"""A courier's account of some time: what was counted so far, by rule. Accounts add up; a new event adds to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.domain.pay_calendar import Calendar
from dashboard.domain.pay_lines import CENTS, cents, worth
from dashboard.domain.pay_offers import offer_checks
from dashboard.domain.pay_readings import read
from dashboard.domain.rules import Rule, Scheme
from dashboard.domain.workload_states import Job, Stretch

type Counted = Mapping[tuple[Rule, Decimal], int]


@dataclass(frozen=True, slots=True)
class Account:
    """Base units by rule version and rate; cents topped up for single offers, of tips, and of agreed amounts.

    The account's time is the window of its floors: make one for a shift, a week or a month, or add up smaller ones.
    ``agreed_cents`` are corrections and sums agreed by hand, which count towards a floor.
    """

    counted: Counted = field(default_factory=dict)
    offers_cents: int = 0
    tips_cents: int = 0
    agreed_cents: int = 0

    def __add__(self, other: Account) -> Account:
        """Both together."""
        return self._with(other, 1)

    def __sub__(self, other: Account) -> Account:
        """Without the other, which is part of it."""
        return self._with(other, -1)

    def times(self, n: int) -> Account:
        """The same ``n`` times."""
        return Account()._with(self, n)

    @property
    def paid_cents(self) -> int:
        """Pay before any guarantee and without tips: the sum of the slip's lines."""
        return self._sum("pay") + self.offers_cents + self.agreed_cents

    @property
    def earned_cents(self) -> int:
        """The part of it that counts towards a floor."""
        return self._sum("pay", counts=True) + self.offers_cents + self.agreed_cents

    @property
    def costs_cents(self) -> int:
        """What the work cost the courier (bicycle, telephone)."""
        return self._sum("cost")

    @property
    def required(self) -> Decimal:
        """What the highest floor for each courier demands, in the currency's unit, not rounded."""
        return max(self.floors("courier").values(), default=Decimal(0))

    @property
    def short_cents(self) -> int:
        """What is missing to it."""
        return max(0, cents(self.required - self.earned_cents / CENTS))

    @property
    def pay_cents(self) -> int:
        """Pay with the guarantee, without tips."""
        return self.paid_cents + self.short_cents

    def floors(self, scope: str) -> dict[str, Decimal]:
        """What each floor of that scope demands: quantity × rate, all versions together."""
        found: dict[str, Decimal] = {}
        for (rule, rate), quantity in self.counted.items():
            if rule.role == "floor" and rule.scope == scope:
                found[rule.name] = found.get(rule.name, Decimal(0)) + worth(rule, rate, quantity)
        return found

    def _sum(self, role: str, *, counts: bool = False) -> int:
        return sum(
            cents(worth(rule, rate, quantity))
            for (rule, rate), quantity in self.counted.items()
            if rule.role == role and (rule.counts or not counts)
        )

    def _with(self, other: Account, n: int) -> Account:
        counted = dict(self.counted)
        for key, quantity in other.counted.items():
            counted[key] = counted.get(key, 0) + n * quantity
        return Account(
            counted,
            self.offers_cents + n * other.offers_cents,
            self.tips_cents + n * other.tips_cents,
            self.agreed_cents + n * other.agreed_cents,
        )


def account(scheme: Scheme, calendar: Calendar, stretches: Iterable[Stretch] = (), jobs: Iterable[Job] = ()) -> Account:
    """The account of one courier's work."""
    done = tuple(jobs)
    counted: dict[tuple[Rule, Decimal], int] = {}
    for reading in read(scheme, calendar, stretches, done):
        key = (reading.rule, reading.rate)
        counted[key] = counted.get(key, 0) + reading.quantity
    return Account(
        counted,
        offers_cents=sum(check.short_cents for check in offer_checks(scheme, calendar, done)),
        tips_cents=sum(job.tip_cents for job in done if job.outcome == "delivered"),
    )
