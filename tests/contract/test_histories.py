"""Histories out of a real database: opened from segments, they are what the whole journal gives."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.history import History, prepare, tables_of
from dashboard.history_cache import HistoryCache
from dashboard.store import SqlStore
from tests.contract.desk import TAILLEFERRE, SqlDesk


@pytest.mark.parametrize("seq", [9, 16, None])
def test_a_history_opened_from_segments_is_the_journals(
    desk: SqlDesk, store: SqlStore, tmp_path: Path, seq: int | None
) -> None:
    """On SQLite and PostgreSQL: between two segments, at the end of one and at the newest entry, row for row."""
    for rider in ("lea", "sam"):
        desk.rider(rider)
        for _ in range(3):
            order = desk.order(restaurant="bistro", tip_cents=120)
            desk.wait(2)
            order = desk.assign(order, rider)
            desk.move(order, "accept", "pick_up", "deliver")
            desk.wait(7)
    cache = HistoryCache(tmp_path, 8)
    prepare(store, cache, TAILLEFERRE, lambda done, whole: None)
    found = History(store, cache=cache).tables(TAILLEFERRE, seq)
    whole = tables_of([*store.iter_entries(TAILLEFERRE)][:seq])
    assert len(found.jobs) > 0
    assert len(list(tmp_path.rglob("*.segment"))) > 2
    pd.testing.assert_frame_equal(found.jobs, whole.jobs, check_exact=True)
    pd.testing.assert_frame_equal(found.stretches, whole.stretches, check_exact=True)
    assert (found.seq, found.couriers, found.restaurants) == (whole.seq, whole.couriers, whole.restaurants)
