"""The connector: reads, follows, writes back, and goes on whatever happens. One turn after the other, in one thread."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from queue import Empty
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.coopcycle import ACTOR, LONG_AGO, Books, Job, Status, Waiting
from dashboard.domain.refusals import Refusal
from live.coopcycle import documents, reconcile
from live.coopcycle.backoff import Backoff
from live.coopcycle.channel import CONNECTED, LOST, Channel
from live.coopcycle.client import Away, Client, Refused, Stale
from live.coopcycle.documents import Task, Unreadable
from live.coopcycle.our_side import NOT_THERE, OurSide
from live.coopcycle.pairs import OVER, Pair, pairs
from live.coopcycle.reading import Day, read_day
from live.coopcycle.reconcile import Action, Agree, Close, Import, Move, Take, Write
from live.coopcycle.saying import Saying
from live.loops import keep_going

log = logging.getLogger(__name__)

TURN = 0.25
"""Seconds between two looks at what has to be done."""
IN_HAND = timedelta(seconds=60)
"""So long a process may take to write something before another one tries."""
FEWEST_SECONDS = 1.0
"""Between two readings that somebody asks for."""
MOST_ASIDE, MOST_SHOWN = 50, 20


@dataclass(frozen=True, slots=True)
class Pace:
    """``poll``: seconds between two readings where nobody asks for one."""

    poll: float = 30.0
    backoff: Backoff = field(default_factory=lambda: Backoff(lambda: 0.5))
    fewest: float = FEWEST_SECONDS


class Connector:
    """``turn()`` does all that is due; ``run()`` does so until it is told to stop."""

    def __init__(
        self, ours: OurSide, client: Client, channel: Channel | None, *, zone: ZoneInfo, pace: Pace,
        clock: Callable[[], datetime], steady: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._ours, self._client, self._channel = ours, client, channel
        self._books: Books = ours.books
        self._coop, self._zone, self._pace = ours.coop, zone, pace
        self._clock, self._steady = clock, steady
        self._tasks: dict[str, Task] = {}
        self._status = self._books.status(ours.coop) or Status()
        self._kept: Status | None = None
        self._trouble: dict[str, str] = {}
        self._failures, self._due, self._last, self._seen = 0, 0.0, float("-inf"), -1
        self._is_asked = True
        self._saying = Saying(
            ours, client, pace.backoff, clock, fresh=self._fresh, give=self._put, settle=self._settle
        )  # fmt: skip

    def run(self, stopped: threading.Event) -> None:
        """Until it is told to stop."""
        if self._channel:
            self._channel.start()
        keep_going(lambda: self._turn_and_rest(stopped), stopped, rest=1.0)
        if self._channel:
            self._channel.stop()

    def _turn_and_rest(self, stopped: threading.Event) -> None:
        self.turn()
        stopped.wait(TURN)

    def turn(self) -> None:
        """Hear what is said, read what is due, see what was decided here, write what waits."""
        self._hear()
        self._is_asked |= self._books.take_nudges(self._coop) > 0
        if self._is_reading_due():
            self._read()
        self._watch()
        self._write_all()
        self._saying.turn()
        self._say()

    def _is_reading_due(self) -> bool:
        now = self._steady()
        if now < self._due:
            return False
        return now >= self._last + (self._pace.fewest if self._is_asked or self._failures else self._pace.poll)

    def _read(self) -> None:
        self._is_asked, self._last = False, self._steady()
        try:
            day = read_day(self._client, self._clock().astimezone(self._zone).date())
            elsewhere, unread = self._read_elsewhere(day)
        except (Away, Refused, Unreadable, Stale) as problem:
            self._failed(str(problem))
            return
        self._failures = 0
        self._tasks = {**day.tasks, **elsewhere}
        self._trouble = {}
        self._try("couriers", lambda: self._ours.meet(day.users))
        self._try("shifts", lambda: self._ours.keep_shifts(day.shifts, day.users))
        jobs, unpaired = pairs(self._tasks)
        self._follow(jobs, gone=self._gone(unread))
        aside = {**day.aside, **unpaired, **unread}
        now = self._clock()
        since = self._status.since or now + self._client.skew
        self._status = replace(self._status, last_read=now, problem="", aside=aside, since=since)

    def _failed(self, problem: str) -> None:
        self._failures += 1
        self._due = self._steady() + self._pace.backoff.seconds(self._failures)
        if problem != self._status.problem:
            log.warning("CoopCycle: %s; trying again", problem)
        self._status = replace(self._status, problem=problem)

    def _read_elsewhere(self, day: Day) -> tuple[dict[str, Task], dict[str, str]]:
        """What is open here and not in the day's reading (moved to another day, or deleted); and what is unreadable."""
        missing = {
            address
            for job in self._books.open_jobs(self._coop)
            for address in (job.task, job.pickup)
            if address not in day.tasks
        }
        found: dict[str, Task] = {}
        unread: dict[str, str] = {}
        for address in sorted(missing):
            try:
                task = self._client.task(address)
            except Unreadable as reason:
                unread[address] = str(reason)
            else:
                found |= {address: task} if task else {}
        return found, unread

    def _gone(self, unread: Collection[str]) -> list[Job]:
        return [
            job for job in self._books.open_jobs(self._coop) if job.task not in self._tasks and job.task not in unread
        ]

    def _hear(self) -> None:
        touched: set[str] = set()
        while self._channel:
            try:
                name, about = self._channel.heard.get_nowait()
            except Empty:
                break
            touched |= self._heard(name, about)
        if touched:
            jobs, _ = pairs(self._tasks)
            self._follow([job for job in jobs if {job.task, job.pickup.id} & touched])

    def _heard(self, name: str, about: Any) -> set[str]:
        """The tasks that an event changed."""
        if name in (CONNECTED, LOST):
            self._status = replace(self._status, is_live=name == CONNECTED)
            self._is_asked |= name == CONNECTED
            return set()
        try:
            task = documents.task(about)
        except Unreadable:
            self._is_asked = True
            return set()
        known = self._tasks.get(task.id)
        if (known is None and not self._is_of_today(task)) or (known and task.updated_at < known.updated_at):
            return set()
        if known and task.updated_at == known.updated_at and task != known:
            self._is_asked = True  # two states of the same second: only a reading tells which one is the newer
            return set()
        self._tasks[task.id] = task
        return {task.id}

    def _is_of_today(self, task: Task) -> bool:
        today = self._clock().astimezone(self._zone).date()
        first, last = ((moment or self._clock()).astimezone(self._zone).date() for moment in (task.after, task.before))
        return first <= today <= last

    def _follow(self, theirs: Iterable[Pair], gone: Iterable[Job] = ()) -> None:
        """Do what has to be done about these jobs; what was taken in is looked at once more."""
        theirs = tuple(theirs)
        is_new = self._do_all(theirs, frozenset())
        if is_new:
            self._do_all([pair for pair in theirs if pair.task in is_new], is_new)
        self._follow_ends(theirs)
        for job in gone:
            self._try(job.task, lambda job=job: self._end(job, "cancelled", LONG_AGO, ("cancel",)))  # type: ignore[misc]

    def _follow_ends(self, theirs: tuple[Pair, ...]) -> None:
        """Changed places and windows of what is open."""
        jobs = self._books.jobs(self._coop, {pair.task for pair in theirs if pair.progress not in OVER})
        for job, pair in self._ours.amended(theirs, jobs):
            self._try(job.task, lambda job=job, pair=pair: self._ours.amend(job, pair))  # type: ignore[misc]

    def _do_all(self, theirs: Iterable[Pair], is_new: frozenset[str]) -> frozenset[str]:
        theirs = tuple(theirs)
        jobs = self._books.jobs(self._coop, {pair.task for pair in theirs})
        ours = self._ours.ours(jobs.values(), self._client.skew)
        actions = reconcile.plan(theirs, jobs, ours, self._status.since)
        shared = Counter(pair.pickup.id for pair in pairs(self._tasks)[0]) if _has_imports(actions) else Counter[str]()
        for action in actions:
            self._try(action.pair.task, lambda action=action: self._do(action, is_new, shared))  # type: ignore[misc]
        return frozenset(action.pair.task for action in actions if isinstance(action, Import))

    def _try(self, about: str, do: Callable[[], None]) -> None:
        """What they, or our own rules, refuse stands in the way of this one thing only."""
        try:
            do()
        except (Refusal, Away, Refused, Unreadable, Stale) as problem:
            self._trouble[about] = str(problem)

    def _do(self, action: Action, is_new: frozenset[str], shared: Mapping[str, int]) -> None:
        match action:
            case Import(pair):
                self._ours.take_in(action, is_alone=shared[pair.pickup.id] <= 1)
            case Agree(pair, job):
                self._agree(pair, job)
            case Take(pair, job, is_told):
                self._take(pair, job, is_told=is_told) if pair.task in is_new else self._look_again(job)
            case Write(_, job, _):
                self._post(job)
            case Move(pair, job, steps):
                self._end(job, pair.progress, pair.at, steps)
            case Close(pair, job):
                self._close(job, pair.progress, pair.at)

    def _agree(self, pair: Pair, job: Job) -> None:
        agreed = replace(job, assigned=pair.assigned, progress=pair.progress, at=max(pair.at, job.at))
        if agreed != job:
            self._books.keep_job(self._coop, agreed)

    def _look_again(self, job: Job) -> Action | None:
        """Before anything is changed on either side: read the job anew, and do what is then to be done."""
        fresh = self._fresh(job)
        known = self._books.jobs(self._coop, [job.task]).get(job.task)
        if fresh is None or known is None:
            return None
        mine = self._ours.ours([known], self._client.skew)[known.order]
        if not mine.is_open:
            return None
        found = reconcile.settle(fresh, known, mine)
        if isinstance(found, Take):
            self._take(fresh, known, is_told=found.is_told)
        elif isinstance(found, Agree):
            self._agree(fresh, known)
        return found

    def _fresh(self, job: Job) -> Pair | None:
        pickup, dropoff = self._client.task(job.pickup), self._client.task(job.task)
        if pickup is None or dropoff is None:
            return None
        self._tasks |= {pickup.id: pickup, dropoff.id: dropoff}
        return Pair(pickup, dropoff)

    def _take(self, pair: Pair, job: Job, *, is_told: bool) -> None:
        mine = self._ours.ours([job], self._client.skew)[job.order]
        reason = f"Changed in CoopCycle at {pair.at:%H:%M:%S} UTC"
        if is_told:
            self._show(self._ours.tell(pair, job, mine, kept=ACTOR))
            reason += ", which is the newer decision" if pair.progress not in OVER else ", where it is over"
        self._ours.give(job, pair.assigned, reason)
        self._agree(pair, job)
        self._books.drop(self._coop, job.order, self._clock())

    def _end(self, job: Job, progress: str, at: datetime, steps: tuple[str, ...]) -> None:
        if not self._ours.order(job.order).is_open or not self._ours.move(job, steps).is_open:
            known = self._books.jobs(self._coop, [job.task]).get(job.task, job)
            self._close(known, progress, max(at, known.at))

    def _settle(self, pair: Pair, job: Job) -> None:
        """What was said there is as far as ours."""
        if pair.progress in OVER:
            self._close(replace(job, assigned=pair.assigned), pair.progress, max(pair.at, job.at))
        else:
            self._agree(pair, job)

    def _close(self, job: Job, progress: str, at: datetime) -> None:
        self._books.keep_job(self._coop, replace(job, progress=progress, at=at, is_open=False))
        self._books.drop(self._coop, job.order, self._clock())

    def _watch(self) -> None:
        """Whatever was decided here since both sides agreed has to be written; what was taken back has not."""
        seq = self._ours.seq()
        if seq == self._seen:
            return
        jobs = self._books.open_jobs(self._coop)
        mine = self._ours.ours(jobs, timedelta())
        waiting = {letter.order: letter for letter in self._books.waiting(self._coop)}
        for job in jobs:
            ours, letter = mine[job.order], waiting.get(job.order)
            if ours.courier != job.assigned and ours.is_open:
                if letter is None or letter.decided_at < (ours.decided_at or LONG_AGO):
                    self._post(job)
            elif letter is not None:
                self._books.drop(self._coop, job.order, self._clock())
        self._saying.notice(jobs, mine)
        self._seen = seq

    def _post(self, job: Job) -> None:
        decision, order = self._ours.decision(job.order), self._ours.order(job.order)
        at = decision.at if decision else LONG_AGO
        by = decision.actor if decision else ACTOR
        self._books.post(self._coop, Waiting(order.id, job.task, order.courier, by, at, self._clock()))

    def _write_all(self) -> None:
        now = self._clock()
        for letter in self._books.waiting(self._coop):
            if letter.due_at <= now and self._books.claim(self._coop, letter, now + IN_HAND):
                self._write(letter)

    def _write(self, letter: Waiting) -> None:
        try:
            problem = self._written(letter)
        except Stale:
            problem = "it was changed in CoopCycle at the same moment"
        except (Away, Refused, Unreadable, Refusal) as error:
            problem = str(error)
        if problem is None:
            self._books.drop(self._coop, letter.order, letter.decided_at)
            return
        wait = timedelta(seconds=self._pace.backoff.seconds(letter.tries + 1))
        self._books.postpone(
            self._coop, replace(letter, tries=letter.tries + 1, due_at=self._clock() + wait, problem=problem)
        )  # fmt: skip

    def _written(self, letter: Waiting) -> str | None:
        """None: nothing is left to be written. Otherwise why it still waits."""
        job = self._books.jobs(self._coop, [letter.task]).get(letter.task)
        found = self._look_again(job) if job and job.is_open else None
        if not isinstance(found, Write):
            return None
        mine = self._ours.ours([found.job], self._client.skew)[found.job.order]
        if mine.courier and mine.courier.startswith(NOT_THERE):
            return f"{mine.courier.removeprefix(NOT_THERE)} is no courier in CoopCycle: add them there"
        self._put(found.pair, mine.courier)
        if found.is_told:
            self._show(self._ours.tell(found.pair, found.job, mine, kept="here"))
        self._look_again(found.job)
        return None

    def _put(self, pair: Pair, username: str | None) -> None:
        """Both ends that are not over. The pickup first: it is the drop-off that says whose job it is."""
        for end in (pair.pickup, pair.dropoff):
            for last in (False, False, True):
                try:
                    self._put_one(end, username, is_dropoff=end is pair.dropoff)
                    break
                except Away:
                    if last:
                        raise

    def _put_one(self, end: Task, username: str | None, *, is_dropoff: bool) -> None:
        """Read just before it is written; an end that is so already, or over, is left alone."""
        task, version = self._client.tagged(end.id)
        if is_dropoff and task is not None and task.assigned not in (end.assigned, username):
            raise Stale(end.id)
        if task is not None and not task.is_over and task.assigned != username:
            self._client.assign(end.id, username, version)

    def _show(self, told: Mapping[str, Any] | None) -> None:
        """Where the dispatchers see it."""
        if told:
            self._status = replace(self._status, overruled=(told, *self._status.overruled)[:MOST_SHOWN])

    def _say(self) -> None:
        """Keep how it goes where the web processes find it."""
        trouble = dict(list({**self._status.aside, **self._trouble, **self._saying.trouble}.items())[:MOST_ASIDE])
        status = replace(self._status, aside=trouble)
        if status != self._kept:
            self._books.keep_status(self._coop, status)
            self._kept = status


def _has_imports(actions: Iterable[Action]) -> bool:
    return any(isinstance(action, Import) for action in actions)
