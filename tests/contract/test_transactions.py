"""What one change is: all or nothing, seen only when committed, kept even if nobody hears of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from dashboard.domain.events import Entry, Fact, Head, canonical, is_whole
from dashboard.domain.orders import Item, Place
from dashboard.domain.refusals import NotFound, WrongState
from dashboard.ports import Change, Placement, Store
from dashboard.store import SqlStore, verify
from dashboard.store.journal import read_head
from dashboard.store.projections import Overtaken
from dashboard.store.types import Unwritable
from tests.contract.desk import NOON, TAILLEFERRE, Desk, SqlDesk, draft


class OutOfPaper(Exception):
    """Something that goes wrong in the middle of a change."""


def test_one_change_writes_entry_and_projection(desk: SqlDesk) -> None:
    """After an assignment the order, who changed it and the journal's newest entry say the same."""
    order = desk.order()
    desk.rider("lea")
    given = desk.assign(order, "lea", by="anna")
    entry = desk.store.entries(TAILLEFERRE)[-1]
    assert desk.store.order(TAILLEFERRE, order.id) == given
    assert (entry.kind, entry.subject, entry.version) == ("order.assigned", order.id, given.version)
    assert entry.data == {"changes": {"courier": "lea"}}
    assert desk.store.last_change(TAILLEFERRE, order.id) == Change("anna", entry.at)
    assert (desk.store.head(TAILLEFERRE).seq, desk.store.head(TAILLEFERRE).hash) == (entry.seq, entry.hash)


def test_what_was_announced_reads_back_equal(desk: SqlDesk) -> None:
    """Each announced entry is, value by value, the one that the database gives back, and its hash holds."""
    order = desk.order(
        kind="meal", items=(Item("Šakotis “grand”", 2),), tip_cents=150, restaurant="kahvila", ref="Ö-17 ☕",
        weight_g=0, pickup=Place(-0.0, 1e-7, name="back\\slash \u0000 null"), ready_at=NOON,
    )  # fmt: skip
    desk.rider("lea")
    desk.assign(order, "lea")
    assert list(desk.store.entries(TAILLEFERRE)) == desk.announced
    assert all(is_whole(entry) for entry in desk.store.entries(TAILLEFERRE))
    read = desk.store.order(TAILLEFERRE, order.id)
    assert read is not None
    assert repr(read.pickup) == repr(order.pickup)


VALUES: list[Any] = [0, -0.0, 1.0, 1e16, 1e-300, 2**70, 0.1, None, True, "1.0", [], {}, {"b": 1, "a": {"é": "\u0000"}}]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_data_keeps_its_canonical_form(desk: SqlDesk, value: Any) -> None:
    """A JSON value comes back from either database as the very characters that its hash was taken of."""
    order = desk.order()
    fact = Fact("order.delayed", order.id, 2, {"changes": {}, "value": value})
    with desk.store.change(TAILLEFERRE) as change:
        change.record(replace(order, version=2), fact, by="anna", at=NOON)
    read = desk.store.entries(TAILLEFERRE)[-1]
    assert canonical(read.data["value"]) == canonical(value)
    assert is_whole(read)


def test_rollback_leaves_nothing(desk: SqlDesk) -> None:
    """A change that fails after it wrote its entry leaves no entry, no order, no key and no used-up number."""
    before = desk.store.head(TAILLEFERRE)
    with pytest.raises(OutOfPaper):
        _fail_halfway(desk.store)
    assert desk.store.head(TAILLEFERRE) == before
    assert desk.store.entries(TAILLEFERRE) == ()
    assert desk.store.orders(TAILLEFERRE).orders == ()
    assert desk.order().ref == "1001"


def test_a_refused_step_leaves_nothing(desk: SqlDesk) -> None:
    """A refusal announces nothing and writes nothing."""
    order = desk.order()
    with pytest.raises(WrongState):
        desk.move(order, "deliver")
    assert desk.store.order(TAILLEFERRE, order.id) == order
    assert len(desk.announced) == desk.store.head(TAILLEFERRE).seq == 1


def test_a_reader_never_sees_what_is_not_committed(desk: SqlDesk) -> None:
    """While a change is being made every reading gives the state before it, and afterwards the state after it."""
    order = desk.order()
    later = replace(order, tip_cents=500, version=2)
    with desk.store.change(TAILLEFERRE) as change:
        change.record(later, Fact("order.delayed", order.id, 2, {"changes": {"tip_cents": 500}}), by="anna", at=NOON)
        meanwhile = _all_readings(desk.store, order.id)
    assert meanwhile == (order, {order.id: order}, 1, 1)
    assert _all_readings(desk.store, order.id) == (later, {order.id: later}, 2, 2)


