"""The log jackknife-t interval: its numbers, its silence, and how often it contains the truth."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from dashboard.domain.fairness import FEWEST, gini_corrected, gini_interval, student_quantile
from tests.unit.fairness_expected import VECTORS

SAMPLES = 2_000
EIGHT = VECTORS["A_hourly_eur_8"]["x"]
Draw = Callable[[np.random.Generator, tuple[int, int]], "np.ndarray[tuple[int, ...], np.dtype[np.float64]]"]
POPULATIONS: dict[str, tuple[Draw, float | None]] = {
    # The true Gini of a lognormal is erf(σ/2), of a gamma Γ(k+½)/(√π·Γ(k+1)), of a uniform on [a, b] (b−a)/3(a+b).
    "lognormal 0.15": (lambda rng, size: rng.lognormal(2.5, 0.15, size), math.erf(0.15 / 2)),
    "lognormal 0.30": (lambda rng, size: rng.lognormal(2.5, 0.30, size), math.erf(0.30 / 2)),
    "gamma 9": (lambda rng, size: rng.gamma(9.0, 1.4, size), math.gamma(9.5) / math.sqrt(math.pi) / math.gamma(10)),
    "uniform 8 to 16": (lambda rng, size: rng.uniform(8, 16, size), 8 / 3 / 24),
    "pay floor 12": (lambda rng, size: np.maximum(12, rng.normal(14, 4, size)), None),
}


@pytest.mark.parametrize("vector", VECTORS)
def test_agrees_with_the_reference(vector: str) -> None:
    """Point, standard error and bounds equal the stored ones to 1e-9."""
    found, expected = gini_interval(VECTORS[vector]["x"]), VECTORS[vector]["interval"]
    assert found is not None
    assert found.point == pytest.approx(expected["point_Gc"], abs=1e-9)
    assert found.error == pytest.approx(expected["se_jackknife_of_Gc"], abs=1e-9)
    assert (found.low, found.high) == pytest.approx(tuple(expected["ci95"]), abs=1e-9)


@pytest.mark.parametrize("vector", VECTORS)
def test_the_fast_jackknife_is_the_jackknife(vector: str) -> None:
    """Leaving out each person in turn and starting again gives the same standard error."""
    x = VECTORS[vector]["x"]
    without = np.array([gini_corrected(x[:i] + x[i + 1 :]) for i in range(len(x))], dtype=float)
    found = gini_interval(x)
    assert found is not None
    assert found.error == pytest.approx(math.sqrt((len(x) - 1) * without.var()), abs=1e-12)


@pytest.mark.parametrize("population", POPULATIONS)
def test_eight_couriers_are_enough_for_an_honest_interval(population: str) -> None:
    """At least 92 % of the nominal 95 % intervals over 8 people contain the true Gini of where they were drawn from."""
    draw, known = POPULATIONS[population]
    rng = np.random.default_rng(20260101)
    truth = known if known is not None else gini_corrected(draw(rng, (1, 400_000))[0])
    intervals = [gini_interval(x) for x in draw(rng, (SAMPLES, 8))]
    assert truth is not None
    assert sum(1 for found in intervals if found and found.low <= truth <= found.high) / SAMPLES >= 0.92


@pytest.mark.parametrize("x", [[1, 2, 3, 4], [5.0] * 9, [0.1 + 0.2, 0.3, 0.3, 0.3, 0.3], [0, 0, 0, 0, 5], []])
def test_silent_where_it_cannot_know(x: list[float]) -> None:
    """Fewer than five people, equal amounts (but for rounding) and one person's all: no interval."""
    assert gini_interval(x) is None


def test_never_above_one_and_wider_when_surer() -> None:
    """The upper bound is cut at 1, and 99 % need more room than 95 %."""
    uneven = [0, 0, 0, 1, 90]
    widest, sure, usual = (gini_interval(uneven), gini_interval(EIGHT, 0.99), gini_interval(EIGHT))
    assert widest is not None
    assert sure is not None
    assert usual is not None
    assert (widest.high, widest.n) == (1, FEWEST)
    assert sure.low < usual.low < usual.point < usual.high < sure.high


@pytest.mark.parametrize(
    ("p", "degrees", "expected"),
    [
        # closed forms: tan(π(p−½)) for one degree, (2p−1)√(2/(4p(1−p))) for two; the rest from scipy 1.18.1
        (0.975, 1, math.tan(math.pi * 0.475)),
        (0.975, 2, 0.95 * math.sqrt(2 / (4 * 0.975 * 0.025))),
        (0.975, 4, 2.7764451051977934),
        (0.975, 7, 2.364624251592784),
        (0.995, 11, 3.1058065155392804),
        (0.975, 499, 1.9647293909876886),
        (0.9995, 3, 12.923978636687961),
        (0.5, 8, 0.0),
    ],
)
def test_student_quantiles(p: float, degrees: int, expected: float) -> None:
    """The quantiles that the interval rests on, from the closed forms and another program."""
    assert student_quantile(p, degrees) == pytest.approx(expected, rel=1e-11, abs=1e-12)


@pytest.mark.parametrize(("p", "degrees"), [(0.4, 5), (1.0, 5), (0.975, 0)])
def test_quantiles_that_do_not_exist(p: float, degrees: int) -> None:
    """A probability outside [0.5, 1) or no degree of freedom raises ValueError."""
    with pytest.raises(ValueError, match="no quantile"):
        student_quantile(p, degrees)
