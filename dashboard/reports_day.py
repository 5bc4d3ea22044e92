"""The running day: where each courier stands, and what one more order would change. Units: dashboard/reports.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.domain.pay import Effect
from dashboard.domain.tradeoff import Forecast
from dashboard.domain.working_time import Finding


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
