"""Whether the differences between couriers have changed, or whether it could be chance."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.domain.fairness import Day, gini_corrected, has_changed
from dashboard.domain.fairness_change import (
    CHANCE,
    LARGER,
    LOSS_BY_CHANCE,
    LOSS_HARDLY_CHANCE,
    LOSS_UNKNOWN,
    SMALLER,
    TOO_FEW,
)

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


def test_one_who_loses_much_is_seen_among_eight() -> None:
    """A courier whose pay falls by a third is more than chance, although the seven others have their luck too."""
    rng = np.random.default_rng(5)
    fallen = [
        Day({c: pay * (0.67 if c == "c0" else 1) for c, pay in day.pay.items()}, day.hours)
        for day in days(rng, 30, 0.0)
    ]  # fmt: skip
    found = has_changed(days(rng, 30, 0.0), fallen, rng)
    assert (found.loss_p or 1) < 0.01
    assert found.loss_verdict == LOSS_HARDLY_CHANCE


def test_the_largest_of_eight_falls_by_luck_is_called_chance() -> None:
    """Somebody always has the worst luck: of days of one kind the largest loss stands out in about 5 % of cases."""
    rng = np.random.default_rng(13)
    found = [has_changed(days(rng, 20, 0.03), days(rng, 20, 0.03), rng).loss_verdict for _ in range(60)]
    assert sum(verdict == LOSS_HARDLY_CHANCE for verdict in found) <= 9
    assert found.count(LOSS_BY_CHANCE) > 40


def test_nobody_lost_or_too_few_days_say_nothing_of_losses() -> None:
    """Where all gain, or the days are too few, there is no p."""
    rng = np.random.default_rng(17)
    low, high = days(rng, 30, 0.0), [Day(dict.fromkeys(COURIERS, 900.0), dict.fromkeys(COURIERS, 1.0))] * 30
    assert has_changed(low, high, rng).loss_p is None
    assert has_changed(high[:5], low, rng).loss_verdict == LOSS_UNKNOWN
