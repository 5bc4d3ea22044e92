"""What the desk asks of the projections: pages of orders, and the whole board."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import reduce
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, func, or_, select, union_all

from dashboard.domain.alarms import KEEP as KEEP_ALARMS
from dashboard.domain.alarms import SUBJECT as ALARM
from dashboard.domain.alarms import alarm_of
from dashboard.domain.board import KEEP_CLOSED, Board, with_restaurant
from dashboard.domain.couriers import Courier, courier_from_wire
from dashboard.domain.orders import STATES, Order, order_from_wire
from dashboard.domain.refusals import Invalid
from dashboard.domain.restaurants import LONGEST, SUBJECT
from dashboard.ports import Change, Page
from dashboard.store.journal import BEYOND, read_head, read_newest_of
from dashboard.store.tables import couriers, orders

AT_ONCE = 500
PLACED_AT_ONCE = 1000
_FOUND = (orders.c.number, orders.c.document)


def read_page(
    connection: Connection, coop: str, *, states: Collection[str], courier: str | None, restaurant: str | None,
    after: str | None, limit: int, since: datetime | None = None,
) -> Page:  # fmt: skip
    """Up to ``limit`` orders that fit, from the cursor on; Invalid when the cursor is none of ours.

    With ``since`` those that are open, or were closed from then on.
    """
    fits = [orders.c.coop == coop]
    if courier is not None:
        fits.append(orders.c.courier == courier)
    if restaurant is not None:
        fits.append(orders.c.restaurant == restaurant)
    which = states or (STATES if len(fits) > 1 else ())
    if after is not None:
        fits.append(orders.c.number > _number(after))
    if since is not None:
        fits += _recent(connection, coop, since)
    rows = connection.execute(_first(limit + 1, fits, which)).all()
    found = rows[:limit]
    more = len(rows) > limit and bool(found)
    return Page(tuple(order_from_wire(row.document) for row in found), _cursor(found[-1].number) if more else None)


def _recent(connection: Connection, coop: str, since: datetime) -> list[ColumnElement[bool]]:
    """Open, or closed from then on; with the oldest of them named, so that the past is not searched for more."""
    which = (orders.c.closed_at.is_(None), orders.c.closed_at >= since)
    oldest = (select(func.min(orders.c.number)).where(orders.c.coop == coop, each) for each in which)
    found = [number for one in oldest if (number := connection.scalar(one)) is not None]
    return [or_(*which), orders.c.number >= min(found, default=BEYOND)]


def _first(limit: int, fits: list[ColumnElement[bool]], states: Collection[str]) -> Executable:
    """Oldest first. One search of an index a state: otherwise all of history is read to find what is open."""
    if not states:
        return select(*_FOUND).where(*fits).order_by(orders.c.number).limit(limit)
    each = [
        select(*_FOUND).where(*fits, orders.c.state == state).order_by(orders.c.number).limit(limit).subquery()
        for state in sorted(set(states))
    ]
    return union_all(*(select(one) for one in each)).order_by("number").limit(limit)


def read_orders(connection: Connection, coop: str, ids: Collection[str]) -> Mapping[str, Order]:
    """The orders of these ids, as far as there are any."""
    mine = select(orders.c.document).where(orders.c.coop == coop)
    found = [row for some in batched(ids, AT_ONCE) for row in connection.scalars(mine.where(orders.c.id.in_(some)))]
    return {order.id: order for order in map(order_from_wire, found)}


def read_by_ref(connection: Connection, coop: str, refs: Collection[str]) -> tuple[Order, ...]:
    """The orders that people call by these numbers."""
    mine = select(orders.c.document).where(orders.c.coop == coop)
    found = [row for some in batched(refs, AT_ONCE) for row in connection.scalars(mine.where(orders.c.ref.in_(some)))]
    return tuple(map(order_from_wire, found))


def read_board(connection: Connection, coop: str, at: datetime) -> Board:
    """The board as of the newest entry that this connection sees."""
    head = read_head(connection, coop)
    shown = (orders.c.closed_at.is_(None), orders.c.closed_at >= at - KEEP_CLOSED)
    columns = (orders.c.number, orders.c.id, orders.c.document, orders.c.closed_at)
    found = union_all(*(select(*columns).where(orders.c.coop == coop, which) for which in shown))
    rows = connection.execute(found.order_by("number")).all()
    board = Board(
        coop,
        head.seq,
        orders={row.id: order_from_wire(row.document) for row in rows},
        couriers={courier.id: courier for courier in read_couriers(connection, coop)},
        closed_at={row.id: row.closed_at for row in rows if row.closed_at is not None},
    )
    board = reduce(with_restaurant, read_newest_of(connection, coop, SUBJECT, at - LONGEST), board)
    alarms = map(alarm_of, read_newest_of(connection, coop, ALARM, at - KEEP_ALARMS))
    since = at - KEEP_CLOSED
    return replace(board, alarms={one.id: one for one in alarms if one.closed_at is None or one.closed_at >= since})


def read_couriers(connection: Connection, coop: str) -> tuple[Courier, ...]:
    """Everybody who rides, by id."""
    rows = connection.scalars(select(couriers.c.document).where(couriers.c.coop == coop).order_by(couriers.c.id))
    return tuple(courier_from_wire(document) for document in rows)


def read_last_change(connection: Connection, coop: str, subject: str) -> Change | None:
    """Who changed the order or courier last, and when."""
    row = connection.execute(union_all(*(_changes(table, coop, subject) for table in (orders, couriers)))).first()
    return None if row is None else Change(row.changed_by, row.changed_at)


def _changes(table: Any, coop: str, subject: str) -> Any:
    return select(table.c.changed_by, table.c.changed_at).where(table.c.coop == coop, table.c.id == subject)


def _cursor(number: int) -> str:
    return f"o{number:x}"


def _number(cursor: str) -> int:
    try:
        number = int(cursor.removeprefix("o"), 16)
    except ValueError:
        number = -1
    if not cursor.startswith("o") or not 0 <= number <= BEYOND:
        raise Invalid("{cursor} is no cursor: send the one that came as next", cursor=cursor, field="after")
    return number


def read_placed(
    connection: Connection, coop: str, since: datetime, until: datetime, after: int
) -> list[tuple[int, Order]]:  # fmt: skip
    """The next orders after a number that were placed in that time, with their numbers."""
    mine = (orders.c.coop == coop, orders.c.placed_at >= since, orders.c.placed_at < until, orders.c.number > after)
    chosen = select(orders.c.number, orders.c.document).where(*mine).order_by(orders.c.number).limit(PLACED_AT_ONCE)
    return [(row.number, order_from_wire(row.document)) for row in connection.execute(chosen)]
