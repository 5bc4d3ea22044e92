"""One change of one co-op, while nobody else can change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from dashboard.domain.couriers import Courier
from dashboard.domain.events import Entry, Fact, Head
from dashboard.domain.orders import Order
from dashboard.ports import Change, Placement
from dashboard.store.journal import append, move_head, no_coop, read_entries_about, read_latest_about
from dashboard.store.projections import read_courier, read_grouped, read_order, write_courier, write_order
from dashboard.store.readings import read_last_change
from dashboard.store.shifts import write_shift
from dashboard.store.tables import coops, orders, placements

REFS_AT_ONCE = 50


class SqlTransaction:
    """See ports.Transaction. The co-op's row is locked from the start, so that ``seq`` has no gap."""

    def __init__(self, connection: Connection, coop: str) -> None:
        # NO KEY UPDATE: enough to keep other changes out, and a new token's foreign key need not wait for it.
        mine = select(coops.c.seq, coops.c.hash, coops.c.next_ref).where(coops.c.id == coop)
        row = connection.execute(mine.with_for_update(key_share=True)).one_or_none()
        if row is None:
            raise no_coop(coop)
        self._connection = connection
        self._coop = coop
        self._head = Head(row.seq, row.hash)
        self._next_ref: int = row.next_ref

    def order(self, id: str) -> Order | None:
        """The order as it is now."""
        return read_order(self._connection, self._coop, id)

    def courier(self, id: str) -> Courier | None:
        """The courier as it is now."""
        return read_courier(self._connection, self._coop, id)

    def grouped(self, group: str | None) -> Sequence[Order]:
        """The orders of a group."""
        return read_grouped(self._connection, self._coop, group)

    def last_change(self, subject: str) -> Change | None:
        """Who changed the order or courier last."""
        return read_last_change(self._connection, self._coop, subject)

    def placement(self, key: str) -> Placement | None:
        """What the idempotency key was used for."""
        mine = (placements.c.coop == self._coop, placements.c.key == key)
        row = self._connection.execute(select(placements.c.order, placements.c.request).where(*mine)).one_or_none()
        return None if row is None else Placement(row.order, row.request)

    def remember(self, key: str, placement: Placement) -> None:
        """Keep the key with the order, which has been recorded before."""
        row = {"coop": self._coop, "key": key, "order": placement.order, "request": placement.request}
        self._connection.execute(insert(placements), row)

    def next_ref(self) -> str:
        """The next number that no order of the co-op has, one that somebody chose by hand included."""
        while True:
            offered = range(self._next_ref, self._next_ref + REFS_AT_ONCE)
            mine = (orders.c.coop == self._coop, orders.c.ref.in_([str(number) for number in offered]))
            taken = set(self._connection.scalars(select(orders.c.ref).where(*mine)))
            free = next((number for number in offered if str(number) not in taken), None)
            self._next_ref = offered.stop if free is None else free + 1
            if free is not None:
                return str(free)

    def record(self, subject: Order | Courier, fact: Fact, *, by: str, at: datetime) -> Entry:
        """Write the entry, and the subject as it now is."""
        entry = append(self._connection, fact, self._head, coop=self._coop, actor=by, at=at)
        self._head = Head(entry.seq, entry.hash)
        if isinstance(subject, Order):
            write_order(self._connection, subject, entry)
        else:
            write_courier(self._connection, subject, entry)
            write_shift(self._connection, entry)
        return entry

    def note(self, fact: Fact, *, by: str, at: datetime) -> Entry:
        """Write the entry alone."""
        entry = append(self._connection, fact, self._head, coop=self._coop, actor=by, at=at)
        self._head = Head(entry.seq, entry.hash)
        return entry

    def noted(self, subject: str) -> Sequence[Entry]:
        """All entries about the subject."""
        return read_entries_about(self._connection, self._coop, subject)

    def latest(self, subject: str) -> Entry | None:
        """The newest entry about the subject."""
        return read_latest_about(self._connection, self._coop, subject)

    def finish(self) -> None:
        """Leave the co-op's row as the next change has to find it; the commit follows."""
        move_head(self._connection, self._coop, self._head, self._next_ref)
