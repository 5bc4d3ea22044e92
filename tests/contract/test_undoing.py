"""Commands, undo and redo on both databases: found in the journal, and safe against whoever acts at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4
from zoneinfo import ZoneInfo

from dashboard.desk_acts import DeskActs
from dashboard.domain.acts import Act, Outcome
from dashboard.domain.commands import MOST
from dashboard.domain.refusals import Refusal
from dashboard.store import SqlStore
from dashboard.undoing import Undoing
from tests.contract.desk import MARTELA, TAILLEFERRE, SqlDesk


def acts_of(desk: SqlDesk) -> DeskActs:
    return DeskActs(desk.store, desk.dispatch, lambda _: ZoneInfo("Europe/Helsinki"), lambda: str(uuid4()))


def undoing_of(desk: SqlDesk) -> Undoing:
    return Undoing(desk.store, desk.dispatch, lambda: str(uuid4()))


def takes_back(undoing: Undoing, desk: SqlDesk, start: Barrier) -> bool:
    """Whether Anna's last command could be taken back, at the moment at which all start."""
    start.wait()
    try:
        undoing.undo(TAILLEFERRE, by="anna", at=desk.now())
    except Refusal:
        return False
    return True


def test_somebodys_steps_are_found_whoever_else_acts(desk: SqlDesk) -> None:
    """One person's own steps in one co-op, oldest first, since a moment, and no further back than MOST commands."""
    order = desk.order(by="anna")
    other = desk.order(MARTELA)
    acts, since = acts_of(desk), desk.now()
    for number in range(MOST + 5):
        acts.note(TAILLEFERRE, order.id, f"note {number}", by="anna", at=desk.now())
        acts.note(TAILLEFERRE, order.id, f"{number} of bo", by="bo", at=desk.now())
    acts.note(MARTELA, other.id, "elsewhere", by="anna", at=desk.now())
    steps = desk.store.steps_of(TAILLEFERRE, "anna", since)
    assert [entry.data["changes"]["desk_note"] for entry in steps] == [f"note {n}" for n in range(5, MOST + 5)]
    assert {entry.actor for entry in steps} == {"anna"}
    assert desk.store.steps_of(TAILLEFERRE, "anna", desk.now() + timedelta(minutes=1)) == ()


def test_tags_notes_and_breaks_are_kept(desk: SqlDesk, store: SqlStore) -> None:
    """What the desk says of orders and couriers is in the projection, in the board, and in what the journal gives."""
    lea, order = desk.rider("lea"), desk.order()
    acts = acts_of(desk)
    acts.tag(TAILLEFERRE, order.id, ("vip", "big"), by="anna", at=desk.now())
    acts.note(TAILLEFERRE, order.id, "ring twice", by="anna", at=desk.now())
    acts.note_courier(TAILLEFERRE, lea, "flat tyre", by="anna", at=desk.now())
    desk.dispatch.shift(TAILLEFERRE, lea, "break", by="anna", at=desk.now(), minutes=20)
    kept, courier = store.order(TAILLEFERRE, order.id), store.courier(TAILLEFERRE, lea)
    assert kept
    assert courier
    assert (kept.tags, kept.desk_note, courier.desk_note) == (("big", "vip"), "ring twice", "flat tyre")
    assert courier.break_until
    board = desk.replayed()
    assert (board.orders[order.id], board.couriers[lea]) == (kept, courier)


def test_a_note_about_a_closed_order_does_not_close_it_anew(desk: SqlDesk, store: SqlStore) -> None:
    """What was delivered an hour ago stays off the board, whatever is noted about it."""
    desk.rider("lea")
    order = desk.move(desk.assign(desk.order(), "lea"), "accept", "pick_up", "deliver")
    desk.wait(60)
    acts_of(desk).note(TAILLEFERRE, order.id, "was cold", by="anna", at=desk.now())
    assert order.id not in store.board(TAILLEFERRE, desk.now()).orders
    assert order.id not in desk.replayed().orders


def test_several_against_one(desk: SqlDesk) -> None:
    """A bulk act and single ones at the same moment, each with the version it saw: every order has exactly one winner,
    and the list says of each which it was."""
    for courier in ("lea", "noe"):
        desk.rider(courier)
    orders = [desk.order() for _ in range(12)]
    acts, start, at = acts_of(desk), Barrier(2), desk.now()

    def several() -> tuple[Outcome, ...]:
        start.wait()
        targets = [(order.id, order.version) for order in orders]
        return acts.bulk(TAILLEFERRE, targets, Act("assign", "lea"), by="anna", at=at, command="c")

    def singly() -> list[bool]:
        start.wait()
        return [_given(desk, order.id, order.version) for order in reversed(orders)]

    with ThreadPoolExecutor(2) as pool:
        many, single = pool.submit(several), pool.submit(singly)
    won = {one.id for one in many.result() if one.refusal is None}
    lost = {order.id for order, is_given in zip(reversed(orders), single.result(), strict=True) if is_given}
    assert won.isdisjoint(lost)
    assert won | lost == {order.id for order in orders}
    holders = {order.id: desk.store.order(TAILLEFERRE, order.id) for order in orders}
    assert {name for name, order in holders.items() if order and order.courier == "lea"} == won


def _given(desk: SqlDesk, order: str, version: int) -> bool:
    try:
        desk.dispatch.assign(TAILLEFERRE, order, "noe", expected_version=version, by="bo", at=desk.now())
    except Refusal:
        return False
    return True


def test_an_undo_against_a_newer_change(desk: SqlDesk) -> None:
    """Both at the same moment, many times: either the undo was first and the other acts on what it left, or the undo
    is refused; nothing is lost, and nothing is taken back that somebody has built on."""
    for courier in ("lea", "noe"):
        desk.rider(courier)
    undoing, seen = undoing_of(desk), set()
    for _ in range(12):
        order = desk.assign(desk.order(), "lea")
        start = Barrier(2)

        def hand_over(start: Barrier = start, order: str = order.id) -> None:
            start.wait()
            desk.dispatch.assign(TAILLEFERRE, order, "noe", expected_version=None, by="bo", at=desk.now())

        with ThreadPoolExecutor(2) as pool:
            undone, handed = pool.submit(takes_back, undoing, desk, start), pool.submit(hand_over)
        handed.result()
        now = desk.store.order(TAILLEFERRE, order.id)
        kinds = [entry.kind for entry in desk.store.about(TAILLEFERRE, order.id)][2:]
        assert now
        assert (now.courier, kinds) == (
            "noe",
            ["order.undone", "order.assigned"] if undone.result() else ["order.reassigned"],
        )
        seen.add(undone.result())
        desk.dispatch.move(TAILLEFERRE, order.id, "cancel", by="bo", at=desk.now())
    assert seen


def test_two_windows_undo_at_once(desk: SqlDesk) -> None:
    """One person's two windows take back the last command at the same moment: it is taken back once."""
    desk.rider("lea")
    order = desk.assign(desk.order(), "lea")
    undoing, start = undoing_of(desk), Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        windows = [pool.submit(takes_back, undoing, desk, start) for _ in range(2)]
    outcomes = [window.result() for window in windows]
    assert sorted(outcomes) == [False, True]
    assert [entry.kind for entry in desk.store.about(TAILLEFERRE, order.id)].count("order.undone") == 1
