"""The board as it was, read from what bears on it: the same as from replaying the whole journal, at every entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from dashboard.alarms import Alarms
from dashboard.domain.alarms import KEEP, Alarm, Step, cleared, id_of
from dashboard.domain.board import Board, apply
from tests.contract.desk import TAILLEFERRE, SqlDesk

HOUR = timedelta(hours=1)


def _boards(desk: SqlDesk) -> list[Board]:
    """After each entry, the empty one first."""
    found = [Board(TAILLEFERRE)]
    for entry in desk.store.entries(TAILLEFERRE, limit=10**6):
        found.append(apply(found[-1], entry))
    return found


def _agrees(desk: SqlDesk) -> None:
    times = {entry.seq: entry.at for entry in desk.store.entries(TAILLEFERRE, limit=10**6)}
    for seq, replayed in enumerate(_boards(desk)):
        read = desk.store.board_at(TAILLEFERRE, seq)
        assert replace(read, restaurants={}) == replace(replayed, restaurants={}), seq
        busy = [
            {k: r for k, r in board.restaurants.items() if r.is_busy(times[seq])} for board in (read, replayed) if seq
        ]
        assert busy[:1] == busy[1:]


def test_a_day_with_everything(desk: SqlDesk) -> None:
    """Orders that are given, taken back, closed and opened again, shifts with breaks, a new bicycle, stops in order,
    busy kitchens and alarms: the board at every entry is the replayed one."""
    dispatch, alarms = desk.dispatch, Alarms(desk.store, desk.dispatch, desk.now, lambda _: UTC)
    lea, noor = desk.rider("lea"), desk.rider("noor")
    dispatch.add_courier(TAILLEFERRE, "sam", "Sam", by="admin", at=desk.now())
    first, second = desk.order(kind="parcel"), desk.order(kind="parcel")
    for order in (first, second):
        desk.assign(order, lea)
    stops = [(second.id, "pickup"), (first.id, "pickup"), (first.id, "dropoff"), (second.id, "dropoff")]
    dispatch.order_stops(TAILLEFERRE, lea, stops, expected_version=None, by="anna", at=desk.now())
    dispatch.arrive(TAILLEFERRE, lea, first.id, "pickup", by=lea, at=desk.now())
    dispatch.busy(TAILLEFERRE, "toscana", 20, desk.now() + HOUR, by="toscana", at=desk.now())
    raised = Alarm(id_of("A2", first.id), "A2", first.id, "medium", desk.now(), desk.now())
    alarms.write(TAILLEFERRE, Step("raised", raised), at=desk.now())
    alarms.acknowledge(TAILLEFERRE, raised.id, by="anna", at=desk.now())
    desk.move(first, "ready", "pick_up", "deliver")
    refused = desk.move(desk.order(), "refuse")
    dispatch.undo(TAILLEFERRE, refused.id, by="anna", at=desk.now())
    dispatch.shift(TAILLEFERRE, noor, "break", by=noor, at=desk.now())
    dispatch.change_vehicle(TAILLEFERRE, noor, "cargo", by="admin", at=desk.now())
    alarms.write(
        TAILLEFERRE, cleared(desk.store.board(TAILLEFERRE, desk.now()).alarms[raised.id], desk.now()), at=desk.now()
    )
    desk.wait(20)
    dispatch.usual(TAILLEFERRE, "toscana", by="toscana", at=desk.now())
    dispatch.shift(TAILLEFERRE, noor, "resume", by=noor, at=desk.now())
    dispatch.shift(TAILLEFERRE, lea, "end", by=lea, at=desk.now())
    dispatch.change_vehicle(TAILLEFERRE, lea, "cargo", by="admin", at=desk.now())
    other = replace(raised, id=id_of("A2", second.id), about=second.id)
    alarms.write(TAILLEFERRE, Step("raised", other), at=desk.now())
    dispatch.shift(TAILLEFERRE, lea, "start", by=lea, at=desk.now())
    desk.move(second, "ready")
    dispatch.unassign(TAILLEFERRE, second.id, expected_version=None, by="anna", at=desk.now())
    desk.move(second, "cancel")
    desk.wait(20)
    desk.order()
    _agrees(desk)


def test_what_nobody_has_in_hand_is_left_out(desk: SqlDesk) -> None:
    """An alarm about which nothing was written for a week, and what a kitchen said four hours ago, are not on it."""
    alarms = Alarms(desk.store, desk.dispatch, desk.now, lambda _: UTC)
    raised = Alarm("A2.old", "A2", "old", "medium", desk.now(), desk.now())
    alarms.write(TAILLEFERRE, Step("raised", raised), at=desk.now())
    desk.dispatch.busy(TAILLEFERRE, "toscana", 20, desk.now() + HOUR, by="toscana", at=desk.now())
    seq = desk.store.head(TAILLEFERRE).seq
    desk.wait(int(KEEP / timedelta(minutes=1)) + 1)
    desk.order()
    before, after = desk.store.board_at(TAILLEFERRE, seq), desk.store.board_at(TAILLEFERRE, seq + 1)
    assert (set(before.alarms), set(before.restaurants)) == ({"A2.old"}, {"toscana"})
    assert (set(after.alarms), set(after.restaurants)) == (set(), set())


def test_co_ops_do_not_see_each_others_past(desk: SqlDesk) -> None:
    """What another co-op did is on no board of the past."""
    desk.rider("lea")
    desk.order()
    desk.order("martela")
    board = desk.store.board_at("martela", 1)
    assert (set(board.couriers), len(board.orders)) == (set(), 1)
