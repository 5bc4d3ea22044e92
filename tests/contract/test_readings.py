"""What the desk reads: pages, boards, shifts and doors; each co-op its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial, reduce
from typing import Any

import pytest

from dashboard.alarms import Alarms
from dashboard.domain.alarms import Alarm, Step, cleared, kept
from dashboard.domain.board import KEEP_CLOSED, Board, apply
from dashboard.domain.couriers import Shift
from dashboard.domain.events import Fact, first_fault
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.ports import Coop, Store, Token
from dashboard.store import SqlStore
from dashboard.store.transaction import REFS_AT_ONCE
from tests.contract.conftest import MIGRATED, Fresh
from tests.contract.desk import MARTELA, NOON, TAILLEFERRE, AnyDesk, Desk, SqlDesk
from tests.memory_store import MemoryStore


@pytest.fixture(params=["sqlite", "postgresql", "memory"])
def any_desk(request: pytest.FixtureRequest) -> Iterator[AnyDesk]:
    """A desk on each database, and on the store in memory that other tests work with."""
    if request.param == "memory":
        yield Desk[Store](MemoryStore()).open()
        return
    fresh: Fresh = request.getfixturevalue(MIGRATED[request.param])
    with fresh() as url:
        store = SqlStore(url)
        yield Desk[Store](store).open()
        store.close()


def test_pages_hold_every_order_once_in_order_of_placing(any_desk: AnyDesk) -> None:
    """Following the cursors gives each order once, oldest first, while orders change and new ones come in between."""
    placed = [any_desk.order() for _ in range(7)]
    page = any_desk.store.orders(TAILLEFERRE, limit=2)
    seen = [order.id for order in page.orders]
    any_desk.move(placed[0], "cancel")
    placed.append(any_desk.order())
    while page.next:
        page = any_desk.store.orders(TAILLEFERRE, after=page.next, limit=2)
        seen += [order.id for order in page.orders]
    assert seen == [order.id for order in placed]


def test_the_last_full_page_has_no_next(any_desk: AnyDesk) -> None:
    """A page that ends exactly with the last order says that there is no more."""
    for _ in range(2):
        any_desk.order()
    assert any_desk.store.orders(TAILLEFERRE, limit=2).next is None
    assert any_desk.store.orders(TAILLEFERRE, limit=1).next is not None


def test_orders_are_found_by_state_courier_and_restaurant(any_desk: AnyDesk) -> None:
    """Each filter alone and all together give exactly the orders that fit."""
    rider = any_desk.rider("lea")
    waiting, given, elsewhere = (
        any_desk.order(),
        any_desk.order(restaurant="kahvila"),
        any_desk.order(restaurant="deli"),
    )
    any_desk.assign(given, rider)
    ready = any_desk.move(elsewhere, "ready")

    def found(**filters: Any) -> list[str]:
        return [order.id for order in any_desk.store.orders(TAILLEFERRE, **filters).orders]

    assert found(states=["placed"]) == [waiting.id, given.id]
    assert found(states=["ready", "placed"]) == [waiting.id, given.id, ready.id]
    assert found(courier=rider) == found(restaurant="kahvila") == [given.id]
    assert found(states=["ready"], courier=rider) == found(restaurant="nobody") == []
    by_ref = any_desk.store.orders_by_ref(TAILLEFERRE, {waiting.ref, ready.ref, "none"})
    assert {order.id for order in by_ref} == {waiting.id, ready.id}


def test_what_was_closed_long_ago_is_left_out_when_asked(any_desk: AnyDesk) -> None:
    """With ``since``: what is open, however old, and what was closed from then on; filters and cursors still work."""
    old, open_, new = any_desk.order(), any_desk.order(), any_desk.order()
    any_desk.move(old, "cancel")
    any_desk.wait(60)
    since = any_desk.now()
    any_desk.move(new, "cancel")

    def found(**filters: Any) -> list[str]:
        return [order.id for order in any_desk.store.orders(TAILLEFERRE, since=since, **filters).orders]

    assert found() == [open_.id, new.id]
    assert found(states=["cancelled"]) == found(states=["cancelled", "ready"], limit=1) == [new.id]
    first = any_desk.store.orders(TAILLEFERRE, since=since, limit=1)
    assert found(after=first.next) == [new.id]
    assert any_desk.store.orders(MARTELA, since=since).orders == ()


def test_the_newest_entry_before_a_moment(any_desk: AnyDesk) -> None:
    """0 before the first; never the entry of that very moment; the newest at the end."""
    for _ in range(5):
        any_desk.order()
    times = [entry.at for entry in any_desk.store.entries(TAILLEFERRE)]
    assert [any_desk.store.last_before(TAILLEFERRE, at) for at in times] == [0, 1, 2, 3, 4]
    assert any_desk.store.last_before(TAILLEFERRE, times[-1] + timedelta(milliseconds=1)) == 5
    assert any_desk.store.last_before(MARTELA, times[0]) == 0


@pytest.mark.parametrize("cursor", ["", "x", "o", "o-1", "offfffffffffffffff", "0"])
def test_a_foreign_cursor_is_refused(desk: SqlDesk, cursor: str) -> None:
    """A cursor that was never given out is refused and the field named."""
    with pytest.raises(Invalid) as refused:
        desk.store.orders(TAILLEFERRE, after=cursor)
    assert refused.value.facts["field"] == "after"


def test_the_journal_replayed_is_the_board(any_desk: AnyDesk) -> None:
    """Every entry applied from nothing gives the very board that the store reads, what was closed long ago left out."""
    riders = [any_desk.rider("lea"), any_desk.rider("noor")]
    orders = [any_desk.order() for _ in range(4)]
    any_desk.move(any_desk.assign(orders[0], riders[0]), "ready", "pick_up", "deliver")
    any_desk.assign(any_desk.assign(orders[1], riders[0]), riders[1])
    any_desk.dispatch.shift(TAILLEFERRE, riders[0], "break", by="lea", at=any_desk.now())
    any_desk.move(orders[2], "refuse")
    any_desk.dispatch.delay(TAILLEFERRE, orders[3].id, 10, by="anna", at=any_desk.now())
    any_desk.dispatch.delay(TAILLEFERRE, orders[3].id, 5, by="anna", at=NOON + KEEP_CLOSED * 2)
    last = any_desk.store.entries(TAILLEFERRE)[-1]
    board = any_desk.store.board(TAILLEFERRE, last.at)
    assert board == any_desk.replayed()
    assert list(board.orders) == [orders[1].id, orders[3].id]


def test_the_board_keeps_what_was_closed_for_a_quarter_of_an_hour(any_desk: AnyDesk) -> None:
    """A closed order is on the board until KEEP_CLOSED after its end, an open one always."""
    waiting, done = any_desk.order(), any_desk.move(any_desk.order(), "cancel")
    closed_at = any_desk.store.entries(TAILLEFERRE)[-1].at
    tick = timedelta(milliseconds=1)

    def shown(board: Board) -> set[str]:
        return set(board.orders)

    assert shown(any_desk.store.board(TAILLEFERRE, closed_at + KEEP_CLOSED)) == {waiting.id, done.id}
    assert shown(any_desk.store.board(TAILLEFERRE, closed_at + KEEP_CLOSED + tick)) == {waiting.id}
    assert any_desk.store.board(TAILLEFERRE, closed_at).closed_at == {done.id: closed_at}


def test_coops_see_nothing_of_each_other(any_desk: AnyDesk) -> None:
    """The same ids in two co-ops are two couriers and two orders; each reading gives the asker's own."""
    mine, theirs = (any_desk.order(coop, id="same", ref="1") for coop in (TAILLEFERRE, MARTELA))
    for coop in (TAILLEFERRE, MARTELA):
        any_desk.rider("lea", coop)
    given = any_desk.assign(mine, "lea", by="anna")
    store = any_desk.store
    assert (store.order(TAILLEFERRE, "same"), store.order(MARTELA, "same")) == (given, theirs)
    assert store.orders(MARTELA, courier="lea").orders == ()
    assert [order.coop for order in store.board(MARTELA, NOON).orders.values()] == [MARTELA]
    assert (store.head(TAILLEFERRE).seq, store.head(MARTELA).seq) == (4, 3)
    assert {entry.coop for entry in store.entries(MARTELA)} == {MARTELA}
    last = store.last_change(MARTELA, "same")
    assert last is not None
    assert last.actor == "api"


