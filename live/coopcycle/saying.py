"""What couriers or dispatchers pressed here is said over there: done, or failed. Read just before, never overwritten.

What is left to be said follows from the record, like the assignments; only when to try again lies in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from dashboard.coopcycle import Job
from dashboard.domain.refusals import Refusal
from live.coopcycle.backoff import Backoff
from live.coopcycle.client import Away, Client, Refused, Stale
from live.coopcycle.documents import Task, Unreadable
from live.coopcycle.our_side import NOT_THERE, OurSide
from live.coopcycle.pairs import Pair
from live.coopcycle.reconcile import Ours, unsaid

NOTE = "Roulement"
"""What stands as a note beside it over there, so that it is known where it was pressed."""


class Elsewhere(Refusal):
    """It is in other hands over there: people have to settle whose job it was."""


class Saying:
    """``fresh`` reads a job anew, ``give`` writes its courier there, ``settle`` keeps what both now agree on."""

    def __init__(
        self, ours: OurSide, client: Client, backoff: Backoff, clock: Callable[[], datetime], *,
        fresh: Callable[[Job], Pair | None], give: Callable[[Pair, str | None], None],
        settle: Callable[[Pair, Job], None],
    ) -> None:  # fmt: skip
        self._ours, self._client, self._backoff, self._clock = ours, client, backoff, clock
        self._fresh, self._give, self._settle = fresh, give, settle
        self._left: dict[str, Job] = {}
        self._tries: dict[str, tuple[int, datetime]] = {}
        self.trouble: dict[str, str] = {}

    def notice(self, jobs: Iterable[Job], mine: Mapping[str, Ours]) -> None:
        """What has to be said, of jobs that are open on either side."""
        self._left = {job.task: job for job in jobs if unsaid(mine[job.order], job.progress)}
        for task in self._tries.keys() - self._left.keys():
            self._forget(task)

    def turn(self) -> None:
        """Say what is due."""
        now = self._clock()
        for task, job in list(self._left.items()):
            tries, due = self._tries.get(task, (0, now))
            if due > now:
                continue
            problem = self._said(job)
            if problem is None:
                del self._left[task]
                self._forget(task)
            else:
                wait = timedelta(seconds=self._backoff.seconds(tries + 1))
                self._tries[task], self.trouble[task] = (tries + 1, now + wait), problem

    def _forget(self, task: str) -> None:
        self._tries.pop(task, None)
        self.trouble.pop(task, None)

    def _said(self, job: Job) -> str | None:
        """None: nothing is left to be said. Otherwise why it still is."""
        try:
            self._say(job)
        except Stale:
            return "it was changed in CoopCycle at the same moment"
        except (Away, Refused, Unreadable, Refusal) as problem:
            return str(problem)
        return None

    def _say(self, job: Job) -> None:
        known = self._ours.books.jobs(self._ours.coop, [job.task]).get(job.task)
        pair = self._fresh(known) if known and known.is_open else None
        if known is None or pair is None:
            return
        mine = self._ours.ours([known], self._client.skew)[known.order]
        left = unsaid(mine, pair.progress)
        if left and mine.state != "failed":
            self._bring_into_hand(pair, known, mine)
        if ("pickup", False) in left and self._is_shared(known):
            raise Elsewhere(
                "It failed here before the pickup, which is of several drop-offs: say there which one failed"
            )
        for end, is_done in left:
            self._press(pair.pickup if end == "pickup" else pair.dropoff, is_done=is_done)
        after = self._fresh(known) if left else pair
        if after is not None:
            self._settle(after, self._ours.books.jobs(self._ours.coop, [job.task]).get(job.task, known))

    def _is_shared(self, job: Job) -> bool:
        return sum(one.pickup == job.pickup for one in self._ours.books.open_jobs(self._ours.coop)) > 1

    def _bring_into_hand(self, pair: Pair, job: Job, mine: Ours) -> None:
        """Whoever did it here has it there, before it is said to be done: or else nobody is said to have done it."""
        if pair.assigned == mine.courier or mine.courier is None:
            return
        if mine.courier.startswith(NOT_THERE):
            raise Elsewhere("{courier} is no courier in CoopCycle: add them there",
                            courier=mine.courier.removeprefix(NOT_THERE))  # fmt: skip
        if pair.assigned != job.assigned:
            raise Elsewhere("{mine} did it here, {theirs} has it in CoopCycle: say there who did",
                            mine=mine.courier, theirs=pair.assigned or "nobody")  # fmt: skip
        self._give(pair, mine.courier)

    def _press(self, end: Task, *, is_done: bool) -> None:
        """Read just before it is written; what is over there already, or gone, is left alone."""
        task, version = self._client.tagged(end.id)
        if task is not None and not task.is_over:
            self._client.press(end.id, NOTE, version, is_done=is_done)
