"""The running day in figures: where each courier stands, what is to be expected, what one more order changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from operator import add

from dashboard.domain.couriers import Courier
from dashboard.domain.pay import Account, Outlook, account_at, one_order, outlook, reassignment_effect, standing
from dashboard.domain.pay_forecast import until_end
from dashboard.domain.refusals import NotFound
from dashboard.domain.rules import Era
from dashboard.domain.spans import Span, local_date
from dashboard.domain.tradeoff import Forecast
from dashboard.domain.working_time import OK, Finding, check, worst
from dashboard.domain.working_time_limits import FRANCE, Limits
from dashboard.domain.working_time_record import recorded
from dashboard.domain.workload_clock import Clock, pieces, totals_at
from dashboard.domain.workload_rates import Rates, rates, team
from dashboard.domain.workload_sheet import Sheet
from dashboard.domain.workload_states import IDLE, Job, Stretch
from dashboard.ledger import Running, Tally
from dashboard.reports_day import CourierNow, DayNow, OrderEffect, Standing, Weighed

HOUR, MINUTE, NONE = timedelta(hours=1), timedelta(minutes=1), timedelta()
MS = timedelta(milliseconds=1)
USUAL_SHIFT = timedelta(hours=4)
"""A shift's length as long as the courier has none behind them; no plan of shifts is in the journal."""
USUAL_JOB_MS = 25 * 60_000.0
"""A job's length before the day's first."""
USUAL_PACE = 2.0
"""Orders an hour before anybody was an hour on shift."""
USUAL_METRES = 2000
GUARD = FRANCE
"""Whose limits of working time are looked at."""


@dataclass(frozen=True, slots=True)
class Day:
    """A running day read at one instant."""

    running: Running
    at: datetime
    names: Mapping[str, Courier]
    limits: Limits = GUARD

    @property
    def era(self) -> Era:
        """The pack that holds now, and with it the currency."""
        return self.running.day.scheme.era(local_date(self.at, self.running.day.calendar.zone))

    @property
    def job_ms(self) -> float:
        """The usual length of a job."""
        return self.running.job_ms or USUAL_JOB_MS

    def account(self, courier: str) -> Account:
        """What was earned so far, the running stretch included."""
        return account_at(self.running.day, self.running.work, courier, self.at)

    def clock(self, courier: str) -> Clock | None:
        """The courier's clock, None for who has not been seen since the day began."""
        return self.running.work.clocks.get(courier)

    def ends_at(self, clock: Clock) -> datetime | None:
        """The end of a shift of usual length, but not before now; None off shift."""
        if clock.shift is None:
            return None
        return max(self.at, clock.shift + self.running.shift_lengths.get(clock.courier, USUAL_SHIFT))


def day_now(day: Day) -> DayNow:
    """Everybody who worked since midnight, or is at work."""
    rows = [row for courier in day.names.values() if (row := courier_now(day, courier.id, pace(day)))]
    accounts = {row.courier: day.account(row.courier) for row in rows}
    sums, all_rates = standing(accounts), team(_rates(day, row.courier, row.pay_cents) for row in rows)
    return DayNow(
        coop=day.running.work.coop, at=day.at, seq=day.running.work.seq, scheme=day.era.name,
        currency=day.era.currency, couriers=tuple(sorted(rows, key=lambda row: (row.name, row.courier))),
        pay_cents=sums.paid_cents + sums.short_cents, short_cents=sums.short_cents,
        coop_short_cents=sums.coop_short_cents, tips_cents=sums.tips_cents,
        on_shift=all_rates.on_shift_ms * MS, on_job=all_rates.on_job_ms * MS,
        per_hour_on_shift=all_rates.per_hour_on_shift, per_hour_on_job=all_rates.per_hour_on_job,
    )  # fmt: skip