def test_what_is_not_there_is_none(any_desk: AnyDesk) -> None:
    """Unknown orders, couriers, co-ops, subjects and tokens are None; a board or head of nobody is refused."""
    store = any_desk.store
    found = (store.order(TAILLEFERRE, "x"), store.order("x", "x"), store.courier(TAILLEFERRE, "x"), store.coop("x"))
    assert (*found, store.last_change(TAILLEFERRE, "x"), store.token("x")) == (None,) * 6
    for read in (partial(store.head, "x"), partial(store.board, "x", NOON)):
        with pytest.raises(NotFound, match="no co-op x"):
            read()


def test_doors(any_desk: AnyDesk) -> None:
    """Co-ops and tokens read back as given; an id is taken once; a token needs its co-op."""
    store = any_desk.store
    key = Token("t1", TAILLEFERRE, "courier", "d1g357", name="Léa’s phone", scope="lea")
    store.add_token(key)
    assert store.token("d1g357") == key
    assert store.coops() == (Coop(MARTELA, "Martela"), Coop(TAILLEFERRE, "Taille"))
    assert store.coop(MARTELA) == Coop(MARTELA, "Martela", "helsinki")
    with pytest.raises(Invalid, match=f"co-op {MARTELA} already"):
        store.add_coop(Coop(MARTELA, "Another"))
    with pytest.raises(NotFound, match="no co-op nobody"):
        store.add_token(Token("t2", "nobody", "courier", "d2"))
    store.ping()


