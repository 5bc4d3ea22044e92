"""Jobs that were closed by mistake: when the order is opened again they hold no more, and what follows goes on there.

So a delivery that was taken back is paid once, when the customer really has it; or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from dataclasses import replace

from dashboard.domain.workload_states import DONE, REOPENED, Job


def joined(old: Job, new: Job) -> Job:
    """The job that ``new`` is when ``old``, the same order in the same hands, had been closed by mistake."""
    return replace(
        new,
        assigned_at=old.assigned_at,
        picked_up_at=new.picked_up_at or old.picked_up_at,
        arrived_at=new.arrived_at or old.arrived_at,
        at_door=new.at_door or old.at_door,
        ready=new.ready or old.ready,
        on_job_ms=old.on_job_ms + new.on_job_ms,
        at_pickup_ms=_sum(old.at_pickup_ms, new.at_pickup_ms),
        waited_ms=old.waited_ms if new.waited_ms is None else new.waited_ms,
        new_stop=old.new_stop or new.new_stop,
        shift=new.shift or old.shift,
    )


def settle(known: MutableMapping[str, Job], jobs: Iterable[Job]) -> tuple[tuple[Job, ...], tuple[Job, ...]]:
    """What holds of ``jobs``, and which former ones hold no more.

    ``known`` are the jobs closed so far by order, and those that were opened again; it is kept up to date.
    """
    hold: list[Job] = []
    gone: list[Job] = []
    for job in jobs:
        before = known.get(job.order)
        if job.outcome == REOPENED:
            if before and before.outcome != REOPENED:
                gone.append(before)
                known[job.order] = replace(before, outcome=REOPENED)
            continue
        if before and before.outcome == REOPENED:
            del known[job.order]
            job = joined(before, job) if before.courier == job.courier else job
        if job.outcome in DONE:
            known[job.order] = job
        hold.append(job)
    return tuple(hold), tuple(gone)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)
