"""A month's journal in a database, entry by entry as the desk would have written it, with its chain of hashes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import psycopg
from numpy.random import Generator

from dashboard.domain.couriers import Courier, courier_to_wire
from dashboard.domain.events import Fact, Head, canonical, seal
from dashboard.domain.orders import Order, Place, order_to_wire
from dashboard.domain.times import to_wire
from dashboard.ports import Coop
from dashboard.store import migrate, open_store
from dashboard.store.database import Database
from tests.postgres_server import postgres_server

COOP = "bench"
COLUMNS = ("coop", "seq", "id", "at", "actor", "kind", "subject", "version", "data", "prev", "hash")
MINUTE = 60_000
RESTAURANTS = 60
Event = tuple[int, int, str, str, int, dict[str, Any]]
"""Milliseconds of the day, number (for a stable order), kind, subject, version, data."""


@contextmanager
def month_database(kind: str) -> Iterator[tuple[str, Path]]:
    """The address of an empty database for a month, ``sqlite`` or ``postgresql``, and a folder; both go with it."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="roulement-bench-")))
        url = f"sqlite:///{folder / 'month.db'}"
        if kind == "postgresql":
            server = opened.enter_context(postgres_server())
            url = opened.enter_context(server.database())
        yield url, folder


def write_month(
    url: str, couriers: int = 500, days: int = 30, orders: int = 20, *, first: date = date(2026, 5, 18), seed: int = 1
) -> Head:
    """A new database at ``url`` with such a month of the co-op ``bench``; where its journal ends."""
    migrate(url)
    store = open_store(url)
    store.add_coop(Coop(COOP, "Bench", "helsinki"))
    store.close()
    database = Database(url)
    entries = _sealed(couriers, days, orders, first, seed)
    put = _into_sqlite if database.is_sqlite else _into_postgresql
    head = put(url, entries)
    people = [_courier(number) for number in range(couriers)]
    with database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE coops SET seq = {head.seq}, hash = '{head.hash}' WHERE id = '{COOP}'")
        for one in people:
            values = ", ".join(
                "'{}'".format(str(value).replace("'", "''"))
                for value in (COOP, one.id, one.name, "off", 1, "desk", _at(first, 0), canonical(courier_to_wire(one)))
            )
            names = "coop, id, name, shift, version, changed_by, changed_at, document"
            connection.exec_driver_sql(f"INSERT INTO couriers ({names}) VALUES ({values})")
    database.engine.dispose()
    return head


def _sealed(couriers: int, days: int, orders: int, first: date, seed: int) -> Iterator[tuple[Any, ...]]:
    rng, head = np.random.default_rng(seed), Head()
    for day in range(days):
        morning = datetime.combine(first + timedelta(days=day), datetime.min.time(), UTC)
        for ms, _, kind, subject, version, data in sorted(_day(rng, couriers, day, orders), key=lambda e: e[:2]):
            at = morning + timedelta(milliseconds=ms)
            key = f"01980000-0000-7000-8000-{head.seq:012x}"
            entry = seal(Fact(kind, subject, version, data), head, coop=COOP, id=key, at=at, actor="desk")
            head = Head(entry.seq, entry.hash)
            yield (COOP, entry.seq, key, to_wire(at), "desk", kind, subject, version, canonical(data), entry.prev,
                   entry.hash)  # fmt: skip


def _day(rng: Generator, couriers: int, day: int, orders: int) -> Iterator[Event]:
    """Everybody's shift of that day, each with so many orders, one after the other or two together."""
    for number in range(couriers):
        here = _shift(rng, number, day, orders)
        if day == 0:
            wire = courier_to_wire(_courier(number))
            yield 0, number, "courier.added", f"c{number:03}", 1, {"changes": wire}
        yield from ((ms, number * 1000 + place, *rest) for place, (ms, _, *rest) in enumerate(here))  # type: ignore[misc]


