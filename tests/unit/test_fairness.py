"""The measures of spread against numbers that others computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from dashboard.domain import fairness
from tests.unit.fairness_expected import EXPECTED, VECTORS, WEEK

Measure = Callable[[Sequence[float]], float | None]
MEASURES: dict[str, Measure] = {
    "gini": fairness.gini,
    "gini_corrected_n_over_n_minus_1": fairness.gini_corrected,
    "jain": fairness.jain,
    "theil_t": fairness.theil_t,
    "theil_l_mld": fairness.mld,
    "atkinson_0.5": lambda x: fairness.atkinson(x, 0.5),
    "atkinson_1": lambda x: fairness.atkinson(x, 1),
    "atkinson_2": lambda x: fairness.atkinson(x, 2),
    "hoover": fairness.hoover,
    "cv_population": fairness.cv,
    "cv_sample": lambda x: fairness.cv(x, ddof=1),
    "palma": fairness.palma,
    "p90_p10": fairness.p90_p10,
    "mean_envy": fairness.mean_envy,
}
NAMES = {"gini_corrected": "gini_corrected_n_over_n_minus_1", "cv": "cv_population"}


def near(value: float) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("vector", VECTORS)
def test_measures_agree_with_the_reference(vector: str, name: str) -> None:
    """Each measure of each reference vector equals the stored value to 1e-9, None where it is undefined."""
    expected = VECTORS[vector]["metrics"][name]
    found = MEASURES[name](VECTORS[vector]["x"])
    assert found is None if expected is None else found == near(expected)


@pytest.mark.parametrize("vector", VECTORS)
def test_lorenz_curve_agrees_with_the_reference(vector: str) -> None:
    """The Lorenz curve has the stored points, from (0, 0) to (1, 1)."""
    curve = fairness.lorenz(VECTORS[vector]["x"])
    assert curve is not None
    assert curve[0].tolist() == near(VECTORS[vector]["metrics"]["lorenz_p"])
    assert curve[1].tolist() == near(VECTORS[vector]["metrics"]["lorenz_L"])


@pytest.mark.parametrize(("alpha", "name"), [(0, "headcount"), (1, "gap"), (2, "squared")])
def test_share_below_a_floor_agrees_with_the_reference(alpha: float, name: str) -> None:
    """Share, depth and severity below 12.31 an hour equal the stored values."""
    vector = VECTORS["A_hourly_eur_8"]
    assert fairness.fgt(vector["x"], 12.31, alpha) == near(vector["metrics"]["fgt_z=12.31"][name])


@pytest.mark.parametrize(("case", "x"), [("all_equal [5,5,5]", [5, 5, 5]), ("one_takes_all [0,0,0,12]", [0, 0, 0, 12])])
def test_extreme_groups(case: str, x: list[float]) -> None:
    """All alike, and one who has all, give the bounds of each measure."""
    for name, expected in EXPECTED["edge_cases"][case].items():
        if name == "ln4":
            continue
        found = MEASURES[NAMES.get(name, name)](x)
        assert found is None if expected is None else found == near(expected), name


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("x", [[], [7.0], [0.0, 0.0]])
def test_a_dash_where_there_is_nothing_to_compare(name: str, x: list[float]) -> None:
    """Nobody, one person, or people who all have nothing: no measure gives a number."""
    assert MEASURES[name](x) is None
    assert fairness.lorenz(x) is None


def test_the_floor_still_speaks_when_all_have_nothing() -> None:
    """Everybody at zero is everybody below the floor: only an empty group gives a dash."""
    assert fairness.fgt([0, 0], 12.31, 0) == 1
    assert fairness.fgt([7], 12.31, 0) == 1
    assert fairness.fgt([12.31], 12.31, 0) == 0
    assert fairness.fgt([], 12.31, 0) is None


@pytest.mark.parametrize("x", [[1.0, -1.0], [1.0, float("nan")], [1.0, float("inf")]])
def test_amounts_that_are_none_are_refused(x: list[float]) -> None:
    """A negative or non-finite amount raises instead of giving a figure that means nothing."""
    for measure in MEASURES.values():
        with pytest.raises(ValueError, match="amounts have to be"):
            measure(x)


def test_parameters_that_make_no_sense_are_refused() -> None:
    """A negative aversion, a floor of zero, and hours that do not fit the rates raise ValueError."""
    with pytest.raises(ValueError, match="epsilon"):
        fairness.atkinson([1, 2], -1)
    with pytest.raises(ValueError, match="floor"):
        fairness.fgt([1, 2], 0, 1)
    with pytest.raises(ValueError, match="rates"):
        fairness.weighted_gini([1, 2], [1])


def test_the_week_of_six_couriers() -> None:
    """Gini per hour on shift, on a job, of totals, weighted by hours and with tips, all as in the reference week."""
    rows, team = WEEK["rows"], WEEK["team"]
    pay, shift = [row["base_pay"] for row in rows], [row["on_shift_min"] / 60 for row in rows]
    per_shift = [p / h for p, h in zip(pay, shift, strict=True)]
    per_job = [row["base_pay"] / row["on_job_min"] * 60 for row in rows]
    with_tips = [(row["base_pay"] + row["tips"]) / row["on_shift_min"] * 60 for row in rows]
    assert fairness.gini(pay) == near(team["gini_pay"])
    assert fairness.gini(per_shift) == near(team["gini_per_hour_on_shift"])
    assert fairness.gini(per_job) == near(team["gini_per_hour_on_job"])
    assert fairness.gini(with_tips) == near(team["gini_with_tips_per_hour_on_shift"])
    assert fairness.weighted_gini(per_shift, shift) == near(team["gini_per_hour_on_shift_weighted"])
    assert fairness.fgt(per_shift, 12.31, 0) == near(team["share_below_smic"])
    assert fairness.fgt(per_job, 11.75, 0) == near(team["share_below_arpe"])
    assert fairness.jain([r["deliveries"] / h for r, h in zip(rows, shift, strict=True)]) == near(
        team["jain_deliveries_per_hour_on_shift"]
    )
    assert fairness.gini([row["hard_jobs"] / row["deliveries"] for row in rows]) == near(team["gini_hard_share"])


def test_weighted_gini_ignores_who_has_no_hours() -> None:
    """A rate without hours has no weight; with fewer than two people left there is a dash."""
    assert fairness.weighted_gini([10, 20, 99], [1, 1, 0]) == near(fairness.gini([10, 20]) or 0)
    assert fairness.weighted_gini([10, 99], [1, 0]) is None
    assert fairness.weighted_gini([0, 0], [1, 1]) is None