def courier_now(day: Day, courier: str, usual: float) -> CourierNow | None:
    """One courier's row; None for who neither worked since midnight nor is at work. ``usual`` orders an hour."""
    clock, known = day.clock(courier), day.names.get(courier)
    if clock is None or known is None:
        return None
    so_far, tally = day.account(courier), day.running.tallies.get(courier, Tally())
    here = _rates(day, courier, so_far.pay_cents)
    if clock.shift is None and not here.on_shift_ms and not tally.jobs:
        return None
    found = findings(day, courier, day.at) if clock.shift else ()
    row = CourierNow(
        courier=courier, name=known.name, shift=known.shift, since=clock.shift,
        pay_cents=so_far.pay_cents, short_cents=so_far.short_cents, tips_cents=so_far.tips_cents,
        costs_cents=so_far.costs_cents, on_shift=here.on_shift_ms * MS, on_job=here.on_job_ms * MS,
        per_hour_on_shift=here.per_hour_on_shift, per_hour_on_job=here.per_hour_on_job,
        jobs=tally.jobs, metres=tally.metres,
        working_time=tuple(one for one in found if one.level != OK), level=worst(found),
    )  # fmt: skip
    return row if clock.shift is None else _with_outlook(row, day, clock, usual)


def effect_of(day: Day, order: str, courier: str) -> OrderEffect:
    """What giving the order to the courier changes; NotFound when there is no such open order."""
    found = weighed(day, order, (courier,)).effects.get(courier)
    if found is None:
        raise NotFound("There is no order {id}", id=order)
    return found


def weighed(
    day: Day, order: str, couriers: Collection[str], along: Collection[str] = (), further: timedelta = NONE
) -> Weighed:
    """What giving the order to each of them changes, and everybody's forecast: each account is made up once.

    ``along`` are the orders that go with it, from one pickup: each counts. ``further`` is the time that they take.
    """
    ends = {courier: at_end(day, courier) for courier in {*day.running.work.clocks, *couriers}}
    sheet, ahead = day.running.work.orders.get(order), _forecasts(day, ends)
    if sheet is None:
        return Weighed({}, ahead)
    giver = sheet.courier
    left = _standing(day, giver, ends.get(giver) or at_end(day, giver), findings(day, giver, day.at)) if giver else None
    known = day.running.work.orders
    sheets = [sheet, *(known[one] for one in along if one in known)]
    takes = day.job_ms * MS + further
    return Weighed({courier: _effect(day, sheets, courier, ends, left, takes) for courier in couriers}, ahead)


def _effect(
    day: Day, sheets: Sequence[Sheet], courier: str, ends: Mapping[str, Account], left: Standing | None,
    takes: timedelta,
) -> OrderEffect:  # fmt: skip
    """Of the first of them, with those that go along; ``left`` is where whoever has it stands now, ``takes`` how long
    all of it is expected to take."""
    sheet = sheets[0]
    giver = sheet.courier if sheet.courier != courier else None
    scheme, calendar = day.running.day.scheme, day.running.day.calendar
    alone = reduce(add, (one_order(scheme, calendar, _expected(day, each, courier)) for each in sheets))
    taker, owner = ends[courier], (ends.get(giver) or at_end(day, giver)) if giver else None
    found = reassignment_effect(owner, taker, alone)
    limits = findings(day, courier, day.at + takes)
    now = _standing(day, courier, taker, limits)
    return OrderEffect(
        sheet.order, courier, giver, found, takes / MINUTE, limits, worst(limits),
        so_far_cents=now.so_far_cents, on_shift=now.on_shift, taker=_after(now, found.taker_cents, taker + alone),
        left=_after(left, found.giver_cents, owner - alone) if owner and left else None,
    )  # fmt: skip


def _standing(day: Day, courier: str, end: Account, limits: tuple[Finding, ...]) -> Standing:
    clock, short = day.clock(courier), end.short_cents
    pay = end.paid_cents + short
    return Standing(
        courier, day.account(courier).pay_cents, pay, pay, short, short, _rates(day, courier, 0).on_shift_ms * MS,
        day.ends_at(clock) if clock else None, day.running.tallies.get(courier, Tally()).metres, limits,
    )  # fmt: skip


