"""Random days at the desk: the store and a few dictionaries always agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import count
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from dashboard.domain.board import Board, apply
from dashboard.domain.couriers import SHIFT_MOVES
from dashboard.domain.events import first_fault
from dashboard.domain.orders import MOVES
from dashboard.domain.refusals import Conflict, Refusal
from dashboard.ports import Store
from dashboard.store import open_store, verify
from tests.contract.desk import Desk, draft
from tests.contract.plain_model import Outcome, PlainCoop
from tests.memory_store import MemoryStore

COOPS = st.sampled_from(["one", "two"])
IDS = st.sampled_from([f"order-{n}" for n in range(5)])
RIDERS = st.sampled_from(["lea", "noor", "sam"])
# How far the version that a hand has seen is off; mostly it is the present one, None asks for no check.
OFF = st.sampled_from([0, 0, 0, 0, 0, 0, None, -1, 1])
WANDERS = st.sampled_from([False] * 9 + [True])  # a hand of the other co-op
DAY = settings(max_examples=25, stateful_step_count=45, deadline=None, suppress_health_check=list(HealthCheck))
LIVELY = {"order.assigned", "order.unassigned", "order.picked_up"}
WAY = {"placed": "accept", "accepted": "prepare", "preparing": "ready", "ready": "pick_up", "picked_up": "deliver"}
_days = count()


class RandomDay(RuleBasedStateMachine):
    """Commands of all kinds to two co-ops that nobody else uses, right and wrong ones, through the use cases."""

    orders: Bundle[tuple[str, str]] = Bundle("orders")

    record: ClassVar[Store]

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(self.record)
        self.dispatch = self.desk.dispatch
        self.model = {"one": PlainCoop(), "two": PlainCoop()}
        day = next(_days)
        self.boards = {name: Board(f"{name}-{day}") for name in self.model}
        self.boards_at = {name: [board] for name, board in self.boards.items()}
        self.touched: set[str] = set()

    @initialize(target=orders)
    def open(self) -> MultipleResults[tuple[str, str]]:
        """Two new co-ops, each with two riders on shift and an order."""
        self.desk.open(*(board.coop for board in self.boards.values()))
        for coop in self.model:
            for rider in ("lea", "noor"):
                self._add_courier(coop, rider)
                self._shift(coop, rider, "start")
            self._place(coop, "order-0", "meal")
        return multiple(*((coop, "order-0") for coop in self.model))

    @rule(target=orders, coop=COOPS, id=IDS, kind=st.sampled_from(["meal", "parcel"]))
    def place(self, coop: str, id: str, kind: str) -> tuple[str, str]:
        """An order, whose id may be taken."""
        self._place(coop, id, kind)
        return coop, id

    @rule(coop=COOPS, rider=RIDERS)
    def add_courier(self, coop: str, rider: str) -> None:
        """A courier, who may be known."""
        self._add_courier(coop, rider)

    @rule(coop=COOPS, rider=RIDERS, action=st.sampled_from(["start", "start", "resume", *SHIFT_MOVES]))
    def shift(self, coop: str, rider: str, action: str) -> None:
        """A step of a shift, possible or not."""
        self._shift(coop, rider, action)

    @rule(order=orders, wanders=WANDERS, rider=RIDERS, off=OFF)
    def assign(self, order: tuple[str, str], wanders: bool, rider: str, off: int | None) -> None:
        """A hand-over, from a version that may be old, to somebody who may be off shift."""
        self._assign(order, wanders, rider, off)

    @rule(order=orders, wanders=WANDERS, off=OFF)
    def unassign(self, order: tuple[str, str], wanders: bool, off: int | None) -> None:
        """Taking back."""
        self._unassign(order, wanders, off)

    @rule(order=orders, wanders=WANDERS, step=st.sampled_from(sorted(MOVES)), off=OFF)
    def move(self, order: tuple[str, str], wanders: bool, step: str, off: int | None) -> None:
        """A step, possible or not."""
        self._move(order, wanders, step, off)

    @rule(order=orders, rider=RIDERS, steps=st.integers(1, len(WAY)), twice=st.booleans())
    def ride(self, order: tuple[str, str], rider: str, steps: int, twice: bool) -> None:
        """An order on its usual way, given once or taken back first, so that days get further than their morning."""
        self._assign(order, False, rider, 0)
        if twice:
            self._unassign(order, False, 0)
            self._assign(order, False, rider, 0)
        for _ in range(steps):
            present = self.model[order[0]].orders[order[1]].state
            self._move(order, False, WAY.get(present, "deliver"), 0)

    @rule(order=orders, wanders=WANDERS, minutes=st.integers(1, 30), off=OFF)
    def delay(self, order: tuple[str, str], wanders: bool, minutes: int, off: int | None) -> None:
        """More time for the kitchen."""
        coop, known, seen = self._seen(order, wanders, off)
        due = self.model[coop].delay(known, seen)
        command = partial(self.dispatch.delay, order=known, minutes=minutes, expected_version=seen, by="d")
        self._do(coop, due, lambda real, at: command(real, at=at))

    @rule(minutes=st.integers(1, 20))
    def wait(self, minutes: int) -> None:
        """Time goes by, and closed orders leave the boards."""
        self.desk.wait(minutes)

    @rule(coop=COOPS, share=st.floats(0, 1))
    def look_back(self, coop: str, share: float) -> None:
        """The board as it was at any entry is the one that replaying all entries up to it has led to."""
        past = self.boards_at[coop]
        seq = round(share * (len(past) - 1))
        assert self.desk.store.board_at(past[seq].coop, seq) == past[seq]

    @invariant()
    def agree(self) -> None:
        """States, versions and seq are the model's; the board moved on by the new entries is the board that is read."""
        while self.touched:
            self._agree(self.touched.pop())
        assert self.desk.announced == []

    def _agree(self, coop: str) -> None:
        model, store, real = self.model[coop], self.desk.store, self.boards[coop].coop
        orders = store.orders(real, limit=100).orders
        assert [(o.id, o.kind, o.state, o.courier, o.version) for o in orders] == [
            (key, o.kind, o.state, o.courier, o.version) for key, o in model.orders.items()
        ]
        assert {c.id: (c.shift, c.version) for c in store.couriers(real)} == model.shifts
        assert store.head(real).seq == model.seq
        entries = store.entries(real, after=self.boards[coop].seq)
        for entry in entries:
            self.boards[coop] = apply(self.boards[coop], entry)
            self.boards_at[coop].append(self.boards[coop])
        assert list(entries) == [entry for entry in self.desk.announced if entry.coop == real]
        self.desk.announced[:] = [entry for entry in self.desk.announced if entry.coop != real]
        if entries:
            assert self.boards[coop] == store.board(real, entries[-1].at)

    def teardown(self) -> None:
        """At the end of the day both chains hold, and each order's last change is that of its last entry."""
        for board in self.boards.values():
            store = self.desk.store
            if store.coop(board.coop) is None:
                continue
            entries = store.entries(board.coop)
            assert first_fault(entries, store.head(board.coop)) is None
            for subject, entry in {entry.subject: entry for entry in entries}.items():
                last = store.last_change(board.coop, subject)
                assert last is not None
                assert (last.actor, last.at) == (entry.actor, entry.at)

    def _do(self, coop: str, due: Outcome, command: Callable[[str, datetime], object]) -> None:
        self.touched.add(coop)
        real = self.boards[coop].coop
        refused = _refusal(lambda: command(real, self.desk.now()))
        assert (type(refused) if refused else None) is due
        if isinstance(refused, Conflict):
            assert refused.present == self.desk.store.order(real, refused.present.id)

    def _place(self, coop: str, known: str, kind: str) -> None:
        due = self.model[coop].place(known, kind)
        self._do(coop, due, lambda real, at: self.dispatch.place(real, draft(id=known, kind=kind), by="api", at=at))

    def _add_courier(self, coop: str, rider: str) -> None:
        due = self.model[coop].add_courier(rider)
        self._do(coop, due, lambda real, at: self.dispatch.add_courier(real, rider, rider, by="admin", at=at))

    def _shift(self, coop: str, rider: str, action: str) -> None:
        due = self.model[coop].shift(rider, action)
        self._do(coop, due, lambda real, at: self.dispatch.shift(real, rider, action, by=rider, at=at))

    def _assign(self, order: tuple[str, str], wanders: bool, rider: str, off: int | None) -> None:
        coop, known, seen = self._seen(order, wanders, off)
        due = self.model[coop].assign(known, rider, seen)
        command = partial(self.dispatch.assign, order=known, courier=rider, expected_version=seen, by="a")
        self._do(coop, due, lambda real, at: command(real, at=at))

    def _unassign(self, order: tuple[str, str], wanders: bool, off: int | None) -> None:
        coop, known, seen = self._seen(order, wanders, off)
        due = self.model[coop].unassign(known, seen)
        command = partial(self.dispatch.unassign, order=known, expected_version=seen, by="b")
        self._do(coop, due, lambda real, at: command(real, at=at))

    def _move(self, order: tuple[str, str], wanders: bool, step: str, off: int | None) -> None:
        coop, known, seen = self._seen(order, wanders, off)
        due = self.model[coop].move(known, step, seen)
        command = partial(self.dispatch.move, order=known, step=step, expected_version=seen, by="c")
        self._do(coop, due, lambda real, at: command(real, at=at))

    def _seen(self, order: tuple[str, str], wanders: bool, off: int | None) -> tuple[str, str, int | None]:
        """The co-op asked, the id, and the version that is expected."""
        home, known = order
        coop = next(other for other in self.model if (other != home) is wanders)
        present = self.model[coop].orders.get(known)
        return coop, known, None if off is None else (present.version if present else 1) + off


def _refusal(command: Callable[[], object]) -> Refusal | None:
    try:
        command()
    except Refusal as refusal:
        return refusal
    return None


def _live(store: Store) -> None:
    class Day(RandomDay):
        record = store

    run_state_machine_as_test(Day, settings=DAY)


def test_random_days_in_the_database(url: str) -> None:
    """On each database, whatever is asked in whatever order, store and model agree after every command."""
    store = open_store(url)
    _live(store)
    assert all(verify(store, coop.id) is None for coop in store.coops())
    assert _kinds(store) >= LIVELY, "the days were too dull to prove anything"
    store.close()


def test_random_days_in_memory() -> None:
    """The store in memory, which other tests work with, agrees with the model as the databases do."""
    store = MemoryStore()
    _live(store)
    assert _kinds(store) >= LIVELY, "the days were too dull to prove anything"


def _kinds(store: Store) -> set[str]:
    return {entry.kind for coop in store.coops() for entry in store.entries(coop.id)}
