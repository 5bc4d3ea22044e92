"""What makes a number a measure of inequality, for any group of people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dashboard.domain import fairness

Measure = Callable[[Sequence[float]], float | None]
REPLICATING: dict[str, Measure] = {
    "gini": fairness.gini,
    "minus jain": lambda x: None if (j := fairness.jain(x)) is None else 1 - j,
    "theil_t": fairness.theil_t,
    "mld": fairness.mld,
    "atkinson 0.5": lambda x: fairness.atkinson(x, 0.5),
    "atkinson 1": lambda x: fairness.atkinson(x, 1),
    "atkinson 2": lambda x: fairness.atkinson(x, 2),
    "hoover": fairness.hoover,
    "cv": fairness.cv,
}
MEASURES: dict[str, Measure] = {**REPLICATING, "gini_corrected": fairness.gini_corrected}
NEAR = 1e-9
steady = settings(deadline=None, max_examples=60)  # a busy machine is no reason to fail

amounts = st.lists(st.floats(0.01, 10_000), min_size=2, max_size=40)


def value(measure: Measure, x: Sequence[float]) -> float:
    found = measure(x)
    assert found is not None
    return found


@pytest.mark.parametrize("name", MEASURES)
@steady
@given(x=amounts, factor=st.floats(0.01, 1000))
def test_scale(name: str, x: list[float], factor: float) -> None:
    """Counting in cents instead of euros changes nothing."""
    assert value(MEASURES[name], [factor * amount for amount in x]) == pytest.approx(
        value(MEASURES[name], x), rel=NEAR, abs=NEAR
    )


@pytest.mark.parametrize("name", MEASURES)
@steady
@given(x=amounts, data=st.data())
def test_anonymity(name: str, x: list[float], data: st.DataObject) -> None:
    """Who is who makes no difference."""
    shuffled = data.draw(st.permutations(x))
    assert value(MEASURES[name], shuffled) == pytest.approx(value(MEASURES[name], x), rel=NEAR, abs=NEAR)


@pytest.mark.parametrize("name", MEASURES)
@steady
@given(x=amounts, share=st.floats(0.01, 0.5))
def test_transfers(name: str, x: list[float], share: float) -> None:
    """Moving some of the richest one's lead to the poorest never makes a measure rise."""
    rising = sorted(x)
    moved = share * (rising[-1] - rising[0])
    after = [rising[0] + moved, *rising[1:-1], rising[-1] - moved]
    assert value(MEASURES[name], after) <= value(MEASURES[name], rising) + NEAR


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "hoover"])
def test_transfers_on_the_same_side_of_the_mean_count(name: str) -> None:
    """A transfer between two who both have less than the mean makes every measure but Hoover's fall."""
    assert value(MEASURES[name], [2, 3, 10]) < value(MEASURES[name], [1, 4, 10])


@pytest.mark.parametrize("name", REPLICATING)
@steady
@given(x=amounts, times=st.integers(2, 4))
def test_replication(name: str, x: list[float], times: int) -> None:
    """A group and its double are equally unequal, for all but the corrected Gini."""
    assert value(REPLICATING[name], x * times) == pytest.approx(value(REPLICATING[name], x), rel=NEAR, abs=NEAR)


def test_the_corrected_gini_does_not_replicate() -> None:
    """The correction is for small groups, so doubling the group lowers it: it must not be compared across sizes."""
    assert value(fairness.gini_corrected, [1, 2, 1, 2]) < value(fairness.gini_corrected, [1, 2])


@pytest.mark.parametrize("name", MEASURES)
@steady
@given(amount=st.floats(0.01, 10_000), n=st.integers(2, 40))
def test_zero_when_all_have_the_same(name: str, amount: float, n: int) -> None:
    """Equal amounts give zero."""
    assert value(MEASURES[name], [amount] * n) == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("name", MEASURES)
@steady
@given(x=amounts)
def test_above_zero_when_they_differ(name: str, x: list[float]) -> None:
    """No measure is ever below zero, and clear differences give more than zero."""
    found = value(MEASURES[name], x)
    assert found >= -NEAR
    assume(max(x) > 1.01 * min(x))
    assert found > 0


@steady
@given(x=amounts)
def test_identities(x: list[float]) -> None:
    """Mean envy = μG; Jain = 1/(1+CV²); exp(−MLD) = 1 − Atkinson(1); G = 1 − 2·area under the Lorenz curve."""
    mean, spread = sum(x) / len(x), value(fairness.gini, x)
    pairs = sum(max(0.0, other - one) for one in x for other in x) / len(x) ** 2
    assert value(fairness.mean_envy, x) == pytest.approx(pairs, rel=1e-7, abs=1e-7)
    assert value(fairness.mean_envy, x) == pytest.approx(mean * spread, rel=NEAR, abs=NEAR)
    assert value(fairness.jain, x) == pytest.approx(1 / (1 + value(fairness.cv, x) ** 2), rel=NEAR)
    assert 1 - value(MEASURES["atkinson 1"], x) == pytest.approx(2.718281828459045 ** -value(fairness.mld, x), rel=1e-7)
    assert value(MEASURES["gini"], x) == pytest.approx(fairness.weighted_gini(x, [1.0] * len(x)), abs=1e-9)