def test_a_failed_announcement_takes_nothing_back(store: SqlStore) -> None:
    """When telling the screens fails, the change has been kept: the journal has it, and the chain goes on."""

    def unplugged(entry: Entry) -> None:
        raise ConnectionError("nobody there")

    with pytest.raises(ConnectionError):
        Desk(store, unplugged).open().order()
    assert len(store.orders(TAILLEFERRE).orders) == 1
    Desk(store).order()
    assert [entry.seq for entry in store.entries(TAILLEFERRE)] == [1, 2]
    assert verify(store, TAILLEFERRE) is None


def test_the_board_is_one_reading(desk: SqlDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hand-over that is committed while a board is being read is either all on it, or not at all."""
    order, rider = desk.order(), desk.rider("lea")

    def slowly(connection: Connection, coop: str) -> Head:
        head = read_head(connection, coop)
        with ThreadPoolExecutor(1) as other:
            other.submit(desk.assign, order, rider).result(10)
        return head

    monkeypatch.setattr("dashboard.store.readings.read_head", slowly)
    board = desk.store.board(TAILLEFERRE, NOON)
    assert (board.seq, board.orders) == (3, {order.id: order})
    assert desk.store.head(TAILLEFERRE).seq == 4


def test_a_subject_changes_by_one_version_at_a_time(desk: SqlDesk) -> None:
    """A use case that writes from a state which is not the present one is stopped, and nothing is kept."""
    order = desk.order()
    fact = Fact("order.delayed", order.id, 3, {"changes": {}})
    with pytest.raises(Overtaken, match="not at version 2"), desk.store.change(TAILLEFERRE) as change:
        change.record(replace(order, version=3), fact, by="anna", at=NOON)
    assert desk.store.head(TAILLEFERRE).seq == 1


def test_an_unknown_coop_is_refused(desk: SqlDesk) -> None:
    """A change for a co-op that does not exist is refused by name."""
    with pytest.raises(NotFound, match="no co-op nobody"), desk.store.change("nobody"):
        pass


def test_a_nul_is_refused_by_name(desk: SqlDesk) -> None:
    """Text that PostgreSQL cannot hold is refused alike on both databases, written or looked for."""
    with pytest.raises(Unwritable):
        desk.order(ref="10\u000042")
    with pytest.raises(Unwritable):
        desk.store.order(TAILLEFERRE, "a\u0000")
    assert desk.store.head(TAILLEFERRE).seq == 0


def _fail_halfway(store: Store) -> None:
    with store.change(TAILLEFERRE) as change:
        order = draft(id="halfway", coop=TAILLEFERRE, ref=change.next_ref())
        change.record(order, Fact("order.placed", order.id, 1, {"changes": {}}), by="anna", at=NOON)
        change.remember("key", Placement(order.id, "request"))
        raise OutOfPaper


def _all_readings(store: Store, id: str) -> tuple[object, object, int, int]:
    board = store.board(TAILLEFERRE, NOON)
    return store.order(TAILLEFERRE, id), board.orders, board.seq, len(store.entries(TAILLEFERRE))


def test_orders_of_one_pickup_are_found_by_their_group(desk: SqlDesk, store: SqlStore) -> None:
    """In the order of placing, whatever became of them, also within a change; given together by one command, or not at
    all; and the journal alone makes the same board of it."""
    desk.rider("lea")
    draft = replace(desk.order(), id="", ref="")
    placed = desk.dispatch.place_together(TAILLEFERRE, [draft] * 3, by="anna", at=desk.now())
    first, second, third = (one.order for one in placed)
    desk.dispatch.move(TAILLEFERRE, second.id, "cancel", by="anna", at=desk.now())
    assert [one.id for one in store.grouped(TAILLEFERRE, first.group)] == [first.id, second.id, third.id]
    assert store.grouped(TAILLEFERRE, None) == store.grouped("martela", first.group) == ()
    with store.change(TAILLEFERRE) as change:
        assert change.grouped(first.group) == store.grouped(TAILLEFERRE, first.group)
    desk.assign(third, "lea")
    entries = [entry for entry in store.entries(TAILLEFERRE) if entry.kind == "order.assigned"]
    assert [entry.subject for entry in entries] == [third.id, first.id]
    assert entries[0].data["command"] == entries[1].data["command"]
    assert desk.replayed().orders[first.id] == store.order(TAILLEFERRE, first.id)
