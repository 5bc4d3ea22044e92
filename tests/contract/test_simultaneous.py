"""Many hands at once: one winner, no gap, nobody waits for another co-op's sake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Barrier
from typing import Any

import pytest

from dashboard.dispatch import Placed
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Conflict, Invalid
from dashboard.domain.times import from_wire
from dashboard.ports import Change
from dashboard.store import open_store, verify
from tests.contract.desk import MARTELA, NOON, TAILLEFERRE, Desk, SqlDesk, draft

HANDS = 8


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """What each action returned or raised, all begun at the same moment in threads of their own."""
    gate = Barrier(len(actions))

    def begin(action: Callable[[], Any]) -> Any:
        gate.wait(10)
        try:
            return action()
        except (Conflict, Invalid) as refusal:
            return refusal

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(begin, actions))


@pytest.mark.parametrize("separate", [False, True], ids=["one process", "a connection pool each"])
def test_of_eight_reassignments_one_wins(desk: SqlDesk, url: str, separate: bool) -> None:
    """Eight dispatchers reassign one order from the same version: one does, seven are told who, when and what now."""
    riders = [desk.rider(f"rider-{n}") for n in range(HANDS + 1)]
    order = desk.assign(desk.order(), riders[-1])
    with _desks(desk, url, separate) as desks:
        results = at_once(*(_reassign(desks[n], order, riders[n], f"hand-{n}") for n in range(HANDS)))
    won, lost = _sorted(results)
    assert (len(won), len(lost)) == (1, HANDS - 1)
    winner = results.index(won[0])
    assert won[0].courier == riders[winner]
    last = desk.store.last_change(TAILLEFERRE, order.id)
    for conflict in lost:
        assert conflict.present == won[0] == desk.store.order(TAILLEFERRE, order.id)
        assert Change(conflict.facts["by"], from_wire(conflict.facts["at"])) == last
        assert conflict.facts["by"] == f"hand-{winner}"
    kinds = Counter(entry.kind for entry in desk.store.entries(TAILLEFERRE))
    assert kinds["order.reassigned"] == 1


@pytest.mark.parametrize("separate", [False, True], ids=["one process", "a connection pool each"])
def test_seq_has_no_gap(desk: SqlDesk, url: str, separate: bool) -> None:
    """Eight doors take in orders of two co-ops at once: each journal counts 1, 2, 3… and its chain holds."""
    each = 6

    def take_in(desk: SqlDesk, coop: str) -> Callable[[], list[str]]:
        return lambda: [desk.order(coop).ref for _ in range(each)]

    with _desks(desk, url, separate) as desks:
        refs = at_once(*(take_in(desks[n], (TAILLEFERRE, MARTELA)[n % 2]) for n in range(HANDS)))
    for coop, theirs in ((TAILLEFERRE, refs[0::2]), (MARTELA, refs[1::2])):
        total = each * HANDS // 2
        assert [entry.seq for entry in desk.store.entries(coop)] == list(range(1, total + 1))
        assert sorted(ref for some in theirs for ref in some) == [str(1001 + n) for n in range(total)]
        assert verify(desk.store, coop) is None
        assert dict(desk.replayed(coop).orders) == dict(desk.store.board(coop, NOON).orders)


def test_the_same_key_at_once_places_one_order(desk: SqlDesk) -> None:
    """A request that is sent eight times at once places one order, and all eight are told the same one."""
    placed = at_once(*(lambda: _place(desk, "key", "request") for _ in range(HANDS)))
    assert Counter(answer.created for answer in placed) == {True: 1, False: HANDS - 1}
    assert len({answer.order.id for answer in placed}) == 1
    assert len(desk.store.orders(TAILLEFERRE).orders) == len(desk.announced) == 1


def test_a_key_is_good_for_one_request(desk: SqlDesk) -> None:
    """A key repeated gives the order as it is now; used for something else it is refused; each co-op has its own."""
    first = _place(desk, "key", "request")
    desk.rider("lea")
    given = desk.assign(first.order, "lea")
    assert _place(desk, "key", "request") == Placed(given, created=False)
    with pytest.raises(Invalid, match="send a new key"):
        _place(desk, "key", "another request")
    assert _place(desk, "key", "request", MARTELA).created


def test_an_id_is_given_once(desk: SqlDesk) -> None:
    """A second order with the id of another is refused and changes nothing."""
    order = desk.order(id="mine")
    with pytest.raises(Invalid, match="an order mine already"):
        desk.order(id="mine")
    assert desk.store.order(TAILLEFERRE, "mine") == order
    assert desk.store.head(TAILLEFERRE).seq == 1


def test_coops_do_not_wait_for_each_other_on_postgresql(desk: SqlDesk, url: str) -> None:
    """A change in one co-op goes through while another co-op's is under way (SQLite has one writer: it queues)."""
    if url.startswith("sqlite"):
        assert at_once(lambda: desk.order(MARTELA), lambda: desk.order(TAILLEFERRE))
        return
    with desk.store.change(TAILLEFERRE), ThreadPoolExecutor(1) as other:
        assert other.submit(desk.order, MARTELA).result(5).ref == "1001"


@contextmanager
def _desks(desk: SqlDesk, url: str, separate: bool) -> Iterator[list[SqlDesk]]:
    """A desk a hand: all the same one, or each with a store of its own as in processes of their own."""
    with ExitStack() as stack:
        stores = [open_store(url) if separate else desk.store for _ in range(HANDS)]
        for store in stores if separate else ():
            stack.callback(store.close)
        yield [Desk(store) for store in stores]


def _reassign(desk: SqlDesk, order: Order, courier: str, by: str) -> Callable[[], Order]:
    return lambda: desk.assign(order, courier, by=by)


def _place(desk: SqlDesk, key: str, request: str, coop: str = TAILLEFERRE) -> Placed:
    return desk.dispatch.place(coop, draft(), by="api", at=NOON, key=key, request=request)


def _sorted(results: list[Any]) -> tuple[list[Order], list[Conflict]]:
    return (
        [result for result in results if isinstance(result, Order)],
        [result for result in results if isinstance(result, Conflict)],
    )