def test_numbers_said_aloud_are_unique(any_desk: AnyDesk) -> None:
    """The next number passes over one that a door chose itself."""
    assert any_desk.order(ref="1002").ref == "1002"
    assert [any_desk.order().ref for _ in range(3)] == ["1001", "1003", "1004"]
    assert any_desk.order(MARTELA).ref == "1001"


def test_many_numbers_may_be_taken(any_desk: AnyDesk) -> None:
    """However many numbers in a row were chosen by hand, the next free one is found."""
    for number in range(1001, 1001 + 2 * REFS_AT_ONCE):
        any_desk.order(ref=str(number))
    assert [any_desk.order().ref for _ in range(2)] == ["1101", "1102"]


def test_notes_stand_in_the_journal_alone(any_desk: AnyDesk) -> None:
    """What has no row of its own is an entry like any other: chained, found by its subject, on no board."""
    order, store = any_desk.order(), any_desk.store
    before = store.board(TAILLEFERRE, NOON)
    facts = [Fact("pay.rule_changed", "pay", 0, {"n": number}) for number in (1, 2)]
    notes = [any_desk.dispatch.note(TAILLEFERRE, fact, by="x", at=NOON) for fact in facts]
    with store.change(TAILLEFERRE) as change:
        assert list(change.noted("pay")) == notes == list(store.about(TAILLEFERRE, "pay"))
    assert [(note.seq, note.version) for note in notes] == [(2, 1), (3, 2)]
    assert first_fault(store.entries(TAILLEFERRE), store.head(TAILLEFERRE)) is None
    assert store.board(TAILLEFERRE, NOON) == replace(before, seq=3) == any_desk.replayed()
    assert [entry.kind for entry in store.about(TAILLEFERRE, order.id)] == ["order.placed"]
    assert list(store.about(MARTELA, "pay")) == list(store.about(TAILLEFERRE, "nothing")) == []


def test_what_names_a_courier_is_found_whole(any_desk: AnyDesk) -> None:
    """By, about or naming the courier at whatever depth, with all else about the same subject; nobody else's."""
    store, odd = any_desk.store, 'l%_"éa'
    facts = [
        (Fact("order.placed", "o1", 0, {"changes": {"courier": None}}), "desk"),
        (Fact("order.assigned", "o1", 0, {"changes": {"courier": odd}}), "desk"),
        (Fact("order.assigned", "o2", 0, {"changes": {"courier": "tom"}}), "desk"),
        (Fact("order.delivered", "o1", 0, {"changes": {}}), "tom"),
        (Fact("courier.shift_started", odd, 0, {"changes": {}}), "desk"),
        (Fact("vote.cast", "p1", 0, {}), odd),
        (Fact("vote.cast", "p1", 0, {}), "tom"),
        (Fact("objection.raised", "x", 0, {"courier": odd}), "desk"),
    ]
    made = [any_desk.dispatch.note(TAILLEFERRE, fact, by=by, at=NOON) for fact, by in facts]
    assert list(store.naming(TAILLEFERRE, odd)) == [made[place] for place in (0, 1, 3, 4, 5, 6, 7)]
    assert list(store.naming(MARTELA, odd)) == list(store.naming(TAILLEFERRE, "nobody")) == []


