"""What stands now, written in the same transaction as the entry that made it so."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from dashboard.domain.couriers import Courier, courier_from_wire, courier_to_wire
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order, order_from_wire, order_to_wire
from dashboard.store.tables import couriers, orders


class Overtaken(RuntimeError):
    """The subject is not at the version before this one: a use case forgot to read it within its transaction."""


def write_order(connection: Connection, order: Order, entry: Entry) -> None:
    """The order as it is after ``entry``."""
    row = order_row(order, entry)
    if not order.is_open and "state" not in entry.data["changes"]:
        del row["closed_at"]  # a note about what was closed before
    _write(connection, orders, row, {"number": entry.seq}, entry)


def order_row(order: Order, entry: Entry) -> dict[str, Any]:
    """The order as the table has it after ``entry``; ``number``, the seq that placed it, is the first writer's."""
    return {
        "coop": entry.coop, "id": order.id, "ref": order.ref, "state": order.state, "courier": order.courier,
        "restaurant": order.restaurant, "placed_at": order.placed_at,
        "closed_at": None if order.is_open else entry.at, "document": order_to_wire(order),
        "version": entry.version, "changed_by": entry.actor, "changed_at": entry.at,
        "group": order.group,
    }  # fmt: skip


def write_courier(connection: Connection, courier: Courier, entry: Entry) -> None:
    """The courier as it is after ``entry``."""
    values = {"name": courier.name, "shift": courier.shift, "document": courier_to_wire(courier)}
    _write(connection, couriers, values, {}, entry)


def read_order(connection: Connection, coop: str, id: str) -> Order | None:
    """The order, None if there is none."""
    document = _document(connection, orders, coop, id)
    return None if document is None else order_from_wire(document)


def read_grouped(connection: Connection, coop: str, group: str | None) -> tuple[Order, ...]:
    """The orders of a group in the order in which they were placed; none of None."""
    if group is None:
        return ()
    mine = select(orders.c.document).where(orders.c.coop == coop, orders.c.group == group).order_by(orders.c.number)
    return tuple(order_from_wire(document) for document in connection.scalars(mine))


def read_courier(connection: Connection, coop: str, id: str) -> Courier | None:
    """The courier, None if there is none."""
    document = _document(connection, couriers, coop, id)
    return None if document is None else courier_from_wire(document)


def _document(connection: Connection, table: Table, coop: str, id: str) -> Any:
    return connection.scalar(select(table.c.document).where(table.c.coop == coop, table.c.id == id))


def _write(
    connection: Connection, table: Table, values: dict[str, Any], at_first: dict[str, Any], entry: Entry
) -> None:
    key = {"coop": entry.coop, "id": entry.subject}
    common = {**values, "version": entry.version, "changed_by": entry.actor, "changed_at": entry.at}
    if entry.version == 1:
        connection.execute(insert(table), {**key, **at_first, **common})
        return
    here = (table.c.coop == entry.coop, table.c.id == entry.subject, table.c.version == entry.version - 1)
    if connection.execute(update(table).where(*here), common).rowcount != 1:
        raise Overtaken(f"{table.name} {entry.subject} of {entry.coop} is not at version {entry.version - 1}")
