"""The store port in plain Python: for tests that need a record, but no database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from threading import Lock
from uuid import uuid4

from dashboard.domain.alarms import KEEP, alarm_of
from dashboard.domain.board import KEEP_CLOSED, Board, apply
from dashboard.domain.commands import is_of, is_step
from dashboard.domain.couriers import Courier, Shift
from dashboard.domain.events import Entry, Fact, Head, canonical, seal
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.ports import Change, Coop, Page, Placement, Token, Transaction


@dataclass(frozen=True)
class Record:
    """All of one co-op, as of its newest entry; never changed, only replaced."""

    coop: Coop
    entries: tuple[Entry, ...] = ()
    orders: Mapping[str, Order] = field(default_factory=dict)
    couriers: Mapping[str, Courier] = field(default_factory=dict)
    changes: Mapping[str, Change] = field(default_factory=dict)
    placements: Mapping[str, Placement] = field(default_factory=dict)
    next_ref: int = 1001

    @property
    def head(self) -> Head:
        """The newest entry."""
        return Head(self.entries[-1].seq, self.entries[-1].hash) if self.entries else Head()


class MemoryTransaction:
    """See ports.Transaction: works on a record of its own, which the store takes over at the end."""

    def __init__(self, record: Record) -> None:
        self.record_so_far = record

    def order(self, id: str) -> Order | None:
        """The order as it is now."""
        return self.record_so_far.orders.get(id)

    def grouped(self, group: str | None) -> Sequence[Order]:
        """The orders of a group."""
        return tuple(one for one in self.record_so_far.orders.values() if group and one.group == group)

    def courier(self, id: str) -> Courier | None:
        """The courier as it is now."""
        return self.record_so_far.couriers.get(id)

    def last_change(self, subject: str) -> Change | None:
        """Who changed it last."""
        return self.record_so_far.changes.get(subject)

    def placement(self, key: str) -> Placement | None:
        """What the key was used for."""
        return self.record_so_far.placements.get(key)

    def remember(self, key: str, placement: Placement) -> None:
        """Keep the key."""
        self._move(placements={**self.record_so_far.placements, key: placement})

    def next_ref(self) -> str:
        """The next number that no order has."""
        taken = {order.ref for order in self.record_so_far.orders.values()}
        number = next(n for n in range(self.record_so_far.next_ref, 10**9) if str(n) not in taken)
        self._move(next_ref=number + 1)
        return str(number)

    def record(self, subject: Order | Courier, fact: Fact, *, by: str, at: datetime) -> Entry:
        """The entry and the subject."""
        now = self.record_so_far
        entry = seal(fact, now.head, coop=now.coop.id, id=str(uuid4()), at=at, actor=by)
        self._move(entries=(*now.entries, entry), changes={**now.changes, subject.id: Change(entry.actor, entry.at)})
        if isinstance(subject, Order):
            self._move(orders={**now.orders, subject.id: subject})
        else:
            self._move(couriers={**now.couriers, subject.id: subject})
        return entry

    def note(self, fact: Fact, *, by: str, at: datetime) -> Entry:
        """The entry alone."""
        now = self.record_so_far
        entry = seal(fact, now.head, coop=now.coop.id, id=str(uuid4()), at=at, actor=by)
        self._move(entries=(*now.entries, entry))
        return entry

    def noted(self, subject: str) -> Sequence[Entry]:
        """All entries about the subject."""
        return tuple(entry for entry in self.record_so_far.entries if entry.subject == subject)

    def latest(self, subject: str) -> Entry | None:
        """The newest entry about the subject."""
        found = self.noted(subject)
        return found[-1] if found else None

    def _move(self, **changes: object) -> None:
        self.record_so_far = replace(self.record_so_far, **changes)  # type: ignore[arg-type]


class MemoryStore:
    """See ports.Store. Readers see whole records, because a change replaces them at its end."""

    def __init__(self, *coops: Coop) -> None:
        self._records = {coop.id: Record(coop) for coop in coops}
        self._tokens: dict[str, Token] = {}
        self._turn = Lock()

    @contextmanager
    def change(self, coop: str) -> Iterator[Transaction]:
        """A change of one co-op; all of it, or nothing."""
        with self._turn:
            transaction = MemoryTransaction(self._of(coop))
            yield transaction
            self._records[coop] = transaction.record_so_far

    def _of(self, coop: str) -> Record:
        if coop not in self._records:
            raise NotFound("There is no co-op {id}", id=coop)
        return self._records[coop]

    def coops(self) -> Sequence[Coop]:
        """All, by id."""
        return tuple(self._records[key].coop for key in sorted(self._records))

    def coop(self, id: str) -> Coop | None:
        """The co-op, None if there is none."""
        return self._records[id].coop if id in self._records else None

    def add_coop(self, coop: Coop) -> None:
        """A new co-op; Invalid when its id is taken."""
        if coop.id in self._records:
            raise Invalid("There is a co-op {id} already: choose another id", id=coop.id, field="id")
        self._records[coop.id] = Record(coop)

    def order(self, coop: str, id: str) -> Order | None:
        """The order, None if there is none."""
        return self._records[coop].orders.get(id) if coop in self._records else None

    def orders(
        self, coop: str, *, states: Collection[str] = (), courier: str | None = None, restaurant: str | None = None,
        after: str | None = None, limit: int = 100, since: datetime | None = None,
    ) -> Page:  # fmt: skip
        """A page of the orders that fit, in order of placing; the cursor is the position."""
        now = self._of(coop)
        fitting = [
            (position, order)
            for position, order in enumerate(now.orders.values())
            if (not states or order.state in states)
            and courier in (None, order.courier)
            and restaurant in (None, order.restaurant)
            and (after is None or position > int(after))
            and (since is None or order.is_open or now.changes[order.id].at >= since)
        ]
        page = fitting[:limit]
        return Page(tuple(order for _, order in page), str(page[-1][0]) if page and len(fitting) > limit else None)

    def orders_by_id(self, coop: str, ids: Collection[str]) -> Mapping[str, Order]:
        """Those of these orders that exist."""
        return {order.id: order for order in self._of(coop).orders.values() if order.id in ids}

    def orders_by_ref(self, coop: str, refs: Collection[str]) -> Sequence[Order]:
        """Those that people call by these numbers."""
        return tuple(one for one in self._of(coop).orders.values() if one.ref in refs)

    def grouped(self, coop: str, group: str | None) -> Sequence[Order]:
        """The orders of a group."""
        return tuple(one for one in self._of(coop).orders.values() if group and one.group == group)

    def courier(self, coop: str, id: str) -> Courier | None:
        """The courier, None if there is none."""
        return self._records[coop].couriers.get(id) if coop in self._records else None

    def couriers(self, coop: str) -> Sequence[Courier]:
        """Everybody who rides, by id."""
        known = self._of(coop).couriers
        return tuple(known[key] for key in sorted(known))

    def last_change(self, coop: str, subject: str) -> Change | None:
        """Who changed it last."""
        return self._of(coop).changes.get(subject)

    def board(self, coop: str, at: datetime) -> Board:
        """All that is in hand."""
        now = self._of(coop)
        closed_at = {key: now.changes[key].at for key, order in now.orders.items() if not order.is_open}
        kept = {key: moment for key, moment in closed_at.items() if moment >= at - KEEP_CLOSED}
        orders = {key: order for key, order in now.orders.items() if order.is_open or key in kept}
        alarms = {
            entry.subject: alarm_of(entry)
            for entry in now.entries
            if entry.kind.startswith("alarm.") and entry.at >= at - KEEP
        }
        shown = {one.id: one for one in alarms.values() if one.closed_at is None or one.closed_at >= at - KEEP_CLOSED}
        return Board(coop, now.head.seq, orders, now.couriers, kept, alarms=shown)

    def board_at(self, coop: str, seq: int) -> Board:
        """The board after that entry, replayed from nothing."""
        return reduce(apply, self._of(coop).entries[:seq], Board(coop))

    def head(self, coop: str) -> Head:
        """The newest entry's seq and hash."""
        return self._of(coop).head

    def entries(self, coop: str, *, after: int = 0, limit: int = 1000) -> Sequence[Entry]:
        """Up to ``limit`` entries that follow ``after``."""
        return self._of(coop).entries[after : after + limit]

    def last_before(self, coop: str, at: datetime) -> int:
        """The seq of the newest entry that is older than ``at``."""
        return max((entry.seq for entry in self._of(coop).entries if entry.at < at), default=0)

    def about(self, coop: str, subject: str) -> Sequence[Entry]:
        """All entries about one subject, in order."""
        return tuple(entry for entry in self._of(coop).entries if entry.subject == subject)

    def steps_of(self, coop: str, actor: str, since: datetime, who: str = "") -> Sequence[Entry]:
        """What somebody did to orders and couriers since then."""
        mine = (one for one in self._of(coop).entries if one.actor == actor and one.at >= since)
        return [one for one in mine if is_step(one) and is_of(one, who)]

    def noted_since(self, coop: str, prefix: str, since: datetime) -> Sequence[Entry]:
        """All entries since then about subjects that begin so, in order."""
        return tuple(
            entry for entry in self._of(coop).entries if entry.subject.startswith(prefix) and entry.at >= since
        )

    def naming(self, coop: str, courier: str) -> Sequence[Entry]:
        """All entries about a courier, and about any subject of which one entry names the courier or is by them."""
        word, entries = canonical({"courier": courier})[1:-1], self._of(coop).entries
        about = {
            courier,
            *(entry.subject for entry in entries if entry.actor == courier or word in canonical(entry.data)),
        }
        return tuple(entry for entry in entries if entry.subject in about)

    def shifts(self, coop: str, since: datetime) -> Sequence[Shift]:
        """None is kept."""
        return ()

    def add_token(self, token: Token) -> None:
        """A new token; NotFound when its co-op does not exist."""
        self._of(token.coop)
        self._tokens[token.digest] = token

    def token(self, digest: str) -> Token | None:
        """The token whose secret has this SHA-256."""
        return self._tokens.get(digest)

    def tokens(self, coop: str) -> Sequence[Token]:
        """All tokens of the co-op, by name."""
        return sorted((each for each in self._tokens.values() if each.coop == coop), key=lambda each: each.name)

    def remove_token(self, coop: str, id: str) -> None:
        """Forget a token; NotFound when the co-op has no such token."""
        found = [digest for digest, each in self._tokens.items() if (each.coop, each.id) == (coop, id)]
        if not found:
            raise NotFound("There is no token {id}", id=id)
        del self._tokens[found[0]]

    def ping(self) -> None:
        """Memory always answers."""
