"""The measures of spread beside `inequality` (PySAL) and `quantecon`, which are test-only dependencies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import quantecon
import scipy.stats
from inequality.atkinson import atkinson
from inequality.gini import Gini
from inequality.schutz import Schutz
from inequality.theil import Theil
from numpy.typing import NDArray

from dashboard.domain import fairness
from tests.unit.fairness_expected import VECTORS

Floats = NDArray[np.float64]
NEAR = 1e-9


def groups() -> list[Floats]:
    """The reference vectors and drawn groups of 2 to 300 people."""
    rng = np.random.default_rng(20260101)
    stored = [np.array(vector["x"], dtype=float) for vector in VECTORS.values()]
    return stored + [rng.lognormal(2.5, 0.4, n) for n in (2, 3, 8, 50, 300)]


@pytest.mark.parametrize("x", groups(), ids=lambda x: f"n={x.size}")
def test_gini_and_lorenz(x: Floats) -> None:
    """Both libraries have our plug-in Gini, and quantecon our Lorenz curve."""
    assert fairness.gini(x) == pytest.approx(quantecon.gini_coefficient(x), abs=NEAR)
    assert fairness.gini(x) == pytest.approx(Gini(x).g, abs=NEAR)
    curve = fairness.lorenz(x)
    assert curve is not None
    np.testing.assert_allclose(curve, quantecon.lorenz_curve(x), atol=NEAR)


@pytest.mark.parametrize("x", groups(), ids=lambda x: f"n={x.size}")
def test_theil_hoover_and_cv(x: Floats) -> None:
    """PySAL has our Theil T and (as Schutz) our Hoover, scipy both our coefficients of variation."""
    assert fairness.theil_t(x) == pytest.approx(Theil(x).T, abs=NEAR)
    assert fairness.hoover(x) == pytest.approx(Schutz(pd.DataFrame({"x": x}), "x").distance, abs=NEAR)
    for ddof in (0, 1):
        assert fairness.cv(x, ddof) == pytest.approx(scipy.stats.variation(x, ddof=ddof), abs=NEAR)


@pytest.mark.parametrize("epsilon", [0.5, 1, 2])
@pytest.mark.parametrize("x", [x for x in groups() if x.all()], ids=lambda x: f"n={x.size}")
def test_atkinson(x: Floats, epsilon: float) -> None:
    """PySAL has our Atkinson index wherever nobody has nothing."""
    assert fairness.atkinson(x, epsilon) == pytest.approx(atkinson(x, epsilon), abs=NEAR)


@pytest.mark.parametrize("degrees", [*range(1, 31), 100, 499])
@pytest.mark.parametrize("p", [0.5, 0.75, 0.95, 0.975, 0.995])
def test_student_quantiles(p: float, degrees: int) -> None:
    """scipy has our quantiles of Student's distribution."""
    assert fairness.student_quantile(p, degrees) == pytest.approx(scipy.stats.t.ppf(p, degrees), rel=1e-11, abs=1e-12)
