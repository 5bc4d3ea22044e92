"""The board as it was, and how much went on in a day: read from what bears on it, never from the whole journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce
from itertools import batched
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from dashboard.domain.alarms import KEEP as KEEP_ALARMS
from dashboard.domain.alarms import SUBJECT as ALARM
from dashboard.domain.board import KEEP_CLOSED, Board, forget, taken, with_alarm, with_restaurant
from dashboard.domain.events import Entry
from dashboard.domain.restaurants import LONGEST, SUBJECT
from dashboard.domain.spans import Span
from dashboard.domain.times import from_wire
from dashboard.store.journal import read_last_before, read_newest, read_where
from dashboard.store.tables import COURIER_FACTS, journal, orders, shifts

AT_ONCE = 500
OFF: Mapping[str, Any] = {
    "shift": "off",
    "shift_started_at": None,
    "break_started_at": None,
    "break_until": None,
    "stops": None,
}
SLACK = timedelta(minutes=1)
"""Two processes may write a few milliseconds out of turn: what was closed at the edge is looked at, too."""


def read_board_at(connection: Connection, coop: str, seq: int) -> Board:
    """The board as of entry ``seq``: the same as from replaying all entries up to it, but for restaurants and alarms
    about which nobody has written for so long that they are in nobody's hand."""
    newest = next(iter(read_where(connection, coop, journal.c.seq == seq)), None)
    if newest is None:
        return Board(coop)
    entries = [*_of_orders(connection, coop, newest), *_of_couriers(connection, coop, newest)]
    board = reduce(taken, sorted(entries, key=lambda entry: entry.seq), Board(coop))
    board = reduce(with_restaurant, _newest_about(connection, coop, SUBJECT, newest, LONGEST), board)
    board = reduce(with_alarm, _newest_about(connection, coop, ALARM, newest, KEEP_ALARMS), board)
    return replace(forget(board, newest.at - KEEP_CLOSED), seq=seq)


def _of_orders(connection: Connection, coop: str, newest: Entry) -> Iterable[Entry]:
    """All entries so far about the orders that were open then, or closed a short while before: those of today that are
    open still, or were closed later."""
    placed = (orders.c.coop == coop, orders.c.number <= newest.seq)
    later = (orders.c.closed_at.is_(None), orders.c.closed_at >= newest.at - KEEP_CLOSED - SLACK)
    found = [connection.execute(select(orders.c.id, orders.c.number).where(*placed, which)).all() for which in later]
    rows = [row for each in found for row in each]
    span = journal.c.seq.between(min((row.number for row in rows), default=0), newest.seq)
    for some in batched(rows, AT_ONCE):
        yield from read_where(connection, coop, span, journal.c.subject.in_([row.id for row in some]))


def _of_couriers(connection: Connection, coop: str, newest: Entry) -> Iterable[Entry]:
    """Who each courier is, and what those who were on shift had done since it began.

    A shift begins from nothing: what was written within earlier ones says nothing any more. Of those off shift the
    newest entry is enough.
    """
    running = or_(shifts.c.ended_at.is_(None), shifts.c.ended_at >= newest.at - SLACK)
    begun = select(shifts.c.courier, func.max(shifts.c.number).label("number")).where(
        shifts.c.coop == coop, shifts.c.number <= newest.seq, running
    )
    since = {row.courier: row.number for row in connection.execute(begun.group_by(shifts.c.courier))}
    found = {entry.seq: entry for entry in read_where(connection, coop, journal.c.seq <= newest.seq, COURIER_FACTS)}
    found = {seq: _off(entry) if seq < since.get(entry.subject, 0) else entry for seq, entry in found.items()}
    others = {entry.subject for entry in found.values()} - since.keys()
    span = journal.c.seq.between(min(since.values(), default=0), newest.seq)
    for names in batched(since, AT_ONCE):
        theirs = read_where(connection, coop, span, journal.c.subject.in_(names))
        found |= {entry.seq: entry for entry in theirs if entry.seq >= since[entry.subject]}
    for names in batched(others, AT_ONCE):
        found |= {entry.seq: entry for entry in read_newest(connection, coop, journal.c.subject.in_(names), newest.seq)}
    return found.values()


def _off(entry: Entry) -> Entry:
    """What it says of who somebody is, without what it says of a shift."""
    changes = {name: OFF.get(name, value) for name, value in entry.data.get("changes", {}).items()}
    return replace(entry, data={**entry.data, "changes": changes})


def _newest_about(connection: Connection, coop: str, prefix: str, newest: Entry, within: timedelta) -> list[Entry]:
    """The newest entry about each subject whose name begins so, written within that time before."""
    first = read_last_before(connection, coop, newest.at - within)
    after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    named = and_(journal.c.subject >= prefix, journal.c.subject < after, journal.c.seq > first)
    return read_newest(connection, coop, named, newest.seq)


def read_activity(connection: Connection, coop: str, span: Span, step: timedelta) -> tuple[list[int], list[int]]:
    """How many orders were placed, and how many of those delivered were late, in each step of a span."""
    first, last = (read_last_before(connection, coop, at) for at in (span.start, span.end))
    mine = (orders.c.coop == coop, orders.c.number > first, orders.c.number <= last)
    placed = connection.scalars(select(orders.c.placed_at).where(*mine))
    over = (orders.c.coop == coop, orders.c.closed_at >= span.start, orders.c.closed_at < span.end)
    rows = connection.execute(select(orders.c.closed_at, orders.c.document).where(*over, orders.c.state == "delivered"))
    late = (row.closed_at for row in rows if _is_late(row.document, row.closed_at))
    return _counted(placed, span, step), _counted(late, span, step)


def _is_late(wire: Mapping[str, Any], at: datetime) -> bool:
    promised = wire["dropoff"]["before"]
    return promised is not None and from_wire(promised) < at


def _counted(times: Iterable[datetime], span: Span, step: timedelta) -> list[int]:
    counts = [0] * -(-span.length // step)
    for at in times:
        if span.start <= at < span.end:
            counts[(at - span.start) // step] += 1
    return counts
