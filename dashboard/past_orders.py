"""Orders that were closed and have left the board: found again by words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from dashboard.domain.finding import Words, asked_for, find, words_about
from dashboard.domain.orders import CLOSED_STATES, Order
from dashboard.ports import Store
from dashboard.roles import DESK_LOOKS_BACK, Visitor

PAGE = 500
MANY = 5000
"""Entries; behind so many it is quicker to begin again."""
ANEW = timedelta(hours=6)
"""After so long the index is made anew, without what has become too old."""


@dataclass(frozen=True, slots=True)
class Past:
    """An order that is closed, and since when."""

    order: Order
    closed_at: datetime


@dataclass(slots=True)
class _Index:
    made_at: datetime
    seq: int
    documents: dict[str, Words] = field(default_factory=dict)
    vocabulary: dict[str, set[str]] = field(default_factory=dict)

    def write(self, key: str, words: Words) -> None:
        """These words lead there, and no others any more."""
        for word in self.documents.get(key, frozenset()) - words:
            self.vocabulary[word].discard(key)
        for word in words:
            self.vocabulary.setdefault(word, set()).add(key)
        self.documents[key] = words


class PastOrders:
    """Those of the last DESK_LOOKS_BACK. ``name`` tells what a courier of a co-op is called.

    Each question reads only what has happened since the last one.
    """

    def __init__(self, store: Store, name: Callable[[str, str], str]) -> None:
        self._store, self._name = store, name
        self._indexes: dict[str, _Index] = {}
        self._lock = Lock()

    def find(self, by: Visitor, text: str, at: datetime, limit: int) -> Sequence[Past]:
        """What somebody typed leads to these, the best first, of two alike the one that was closed last."""
        asked = asked_for(text)
        if not asked:
            return ()
        with self._lock:
            found = find(asked, self._read(by.coop, at).vocabulary)
        some = [(place, one) for place, key in found[: 3 * limit] if (one := self._past(by.coop, key, at))]
        some.sort(key=lambda one: (one[0], -one[1].closed_at.timestamp()))
        return tuple(one for _, one in some[:limit])

    def _past(self, coop: str, key: str, at: datetime) -> Past | None:
        """As it is now: it may have been opened again."""
        order, closed_at = self._store.order(coop, key), self._closed_at(coop, key)
        is_past = order and not order.is_open and closed_at and closed_at >= at - DESK_LOOKS_BACK
        return Past(order, closed_at) if is_past and order and closed_at else None

    def _closed_at(self, coop: str, id: str) -> datetime | None:
        last = self._store.last_change(coop, id)
        return last.at if last else None

    def _read(self, coop: str, at: datetime) -> _Index:
        index, head = self._indexes.get(coop), self._store.head(coop).seq
        if index is None or at - index.made_at > ANEW or head - index.seq > MANY:
            index = self._indexes[coop] = _Index(at, head)
            self._read_all(coop, index)
        while index.seq < head:
            entries = self._store.entries(coop, after=index.seq, limit=PAGE)
            changed = {one.subject for one in entries if one.kind.startswith("order.")}
            for order in self._store.orders_by_id(coop, changed).values():
                if not order.is_open:
                    self._write(index, order)
            index.seq = entries[-1].seq
        return index

    def _read_all(self, coop: str, index: _Index) -> None:
        cursor = None
        while True:
            page = self._store.orders(
                coop, states=CLOSED_STATES, since=index.made_at - DESK_LOOKS_BACK, after=cursor, limit=PAGE
            )
            for order in page.orders:
                self._write(index, order)
            cursor = page.next
            if cursor is None:
                return

    def _write(self, index: _Index, order: Order) -> None:
        index.write(order.id, words_about(order, self._name(order.coop, order.courier or "")))
