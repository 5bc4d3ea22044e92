"""A period in figures, from the frames: pay, work, how both were shared, and the same days under other rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

import numpy as np

from dashboard import accounts_shares as shares
from dashboard.domain import coop_settings
from dashboard.domain import fairness as measures
from dashboard.domain.fairness import Day, gini_corrected, gini_interval, has_changed
from dashboard.domain.fairness_change import ENOUGH_DAYS, TOO_FEW
from dashboard.domain.pay import Calendar, corrections, pay_slip
from dashboard.domain.rules import Era, Scheme
from dashboard.domain.rules_wire import KIND
from dashboard.domain.spans import Span, local_day
from dashboard.domain.whole_periods import are_weeks
from dashboard.domain.workload_hard import HardShare
from dashboard.domain.workload_states import Job
from dashboard.reports_fairness import Fairness, Mark, Own, Week
from dashboard.reports_pay import CourierPay, Pay, WhatIf
from dashboard.reports_work import Workload
from dashboard.tables import NONE, Tables, jobs_from, jobs_of, ms, stretches_of
from dashboard.tables_count import Whole, Work
from dashboard.tables_days import DayTable, day_table
from dashboard.tables_pay import PayTable, by_courier, pay_table, required
from dashboard.tables_work import courier_work, delivered_metres, hard_jobs, waiting_rows

HOUR_MS = 3_600_000
MS = timedelta(milliseconds=1)
LEAST_MS = HOUR_MS
"""On shift in the period; below it a single delivery, or a rounded cent, would make the highest or the lowest rate."""
LOOKS_BACK = timedelta(days=62)
"""Of windows that end within a period and begin before it: a month, and shifts."""
LATE_MS = 24 * HOUR_MS
"""Of a shift that begins within a period and ends after it."""
PALMA_FROM = 10
SEED = 20_260_101
"""Of the shuffles: the same question has the same answer."""


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from ``first`` to ``last`` of a co-op's history, and the rules that it pays by; ``names`` by id."""

    tables: Tables
    scheme: Scheme
    calendar: Calendar
    first: date
    last: date
    names: Mapping[str, str]

    @property
    def span(self) -> Span:
        """From midnight to midnight."""
        zone = self.calendar.zone
        return Span(local_day(self.first, zone).start, local_day(self.last, zone).end)

    @property
    def era(self) -> Era:
        """The pack, and with it the currency, of the last of the days."""
        return self.scheme.era(self.last)

    @property
    def before(self) -> Period:
        """As many days before it."""
        days = self.last - self.first + timedelta(days=1)
        return replace(self, first=self.first - days, last=self.first - timedelta(days=1))

    @property
    def half_life(self) -> float:
        """Days after which the past counts half as much, as it holds on the last day."""
        return float(coop_settings.held(self.tables.notes, coop_settings.HALF_LIFE, self.last).value)

    def pay(self, progress: Callable[[float], None] | None = None) -> PayTable:
        """Everybody's pay."""
        notes = corrections(self.tables.notes)
        return pay_table(self.tables, self.scheme, self.calendar, self.span, notes, progress)

    def name(self, courier: str) -> str:
        """What people call the courier."""
        return self.names.get(courier, courier)


def jobs_at(period: Period, restaurant: str) -> tuple[Job, ...]:
    """The jobs of a restaurant that were done with in the period."""
    span, jobs = period.span, jobs_from(period.tables, restaurant)
    return tuple(job for job in jobs if span.start <= job.closed_at < span.end)


