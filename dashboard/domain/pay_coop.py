"""Floors for the co-op as a whole, such as New York's aggregate test, and how a shortfall is shared out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.domain.pay_account import Account
from dashboard.domain.pay_lines import CENTS, cents


@dataclass(frozen=True, slots=True)
class CoopCheck:
    """All couriers' pay against one floor, in the currency's unit; neither is rounded."""

    name: str
    required: Decimal
    paid: Decimal

    @property
    def short_cents(self) -> int:
        """What the co-op still owes to all of them together."""
        return max(0, cents(self.required - self.paid))


def coop_checks(accounts: Mapping[str, Account]) -> tuple[CoopCheck, ...]:
    """Σ max(earned, own floor) against Σ quantity × rate, for each floor of the whole co-op; tips are in neither."""
    required: dict[str, Decimal] = {}
    for one in accounts.values():
        for name, amount in one.floors("coop").items():
            required[name] = required.get(name, Decimal(0)) + amount
    paid = sum((max(one.earned_cents / CENTS, one.required) for one in accounts.values()), Decimal(0))
    return tuple(CoopCheck(name, amount, paid) for name, amount in sorted(required.items()))


def shared_out(amount_cents: int, weights: Mapping[str, int]) -> Mapping[str, int]:
    """Whole cents in proportion to weights (milliseconds on shift, say), together exactly the amount.

    By largest remainders, ties by name. New York's rule leaves the way of paying the aggregate open (7-810(d)).
    ValueError when nobody has any weight.
    """
    whole = sum(weights.values())
    if whole <= 0:
        raise ValueError("nobody to share it among: all weights are 0")
    shares = {name: divmod(amount_cents * weight, whole) for name, weight in weights.items()}
    left = amount_cents - sum(share for share, _ in shares.values())
    first = sorted(shares, key=lambda name: (-shares[name][1], name))[:left]
    return {name: share + (name in first) for name, (share, _) in shares.items()}
