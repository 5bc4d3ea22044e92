"""How unequal a handful of amounts is: one function a measure, of any plain sequence of amounts >= 0.

Every measure is None (a dash on the screen) where it says nothing: fewer than two people, or nobody has anything.
A negative amount, NaN or infinity is a programming error (ValueError). μ is the mean, x_(i) the i-th smallest.
For reporting only: optimising such a measure can make everybody work more (Matl et al. 2018, arXiv 1605.08565).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

type Amounts = Sequence[float] | NDArray[np.float64]
type Floats = NDArray[np.float64]


def gini(x: Amounts) -> float | None:
    """G = ΣΣ|x_i−x_j|/(2n²μ) = 2Σi·x_(i)/(nΣx) − (n+1)/n: 0 when all have the same, (n−1)/n when one has all."""
    amounts = sharing(x)
    return None if amounts is None else _gini(amounts)


def gini_corrected(x: Amounts) -> float | None:
    """G_c = n/(n−1)·G, 0 to 1: the plug-in Gini is biased down in small groups (Deltas 2003, RESTAT 85:226)."""
    amounts = sharing(x)
    return None if amounts is None else _gini(amounts) * amounts.size / (amounts.size - 1)


def jain(x: Amounts) -> float | None:
    """J = (Σx)²/(nΣx²) = 1/(1+CV²): 1 when all have the same, 1/n when one has all."""
    amounts = sharing(x)
    return None if amounts is None else float(1 / np.square(amounts / amounts.mean()).mean())


def theil_t(x: Amounts) -> float | None:
    """T = (1/n)Σ(x/μ)ln(x/μ), with 0·ln 0 = 0: 0 to ln n."""
    amounts = sharing(x)
    if amounts is None:
        return None
    shares = amounts[amounts > 0] / amounts.mean()
    return float((shares * np.log(shares)).sum() / amounts.size)


def mld(x: Amounts) -> float | None:
    """Theil L, the mean logarithmic deviation (1/n)Σln(μ/x); None if somebody has nothing."""
    amounts = sharing(x)
    return None if amounts is None or not amounts[0] else float(np.log(amounts.mean() / amounts).mean())


def atkinson(x: Amounts, epsilon: float) -> float | None:
    """A = 1 − [(1/n)Σ(x/μ)^(1−ε)]^(1/(1−ε)), for ε = 1: 1 − geometric mean/μ; 1 when ε ≥ 1 and somebody has nothing.

    μ(1−A) is what each would need to have, all alike, for the same satisfaction. ``epsilon`` >= 0 is how much the
    lowest count (ValueError below).
    """
    if not epsilon >= 0:
        raise ValueError(f"epsilon is {epsilon}: it has to be 0 or more")
    amounts = sharing(x)
    if amounts is None:
        return None
    if epsilon >= 1 and not amounts[0]:
        return 1.0
    shares = amounts / amounts.mean()
    if epsilon == 1:
        return float(1 - np.exp(np.log(shares).mean()))
    return float(1 - np.power(shares, 1 - epsilon).mean() ** (1 / (1 - epsilon)))


def hoover(x: Amounts) -> float | None:
    """Σ|x−μ|/(2Σx), also named after Schutz and Pietra: the share of all that would have to move to make all equal."""
    amounts = sharing(x)
    return None if amounts is None else float(np.abs(amounts - amounts.mean()).sum() / (2 * amounts.sum()))


def cv(x: Amounts, ddof: int = 0) -> float | None:
    """Standard deviation over mean; ``ddof`` 0 for the people themselves, 1 when they stand for many more."""
    amounts = sharing(x)
    return None if amounts is None else float(amounts.std(ddof=ddof) / amounts.mean())


def palma(x: Amounts) -> float | None:
    """(1−L(0.9))/L(0.4), the Lorenz curve linearly interpolated: what the top tenth has per unit of the lower 40 %.

    0.25 when all have the same; None when the lower 40 % have nothing. Too coarse to be shown for fewer than ten.
    """
    curve = lorenz(x)
    if curve is None:
        return None
    low, high = np.interp([0.4, 0.9], *curve)
    return float((1 - high) / low) if low else None


def p90_p10(x: Amounts) -> float | None:
    """The 90th percentile over the 10th, interpolated linearly (type 7); None when the 10th is 0."""
    amounts = sharing(x)
    if amounts is None:
        return None
    low, high = np.quantile(amounts, [0.1, 0.9])
    return float(high / low) if low else None


def lorenz(x: Amounts) -> tuple[Floats, Floats] | None:
    """The points (k/n, Σ_{i≤k}x_(i)/Σx), k = 0…n: share of the people, poorest first, and share of what they have."""
    amounts = sharing(x)
    if amounts is None:
        return None
    people = np.arange(amounts.size + 1) / amounts.size
    return people, np.concatenate(([0.0], np.cumsum(amounts) / amounts.sum()))


def mean_envy(x: Amounts) -> float | None:
    """The mean over all pairs, oneself included, of max(0, x_j−x_i), in the unit of x; it equals μG."""
    amounts = sharing(x)
    return None if amounts is None else float(amounts.mean() * _gini(amounts))


def weighted_gini(rates: Amounts, hours: Amounts) -> float | None:
    """The Gini of hourly rates when each hour, not each person, counts once: 1 − 2·area under (cum hours, cum pay).

    Whoever has no hours does not count. ValueError unless there are as many hours as rates.
    """
    worked, paid = checked(hours), checked(rates)
    if worked.size != paid.size:
        raise ValueError(f"{paid.size} rates and {worked.size} hours: give one each")
    by_rate = np.argsort(paid, kind="stable")
    paid, worked = paid[by_rate][worked[by_rate] > 0], worked[by_rate][worked[by_rate] > 0]
    if paid.size < 2 or not paid[-1]:
        return None
    people = np.concatenate(([0.0], np.cumsum(worked) / worked.sum()))
    pay = np.concatenate(([0.0], np.cumsum(paid * worked) / (paid * worked).sum()))
    return max(0.0, float(1 - 2 * np.trapezoid(pay, people)))


def fgt(x: Amounts, z: float, alpha: float) -> float | None:
    """FGT_α = (1/n)Σ_{x<z}((z−x)/z)^α: who is below the floor ``z`` (> 0), and how far (Foster, Greer, Thorbecke 1984).

    α = 0 the share of people, 1 the mean depth, 2 the severity. None for nobody at all; defined, unlike the others,
    for one person and when all have nothing: hiding that would hide the worst.
    """
    if not z > 0 or not alpha >= 0:
        raise ValueError(f"floor {z}, alpha {alpha}: the floor has to be above 0, alpha 0 or more")
    amounts = checked(x)
    gaps = (z - amounts[amounts < z]) / z
    return float(np.power(gaps, alpha).sum() / amounts.size) if amounts.size else None


def sharing(x: Amounts) -> Floats | None:
    """The amounts, smallest first; None when there is nothing to compare (fewer than two people, or all have 0)."""
    amounts = np.sort(checked(x))
    return amounts if amounts.size > 1 and amounts[-1] else None


def checked(x: Amounts) -> Floats:
    """The amounts as one row of finite numbers >= 0; ValueError if they are not."""
    amounts = np.asarray(x, dtype=np.float64)
    if amounts.ndim != 1 or not np.isfinite(amounts).all() or (amounts < 0).any():
        raise ValueError("amounts have to be one sequence of finite numbers, none of them below 0")
    return amounts


def _gini(rising: Floats) -> float:
    n = rising.size
    return max(0.0, float(2 * (np.arange(1, n + 1) * rising).sum() / (n * rising.sum()) - (n + 1) / n))
