"""Fairness over many days."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.domain.fairness import amortised_rates, gini, half_life_weights, shorrocks_rigidity, who_loses
from tests.unit.fairness_expected import EXPECTED

DAYS = EXPECTED["days"]


def test_rigidity_of_the_reference_panel() -> None:
    """Four couriers over five days: daily Ginis, their long-run Gini and R = 0.5 as stored."""
    assert [gini(day) for day in zip(*DAYS["pay"], strict=True)] == pytest.approx(DAYS["daily_gini"], abs=1e-9)
    assert gini([sum(row) for row in DAYS["pay"]]) == pytest.approx(DAYS["gini_of_totals"], abs=1e-9)
    assert shorrocks_rigidity(DAYS["pay"]) == pytest.approx(DAYS["shorrocks_rigidity_R"], abs=1e-9)


def test_rates_over_time_with_and_without_forgetting() -> None:
    """Cumulative rates, and those with a half-life of two days, and their Ginis, as stored."""
    plain = amortised_rates(DAYS["pay"], DAYS["hours"])
    recent = amortised_rates(DAYS["pay"], DAYS["hours"], half_life=DAYS["ewma_half_life_days"])
    assert plain.tolist() == pytest.approx(DAYS["cumulative_rate"], abs=1e-9)
    assert recent.tolist() == pytest.approx(DAYS["ewma_rate"], abs=1e-9)
    assert gini(plain) == pytest.approx(DAYS["amortised_gini_of_rates"], abs=1e-9)
    assert gini(recent) == pytest.approx(DAYS["ewma_gini"], abs=1e-9)


def test_half_life() -> None:
    """What is one half-life old weighs half; today weighs one."""
    assert half_life_weights(15)[[0, -1]].tolist() == [0.5, 1.0]
    with pytest.raises(ValueError, match="half-life"):
        half_life_weights(3, 0)


@pytest.mark.parametrize(
    ("panel", "expected"),
    [
        ([[1, 1, 1], [3, 3, 3]], 1.0),  # always the same one behind
        ([[1, 3], [3, 1]], 0.0),  # taking turns
        ([[1, 0], [3, 0]], 1.0),  # a day without pay has no weight
        ([[2, 2], [2, 2]], None),  # every day equal: nothing to be rigid about
        ([[1], [3]], None),  # one day tells nothing about days
        ([[1, 2]], None),  # nor does one courier
        ([[0, 0], [0, 0]], None),
    ],
)
def test_rigidity_from_turns_to_always_the_same(panel: list[list[float]], expected: float | None) -> None:
    """1 when the same are always behind, 0 when they take turns, None when there is nothing to compare."""
    assert shorrocks_rigidity(panel) == (expected if expected is None else pytest.approx(expected, abs=1e-12))


def test_rates_of_who_did_not_work() -> None:
    """A courier without hours has no rate, and panels that do not fit are refused."""
    assert np.isnan(amortised_rates([[0.0], [10.0]], [[0.0], [1.0]])).tolist() == [True, False]
    with pytest.raises(ValueError, match="same couriers"):
        amortised_rates([[1.0, 2.0]], [[1.0]])
    with pytest.raises(ValueError, match="panel"):
        shorrocks_rigidity([[1.0, -2.0]])


def test_who_loses_when_the_mean_rises() -> None:
    """A change that lifts the mean while half the people lose says so, with the largest loss."""
    found = who_loses({"a": 12, "b": 12, "c": 12, "d": 12, "gone": 9}, {"a": 20, "b": 13, "c": 11, "d": 9.5, "new": 8})
    assert (found.n, found.losers, found.share_who_lose, found.largest_loss) == (4, 2, 0.5, 2.5)
    assert (found.mean_change, found.missing) == (1.375, 2)
    assert who_loses({"a": 12, "d": 12}, {"a": 11.99, "d": 9.5}, at_least=0.01 + 1e-9).losers == 1


def test_a_comparison_of_nobody() -> None:
    """With nobody in both figures there is no share, rather than a share of zero."""
    found = who_loses({"a": 1}, {"b": 1})
    assert (found.n, found.share_who_lose, found.largest_loss, found.missing) == (0, None, 0.0, 2)
