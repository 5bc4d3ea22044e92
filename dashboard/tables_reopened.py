"""Rows of jobs that were closed by mistake: gone, or gone on with, before anybody counts them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from dashboard.domain.workload_reopened import settle
from dashboard.domain.workload_states import OUTCOMES, REOPENED, Job
from dashboard.tables import JOB_COLUMNS, Codes, Tables, job_frame, job_of

MARK = OUTCOMES.index(REOPENED)


def settled(tables: Tables) -> Tables:
    """The tables without the marks of reopening, each reopened order's rows being what holds of them."""
    marked = tables.jobs["order"][tables.jobs["outcome"] == MARK]
    if marked.empty:
        return tables
    places = np.flatnonzero(tables.jobs["order"].isin(set(marked)))
    return replace(tables, jobs=_with(tables, places, _held(tables, places)))


def _held(tables: Tables, places: np.ndarray) -> dict[int, Job]:
    """What holds of these rows, by their place."""
    rows: Any = tables.jobs.iloc[places].itertuples(index=False)
    known: dict[str, Job] = {}
    held: dict[int, Job] = {}
    for place, row in zip(places.tolist(), rows, strict=True):
        more, gone = settle(known, [job_of(tables.couriers[row.courier], row, tables.restaurants)])
        for old in gone:
            del held[next(at for at in reversed(held) if held[at] == old)]
        if more:
            held[place] = more[0]
    return held


def _with(tables: Tables, places: np.ndarray, held: dict[int, Job]) -> pd.DataFrame:
    new = job_frame(list(held.values()), Codes(tables.couriers), Codes(tables.restaurants))
    columns = {name: tables.jobs[name].to_numpy(copy=True) for name in JOB_COLUMNS}
    for name, values in columns.items():
        values[list(held)] = new[name].to_numpy()
    keeps = np.ones(len(tables.jobs), bool)
    keeps[places] = False
    keeps[list(held)] = True
    return pd.DataFrame({name: values[keeps] for name, values in columns.items()})
