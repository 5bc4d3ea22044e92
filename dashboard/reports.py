"""What the accounts say, as plain values: the pages, the API and the exports all read these, and nothing else.

Money in integer cents of ``currency``, times aware UTC, lengths as timedelta, hourly rates in cents per hour (float);
None is "unknown" or "too few people": a dash, never 0. Days are local, ``last`` included.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from dashboard.domain.fairness import FEWEST, HALF_LIFE_DAYS
from dashboard.domain.pay import Effect, Slip
from dashboard.domain.rules import Scheme
from dashboard.domain.tradeoff import Forecast
from dashboard.domain.working_time import Finding
from dashboard.domain.workload_hard import HardShare
from dashboard.domain.workload_states import Job


@dataclass(frozen=True, slots=True)
class CourierNow:
    """One courier's running day (a shift that began before midnight counts as a whole).

    ``pay_cents`` includes the guarantee (``short_cents`` of it), not the tips. ``forecast_*`` is pay at ``ends_at``,
    the end of a shift of usual length: mean and 80 % range; None off shift. ``next_order_cents`` is what one more
    order costs the co-op by then, ``working_time`` one finding per rule (amber and red only), ``level`` the worst.
    """

    courier: str
    name: str
    shift: str
    since: datetime | None
    pay_cents: int
    short_cents: int
    tips_cents: int
    costs_cents: int
    on_shift: timedelta
    on_job: timedelta
    per_hour_on_shift: float | None
    per_hour_on_job: float | None
    jobs: int
    metres: int
    ends_at: datetime | None = None
    forecast_cents: float | None = None
    forecast_low_cents: int | None = None
    forecast_high_cents: int | None = None
    forecast_short_cents: float | None = None
    next_order_cents: int | None = None
    working_time: tuple[Finding, ...] = ()
    level: str = "ok"


@dataclass(frozen=True, slots=True)
class DayNow:
    """The co-op's running day: sums over ``couriers`` (those who worked or work, by name), rates as ratios of sums.

    ``coop_short_cents`` is missing to a floor of the co-op as a whole (New York's aggregate).
    """

    coop: str
    at: datetime
    seq: int
    scheme: str
    currency: str
    couriers: tuple[CourierNow, ...]
    pay_cents: int
    short_cents: int
    coop_short_cents: int
    tips_cents: int
    on_shift: timedelta
    on_job: timedelta
    per_hour_on_shift: float | None
    per_hour_on_job: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one courier of a hand-over stands: pay so far, and at ``ends_at`` (None off shift) without and with it.

    Pay is with the guarantee, of which ``short_*`` is what the co-op tops up, and without tips; ``metres`` of today's
    jobs. ``working_time`` is every rule, ok ones too, with the margin that is left of it.
    """

    courier: str
    so_far_cents: int
    end_cents: int
    end_after_cents: int
    short_cents: int
    short_after_cents: int
    on_shift: timedelta
    ends_at: datetime | None
    metres: int
    working_time: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class OrderEffect:
    """What giving an order to a courier changes by the end of the shift; ``giver`` is who has it now, if anybody.

    ``effect.taker_cents``, ``.giver_cents``, ``.coop_cents``; ``minutes`` of work it is expected to take;
    ``working_time`` if the courier works until the job's end, ``level`` the worst of it. ``so_far_cents`` (guarantee
    included, tips not) and ``on_shift`` are where the courier stands now; ``taker`` and ``left`` (the giver) say more.
    """

    order: str
    courier: str
    giver: str | None
    effect: Effect
    minutes: float
    working_time: tuple[Finding, ...]
    level: str
    so_far_cents: int
    on_shift: timedelta
    taker: Standing | None = None
    left: Standing | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What giving an order would change, by courier, and what everybody on shift can expect without it."""

    effects: Mapping[str, OrderEffect]
    ahead: Mapping[str, Forecast]


@dataclass(frozen=True, slots=True)
class CourierPay:
    """One courier's account of a period; ``total_cents`` = pay lines + top-ups + corrections + tips, as on the slip."""

    courier: str
    name: str
    pay_cents: int
    top_up_cents: int
    correction_cents: int
    tips_cents: int
    total_cents: int
    costs_cents: int
    on_shift: timedelta
    on_job: timedelta
    per_hour_on_shift: float | None
    per_hour_on_job: float | None
    jobs: int


@dataclass(frozen=True, slots=True)
class Pay:
    """A period's pay: one row a courier, by name; ``slip`` when one courier was asked for. Rates are without tips."""

    coop: str
    first: date
    last: date
    seq: int
    scheme: str
    currency: str
    couriers: tuple[CourierPay, ...]
    total_cents: int
    top_up_cents: int
    tips_cents: int
    per_hour_on_shift: float | None
    per_hour_on_job: float | None
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class PaySums:
    """What a member reads of a period's pay: sums over ``n`` couriers; None when they are ``too_few``.

    Two couriers' sum less one's own is the other's pay; and who knows how long one colleague worked reads their rate.
    """

    coop: str
    first: date
    last: date
    seq: int
    scheme: str
    currency: str
    n: int
    too_few: bool
    total_cents: int | None
    top_up_cents: int | None
    tips_cents: int | None
    per_hour_on_shift: float | None
    per_hour_on_job: float | None
    couriers: tuple[CourierPay, ...] = ()
    slip: Slip | None = None


def sums_alone(found: Pay) -> PaySums:
    """The same without anybody's row, and without sums that point at persons."""
    n = len(found.couriers)
    known = n >= FEWEST
    return PaySums(
        found.coop, found.first, found.last, found.seq, found.scheme, found.currency, n, not known,
        total_cents=found.total_cents if known else None, top_up_cents=found.top_up_cents if known else None,
        tips_cents=found.tips_cents if known else None,
        per_hour_on_shift=found.per_hour_on_shift if known else None,
        per_hour_on_job=found.per_hour_on_job if known else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CourierWork:
    """One courier's work in a period: time by state (keys of workload_states.STATES), distances in metres.

    ``metres`` is the crow's flight where no way was recorded: ``routed_jobs`` says for how many it was.
    ``hard`` is observed against expected, None without comparable jobs.
    """

    courier: str
    name: str
    by_state: Mapping[str, timedelta]
    on_shift: timedelta
    on_job: timedelta
    utilisation: float | None
    jobs: int
    failed: int
    given_up: int
    metres: int
    routed_jobs: int
    ascent_m: int
    flat_km: float
    load_g: int
    hard: HardShare | None


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Waiting at one restaurant in one hour of the day; ``median`` None where no arrival was reported."""

    restaurant: str
    hour: int
    pickups: int
    known: int
    median: timedelta | None
    beyond: timedelta
    lost_cents: float


@dataclass(frozen=True, slots=True)
class Workload:
    """A period's work: one row a courier, by name, and waiting by restaurant and hour."""

    coop: str
    first: date
    last: date
    seq: int
    couriers: tuple[CourierWork, ...]
    waiting: tuple[WaitingRow, ...]


def nobodys_work(found: Workload) -> Workload:
    """What a member reads of it: waiting at restaurants, and nothing when fewer than five couriers waited there."""
    return replace(found, couriers=(), waiting=found.waiting if len(found.couriers) >= FEWEST else ())


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


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The same days under other rules: arithmetic on the past, and nothing else would have been the same.

    ``gainers`` and ``losers`` of ``n`` couriers, largest change each way in cents, ``cost_cents`` what the co-op
    would have paid them more; ``ginis`` before and after; ``changes`` anonymous and rising. With fewer than five
    couriers ``too_few`` is True and every figure is None or empty, for whoever asks. Who was on shift for less than an
    hour is in none of the figures, as on the fairness page: the difference of two sums would be one person's.
    One or two ``gainers`` or ``losers`` are pointed at by figures: then ``few_gain`` or ``few_lose`` is True, their
    number, their largest change and ``changes`` are None or empty; and what it costs, if these are all.
    """

    coop: str
    first: date
    last: date
    seq: int
    currency: str
    n: int
    too_few: bool
    cost_cents: int | None
    gainers: int | None
    losers: int | None
    largest_gain_cents: int | None
    largest_loss_cents: int | None
    changes: tuple[int, ...]
    gini_before: float | None
    gini_after: float | None
    top_up_before_cents: int | None
    top_up_after_cents: int | None
    few_gain: bool = False
    few_lose: bool = False


class Accounts(Protocol):
    """What the pages ask; ``dashboard/accounts.py`` answers. NotFound: no such co-op, order or courier.

    Who may ask for what is not decided here: ask ``access`` first (``see_pay``, ``see_fairness``).
    """

    def day(self, coop: str, at: datetime) -> DayNow:
        """The running day as of ``at``."""
        ...

    def effect_of(self, coop: str, order: str, courier: str, at: datetime) -> OrderEffect:
        """What giving that order to that courier would change."""
        ...

    def weighed(self, coop: str, order: str, couriers: Collection[str], at: datetime) -> Weighed:
        """The same for several couriers, and everybody's forecast, from one reading of the day.

        No effects where the accounts do not know the order (yet).
        """
        ...

    def limits(self, coop: str, order: str, courier: str, at: datetime) -> Sequence[Finding]:
        """What working time says to giving that order to that courier."""
        ...

    def scheme(self, coop: str) -> Scheme:
        """The rules of pay, all versions."""
        ...

    def pay(self, coop: str, first: date, last: date, courier: str | None = None) -> Pay:
        """A period's pay; of one courier with the slip."""
        ...

    def workload(self, coop: str, first: date, last: date, courier: str | None = None) -> Workload:
        """A period's work; of one courier alone, then without anybody else's row."""
        ...

    def jobs(self, coop: str, first: date, last: date, courier: str) -> tuple[Job, ...]:
        """One courier's jobs that were closed within the period."""
        ...

    def fairness(
        self, coop: str, first: date, last: date, own: str | None = None, half_life: float | None = None
    ) -> Fairness:
        """How pay and work were shared; ``own`` adds that courier's own place; ``half_life`` None: the members' own."""
        ...

    def what_if(
        self, coop: str, first: date, last: date, scheme: Scheme, progress: Callable[[float], None] | None = None
    ) -> WhatIf:
        """The same days under another scheme; ``progress`` is told the share that is done, 0 to 1."""
        ...
