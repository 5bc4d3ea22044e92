"""A long past written at once: the same entries and projections as by single changes, in a few large statements."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from dashboard.domain.couriers import Courier
from dashboard.domain.events import Entry, Fact, Head
from dashboard.domain.orders import Order
from dashboard.ports import Change
from dashboard.store.journal import following, row_of
from dashboard.store.projections import order_row, write_courier
from dashboard.store.shifts import write_shift
from dashboard.store.tables import journal, orders
from dashboard.store.transaction import SqlTransaction


class BulkTransaction(SqlTransaction):
    """Keeps entries and orders in memory until ``finish``; only orders that are placed in it can be changed."""

    def __init__(self, connection: Connection, coop: str) -> None:
        super().__init__(connection, coop)
        self._entries: list[Entry] = []
        self._orders: dict[str, tuple[Order, Entry, int]] = {}
        self._couriers: dict[str, Courier] = {}
        self._latest: dict[str, Entry | None] = {}

    def order(self, id: str) -> Order | None:
        """The order as it is now."""
        return self._orders[id][0] if id in self._orders else None

    def grouped(self, group: str | None) -> tuple[Order, ...]:
        """The orders of a group, as far as they were placed in it."""
        if group is None:
            return ()
        return tuple(order for order, _, _ in self._orders.values() if order.group == group)

    def courier(self, id: str) -> Courier | None:
        """The courier as it is now."""
        return self._couriers.get(id) or super().courier(id)

    def last_change(self, subject: str) -> Change | None:
        """Who changed it last."""
        last = self._latest.get(subject)
        return Change(last.actor, last.at) if last else super().last_change(subject)

    def next_ref(self) -> str:
        """The next number: nobody chooses one by hand meanwhile."""
        self._next_ref += 1
        return str(self._next_ref - 1)

    def record(self, subject: Order | Courier, fact: Fact, *, by: str, at: datetime) -> Entry:
        """The entry, and the subject as it now is."""
        entry = self.note(fact, by=by, at=at)
        if isinstance(subject, Order):
            number = self._orders[subject.id][2] if subject.id in self._orders else entry.seq
            self._orders[subject.id] = subject, entry, number
        else:
            self._couriers[subject.id] = subject
            write_courier(self._connection, subject, entry)
            write_shift(self._connection, entry)
        return entry

    def note(self, fact: Fact, *, by: str, at: datetime) -> Entry:
        """The entry alone."""
        entry = following(fact, self._head, coop=self._coop, actor=by, at=at)
        self._head = Head(entry.seq, entry.hash)
        self._entries.append(entry)
        self._latest[entry.subject] = entry
        return entry

    def noted(self, subject: str) -> tuple[Entry, ...]:
        """All entries about the subject."""
        return (*super().noted(subject), *(entry for entry in self._entries if entry.subject == subject))

    def latest(self, subject: str) -> Entry | None:
        """The newest entry about the subject."""
        if subject not in self._latest:
            self._latest[subject] = super().latest(subject)
        return self._latest[subject]

    def finish(self) -> None:
        """Write all that was kept."""
        if self._entries:
            self._connection.execute(insert(journal), [row_of(entry) for entry in self._entries])
        rows = [{**order_row(order, entry), "number": number} for order, entry, number in self._orders.values()]
        if rows:
            self._connection.execute(insert(orders), rows)
        super().finish()
