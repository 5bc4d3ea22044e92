"""Pay of many at once is, to the cent, what the slips say one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from dashboard.domain.pay import Calendar, Correction, pay_slip
from dashboard.domain.rules import NOBODY, OfferFloor, Rule, Scheme
from dashboard.domain.rules_packs import PACKS
from dashboard.domain.spans import Span
from dashboard.domain.workload_states import OUTCOMES
from dashboard.tables import Codes, Tables, job_frame, jobs_of, stretch_frame, stretches_of
from dashboard.tables_pay import pay_table
from tests.bench.history import month
from tests.unit.pay_work import PARIS, job, span, stretch, when

CALENDAR = Calendar(PARIS, frozenset({date(2026, 5, 25)}), (span("2026-05-20 12:00", "2026-05-20 15:07"),))
MIXED = Scheme("mixed", "EUR").plus(
    Rule("wage", "hour_on_shift", Decimal("5.37"), NOBODY),
    Rule("wage", "hour_on_shift", Decimal("6.01"), NOBODY, since=date(2026, 5, 23)),
    Rule("order", "order", Decimal("1.15"), NOBODY, outcomes=("delivered", "failed")),
    Rule("drop", "dropoff", Decimal("0.35"), NOBODY, when="rain"),
    Rule("way", "km", Decimal("0.333"), NOBODY),
    Rule("wait", "minute_at_pickup", Decimal("0.11"), NOBODY, beyond_ms=60_000, counts=False),
    Rule("climb", "ascent_100m", Decimal("0.45"), NOBODY, ascent_from_m=60),
    Rule("heavy", "order", Decimal("0.80"), NOBODY, load_from_g=15_000),
    Rule("night", "hour_on_shift", Decimal("12.5"), NOBODY, when="night", percent_of="wage"),
    Rule("sunday", "hour_on_job", Decimal(20), NOBODY, when="sunday", percent_of="wage"),
    Rule("feast", "minute_on_job", Decimal("0.07"), NOBODY, when="bank_holiday"),
    Rule("bicycle", "km", Decimal("0.12"), NOBODY, role="cost"),
    Rule("f1", "hour_on_shift", Decimal(11), NOBODY, role="floor", window="shift", after_shift=False),
    Rule("f2", "hour_on_job", Decimal("14.75"), NOBODY, role="floor", window="shift"),
    Rule("f3", "hour_on_shift", Decimal("11.2"), NOBODY, role="floor", window="day"),
    Rule("f4", "hour_on_shift", Decimal("11.3"), NOBODY, role="floor", window="week"),
    Rule("f5", "hour_on_shift", Decimal("11.4"), NOBODY, role="floor", window="month"),
    Rule("f6", "hour_on_shift", Decimal("11.35"), NOBODY, role="floor", window="168h"),
)
OFFERS = replace(MIXED, name="mixed, per offer").plus_floors(
    OfferFloor("low", NOBODY, per_minute=Decimal("0.21"), per_mile=Decimal("0.63"), per_offer=Decimal("4.10")),
    OfferFloor("low", NOBODY, date(2026, 5, 23), per_hour=Decimal("17.2"), per_mile=Decimal("1.013")),
    OfferFloor("late", NOBODY, date(2026, 5, 22), date(2026, 5, 24), per_offer=Decimal("6.305")),
)
PERIODS = [span("2026-05-20 00:00", "2026-06-01 00:00"), span("2026-05-18 00:00", "2026-05-25 00:00")]
CORRECTIONS = (
    Correction("c001", -1234, "paid twice", "eva", when("2026-05-21 10:00")),
    Correction("c002", 4321, "forgotten", "eva", when("2026-05-22 12:00")),
    Correction("c002", 99, "bicycle", "eva", when("2026-05-24 12:00"), counts=False),
)


@pytest.mark.parametrize(
    ("scheme", "period", "seed"), list(product([*PACKS.values(), MIXED, OFFERS], PERIODS, [1, 2])),
    ids=lambda value: value.name if isinstance(value, Scheme) else None,
)  # fmt: skip
def test_all_at_once_is_one_by_one(scheme: Scheme, period: Span, seed: int) -> None:
    """Every column agrees to the cent with the slip of each courier, for every pack and schemes of all kinds."""
    tables = month(6, 12, 14, seed=seed)
    found = pay_table(tables, scheme, CALENDAR, period, CORRECTIONS)
    for code, courier in enumerate(tables.couriers):
        work = stretches_of(tables, courier), jobs_of(tables, courier)
        slip = pay_slip(courier, scheme, CALENDAR, period, *work, CORRECTIONS)
        assert int(found.total[code]) == slip.total_cents, courier
        assert int(found.top_up[code]) == slip.top_up_cents
        assert (int(found.tips[code]), int(found.costs[code])) == (slip.tips_cents, slip.costs_cents)


@pytest.mark.parametrize("seed", range(20))
def test_a_random_week_per_offer_is_one_by_one(seed: int) -> None:
    """Minimums of each job come out as on the slips, jobs that were taken away included."""
    tables = month(4, 7, 9, seed=100 + seed)
    lost = np.random.default_rng(seed).integers(0, len(OUTCOMES), len(tables.jobs)).astype(np.int8)
    tables = replace(tables, jobs=tables.jobs.assign(outcome=lost))
    scheme, period = [OFFERS, PACKS["seattle"], PACKS["ontario"]][seed % 3], PERIODS[1]
    found = pay_table(tables, scheme, CALENDAR, period)
    for code, courier in enumerate(tables.couriers):
        slip = pay_slip(courier, scheme, CALENDAR, period, stretches_of(tables, courier), jobs_of(tables, courier))
        assert (int(found.total[code]), int(found.top_up[code])) == (slip.total_cents, slip.top_up_cents), courier


def test_nothing_worked_is_nothing_paid() -> None:
    """A period in which nobody worked has a row of zeros for everybody."""
    found = pay_table(month(3, 2, 3), MIXED, CALENDAR, span("2025-01-01 00:00", "2025-02-01 00:00"))
    assert found.total.tolist() == [0, 0, 0]
    assert found.on_shift.tolist() == [0, 0, 0]


def test_a_row_reads_back_as_it_was() -> None:
    """What the frames keep of stretches and jobs is all that the rules of pay read."""
    couriers, restaurants = Codes(), Codes()
    jobs = [
        job("o1", "2026-05-20 12:00", restaurant="kirja", weight_g=900, tip_cents=50),
        job("o2", "2026-05-20 13:00"),
    ]
    stretches = [
        stretch("2026-05-20 11:00", "2026-05-20 12:30"),
        stretch("2026-05-20 12:30", "2026-05-20 12:40", "break"),
    ]
    frames = job_frame(jobs, couriers, restaurants), stretch_frame(stretches, couriers)
    tables = Tables("velo", 9, couriers.names, restaurants.names, *frames)
    assert jobs_of(tables, "lea") == tuple(jobs)
    assert stretches_of(tables, "lea") == tuple(stretches)
    assert jobs_of(tables, "nobody") == ()