def test_shifts_are_kept_with_their_breaks(desk: SqlDesk) -> None:
    """Start, breaks and end of each shift stand in the record; ending a shift ends the break that runs."""
    assert isinstance(desk.store, SqlStore)
    rider = desk.rider("lea")
    begun = NOON + timedelta(seconds=1)  # added at NOON, started a second later

    def act(action: str, minutes: int) -> None:
        desk.dispatch.shift(TAILLEFERRE, rider, action, by=rider, at=NOON + timedelta(minutes=minutes))

    for action, minutes in (("break", 10), ("resume", 20), ("break", 30), ("end", 40), ("start", 50)):
        act(action, minutes)
    at = [NOON + timedelta(minutes=minutes) for minutes in (0, 10, 20, 30, 40, 50)]
    first = Shift(rider, begun, at[4], ((at[1], at[2]), (at[3], at[4])))
    assert desk.store.shifts(TAILLEFERRE, NOON) == (first, Shift(rider, at[5]))
    assert desk.store.shifts(TAILLEFERRE, at[4]) == (Shift(rider, at[5]),)
    assert desk.store.shifts(MARTELA, NOON) == ()


def test_a_removed_token_opens_nothing(any_desk: AnyDesk) -> None:
    """Tokens are listed by name within their co-op; a removed one is gone, another co-op's cannot be removed."""
    store = any_desk.store
    for coop in (MARTELA, TAILLEFERRE):
        store.add_token(Token(f"of {coop}", coop, "dispatcher", f"digest of {coop}", coop))
    assert [token.id for token in store.tokens(MARTELA)] == ["of martela"]
    with pytest.raises(NotFound):
        store.remove_token(TAILLEFERRE, "of martela")
    store.remove_token(MARTELA, "of martela")
    assert store.token("digest of martela") is None
    assert list(store.tokens(MARTELA)) == []


def test_the_board_knows_who_is_busy(desk: SqlDesk) -> None:
    """What a restaurant said last within four hours is on the board; what was said before is over."""
    for minutes in (20, 30):
        desk.dispatch.busy(TAILLEFERRE, "toscana", minutes, NOON + timedelta(hours=1), by="Toscana", at=NOON)
    assert desk.store.board(TAILLEFERRE, NOON).restaurants["toscana"].busy_minutes == 30
    assert desk.store.board(MARTELA, NOON).restaurants == {}
    assert desk.store.board(TAILLEFERRE, NOON + timedelta(hours=5)).restaurants == {}


def test_the_board_has_the_alarms_that_are_open_or_were_closed_lately(any_desk: AnyDesk) -> None:
    """As the newest entry about each leaves it, the same as by replaying the journal; those of one time are found."""
    alarms = Alarms(any_desk.store, any_desk.dispatch, any_desk.now, lambda _: UTC)
    for number, hours in ((1, 0), (2, 0), (3, 3)):
        at = NOON + timedelta(hours=hours)
        raised = kept(Alarm(f"A2.o{number}", "A2", f"o{number}", "medium", at, at, value=6.0))
        assert alarms.write(TAILLEFERRE, Step("raised", raised), at=at)
        seen = alarms.acknowledge(TAILLEFERRE, raised.id, by="ada", at=at)
        if number == 2:
            assert alarms.write(TAILLEFERRE, cleared(seen, at), at=at)
    late = NOON + timedelta(hours=3)
    found = any_desk.store.board(TAILLEFERRE, late).alarms
    assert {key: one.acknowledged_by for key, one in found.items()} == {"A2.o1": "ada", "A2.o3": "ada"}
    entries = any_desk.store.entries(TAILLEFERRE)
    assert reduce(apply, entries, Board(TAILLEFERRE)).alarms == found
    assert {entry.subject for entry in any_desk.store.noted_since(TAILLEFERRE, "alarm:", late)} == {"alarm:A2.o3"}
    assert any_desk.store.board(MARTELA, late).alarms == {}
    assert any_desk.store.board(TAILLEFERRE, NOON + timedelta(days=8)).alarms == {}
