"""Whether the differences between couriers have changed, or whether it could be chance."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.domain.fairness import Day, gini_corrected, has_changed
from dashboard.domain.fairness_change import CHANCE, LARGER, SMALLER, TOO_FEW

COURIERS = [f"c{number}" for number in range(8)]


def days(rng: np.random.Generator, n: int, slope: float) -> list[Day]:
    """Days of lognormal luck; ``slope`` is how much more an hour each courier has than the one before."""
    return [
        Day(
            pay={c: 5 * 12 * (1 + slope * i) * rng.lognormal(0, 0.3) for i, c in enumerate(COURIERS)},
            hours=dict.fromkeys(COURIERS, 5.0),
        )
        for _ in range(n)
    ]


@pytest.mark.parametrize(("before", "after", "verdict"), [(0.0, 0.12, LARGER), (0.12, 0.0, SMALLER)])
def test_a_real_change_is_seen(before: float, after: float, verdict: str) -> None:
    """Thirty days on each side show a large change, its direction and a small p."""
    rng = np.random.default_rng(7)
    found = has_changed(days(rng, 30, before), days(rng, 30, after), rng)
    assert found.verdict == verdict
    assert (found.p or 1) < 0.01
    assert ((found.difference or 0) > 0) == (verdict == LARGER)


def test_luck_is_called_chance() -> None:
    """Days of one and the same kind, twice as many after as before, are called changed in about 5 % of cases."""
    rng = np.random.default_rng(11)
    verdicts = [has_changed(days(rng, 20, 0.03), days(rng, 40, 0.03), rng).verdict for _ in range(60)]
    false_alarms = sum(verdict != CHANCE for verdict in verdicts)
    assert 0 < false_alarms <= 9  # 5 % of 60 is 3; ten or more has a probability below 0.1 %


def test_the_difference_is_that_of_the_amortised_rates() -> None:
    """The difference is the corrected Gini of pay per hour after, minus before, absent couriers left out."""
    before = [Day({"a": 10, "b": 30}, {"a": 1, "b": 2}), Day({"b": 10}, {"b": 1})]
    after = [Day({"a": 10, "c": 30, "d": 5}, {"a": 1, "c": 1, "d": 1})]
    found = has_changed(before, after, np.random.default_rng(0))
    expected = (gini_corrected([10, 30, 5]) or 0) - (gini_corrected([10, 40 / 3]) or 0)
    assert found.difference == pytest.approx(expected, abs=1e-12)
    assert (found.p, found.verdict) == (None, TOO_FEW)


@pytest.mark.parametrize("n", [0, 19])
def test_too_few_days_are_called_too_few(n: int) -> None:
    """With fewer than 20 days on a side nothing is claimed, however large the difference."""
    rng = np.random.default_rng(3)
    found = has_changed(days(rng, n, 0.0), days(rng, 30, 0.5), rng)
    assert (found.p, found.verdict) == (None, TOO_FEW)


def test_nobody_at_all() -> None:
    """No days, or days on which nobody rode, give no number."""
    rng = np.random.default_rng(3)
    for empty in ([], [Day({}, {})] * 25):
        assert has_changed(empty, empty, rng).difference is None


def test_the_same_seed_gives_the_same_answer() -> None:
    """A frozen week can be computed again bit for bit."""
    history = days(np.random.default_rng(5), 60, 0.02)
    first, again = (has_changed(history[:30], history[30:], np.random.default_rng(1)) for _ in range(2))
    assert first == again
