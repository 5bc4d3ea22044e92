"""Invented histories for the accounts: months of shifts and orders in the shape that the journal would have given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd

from dashboard.domain.workload_states import OUTCOMES, STATES
from dashboard.tables import NONE, Tables, ms

MINUTE = 60_000
TEN = datetime(1970, 1, 1, 9, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)


def month(
    couriers: int = 500, days: int = 30, orders: int = 20, *, first: date = date(2026, 5, 18), seed: int = 1
) -> Tables:
    """So many couriers, each with one shift a day of so many orders; a few fail, some have tips, loads and climbs."""
    rng = np.random.default_rng(seed)
    n = couriers * days
    courier = np.repeat(np.arange(couriers), days)
    midnight = (
        ms(datetime.combine(first, datetime.min.time(), UTC)) + np.tile(np.arange(days), couriers) * 24 * 60 * MINUTE
    )
    shift = midnight + TEN // timedelta(milliseconds=1) + rng.integers(0, 12 * 60 * MINUTE, n)
    gaps, rides = rng.integers(0, 6 * MINUTE, (n, orders)), rng.integers(4 * MINUTE, 14 * MINUTE, (n, orders, 2))
    lengths = np.concatenate([gaps[:, :, None], rides], axis=2).reshape(n, -1)
    ends = shift[:, None] + np.cumsum(lengths, axis=1)
    starts = np.concatenate([shift[:, None], ends[:, :-1]], axis=1)
    states = [STATES.index(state) for state in ("idle", "to_pickup", "to_dropoff")]
    states_of_shift = np.tile(np.array(states, dtype=np.int8), orders)
    states_all = np.tile(states_of_shift, n).reshape(n, -1)
    resting = (rng.random(states_all.shape) < 0.1) & (states_all == states[0])
    states_all = np.where(resting, STATES.index("break"), states_all).astype(np.int8)
    late = starts >= (shift + rng.integers(5 * 60, 9 * 60, n) * MINUTE)[:, None]
    late &= states_all == states[2]
    stretches = pd.DataFrame(
        {
            "courier": np.repeat(courier, 3 * orders).astype(np.int32), "state": states_all.ravel(),
            "start": starts.ravel(), "end": ends.ravel(), "shift": np.repeat(shift, 3 * orders),
            "after_shift": late.ravel(),
        }
    )  # fmt: skip
    stretches = stretches[stretches["end"] > stretches["start"]].reset_index(drop=True)
    assigned, picked, closed = starts[:, 1::3].ravel(), ends[:, 1::3].ravel(), ends[:, 2::3].ravel()
    total = n * orders
    arrived = np.where(rng.random(total) < 0.7, picked - rng.integers(0, 4 * MINUTE, total), NONE)
    outcome = np.where(rng.random(total) < 0.03, OUTCOMES.index("failed"), OUTCOMES.index("delivered"))
    known = arrived != NONE
    jobs = pd.DataFrame(
        {
            "courier": np.repeat(courier, orders).astype(np.int32),
            "order": np.array([f"o{number}" for number in range(total)], dtype=object),
            "assigned": assigned, "closed": closed, "outcome": outcome.astype(np.int8),
            "restaurant": rng.integers(0, 60, total).astype(np.int32), "picked_up": picked, "arrived": arrived,
            "on_job": closed - assigned, "at_pickup": np.where(known, picked - arrived, NONE),
            "waited": np.where(known, picked - arrived, NONE), "metres": rng.integers(300, 6000, total),
            "routed": rng.random(total) < 0.5,
            "ascent": np.where(rng.random(total) < 0.5, rng.integers(0, 120, total), NONE),
            "weight": np.where(rng.random(total) < 0.5, rng.integers(500, 20_000, total), NONE),
            "tip": np.where(rng.random(total) < 0.3, rng.integers(0, 500, total), 0),
            "new_stop": rng.random(total) < 0.95, "after_shift": late[:, 2::3].ravel(),
            "shift": np.repeat(shift, orders), "placed": assigned - MINUTE,
            "due": picked - rng.integers(-5 * MINUTE, 5 * MINUTE, total), "ready": picked - MINUTE,
            "at_door": np.where(rng.random(total) < 0.7, closed - rng.integers(MINUTE, 4 * MINUTE, total), NONE),
        }
    )  # fmt: skip
    names = tuple(f"c{number:03}" for number in range(couriers))
    return Tables("bench", 6 * total, names, tuple(f"r{number}" for number in range(60)), jobs, stretches)
