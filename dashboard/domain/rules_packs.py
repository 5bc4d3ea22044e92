"""Rule packs ready to choose: minimums that laws and agreements set, to which a co-op adds its own prices.

Figures with ``confirmed=False`` come from general knowledge: check them before anybody is paid by them.
Overtime supplements, holiday pay, contributions and taxes are not in any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dashboard.domain.rules import NOBODY, Decision, OfferFloor, Rule, Scheme


def _versions(rule: Rule, *steps: tuple[str, date, Decision]) -> tuple[Rule, ...]:
    """The rule at a series of rates, each until the next begins."""
    ends = [since for _, since, _ in steps[1:]]
    return tuple(
        replace(rule, rate=Decimal(rate), since=since, until=until, decision=decision)
        for (rate, since, decision), until in zip(steps, [*ends, None], strict=True)
    )


_SMIC = (
    ("11.88", date(2024, 11, 1), Decision("French government", None, "OpenFisca-France 176.0.7")),
    ("12.02", date(2026, 1, 1), Decision("French government", None, "OpenFisca-France 176.0.7")),
    ("12.31", date(2026, 6, 1), Decision("French government", date(2026, 5, 22), "arrêté, JORFTEXT000054126589")),
)
_WAGE = Rule("wage", "hour_on_shift", Decimal(0), NOBODY)
_SMIC_FLOOR = Rule("smic", "hour_on_shift", Decimal(0), NOBODY, role="floor", window="month")

COOP_EMPLOYEE = Scheme("co-op employee", "EUR", _versions(_WAGE, *_SMIC) + _versions(_SMIC_FLOOR, *_SMIC))
"""An hourly wage on shift at the French minimum (SMIC, gross), and the same as a floor, should the wage be changed."""

ARPE = Scheme(
    "ARPE", "EUR",
    _versions(
        Rule("arpe", "hour_on_job", Decimal(0), NOBODY, role="floor", window="month"),
        ("11.75", date(2023, 11, 28), Decision("ARPE agreement", date(2023, 4, 20), "extended, in effect 2023-11-28")),
    ),
)  # fmt: skip
"""Self-employed in France: 11.75 € an hour on a job on the monthly mean; the difference is paid the month after."""

_NYC_RULE = "6 RCNY 7-810(b)"
_NYC = (
    ("21.44", date(2025, 4, 1), Decision("NYC DCWP", None, _NYC_RULE)),
    ("22.13", date(2026, 4, 1), Decision("NYC DCWP", date(2026, 1, 26), f"{_NYC_RULE}, press note")),
)
NYC = Scheme(
    "New York City", "USD",
    _versions(Rule("nyc_trip", "hour_on_job", Decimal(0), NOBODY, role="floor", window="168h"), *_NYC)
    + _versions(
        Rule("nyc_all", "hour_on_shift", Decimal(0), NOBODY, role="floor", window="168h", scope="coop"), *_NYC
    ),
)  # fmt: skip
"""Standard method, per 168 hours: each courier's trip time, and all couriers' trip and on-call time together."""

SEATTLE = Scheme(
    "Seattle", "USD",
    offer_floors=(
        OfferFloor(
            "seattle", Decision("City of Seattle", None, "SMC 8.37, rates of 2024"), date(2024, 1, 1), date(2025, 1, 1),
            per_minute=Decimal("0.44"), per_mile=Decimal("0.74"), per_offer=Decimal("5.00"),
        ),
        OfferFloor(
            "seattle", Decision("City of Seattle", None, "SMC 8.37, rates of 2025"), date(2025, 1, 1), date(2026, 1, 1),
            per_minute=Decimal("0.45"), per_mile=Decimal("0.77"), per_offer=Decimal("5.20"),
        ),
        OfferFloor(
            "seattle", Decision("City of Seattle", None, "rates of 2025 carried on: those of 2026 not found", False),
            date(2026, 1, 1),
            per_minute=Decimal("0.45"), per_mile=Decimal("0.77"), per_offer=Decimal("5.20"),
        ),
    ),
)  # fmt: skip
"""Per offer: the greater of minutes and miles at their rates, and a fixed least amount."""

_DPWRA = "DPWRA 2022 and O. Reg. 344/24"
ONTARIO = Scheme(
    "Ontario", "CAD",
    offer_floors=(
        OfferFloor(
            "ontario", Decision("Ontario", None, f"{_DPWRA}, general minimum wage from October 2024"),
            date(2025, 7, 1), date(2025, 10, 1), per_hour=Decimal("17.20"),
        ),
        OfferFloor(
            "ontario", Decision("Ontario", None, f"{_DPWRA}, general minimum wage from October 2025", False),
            date(2025, 10, 1), per_hour=Decimal("17.60"),
        ),
    ),
)  # fmt: skip
"""The general minimum wage for the time of each work assignment."""

_MDRP = Decision("Grubhub and Georgia Tech", date(2018, 3, 1), "Reyes et al. 2018: the test instances' own pay")
MDRP = Scheme(
    "MDRP", "USD",
    (
        Rule("per_order", "order", Decimal(10), _MDRP),
        Rule("guarantee", "hour_on_shift", Decimal(15), _MDRP, role="floor", window="shift", after_shift=False),
    ),
)  # fmt: skip
"""max(10 per order, 15 per hour on shift), for each shift; the instances name no currency."""

PACKS: Mapping[str, Scheme] = {
    "coop_employee": COOP_EMPLOYEE, "arpe": ARPE, "nyc": NYC, "seattle": SEATTLE, "ontario": ONTARIO, "mdrp": MDRP,
}  # fmt: skip
