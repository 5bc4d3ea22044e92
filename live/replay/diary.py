"""A record for a day that nobody looks at: the desk's use cases write it, and nothing but the journal is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from dashboard.domain.couriers import Courier
from dashboard.domain.events import Entry, Fact, Head, seal
from dashboard.domain.orders import Order
from dashboard.ports import Change, Placement


class Diary:
    """The part of ports.Store and ports.Transaction that placing, assigning, moving and shifts need; one co-op's."""

    def __init__(self, coop: str) -> None:
        self.entries: list[Entry] = []
        self._coop, self._head = coop, Head()
        self._orders: dict[str, Order] = {}
        self._couriers: dict[str, Courier] = {}
        self._last: dict[str, Entry] = {}

    @contextmanager
    def change(self, coop: str) -> Iterator[Diary]:
        """What is refused leaves nothing, because each use case writes last."""
        assert coop == self._coop, "a diary is one co-op's"
        yield self

    def order(self, id: str) -> Order | None:
        """The order as it is now."""
        return self._orders.get(id)

    def grouped(self, group: str | None) -> Sequence[Order]:
        """The orders of a group: a day that is replayed has none, but whoever gives an order asks."""
        return [] if group is None else [order for order in self._orders.values() if order.group == group]

    def courier(self, id: str) -> Courier | None:
        """The courier as it is now."""
        return self._couriers.get(id)

    def last_change(self, subject: str) -> Change | None:
        """Who changed it last."""
        last = self._last.get(subject)
        return None if last is None else Change(last.actor, last.at)

    def placement(self, key: str) -> Placement | None:  # noqa: ARG002  nobody sends twice here
        """What the key was used for."""
        return None

    def remember(self, key: str, placement: Placement) -> None:
        """Nothing to remember."""

    def next_ref(self) -> str:
        """The next number."""
        return str(len(self._orders) + 1)

    def record(self, subject: Order | Courier, fact: Fact, *, by: str, at: datetime) -> Entry:
        """The entry, and the subject as it now is."""
        if isinstance(subject, Order):
            self._orders[subject.id] = subject
        else:
            self._couriers[subject.id] = subject
        return self.note(fact, by=by, at=at)

    def note(self, fact: Fact, *, by: str, at: datetime) -> Entry:
        """The entry alone. Its id is its number: the same day gives the same journal, to the last hash."""
        entry = seal(fact, self._head, coop=self._coop, id=f"{self._coop}-{self._head.seq + 1}", at=at, actor=by)
        self._head = Head(entry.seq, entry.hash)
        self.entries.append(entry)
        self._last[fact.subject] = entry
        return entry

    def noted(self, subject: str) -> Sequence[Entry]:
        """All entries about the subject."""
        return [entry for entry in self.entries if entry.subject == subject]

    def latest(self, subject: str) -> Entry | None:
        """The newest entry about the subject."""
        return self._last.get(subject)
