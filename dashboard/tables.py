"""History → pandas frames: one row a job, one row a stretch of time, straight from the journal.

Times and lengths are whole milliseconds (UTC since 1970), so that sums are exact; NONE stands for "nobody recorded it".
``courier`` and ``restaurant`` are positions in ``Tables.couriers`` and ``.restaurants``. The stretch that still runs
is not in it: a frame as of one ``seq`` is the same whenever it is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from dashboard.domain.events import Entry
from dashboard.domain.spans import MILLISECOND, Span
from dashboard.domain.workload_states import OUTCOMES, STATES, Job, Stretch

NONE = -1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
JOB_COLUMNS = (
    "courier", "order", "assigned", "closed", "outcome", "restaurant", "picked_up", "arrived", "on_job", "at_pickup",
    "waited", "metres", "routed", "ascent", "weight", "tip", "new_stop", "after_shift", "shift", "placed",
    "due", "ready", "at_door",
)  # fmt: skip
STRETCH_COLUMNS = ("courier", "state", "start", "end", "shift", "after_shift")
SMALL = {"courier": "int32", "restaurant": "int32", "outcome": "int8", "state": "int8"}
FLAGS = frozenset({"routed", "new_stop", "after_shift"})


@dataclass(frozen=True, slots=True)
class Tables:
    """A co-op's history up to entry ``seq``; ``notes`` are the entries about neither orders nor shifts
    nor suggestions."""

    coop: str
    seq: int
    couriers: tuple[str, ...]
    restaurants: tuple[str, ...]
    jobs: pd.DataFrame
    stretches: pd.DataFrame
    notes: tuple[Entry, ...] = ()

    def code(self, courier: str) -> int:
        """The courier's position; NONE for who never did anything."""
        return self.couriers.index(courier) if courier in self.couriers else NONE


class Codes:
    """Names as small numbers, in the order in which they are first met."""

    def __init__(self, known: Sequence[str] = ()) -> None:
        self.known = {name: number for number, name in enumerate(known)}

    def __getitem__(self, name: str | None) -> int:
        return NONE if name is None else self.known.setdefault(name, len(self.known))

    @property
    def names(self) -> tuple[str, ...]:
        """All names, by number."""
        return tuple(self.known)


def ms(moment: datetime | None) -> int:
    """Milliseconds since 1970; NONE for none."""
    return NONE if moment is None else (moment - EPOCH) // MILLISECOND


def moment(stamp: int) -> datetime | None:
    """The instant of such milliseconds."""
    return None if stamp == NONE else EPOCH + timedelta(milliseconds=int(stamp))


def job_frame(jobs: Sequence[Job], couriers: Codes, restaurants: Codes) -> pd.DataFrame:
    """One row a job."""
    rows = [
        (
            couriers[job.courier], job.order, ms(job.assigned_at), ms(job.closed_at), OUTCOMES.index(job.outcome),
            restaurants[job.restaurant], ms(job.picked_up_at), ms(job.arrived_at), job.on_job_ms,
            _or_none(job.at_pickup_ms), _or_none(job.waited_ms), job.metres, job.routed, _or_none(job.ascent_m),
            _or_none(job.weight_g), job.tip_cents, job.new_stop, job.after_shift, ms(job.shift),
            ms(job.placed), ms(job.due), ms(job.ready), ms(job.at_door),
        )
        for job in jobs
    ]  # fmt: skip
    return frame(JOB_COLUMNS, rows)


def stretch_frame(stretches: Sequence[Stretch], couriers: Codes) -> pd.DataFrame:
    """One row a stretch."""
    rows = [
        (couriers[s.courier], STATES.index(s.state), ms(s.span.start), ms(s.span.end), ms(s.shift), s.after_shift)
        for s in stretches
    ]
    return frame(STRETCH_COLUMNS, rows)


def frame(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """The rows as a frame with the columns' own types."""
    values = list(zip(*rows, strict=True)) if rows else [() for _ in columns]
    return pd.DataFrame(
        {name: np.array(column, dtype=dtype(name)) for name, column in zip(columns, values, strict=True)}
    )


def dtype(column: str) -> str:
    """How a column is kept."""
    return "object" if column == "order" else "bool" if column in FLAGS else SMALL.get(column, "int64")


def jobs_of(tables: Tables, courier: str) -> tuple[Job, ...]:
    """One courier's jobs as the rules of pay read them."""
    rows = tables.jobs[tables.jobs["courier"] == tables.code(courier)]
    return tuple(job_of(courier, row, tables.restaurants) for row in rows.itertuples(index=False))


def jobs_from(tables: Tables, restaurant: str) -> tuple[Job, ...]:
    """All jobs of a restaurant, whoever had them."""
    if restaurant not in tables.restaurants:
        return ()
    rows = tables.jobs[tables.jobs["restaurant"] == list(tables.restaurants).index(restaurant)]
    return tuple(
        job_of(tables.couriers[code], row, tables.restaurants)
        for code, row in zip(rows["courier"].tolist(), rows.itertuples(index=False), strict=True)
    )


def stretches_of(tables: Tables, courier: str) -> tuple[Stretch, ...]:
    """One courier's time as the rules of pay read it; which orders were in hand is not kept."""
    rows = tables.stretches[tables.stretches["courier"] == tables.code(courier)]
    return tuple(_stretch(courier, row) for row in rows.itertuples(index=False))


def _stretch(courier: str, row: Any) -> Stretch:
    span, late = Span(_at(row.start), _at(row.end)), bool(row.after_shift)
    return Stretch(courier, STATES[row.state], span, moment(row.shift), after_shift=late)


def job_of(courier: str, row: Any, restaurants: Sequence[str]) -> Job:
    """The job of such a row."""
    return Job(
        courier=courier, order=row.order, assigned_at=_at(row.assigned), closed_at=_at(row.closed),
        outcome=OUTCOMES[row.outcome], restaurant=None if row.restaurant == NONE else restaurants[row.restaurant],
        picked_up_at=moment(row.picked_up), arrived_at=moment(row.arrived), on_job_ms=int(row.on_job),
        at_pickup_ms=_known(row.at_pickup), waited_ms=_known(row.waited), metres=int(row.metres),
        routed=bool(row.routed), ascent_m=_known(row.ascent), weight_g=_known(row.weight), tip_cents=int(row.tip),
        new_stop=bool(row.new_stop), after_shift=bool(row.after_shift), shift=moment(row.shift),
        placed=moment(row.placed), due=moment(row.due), ready=moment(row.ready), at_door=moment(row.at_door),
    )  # fmt: skip


def _at(stamp: int) -> datetime:
    return EPOCH + timedelta(milliseconds=int(stamp))


def _known(value: int) -> int | None:
    return None if value == NONE else int(value)


def _or_none(value: int | None) -> int:
    return NONE if value is None else value
