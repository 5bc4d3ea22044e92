"""This desk, as the connector sees and changes it: through the use cases, as ``coopcycle``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import NAMESPACE_URL, uuid5

from dashboard.coopcycle import ACTOR, LONG_AGO, OVERRULED, Books, Job, Rider
from dashboard.dispatch import Dispatch
from dashboard.domain.events import Entry, Fact
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Refusal
from dashboard.domain.times import to_wire
from dashboard.ports import Store
from live.coopcycle import pairs, reconcile
from live.coopcycle.documents import Shift, User
from live.coopcycle.pairs import Pair
from live.coopcycle.reconcile import FOR_WORK, Import, Ours

CHOICES = frozenset({"order.assigned", "order.reassigned", "order.unassigned"})
NOT_THERE = "?"
"""Before the id of a courier whom they do not know: no user name begins so."""
ID_LENGTH = 64
MINUTE = timedelta(minutes=1)


class Record(Store, Protocol):
    """The record, with its orders by id."""

    def orders_by_id(self, coop: str, ids: Collection[str]) -> Mapping[str, Order]: ...


class NoRider(Refusal):
    """Somebody has work there who is no courier there."""


class Said(Refusal):
    """It stands in the journal already."""


class OurSide:
    """One co-op's desk. ``clock`` says when things are done here."""

    def __init__(
        self, coop: str, store: Record, books: Books, dispatch: Dispatch, clock: Callable[[], datetime]
    ) -> None:
        self.coop, self.books = coop, books
        self._store, self._dispatch, self._clock = store, dispatch, clock

    def seq(self) -> int:
        """The newest entry: as long as it is the same, nothing has changed here."""
        return self._store.head(self.coop).seq

    def order(self, id: str) -> Order:
        """An order that exists."""
        found = self._store.order(self.coop, id)
        assert found is not None, "an order is never deleted"
        return found

    def ours(self, jobs: Iterable[Job], skew: timedelta) -> dict[str, Ours]:
        """These jobs' orders as they are here, by id; moments by their clock, which is ``skew`` ahead."""
        known = {job.order: job for job in jobs}
        names = {rider.courier: rider.username for rider in self.books.riders(self.coop)}
        found = self._store.orders_by_id(self.coop, known.keys())
        return {order.id: self._ours(order, known[order.id], names, skew) for order in found.values()}

    def decision(self, order: str) -> Entry | None:
        """When a person (or another program) last chose who has it; None: nobody did, or we did since."""
        chosen = [entry for entry in self._store.about(self.coop, order) if entry.kind in CHOICES]
        return chosen[-1] if chosen and chosen[-1].actor != ACTOR else None

    def take_in(self, action: Import, *, is_alone: bool) -> Job:
        """The job as an order: placed once, whoever does it how often."""
        pair, at = action.pair, self._clock()
        draft = pairs.draft(self.coop, pair, at, is_alone=is_alone)
        key = f"{ACTOR}:{pair.task}:{action.generation}"
        placed = self._dispatch.place(self.coop, draft, by=ACTOR, at=at, key=key, request=pair.task)
        job = Job(pair.task, pair.pickup.id, placed.order.id, at=LONG_AGO, generation=action.generation)
        self.books.add_job(self.coop, job)
        return job

    def give(self, job: Job, username: str | None, reason: str) -> None:
        """As they have it, each drop-off by itself: over there they may part.

        Refusal: unknown here, on break, or changed by somebody at this moment.
        """
        order, at = self.order(job.order), self._clock()
        if username is None:
            self._dispatch.unassign(
                self.coop, order.id, expected_version=order.version, by=ACTOR, at=at, reason=reason,
                is_alone=True,
            )  # fmt: skip
            return
        courier = self._at_work(username)
        if order.courier != courier:
            self._dispatch.assign(
                self.coop, order.id, courier, expected_version=order.version, by=ACTOR, at=at, reason=reason,
                is_alone=True,
            )  # fmt: skip

    def move(self, job: Job, steps: Sequence[str]) -> Order:
        """Step by step; the order as it is then."""
        for step in steps:
            self._dispatch.move(self.coop, job.order, step, by=ACTOR, at=self._clock(), is_alone=True)
        return self.order(job.order)

    def amended(self, theirs: Iterable[Pair], jobs: Mapping[str, Job]) -> list[tuple[Job, Pair]]:
        """The jobs that are open here and have other ends there: places, names, windows."""
        known = [(jobs[pair.task], pair) for pair in theirs if pair.task in jobs and jobs[pair.task].is_open]
        found = self._store.orders_by_id(self.coop, {job.order for job, _ in known})
        return [(job, pair) for job, pair in known if _has_other_ends(found[job.order], pair)]

    def amend(self, job: Job, pair: Pair) -> None:
        """As it is there: nobody changes it here."""
        ends = pairs.place(pair.pickup), pairs.place(pair.dropoff)
        self._dispatch.amend(self.coop, job.order, *ends, by=ACTOR, at=self._clock())

    def tell(self, pair: Pair, job: Job, ours: Ours, *, kept: str) -> dict[str, Any] | None:
        """Two changes met: in the journal, once. ``kept`` is ``here`` or ``coopcycle``. None: it is there already."""
        decision = self.decision(job.order)
        data = {
            "kept": kept, "theirs": pair.assigned, "ours": (ours.courier or "").removeprefix(NOT_THERE) or None,
            "their_time": to_wire(pair.at), "our_time": to_wire(decision.at) if decision else None,
            "by": decision.actor if decision else None, "task": pair.task,
        }  # fmt: skip
        fact, at = Fact(OVERRULED, job.order, 0, data), self._clock()
        try:
            self._dispatch.note(self.coop, fact, by=ACTOR, at=at, unless=_said_before(data))
        except Said:
            return None
        shown = {name: data[name] for name in ("kept", "theirs", "ours", "by")}
        return {"order": job.order, "ref": self.order(job.order).ref, "at": to_wire(at), **shown}

    def meet(self, users: Iterable[User]) -> None:
        """Whoever rides there rides here; who has the same id already is the same person."""
        known = {rider.username for rider in self.books.riders(self.coop)}
        for user in users:
            if user.username not in known:
                courier = courier_id(user.username)
                if self._store.courier(self.coop, courier) is None:
                    self._dispatch.add_courier(self.coop, courier, user.name, by=ACTOR, at=self._clock())
                self.books.keep_rider(self.coop, Rider(user.username, courier))

    def keep_shifts(self, planned: Sequence[Shift], users: Iterable[User]) -> None:
        """As planned there: on shift, and home."""
        busy, riders = self._busy(), self.books.riders(self.coop)
        marked = [self._marked(rider) if rider.courier in busy else rider for rider in riders]
        couriers = {courier.id: courier for courier in self._store.couriers(self.coop)}
        names = {user.id: user.username for user in users}
        for rider, action, shift in reconcile.shift_moves(planned, marked, names, couriers, busy, self._clock()):
            if action != "keep":
                self._dispatch.shift(self.coop, rider.courier, action, by=ACTOR, at=self._clock())
            self.books.keep_rider(self.coop, replace(rider, shift=rider.shift if action == "end" else shift))

    def _busy(self) -> frozenset[str]:
        """Who has an open order."""
        board = self._store.board(self.coop, self._clock())
        return frozenset(order.courier for order in board.orders.values() if order.courier and order.is_open)

    def _marked(self, rider: Rider) -> Rider:
        """Whoever is on shift for work alone has work now; to the minute is exact enough."""
        at = self._clock()
        if rider.shift != FOR_WORK or (rider.busy_at and at - rider.busy_at < MINUTE):
            return rider
        marked = replace(rider, busy_at=at)
        self.books.keep_rider(self.coop, marked)
        return marked

    def _at_work(self, username: str) -> str:
        """The courier's id; whoever is given an order there works, whatever the plan said."""
        rider = next((rider for rider in self.books.riders(self.coop) if rider.username == username), None)
        if rider is None:
            raise NoRider("{courier} has work in CoopCycle and is no courier there: look at the role", courier=username)
        courier = self._store.courier(self.coop, rider.courier)
        if courier is not None and courier.shift == "off":
            at = self._clock()
            self._dispatch.shift(self.coop, rider.courier, "start", by=ACTOR, at=at)
            self.books.keep_rider(self.coop, replace(rider, shift=FOR_WORK, busy_at=at))
        return rider.courier

    def _ours(self, order: Order, job: Job, names: Mapping[str, str], skew: timedelta) -> Ours:
        courier = names.get(order.courier, NOT_THERE + order.courier) if order.courier else None
        decision = self.decision(order.id) if courier != job.assigned else None
        was_picked_up = order.state == "failed" and any(
            entry.kind == "order.picked_up" for entry in self._store.about(self.coop, order.id)
        )
        decided_at = decision.at + skew if decision else None
        return Ours(order.id, order.state, courier, decided_at, order.is_open, was_picked_up)


def _has_other_ends(order: Order, pair: Pair) -> bool:
    """To be changed here: of an open order, and not the pickup of what is on its way."""
    is_other_pickup = order.state != "picked_up" and order.pickup != pairs.place(pair.pickup)
    return order.is_open and (is_other_pickup or order.dropoff != pairs.place(pair.dropoff))


def courier_id(username: str) -> str:
    """The user name, where it can be an id here; else one made of it, always the same."""
    is_id = username.isascii() and username[:1].isalnum() and len(username) <= ID_LENGTH
    if is_id and all(letter.isalnum() or letter in "_.-" for letter in username):
        return username
    return f"cc-{uuid5(NAMESPACE_URL, username).hex[:12]}"


def _said_before(data: Mapping[str, object]) -> Callable[[Sequence[Entry]], None]:
    def unless(entries: Sequence[Entry]) -> None:
        if any(entry.kind == OVERRULED and entry.data == data for entry in entries):
            raise Said("It stands in the journal already")

    return unless