def pay(period: Period, courier: str | None = None) -> Pay:
    """Everybody who worked or was paid; or one courier, with the slip."""
    table = period.pay()
    rows = [
        _pay_row(period, table, code)
        for code, known in enumerate(period.tables.couriers)
        if courier in (None, known) and (table.on_shift[code] or table.total[code] or table.jobs[code])
    ]
    slip = None
    if courier is not None:
        work = stretches_of(period.tables, courier), jobs_of(period.tables, courier)
        notes = corrections(period.tables.notes)
        slip = pay_slip(courier, period.scheme, period.calendar, period.span, *work, notes)
    earned = sum(row.total_cents - row.tips_cents for row in rows)
    return Pay(
        period.tables.coop, period.first, period.last, period.tables.seq, period.era.name, period.era.currency,
        couriers=tuple(sorted(rows, key=lambda row: (row.name, row.courier))),
        total_cents=sum(row.total_cents for row in rows), top_up_cents=sum(row.top_up_cents for row in rows),
        tips_cents=sum(row.tips_cents for row in rows),
        per_hour_on_shift=_rate(earned, sum(row.on_shift // MS for row in rows)),
        per_hour_on_job=_rate(earned, sum(row.on_job // MS for row in rows)), slip=slip,
    )  # fmt: skip


def workload(period: Period, courier: str | None = None) -> Workload:
    """Everybody who worked; or one courier's row, with the waiting of that courier's jobs alone."""
    work = by_courier(period.tables, period.span)
    hard = hard_jobs(work, period.tables.couriers, period.calendar.zone)
    rows = courier_work(work, period.tables.couriers, period.name, hard)
    jobs = work.jobs if courier is None else work.jobs[work.jobs["courier"] == period.tables.code(courier)]
    rate = pay(period, courier).per_hour_on_shift or 0.0
    return Workload(
        period.tables.coop, period.first, period.last, period.tables.seq,
        tuple(sorted((row for row in rows if courier in (None, row.courier)), key=lambda row: (row.name, row.courier))),
        waiting_rows(jobs, period.tables.restaurants, period.calendar.zone, rate),
    )  # fmt: skip


def fairness(
    period: Period, own: str | None = None, half_life: float | None = None, before: Earlier | None = None
) -> Fairness:
    """How pay per hour on shift, hard jobs and waiting were shared; nothing of a group below five.

    ``half_life`` in days; without it the one in force. ``before`` is ``earlier(period)`` where it is known already.
    """
    table = compared(period.pay())
    n, tables = int((table.on_shift > 0).sum()), period.tables
    bare = Fairness(
        tables.coop, period.first, period.last, tables.seq, period.era.currency, n, n < measures.FEWEST,
        marks=marks(period), half_life=period.half_life if half_life is None else half_life,
    )  # fmt: skip
    days = _day_table(period)
    thin = None if bare.too_few else _thin_week(period, days)
    if bare.too_few or thin:
        return replace(bare, too_few=True, thin_week=thin)
    rates = _rates(table.earned, table.on_shift)
    work = by_courier(tables, period.span)
    hard = hard_jobs(work, tables.couriers, period.calendar.zone)
    spread = _with_spread(bare, table, rates)
    found = _with_ranges(_with_work(_with_floor(spread, period, table), period, hard, work), table, work)
    found = _with_course(found, period, table, days, before or earlier(period))
    return _with_own(found, period, table, hard, own)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a period is compared with: the pay and the days of as many days before it, of those who are compared.

    ``days`` are empty when too few people worked on too few of them.
    """

    pay: PayTable
    days: tuple[Day, ...]


def earlier(period: Period) -> Earlier:
    """The time before: days that are over, so that whoever keeps it by ``contents_before`` need not ask again."""
    before = period.before
    is_long = (period.last - period.first).days + 1 >= ENOUGH_DAYS
    days = [day for day in _days(_day_table(before), period.tables) if day.hours] if is_long else []
    return Earlier(compared(before.pay()), tuple(days) if len(days) >= ENOUGH_DAYS else ())


def contents_before(period: Period) -> tuple[object, ...]:
    """What the time before is made from, in short: rows are only ever added, so that as many are the same ones."""
    tables, span = period.tables, period.before.span
    start, end = ms(span.start - LOOKS_BACK), ms(span.end)
    closed, ended = tables.jobs["closed"].to_numpy(), tables.stretches["end"].to_numpy()
    rows = [whole[(whole >= start) & (whole <= end + LATE_MS)] for whole in (closed, ended)]
    sums = [(len(one), int(one.sum())) for one in rows]
    return (period.first, period.last, period.scheme, len(tables.couriers), len(corrections(tables.notes)), *sums)


def compared(table: PayTable) -> PayTable:
    """The table without those whose rate says nothing: they were on shift for less than LEAST_MS in the period."""
    counts = table.on_shift >= LEAST_MS
    return PayTable(**{column.name: getattr(table, column.name) * counts for column in fields(table)})


def what_if(period: Period, scheme: Scheme, progress: Callable[[float], None] | None = None) -> WhatIf:
    """The same days under another scheme, for those who are compared."""
    tell = progress or (lambda _: None)
    before = compared(period.pay(lambda share: tell(share / 2)))
    after = compared(replace(period, scheme=scheme).pay(lambda share: tell(0.5 + share / 2)))
    there = before.on_shift > 0
    n, changes = int(there.sum()), np.sort((after.earned - before.earned)[there])
    known = n >= measures.FEWEST
    gainers, losers = int((changes > 0).sum()), int((changes < 0).sum())
    few_gain, few_lose = (known and measures.points_at_persons(each) for each in (gainers, losers))
    sums_known = known and not measures.points_at_persons(gainers + losers)
    gain_known, loss_known = known and not few_gain, known and not few_lose
    return WhatIf(
        period.tables.coop, period.first, period.last, period.tables.seq, scheme.era(period.last).currency, n,
        not known,
        cost_cents=int((after.earned - before.earned).sum()) if sums_known else None,
        gainers=gainers if gain_known else None, losers=losers if loss_known else None,
        largest_gain_cents=max(0, int(changes[-1])) if gain_known else None,
        largest_loss_cents=max(0, -int(changes[0])) if loss_known else None,
        changes=tuple(int(change) for change in changes) if gain_known and loss_known else (),
        gini_before=gini_corrected(_rates(before.earned, before.on_shift)) if known else None,
        gini_after=gini_corrected(_rates(after.earned, after.on_shift)) if sums_known else None,
        top_up_before_cents=int(before.top_up.sum()) if known else None,
        top_up_after_cents=int(after.top_up.sum()) if sums_known else None, few_gain=few_gain, few_lose=few_lose,
    )  # fmt: skip


def marks(period: Period) -> tuple[Mark, ...]:
    """What was decided about pay and took effect within the period."""
    found = []
    for entry in period.tables.notes:
        if entry.kind == KIND:
            rule = entry.data.get("rule") or entry.data.get("offer_floor") or {}
            since = date.fromisoformat(rule.get("since") or entry.data.get("since") or str(date.min))
            if period.first <= since <= period.last:
                found.append(Mark(since, rule.get("name") or entry.data.get("pack", ""), entry.actor))
    return tuple(sorted(found, key=lambda mark: (mark.on, mark.what)))


def _pay_row(period: Period, table: PayTable, code: int) -> CourierPay:
    courier, earned = period.tables.couriers[code], int(table.earned[code])
    on_shift, on_job = int(table.on_shift[code]), int(table.on_job[code])
    return CourierPay(
        courier, period.name(courier), pay_cents=int(table.pay[code]), top_up_cents=int(table.top_up[code]),
        correction_cents=int(table.corrected[code]), tips_cents=int(table.tips[code]),
        total_cents=int(table.total[code]), costs_cents=int(table.costs[code]),
        on_shift=on_shift * MS, on_job=on_job * MS,
        per_hour_on_shift=_rate(earned, on_shift), per_hour_on_job=_rate(earned, on_job), jobs=int(table.jobs[code]),
    )  # fmt: skip


def _with_spread(found: Fairness, table: PayTable, rates: list[float]) -> Fairness:
    interval, curve = gini_interval(rates), measures.lorenz(rates)
    earned, on_shift, on_job = (int(column.sum()) for column in (table.earned, table.on_shift, table.on_job))
    return replace(
        found,
        per_hour_on_shift=_rate(earned, on_shift), per_hour_on_job=_rate(earned, on_job),
        utilisation=on_job / on_shift if on_shift else None, gini=gini_corrected(rates),
        low=interval.low if interval else None, high=interval.high if interval else None,
        gini_with_tips=gini_corrected(_rates(table.total, table.on_shift)), jain=measures.jain(rates),
        theil=measures.theil_t(rates), hoover=measures.hoover(rates), cv=measures.cv(rates),
        p90_p10=measures.p90_p10(rates), palma=measures.palma(rates) if len(rates) >= PALMA_FROM else None,
        lowest=rates[0], highest=rates[-1], rates=tuple(rates),
        lorenz=() if curve is None else tuple((float(x), float(y)) for x, y in zip(*curve, strict=True)),
    )  # fmt: skip


def _with_floor(found: Fairness, period: Period, table: PayTable) -> Fairness:
    """Against what the floors per hour on shift demand of the period's hours; None where there is no such floor."""
    floors = [rule for rule in period.scheme.of("floor") if rule.measure == "hour_on_shift"]
    if not floors:
        return found
    demanded = required(period.tables, replace(period.scheme, rules=tuple(floors)), period.calendar, period.span)
    there = table.on_shift > 0
    missing = np.maximum(0, demanded - table.earned)[there]
    depth = missing[demanded[there] > 0] / demanded[there][demanded[there] > 0]
    return replace(
        found, floor=_rate(int(demanded[there].sum()), int(table.on_shift.sum())), below=int((missing > 0).sum()),
        depth=float(depth.sum() / len(missing)), missing_cents=int(missing.sum()),
    )  # fmt: skip


def _with_work(found: Fairness, period: Period, hard: Mapping[str, HardShare], work: Work) -> Fairness:
    rows = waiting_rows(work.jobs, period.tables.restaurants, period.calendar.zone, found.per_hour_on_shift or 0.0)
    ratios = sorted(share.ratio for share in hard.values() if share.ratio is not None)
    flagged = sum(share.flagged for share in hard.values())
    return replace(
        found, hard_ratios=tuple(ratios), hard_flagged=flagged, waiting=rows, hard=shares.by_z(list(hard.values()))
    )


def _with_ranges(found: Fairness, table: PayTable, work: Work) -> Fairness:
    """The work of an hour, and the hours, of those who are compared."""
    metres = delivered_metres(work)
    hours = np.rint(table.on_shift[table.on_shift > 0] / HOUR_MS)  # exact ones would make sums of the shares
    return replace(
        found, hours=shares.range_of(hours.tolist()),
        orders_per_hour=shares.per_hour(table.jobs, table.on_shift),
        km_per_hour=shares.per_hour(metres / 1000, table.on_shift),
    )  # fmt: skip


def _thin_week(period: Period, days: DayTable) -> date | None:
    """The first week with one to four couriers at work, where whole weeks were asked for."""
    if not are_weeks(period.first, period.last):
        return None
    at_work = (days.on_shift.reshape(len(days.on_shift), -1, 7).sum(axis=2) > 0).sum(axis=0)
    thin = np.flatnonzero((at_work > 0) & (at_work < measures.FEWEST))
    return days.dates[7 * int(thin[0])] if len(thin) else None


def _with_course(
    found: Fairness, period: Period, table: PayTable, days: DayTable, before: Earlier
) -> Fairness:  # fmt: skip
    """Week by week, whether it has changed, who lost, and whether it is always the same people who are behind."""
    change = None
    if before.days:
        change = has_changed(before.days, _days(days, period.tables), np.random.default_rng(SEED))
    there = days.on_shift.sum(axis=1) > 0
    return replace(
        found, weeks=_weeks(period, days), verdict=change.verdict if change else TOO_FEW,
        p=change.p if change else None, since_before=shares.since_before(before.pay, table, change),
        faded=shares.faded_gini(days, found.half_life),
        rigidity=measures.shorrocks_rigidity(days.earned[there].clip(min=0).astype(float)) if there.any() else None,
    )  # fmt: skip


def _day_table(period: Period) -> DayTable:
    """The days of those who are compared."""
    days = day_table(period.tables, period.scheme, period.calendar, period.first, period.last)
    counts = (days.on_shift.sum(axis=1) >= LEAST_MS)[:, None]
    return replace(days, earned=days.earned * counts, on_shift=days.on_shift * counts)


def _days(table: DayTable, tables: Tables) -> list[Day]:
    return [
        Day(
            {tables.couriers[code]: float(table.earned[code, day]) for code in codes},
            {tables.couriers[code]: table.on_shift[code, day] / HOUR_MS for code in codes},
        )
        for day in range(table.earned.shape[1])
        for codes in (np.flatnonzero(table.on_shift[:, day]),)
    ]


def _weeks(period: Period, days: DayTable) -> tuple[Week, ...]:
    monday = period.first - timedelta(days=period.first.weekday())
    found = []
    while monday <= period.last:
        columns = [column for column, day in enumerate(days.dates) if monday <= day < monday + timedelta(days=7)]
        earned, on_shift = days.earned[:, columns].sum(axis=1), days.on_shift[:, columns].sum(axis=1)
        found.append(_week(monday, earned, on_shift))
        monday += timedelta(days=7)
    return tuple(found)


def _week(monday: date, earned: Whole, on_shift: Whole) -> Week:
    earned, on_shift = earned * (on_shift >= LEAST_MS), on_shift * (on_shift >= LEAST_MS)
    rates, n = _rates(earned, on_shift), int((on_shift > 0).sum())
    if n < measures.FEWEST:
        return Week(monday, n, None, None, None, None)
    interval = gini_interval(rates)
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Week(monday, n, gini_corrected(rates), low, high, _rate(int(earned.sum()), int(on_shift.sum())))


def _with_own(
    found: Fairness, period: Period, table: PayTable, hard: Mapping[str, HardShare], own: str | None
) -> Fairness:
    code = period.tables.code(own) if own else NONE
    if code == NONE or not table.on_shift[code]:
        return found
    mine = float(table.earned[code] * HOUR_MS / table.on_shift[code])
    place = 1 + sum(rate < mine for rate in found.rates)
    return replace(found, own=Own(str(own), place, found.n, mine, hard.get(str(own))))


def _rates(cents: Whole, on_shift: Whole) -> list[float]:
    """Cents per hour of all who were on shift, rising; what a correction took below 0 counts as 0."""
    there = on_shift > 0
    return sorted(np.maximum(0, cents[there] * HOUR_MS / on_shift[there]).tolist())


def _rate(cents: int, ms: int) -> float | None:
    return cents * HOUR_MS / ms if ms else None