def _shift(rng: Generator, number: int, day: int, orders: int) -> Iterator[Event]:
    courier, version = f"c{number:03}", 2 + 4 * day
    start = 7 * 60 * MINUTE + int(rng.integers(0, 6 * 60 * MINUTE))
    gaps = rng.integers(30_000, 6 * MINUTE, orders)
    legs = rng.integers(3 * MINUTE, 12 * MINUTE, (orders, 2))
    chances = rng.random((orders, 5))
    places = rng.integers(0, 10_000, (orders, 6))
    yield start, 0, "courier.shift_started", courier, version, {"changes": {"shift": "on"}}
    at = start
    for turn in range(orders):
        if turn == orders // 2:
            yield at, 0, "courier.break_started", courier, version + 1, {"changes": {"shift": "break"}}
            at += 30 * MINUTE
            yield at, 0, "courier.break_ended", courier, version + 2, {"changes": {"shift": "on"}}
        at += int(gaps[turn])
        order = _order(f"o{day:02}-{number:03}-{turn:02}", day, places[turn], chances[turn])
        yield from _life(order, courier, at, legs[turn], chances[turn])
        # every fourth order is still in hand when the next one comes
        is_alone = turn % 4 != 3 or turn in (orders // 2 - 1, orders - 1)
        at += int(sum(legs[turn])) if is_alone else int(legs[turn][0])
    yield at + MINUTE, 0, "courier.shift_ended", courier, version + 3, {"changes": {"shift": "off"}}


def _life(order: Order, courier: str, at: int, legs: Any, chances: Any) -> Iterator[Event]:
    ready = at + int(legs[0]) - MINUTE
    yield at - 20_000, 0, "order.placed", order.id, 1, {"changes": order_to_wire(order)}
    yield at - 10_000, 0, "order.accepted", order.id, 2, {"changes": {"state": "accepted", "version": 2}}
    yield at, 0, "order.assigned", order.id, 3, {"changes": {"courier": courier, "version": 3}}
    yield ready, 0, "order.ready", order.id, 4, {"changes": {"state": "ready", "version": 4}}
    if chances[0] < 0.5:
        data = {"order": order.id, "place": "pickup", "changes": {}}
        yield ready + 20_000, 0, "courier.arrived", courier, 0, data
    picked, done = at + int(legs[0]), at + int(legs[0]) + int(legs[1])
    yield picked, 0, "order.picked_up", order.id, 5, {"changes": {"state": "picked_up", "version": 5}}
    last = "failed" if chances[1] < 0.03 else "delivered"
    yield done, 0, f"order.{last}", order.id, 6, {"changes": {"state": last, "version": 6}}


def _order(id: str, day: int, places: Any, chances: Any) -> Order:
    far = [int(place) / 10_000 for place in places]
    return Order(
        id=id, coop=COOP, ref=id, pickup=Place(60.16 + far[0] / 50, 24.93 + far[1] / 50, f"Restaurant {places[4]}"),
        dropoff=Place(60.16 + far[2] / 50, 24.93 + far[3] / 50, "", f"Street {places[5]}"),
        placed_at=datetime(2026, 5, 18, tzinfo=UTC) + timedelta(days=day), kind="meal",
        restaurant=f"r{int(places[4]) % RESTAURANTS}", weight_g=int(places[5]) * 2 if chances[2] < 0.5 else None,
        price_cents=1000 + int(places[5]) % 3000, tip_cents=int(places[4]) % 500 if chances[3] < 0.3 else None,
    )  # fmt: skip


def _courier(number: int) -> Courier:
    return Courier(f"c{number:03}", COOP, f"Courier {number}")


def _at(first: date, ms: int) -> str:
    return to_wire(datetime.combine(first, datetime.min.time(), UTC) + timedelta(milliseconds=ms))


def _into_sqlite(url: str, entries: Iterator[tuple[Any, ...]]) -> Head:
    marks = ", ".join("?" * len(COLUMNS))
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        last: list[Head] = [Head()]
        connection.executemany(f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({marks})", _noted(entries, last))
    return last[0]


def _into_postgresql(url: str, entries: Iterator[tuple[Any, ...]]) -> Head:
    last: list[Head] = [Head()]
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY journal ({', '.join(COLUMNS)}) FROM STDIN".encode()) as copy:
            for row in _noted(entries, last):
                copy.write_row(row)
        cursor.execute(b"ANALYZE journal")
    return last[0]


def _noted(entries: Iterator[tuple[Any, ...]], last: list[Head]) -> Iterator[tuple[Any, ...]]:
    for row in entries:
        last[0] = Head(row[1], row[-1])
        yield row
