"""How pay and work were shared in a period, without names. Units: dashboard/reports.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.domain.fairness import HALF_LIFE_DAYS
from dashboard.domain.workload_hard import HardShare
from dashboard.reports_work import WaitingRow


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the trend: ``n`` couriers; spread of pay per hour on shift with its interval; None when too few."""

    monday: date
    n: int
    gini: float | None
    low: float | None
    high: float | None
    per_hour_on_shift: float | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was decided, to be drawn on the trend."""

    on: date
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class Range:
    """One figure over ``n`` couriers who are compared: nobody's name, and where the middle is."""

    n: int
    lowest: float
    median: float
    highest: float


@dataclass(frozen=True, slots=True)
class SinceBefore:
    """Who gets less per hour on shift than in the time before, of ``n`` couriers who worked in both.

    ``losers`` and ``largest_loss`` (cents per hour) are None when ``is_few``: figures about one or two who lost would
    point at them. ``p`` is the share of shuffles of the days in which somebody loses as much, None where it cannot be
    said or nobody lost; ``verdict`` says it in words (one of fairness_change.LOSS_VERDICTS).
    """

    n: int
    is_few: bool
    losers: int | None
    largest_loss: float | None
    p: float | None = None
    verdict: str = ""

    @property
    def share_who_lose(self) -> float | None:
        """Of those who worked in both times."""
        return None if self.losers is None else self.losers / self.n


@dataclass(frozen=True, slots=True)
class Own:
    """One's own figures, for oneself alone: ``place`` 1 is the lowest rate of ``of`` people; Lorenz share of people."""

    courier: str
    place: int
    of: int
    per_hour_on_shift: float
    hard: HardShare | None


@dataclass(frozen=True, slots=True)
class Fairness:
    """Spread of pay per hour on shift (without tips, cents per hour) over a period.

    ``n`` couriers with time on shift. With fewer than five ``too_few`` is True and every figure is None or empty; so it
    is when there were one to four in a week of whole weeks, ``thin_week`` (its Monday): the difference to a time
    without that week would be theirs.
    First what is below the floor: ``floor`` (cents per hour on shift), ``below`` couriers under it, ``depth`` the mean
    gap as a share of the floor (FGT 1), ``missing_cents`` what would lift all to it. ``gini`` is the corrected one,
    ``low``–``high`` its 95 % interval. ``rates`` are anonymous and rising; ``lorenz`` (share of people, share of pay).
    ``hard_ratios`` O/E, anonymous and rising, ``hard_flagged`` how many stand out. ``verdict`` says in words whether
    the period differs from the equally many days before it (one of fairness_change.VERDICTS, ``p`` its chance).
    ``since_before`` compares each courier's rate with the equally many days before, None below five who worked in both.
    ``faded`` is the corrected Gini when a day weighs half as much every ``half_life`` days. ``hours`` on shift,
    ``orders_per_hour`` and ``km_per_hour`` are ranges; ``hard`` has each courier's share, anonymous, by rising z.
    ``own`` is set only for who asks about themselves.
    """

    coop: str
    first: date
    last: date
    seq: int
    currency: str
    n: int
    too_few: bool
    floor: float | None = None
    below: int | None = None
    depth: float | None = None
    missing_cents: int | None = None
    per_hour_on_shift: float | None = None
    per_hour_on_job: float | None = None
    utilisation: float | None = None
    gini: float | None = None
    low: float | None = None
    high: float | None = None
    gini_with_tips: float | None = None
    jain: float | None = None
    theil: float | None = None
    hoover: float | None = None
    cv: float | None = None
    p90_p10: float | None = None
    palma: float | None = None
    lowest: float | None = None
    highest: float | None = None
    rigidity: float | None = None
    since_before: SinceBefore | None = None
    half_life: float = HALF_LIFE_DAYS
    thin_week: date | None = None
    faded: float | None = None
    hours: Range | None = None
    orders_per_hour: Range | None = None
    km_per_hour: Range | None = None
    hard: tuple[HardShare, ...] = ()
    rates: tuple[float, ...] = ()
    lorenz: tuple[tuple[float, float], ...] = ()
    weeks: tuple[Week, ...] = ()
    verdict: str = ""
    p: float | None = None
    hard_ratios: tuple[float, ...] = ()
    hard_flagged: int | None = None
    waiting: tuple[WaitingRow, ...] = ()
    marks: tuple[Mark, ...] = ()
    own: Own | None = None
