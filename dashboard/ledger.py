"""The running day of each co-op, moved on by every entry at a cost that does not grow with the day.

One per web process. It is told of entries in order (``hear``); what it missed, and where it begins, it reads from the
journal. A figure is always as of the newest entry: whoever asks makes it catch up first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import RLock
from typing import Protocol
from zoneinfo import ZoneInfo

from dashboard.domain import weather
from dashboard.domain.board import Board
from dashboard.domain.couriers import Shift
from dashboard.domain.events import Entry
from dashboard.domain.pay import Calendar, PayDay, booked, without
from dashboard.domain.rules import Scheme
from dashboard.domain.rules_wire import KIND
from dashboard.domain.spans import Span, local_date, local_day
from dashboard.domain.working_time_record import Record, Worked, recorded
from dashboard.domain.workload import Workload, apply
from dashboard.domain.workload_clock import cut
from dashboard.domain.workload_reopened import settle
from dashboard.domain.workload_states import Job, Stretch
from dashboard.ports import Store

PAGE = 1000
REPRICING = frozenset({KIND, weather.KIND})
RECORD = timedelta(weeks=14)
STALE_ORDER = timedelta(hours=24)
"""An order that has been open for longer than this has been forgotten: no reading starts as far back as its placing."""
WEIGHT = 20.0
"""How many of the last jobs the usual length of a job goes by."""


class Shifts(Protocol):
    """Where earlier shifts are looked up."""

    def __call__(self, coop: str, since: datetime) -> Sequence[Shift]: ...


@dataclass(frozen=True, slots=True)
class Tally:
    """What a courier got done since the period began; ``metres`` of delivered jobs."""

    jobs: int = 0
    metres: int = 0


@dataclass(frozen=True, slots=True)
class Running:
    """One co-op's day as of ``work.seq``: an immutable value, so that a reader has one consistent picture.

    ``job_ms`` is the usual length of a job (exponential mean, None before the first), ``shift_lengths`` the usual
    length of a shift by courier, of the last weeks. ``done`` are each courier's jobs of the shift in which they closed
    the last one. ``closed`` is the writer's own: how each order was closed, in case it is opened again.
    """

    work: Workload
    day: PayDay
    midnight: Span
    tallies: Mapping[str, Tally]
    records: Mapping[str, Record]
    shift_lengths: Mapping[str, timedelta]
    job_ms: float | None = None
    closed: dict[str, Job] = field(default_factory=dict, compare=False)
    repriced: bool = False
    done: Mapping[str, tuple[Job, ...]] = field(default_factory=dict)


class Ledger:
    """``scheme`` and ``zone`` are asked by co-op; ``shifts`` is where earlier working time is looked up."""

    def __init__(
        self, store: Store, zone: Callable[[str], ZoneInfo], scheme: Callable[[str], Scheme], shifts: Shifts
    ) -> None:
        self._store, self._zone, self._scheme, self._shifts = store, zone, scheme, shifts
        self._coops: dict[str, Running] = {}
        self._lock = RLock()

    def hear(self, entry: Entry, _board: Board | None = None) -> None:
        """Take in an entry that was announced; one that is not the next is left to ``now``. Never reads anything."""
        with self._lock:
            known = self._coops.get(entry.coop)
            if known and entry.seq == known.work.seq + 1:
                self._coops[entry.coop] = self._after(known, entry)
                # other rules hold from a day on, or other weather: what is booked is booked anew when next asked
                if entry.kind in REPRICING:
                    self.forget(entry.coop)

    def forget(self, coop: str) -> None:
        """Begin anew when next asked: the journal is another one."""
        with self._lock:
            self._coops.pop(coop, None)

    def now(self, coop: str, at: datetime) -> Running:
        """The day as of the newest entry; NotFound: no such co-op."""
        head = self._store.head(coop).seq
        with self._lock:
            running = self._caught_up(self._coops.get(coop) or self._begin(coop, at), head)
            if running.repriced:
                running = replace(self._caught_up(self._begin(coop, at), head), repriced=False)
            running = _turned(running, at, self._zone(coop))
            self._coops[coop] = running
            return running

    def _caught_up(self, running: Running, head: int) -> Running:
        while running.work.seq < head:
            for entry in self._store.entries(running.work.coop, after=running.work.seq, limit=PAGE):
                running = self._after(running, entry)
        return running

    def _begin(self, coop: str, at: datetime) -> Running:
        """From the entry before everything that still runs: open shifts, open orders, and today."""
        zone = self._zone(coop)
        start = self._start(coop, at, local_day(local_date(at, zone), zone))
        seq, midnight = self._store.last_before(coop, start), local_day(local_date(start, zone), zone)
        shifts, rained = self._shifts(coop, at - RECORD), weather.rain(self._store.about(coop, weather.SUBJECT))
        return Running(
            Workload(coop, seq), PayDay(self._scheme(coop), Calendar(zone, rain=rained)), midnight, {},
            _records(shifts, start), _lengths(shifts),
        )  # fmt: skip

    def _start(self, coop: str, at: datetime, midnight: Span) -> datetime:
        board = self._store.board(coop, at)
        shifts = [one.shift_started_at for one in board.couriers.values() if one.shift_started_at]
        orders = [max(order.placed_at, at - STALE_ORDER) for order in board.orders.values() if order.is_open]
        return min((midnight.start, *shifts, *orders)) - timedelta(seconds=1)

    def _after(self, running: Running, entry: Entry) -> Running:
        running = _turned(running, entry.at, self._zone(entry.coop))
        work = apply(running.work, entry)
        if entry.kind in REPRICING:
            return replace(running, work=work, repriced=True)
        if not work.stretches and not work.jobs:
            return replace(running, work=work)
        jobs, gone = settle(running.closed, work.jobs)
        return replace(
            running, work=work, day=without(booked(running.day, replace(work, jobs=jobs)), gone),
            tallies=_tallied(_tallied(running.tallies, jobs), gone, -1),
            records=_recorded(running.records, work.stretches), job_ms=_usual(running.job_ms, jobs),
            done=_of_this_shift(_left(running.done, gone), jobs),
        )  # fmt: skip


def _turned(running: Running, at: datetime, zone: ZoneInfo) -> Running:
    """After midnight whoever is not on shift begins from zero; a shift across midnight counts as a whole."""
    if at < running.midnight.end:
        return running
    midnight = local_day(local_date(at, zone), zone)
    stay = {courier for courier, clock in running.work.clocks.items() if clock.shift is not None}
    clocks = {
        courier: clock if courier in stay else replace(cut(clock, midnight.start)[0], totals={})
        for courier, clock in running.work.clocks.items()
    }
    return replace(
        running, midnight=midnight, work=replace(running.work, clocks=clocks),
        closed={order: job for order, job in running.closed.items() if job.courier in stay},
        day=replace(running.day, accounts=_of(stay, running.day.accounts)), tallies=_of(stay, running.tallies),
    )  # fmt: skip


def _left(done: Mapping[str, tuple[Job, ...]], gone: Sequence[Job]) -> Mapping[str, tuple[Job, ...]]:
    """Those that hold."""
    if not gone:
        return done
    return {courier: tuple(job for job in jobs if job not in gone) for courier, jobs in done.items()}


def _of[T](couriers: set[str], figures: Mapping[str, T]) -> dict[str, T]:
    return {courier: figure for courier, figure in figures.items() if courier in couriers}


def _tallied(tallies: Mapping[str, Tally], jobs: Sequence[Job], n: int = 1) -> Mapping[str, Tally]:
    more = dict(tallies)
    for job in jobs:
        if job.outcome == "delivered":
            known = more.get(job.courier, Tally())
            more[job.courier] = Tally(known.jobs + n, known.metres + n * job.metres)
    return more


def _of_this_shift(done: Mapping[str, tuple[Job, ...]], jobs: Sequence[Job]) -> Mapping[str, tuple[Job, ...]]:
    if not jobs:
        return done
    more = dict(done)
    for job in jobs:
        more[job.courier] = (*(one for one in more.get(job.courier, ()) if one.shift == job.shift), job)
    return more


def _recorded(records: Mapping[str, Record], stretches: Sequence[Stretch]) -> Mapping[str, Record]:
    more = dict(records)
    for stretch in stretches:
        more[stretch.courier] = recorded(more.get(stretch.courier, ()), (stretch,))
    return more


def _usual(so_far: float | None, jobs: Sequence[Job]) -> float | None:
    for job in jobs:
        if job.outcome == "delivered":
            so_far = job.on_job_ms if so_far is None else so_far + (job.on_job_ms - so_far) / WEIGHT
    return so_far


def _records(shifts: Sequence[Shift], before: datetime) -> dict[str, Record]:
    """Working time of the shifts that began before the reading does; later ones come from the journal itself."""
    found: dict[str, Record] = {}
    for shift in shifts:
        if shift.ended_at is not None and shift.started_at < before:
            found[shift.courier] = (*found.get(shift.courier, ()), _worked(shift, shift.ended_at))
    return found


def _worked(shift: Shift, end: datetime) -> Worked:
    breaks = tuple(Span(start, stop or end) for start, stop in shift.breaks)
    edges = [shift.started_at, *(edge for pause in breaks for edge in (pause.start, pause.end)), end]
    work = [Span(start, stop) for start, stop in zip(edges[::2], edges[1::2], strict=True) if start < stop]
    return Worked(shift.started_at, tuple(work), breaks)


def _lengths(shifts: Sequence[Shift]) -> dict[str, timedelta]:
    """The middle one of each courier's finished shifts."""
    found: dict[str, list[timedelta]] = {}
    for shift in shifts:
        if shift.ended_at is not None:
            found.setdefault(shift.courier, []).append(shift.ended_at - shift.started_at)
    return {courier: sorted(lengths)[len(lengths) // 2] for courier, lengths in found.items()}
