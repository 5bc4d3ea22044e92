"""What looking back costs: a board at moments all over a month of 300,000 entries, a slice after it, a day's strip."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import insert

from dashboard.domain.board import Board, apply
from dashboard.domain.orders import order_from_wire
from dashboard.domain.spans import local_day
from dashboard.past import STEP
from dashboard.store import open_store
from dashboard.store.database import Database
from dashboard.store.projections import order_row
from dashboard.store.shifts import write_shift
from dashboard.store.sql import SqlStore
from dashboard.store.tables import orders
from tests.bench.journal import COOP, month_database, write_month

COURIERS, DAYS, ORDERS = 75, 30, 20
MOMENTS = 60
FIRST = date(2026, 5, 18)
Row = dict[str, Any]


def replay(runs: int = 5) -> list[Row]:
    """On both databases."""
    return [on("sqlite", runs), on("postgresql", runs)]


def on(kind: str, runs: int) -> Row:
    """Milliseconds: the median, the 95th of a hundred and the worst of boards at random moments."""
    with month_database(kind) as (url, _):
        head = write_month(url, COURIERS, DAYS, ORDERS, first=FIRST)
        store = open_store(url)
        _project(store, url)
        rng = np.random.default_rng(7)
        moments = [datetime(2026, 5, 18, tzinfo=UTC) + timedelta(minutes=int(m)) for m in
                   rng.integers(8 * 60, DAYS * 24 * 60, MOMENTS)]  # fmt: skip
        boards = [_took(lambda at=at: _board(store, at)) for _ in range(runs) for at in moments]
        noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
        busy = _board(store, noon)
        day = local_day(date(2026, 6, 1), ZoneInfo("Europe/Paris"))
        following = [_took(lambda: store.entries(COOP, after=busy.seq, limit=1000)) for _ in range(9)]
        row = {
            "database": kind, "entries": head.seq, "open_at_noon": sum(one.is_open for one in busy.orders.values()),
            "board_ms": round(median(boards), 1), "board_p95_ms": round(float(np.percentile(boards, 95)), 1),
            "board_max_ms": round(max(boards), 1),
            "slice_ms": round(median(following), 1),
            "day_ms": round(median(_took(lambda: store.activity(COOP, day, STEP)) for _ in range(9)), 1),
            "same_as_folded": _is_folded(store, busy),
        }  # fmt: skip
        store.close()
        return row


def _board(store: SqlStore, at: datetime) -> Board:
    return store.board_at(COOP, store.last_before(COOP, at))


def _is_folded(store: SqlStore, board: Board) -> bool:
    folded = Board(COOP)
    for entry in store.iter_entries(COOP):
        if entry.seq > board.seq:
            break
        folded = apply(folded, entry)
    return folded == board


def _project(store: SqlStore, url: str) -> None:
    """The orders and shifts that the month's entries have led to."""
    database = Database(url)
    with database.writing() as connection:
        for row in _rows(store, lambda entry: write_shift(connection, entry)):
            connection.execute(insert(orders), row)
        if not database.is_sqlite:
            connection.exec_driver_sql("ANALYZE")
    database.engine.dispose()


def _rows(store: SqlStore, shift: Callable[[Any], None]) -> Iterator[list[Row]]:
    wires: dict[str, dict[str, Any]] = {}
    last: dict[str, tuple[Any, int]] = {}
    for entry in store.iter_entries(COOP):
        if entry.kind.startswith("courier."):
            shift(entry)
            continue
        wires[entry.subject] = {**wires.get(entry.subject, {}), **entry.data["changes"], "version": entry.version}
        last[entry.subject] = entry, last[entry.subject][1] if entry.subject in last else entry.seq
    rows = [{**order_row(order_from_wire(wire), last[key][0]), "number": last[key][1]} for key, wire in wires.items()]
    yield from (rows[at : at + 1000] for at in range(0, len(rows), 1000))


def _took(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000
