"""Workload from the frames: time by state, distances, hard jobs, waiting at restaurants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.domain.workload_effort import PLAIN_BICYCLE
from dashboard.domain.workload_hard import HardShare, Thresholds, shares_of, usual
from dashboard.domain.workload_states import OFF, ON_JOB, ON_SHIFT, OUTCOMES, STATES
from dashboard.domain.workload_waiting import SERVICE_MS, Waiting
from dashboard.reports_work import CourierWork, WaitingRow
from dashboard.tables import NONE
from dashboard.tables_count import Whole, Work
from dashboard.tables_pay import time_in

MS = timedelta(milliseconds=1)
DELIVERED, FAILED = OUTCOMES.index("delivered"), OUTCOMES.index("failed")


def courier_work(
    work: Work, couriers: Sequence[str], name: Callable[[str], str], hard: Mapping[str, HardShare]
) -> list[CourierWork]:
    """One row for everybody who was on shift or had a job."""
    times = {state: time_in(work.stretches, work.key, work.n, frozenset({state})) for state in STATES if state != OFF}
    sums = _sums(work.jobs, work.n)
    rows = []
    for code, courier in enumerate(couriers):
        by_state = {state: int(column[code]) * MS for state, column in times.items()}
        on_shift = sum((by_state[state] for state in by_state if state in ON_SHIFT), timedelta())
        on_job = sum((by_state[state] for state in by_state if state in ON_JOB), timedelta())
        mine = {figure: int(column[code]) for figure, column in sums.items() if figure != "flat_m"}
        if on_shift or mine["jobs"]:
            flat_km = float(sums["flat_m"][code]) / 1000
            utilisation = on_job / on_shift if on_shift else None
            row = CourierWork(
                courier, name(courier), by_state, on_shift, on_job, utilisation, **mine, flat_km=flat_km,
                hard=hard.get(courier),
            )  # fmt: skip
            rows.append(row)
    return rows


def delivered_metres(work: Work) -> Whole:
    """Metres of delivered jobs by courier; the crow's flight where no way was recorded."""
    return _sums(work.jobs, work.n)["metres"]


def hard_jobs(
    work: Work, couriers: Sequence[str], zone: ZoneInfo, thresholds: Thresholds | None = None
) -> Mapping[str, HardShare]:
    """Hard jobs of each courier against what the same hours of the day gave the others; delivered jobs alone.

    Far (of this period's jobs), heavy, steep, or after the shift: what frames hold. Weather and stairs are in no entry.
    """
    limits = thresholds or Thresholds()
    jobs = work.jobs[work.jobs["outcome"] == DELIVERED]
    flat = _flat_m(jobs)
    far_km = usual((flat / 1000).tolist(), (), limits).far_km
    hard = (
        (flat / 1000 > (np.inf if far_km is None else far_km))
        | (jobs["weight"].to_numpy() >= limits.load_kg * 1000)
        | (jobs["ascent"].to_numpy() >= limits.ascent_m)
        | jobs["after_shift"].to_numpy()
    )
    slots = pd.DataFrame({"courier": jobs["courier"], "hour": hours(jobs["assigned"], zone), "hard": hard})
    counts = slots.groupby(["courier", "hour"])["hard"].agg(["size", "sum"])
    keys = [(couriers[int(code)], int(hour)) for code, hour in counts.index]
    sizes, sums = counts["size"].to_numpy().tolist(), counts["sum"].to_numpy().tolist()
    return shares_of(dict(zip(keys, sizes, strict=True)), {key: int(n) for key, n in zip(keys, sums, strict=True)})


def waiting_rows(
    jobs: pd.DataFrame, restaurants: Sequence[str], zone: ZoneInfo, cents_per_hour: float
) -> tuple[WaitingRow, ...]:
    """By restaurant and hour of the arrival, else of the pickup, as ``domain.workload_waiting`` has it."""
    there = jobs[(jobs["picked_up"] != NONE) & (jobs["restaurant"] != NONE)]
    at = there["arrived"].where(there["arrived"] != NONE, there["picked_up"])
    known = there["waited"] != NONE
    rows = pd.DataFrame(
        {
            "restaurant": there["restaurant"], "hour": hours(at, zone), "known": known,
            "waited": there["waited"].where(known, np.nan), "beyond": (there["at_pickup"] - SERVICE_MS).clip(lower=0),
        }
    )  # fmt: skip
    found = rows.groupby(["restaurant", "hour"]).agg(
        n=("known", "size"), known=("known", "sum"), waited=("waited", "median"), beyond=("beyond", "sum")
    )
    return tuple(sorted(_waiting_rows(found, restaurants, cents_per_hour), key=lambda row: (row.restaurant, row.hour)))


def _waiting_rows(found: pd.DataFrame, restaurants: Sequence[str], cents_per_hour: float) -> Iterator[WaitingRow]:
    for row in found.reset_index().to_dict("records"):
        known = int(row["known"])
        waited = Waiting(int(row["n"]), known, float(row["waited"]) if known else None, int(row["beyond"]))
        yield _waiting(restaurants[int(row["restaurant"])], int(row["hour"]), waited, cents_per_hour)


def hours(stamps: pd.Series, zone: ZoneInfo) -> NDArray[np.int32]:
    """The hour on the wall, 0 to 23."""
    wall = pd.DatetimeIndex(pd.to_datetime(stamps.to_numpy(), unit="ms", utc=True)).tz_convert(zone)
    return np.asarray(wall.hour, dtype=np.int32)


def _waiting(restaurant: str, hour: int, found: Waiting, cents_per_hour: float) -> WaitingRow:
    median = None if found.median_ms is None else found.median_ms * MS
    lost = found.lost_cents(cents_per_hour)
    return WaitingRow(restaurant, hour, found.pickups, found.known, median, found.beyond_ms * MS, lost)


def _sums(jobs: pd.DataFrame, n: int) -> dict[str, Whole]:
    outcome, courier = jobs["outcome"].to_numpy(), jobs["courier"].to_numpy().astype(np.int64)
    delivered = outcome == DELIVERED

    def total(values: NDArray[np.float64] | Whole, which: NDArray[np.bool_] = delivered) -> Whole:
        return np.bincount(courier[which], weights=np.maximum(0, values)[which], minlength=n).astype(np.int64)

    ones = np.ones(len(jobs))
    return {
        "jobs": total(ones), "failed": total(ones, outcome == FAILED),
        "given_up": total(ones, ~np.isin(outcome, (DELIVERED, FAILED))), "metres": total(jobs["metres"].to_numpy()),
        "routed_jobs": total(jobs["routed"].to_numpy().astype(np.int64)), "ascent_m": total(jobs["ascent"].to_numpy()),
        "load_g": total(jobs["weight"].to_numpy()), "flat_m": total(_flat_m(jobs)),
    }  # fmt: skip


def _flat_m(jobs: pd.DataFrame) -> NDArray[np.float64]:
    """Equivalent flat metres of each job."""
    climbed = np.maximum(0, jobs["ascent"].to_numpy())
    flat: NDArray[np.float64] = jobs["metres"].to_numpy() + climbed * PLAIN_BICYCLE.flat_m_per_climbed_m
    return flat * PLAIN_BICYCLE.rider_share
