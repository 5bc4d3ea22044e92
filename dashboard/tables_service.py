"""Service times from the frames of jobs."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from dashboard.domain.service_times import (
    COOKING,
    COUNTER,
    DAYS,
    DOOR,
    PUNCTUAL,
    Learnt,
    ServiceTimes,
    Usual,
    learnt,
    sane,
    setting_off,
    usual,
)
from dashboard.domain.workload_states import OUTCOMES
from dashboard.tables import NONE, Tables, ms

DELIVERED = OUTCOMES.index("delivered")
MOMENTS = ("arrived", "picked_up", "at_door", "closed")
FAR_AWAY = 1 << 42
"""Milliseconds that nobody lives to see (2109)."""


def service_times(tables: Tables, now: datetime) -> ServiceTimes:
    """Of the delivered jobs of the last DAYS, as far as arrivals and readiness were reported."""
    jobs = tables.jobs
    jobs = jobs[(jobs["closed"] >= ms(now - timedelta(days=DAYS))) & (jobs["outcome"] == DELIVERED)]
    met = jobs[(jobs["arrived"] != NONE) & (jobs["picked_up"] != NONE)]
    food = met["ready"].where(met["ready"] != NONE, met["due"])  # not every kitchen presses
    at_door = jobs[jobs["at_door"] != NONE]
    cooked = jobs[jobs["ready"] != NONE]
    promised = cooked["due"] != NONE
    return ServiceTimes(
        _by_restaurant(tables, met, (met["picked_up"] - np.maximum(met["arrived"], food)).clip(lower=0), COUNTER),
        usual(_sane(at_door["closed"] - at_door["at_door"]), DOOR),
        _by_restaurant(tables, cooked[promised], (cooked["ready"] - cooked["due"])[promised], PUNCTUAL),
        _by_restaurant(tables, cooked, cooked["ready"] - cooked["placed"], COOKING),
        _setting_off(jobs),
    )


def _setting_off(jobs: pd.DataFrame) -> Usual:
    """From rides that went straight from a counter to its customer: nothing of that courier's is between the two."""
    moments = np.unique(np.concatenate([_moments(jobs[jobs[at] != NONE], at) for at in MOMENTS]))
    rides = jobs[(jobs["picked_up"] != NONE) & (jobs["at_door"] > jobs["picked_up"])]
    if rides.empty:
        return setting_off(np.array([]), np.array([]))
    after = np.searchsorted(moments, _moments(rides, "picked_up"), side="right")
    straight = rides[moments[np.minimum(after, len(moments) - 1)] == _moments(rides, "at_door")]
    took = (straight["at_door"] - straight["picked_up"]).to_numpy(float) / 1000
    return setting_off(straight["metres"].to_numpy(float)[sane(took)], took[sane(took)])


def _moments(jobs: pd.DataFrame, at: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """One number for courier and time: of one courier they lie together."""
    return np.asarray(jobs["courier"].to_numpy(np.int64) * FAR_AWAY + jobs[at].to_numpy(np.int64))


def _by_restaurant(tables: Tables, jobs: pd.DataFrame, took: pd.Series, unknown: Usual) -> Learnt:
    seconds = took.to_numpy(float) / 1000
    believed = sane(seconds)
    codes = jobs["restaurant"].to_numpy(np.int64)[believed]
    return learnt(seconds[believed], codes, tables.restaurants, unknown)


def _sane(took: pd.Series) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    seconds = took.to_numpy(float) / 1000
    return seconds[sane(seconds)]