def _after(one: Standing, change: int, end: Account) -> Standing:
    return replace(one, end_after_cents=one.end_cents + change, short_after_cents=end.short_cents)


def at_end(day: Day, courier: str) -> Account:
    """The account at the shift's end if nothing more came: time until then, and the orders in hand."""
    so_far, clock = day.account(courier), day.clock(courier)
    ends = day.ends_at(clock) if clock else None
    if clock is None or ends is None:
        return so_far
    scheme, calendar = day.running.day.scheme, day.running.day.calendar
    rest = Stretch(courier, IDLE, Span(day.at, day.at), clock.shift)
    found = so_far + until_end(scheme, calendar, rest, ends)
    for hand in clock.hands:
        found += one_order(scheme, calendar, _expected(day, hand.sheet, courier))
    return found


def forecasts(day: Day) -> Mapping[str, Forecast]:
    """What everybody on shift can expect at its end if nothing more came than what is in hand."""
    return _forecasts(day, {courier: at_end(day, courier) for courier in day.running.work.clocks})


def _forecasts(day: Day, accounts: Mapping[str, Account]) -> Mapping[str, Forecast]:
    found = {}
    for courier, clock in day.running.work.clocks.items():
        ends = day.ends_at(clock)
        if ends is not None and clock.shift is not None and courier in day.names:
            hours = (_rates(day, courier, 0).on_shift_ms * MS + (ends - day.at)) / HOUR
            if hours > 0:
                found[courier] = Forecast(accounts[courier].pay_cents, hours)
    return found


def findings(day: Day, courier: str, until: datetime) -> tuple[Finding, ...]:
    """Every rule of working time, if the courier works until then."""
    record, clock = day.running.records.get(courier, ()), day.clock(courier)
    if clock is not None:
        record = recorded(record, pieces(clock, day.at))
    return check(record, day.at, until, day.running.day.calendar.zone, limits=day.limits)


def pace(day: Day) -> float:
    """Orders an hour on shift, of all together."""
    hours = sum(_rates(day, courier, 0).on_shift_ms for courier in day.running.work.clocks) * MS / HOUR
    return sum(tally.jobs for tally in day.running.tallies.values()) / hours if hours >= 1 else USUAL_PACE


def _with_outlook(row: CourierNow, day: Day, clock: Clock, usual: float) -> CourierNow:
    ends = day.ends_at(clock)
    assert ends is not None, "who is on shift has an end to look forward to"
    end, one = at_end(day, row.courier), _usual_order(day, row.courier)
    ahead: Outlook = outlook(
        end, one, done=row.jobs, hours=row.on_shift / HOUR, usual=usual, left=(ends - day.at) / HOUR
    )
    return replace(
        row, ends_at=ends, forecast_cents=ahead.pay_cents, forecast_low_cents=ahead.pay_low_cents,
        forecast_high_cents=ahead.pay_high_cents, forecast_short_cents=ahead.short_cents,
        next_order_cents=(end + one).pay_cents - end.pay_cents,
    )  # fmt: skip


def _usual_order(day: Day, courier: str) -> Account:
    job = _job(day, courier, "next", USUAL_METRES)
    return one_order(day.running.day.scheme, day.running.day.calendar, job)


def _expected(day: Day, sheet: Sheet, courier: str) -> Job:
    job = _job(day, courier, sheet.order, sheet.metres)
    return replace(job, ascent_m=sheet.ascent_m, weight_g=sheet.weight_g, tip_cents=sheet.tip_cents or 0)


def _job(day: Day, courier: str, order: str, metres: int) -> Job:
    ends, clock = day.at + day.job_ms * MS, day.clock(courier)
    shift = clock.shift if clock else None
    return Job(courier, order, day.at, ends, on_job_ms=round(day.job_ms), metres=metres, shift=shift)


def _rates(day: Day, courier: str, amount: float) -> Rates:
    clock = day.clock(courier)
    return rates(amount, totals_at(clock, day.at) if clock else {})
