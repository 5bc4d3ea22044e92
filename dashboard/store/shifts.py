"""Each shift with its breaks, from the courier's own entries: what working time and pay are counted from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, Table, insert, or_, select, update

from dashboard.domain.couriers import Shift
from dashboard.domain.events import Entry
from dashboard.store.tables import breaks, shifts


def write_shift(connection: Connection, entry: Entry) -> None:
    """Note what a courier's entry says about a shift; entries about other things are left alone."""
    if step := _STEPS.get(entry.kind):
        step(connection, entry)


def read_shifts(connection: Connection, coop: str, since: datetime) -> tuple[Shift, ...]:
    """The shifts that were running at ``since`` or began later, in order of their start."""
    rows = connection.execute(
        select(shifts, breaks.c.started_at.label("break_started"), breaks.c.ended_at.label("break_ended"))
        .outerjoin(breaks, (breaks.c.coop == shifts.c.coop) & (breaks.c.shift == shifts.c.number))
        .where(shifts.c.coop == coop, or_(shifts.c.ended_at.is_(None), shifts.c.ended_at > since))
        .order_by(shifts.c.number, breaks.c.number)
    )
    return tuple(_shift(list(group)) for _, group in groupby(rows, key=lambda row: row.number))


def _shift(rows: list[Row[Any]]) -> Shift:
    first = rows[0]
    pauses = tuple((row.break_started, row.break_ended) for row in rows if row.break_started is not None)
    return Shift(first.courier, first.started_at, first.ended_at, pauses)


def _start(connection: Connection, entry: Entry) -> None:
    opened = {"coop": entry.coop, "number": entry.seq, "courier": entry.subject, "started_at": entry.at}
    connection.execute(insert(shifts), opened)


def _pause(connection: Connection, entry: Entry) -> None:
    row = {"coop": entry.coop, "number": entry.seq, "started_at": entry.at}
    connection.execute(insert(breaks).values(**row, shift=_running(entry)))


def _resume(connection: Connection, entry: Entry) -> None:
    _end(connection, breaks, breaks.c.shift == _running(entry), entry)


def _finish(connection: Connection, entry: Entry) -> None:
    _resume(connection, entry)
    _end(connection, shifts, shifts.c.courier == entry.subject, entry)


def _end(connection: Connection, table: Table, which: Any, entry: Entry) -> None:
    running = (table.c.coop == entry.coop, which, table.c.ended_at.is_(None))
    connection.execute(update(table).where(*running).values(ended_at=entry.at))


def _running(entry: Entry) -> ScalarSelect[int]:
    mine = (shifts.c.coop == entry.coop, shifts.c.courier == entry.subject, shifts.c.ended_at.is_(None))
    return select(shifts.c.number).where(*mine).scalar_subquery()


_STEPS: Mapping[str, Callable[[Connection, Entry], None]] = {
    "courier.shift_started": _start,
    "courier.break_started": _pause,
    "courier.break_ended": _resume,
    "courier.shift_ended": _finish,
}
