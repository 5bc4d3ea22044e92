"""The board in Python and the board in the browser hold to one recorded day (tests/js/board.test.js reads it too).

``python -m tests.unit.test_shared_journal`` records it anew, after an entry has changed its form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from dashboard.alarms import Alarms
from dashboard.dispatch import Dispatch
from dashboard.domain.alarms import Alarm, Step, alarm_to_wire, cleared
from dashboard.domain.board import Board, apply
from dashboard.domain.couriers import courier_to_wire
from dashboard.domain.events import Entry, Fact, Head, entry_from_wire, entry_to_wire, seal
from dashboard.domain.orders import Order, Place, order_to_wire
from dashboard.domain.times import to_wire
from dashboard.ports import Coop
from tests.memory_store import MemoryStore

FIXTURE = Path(__file__).parents[1] / "fixtures" / "journal.json"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
COOP = "acme"
PEOPLE = ("Léa", "Noé", "Zoé")


def record_day() -> list[Entry]:
    """A day with everything that can happen to an order and a courier, and long enough to forget what was closed."""
    entries: list[Entry] = []
    ids, seals = count(1), count(1)
    store = MemoryStore()
    store.add_coop(Coop(COOP, "Acme"))
    desk = Dispatch(store, entries.append, lambda: f"order-{next(ids)}")
    with patch("tests.memory_store.uuid4", lambda: UUID(int=next(seals))):
        _shifts(desk)
        for number in range(8):
            _order(desk, number, NOON + timedelta(minutes=4 * number))
        _alarms(store, desk)
    entries.append(_of_a_later_release(entries[-1]))
    return entries


def reduced(entries: Iterable[Entry]) -> dict[str, Any]:
    """The board after all of them, as plain JSON values."""
    board = reduce(apply, entries, Board(COOP))
    return {
        "seq": board.seq,
        "orders": {key: order_to_wire(order) for key, order in sorted(board.orders.items())},
        "couriers": {key: courier_to_wire(courier) for key, courier in sorted(board.couriers.items())},
        "alarms": {key: alarm_to_wire(alarm) for key, alarm in sorted(board.alarms.items())},
        "closed_at": {key: to_wire(at) for key, at in sorted(board.closed_at.items())},
    }


def test_the_recorded_day_is_todays() -> None:
    """What the use cases write today is what was recorded, to the last byte of each entry."""
    recorded = json.loads(FIXTURE.read_text("utf-8"))
    assert recorded["entries"] == [entry_to_wire(entry) for entry in record_day()]


def test_the_recorded_day_ends_in_the_recorded_board() -> None:
    """The recorded entries lead to the recorded board, which the browser has to reach as well."""
    recorded = json.loads(FIXTURE.read_text("utf-8"))
    assert reduced(entry_from_wire(entry) for entry in recorded["entries"]) == recorded["board"]


def test_the_recorded_day_leaves_something_to_compare() -> None:
    """The board that both reach has open, closed and forgotten orders, and couriers in each state of a shift."""
    board = json.loads(FIXTURE.read_text("utf-8"))["board"]
    assert {"delivered", "preparing", "picked_up"} <= {order["state"] for order in board["orders"].values()}
    assert "order-1" not in board["orders"]
    assert [bool(alarm["closed_at"]) for alarm in board["alarms"].values()] == [True, False]
    assert {courier["shift"] for courier in board["couriers"].values()} == {"on", "break", "off"}


def _shifts(desk: Dispatch) -> None:
    early = NOON - timedelta(hours=1)
    for name in PEOPLE:
        desk.add_courier(COOP, name.lower(), name, by="ana", at=early)
        desk.shift(COOP, name.lower(), "start", by=name, at=early)
    desk.shift(COOP, "noé", "break", by="Noé", at=NOON)
    desk.shift(COOP, "noé", "resume", by="Noé", at=NOON)
    desk.shift(COOP, "noé", "break", by="Noé", at=NOON)
    desk.shift(COOP, "zoé", "end", by="Zoé", at=NOON)


def _order(desk: Dispatch, number: int, at: datetime) -> None:
    """Order ``number`` of the day; its steps depend on the number, so that all of them occur."""
    home = Place(60.17, 24.95, address=f"Street {number}", before=at + timedelta(minutes=40))
    draft = Order(
        id="", coop=COOP, ref="", pickup=Place(60.168, 24.94, "Toscana"), dropoff=home, placed_at=at, kind="meal"
    )
    order = desk.place(COOP, draft, by="Toscana", at=at).order.id
    if number == 6:
        desk.move(COOP, order, "refuse", by="Toscana", at=at)
        return
    desk.move(COOP, order, "accept", by="Toscana", at=at)
    desk.assign(COOP, order, "léa", expected_version=None, by="ana", at=at, reason="nearest")
    if number == 1:
        desk.unassign(COOP, order, expected_version=None, by="ana", at=at)
        desk.move(COOP, order, "cancel", by="ana", at=at)
    elif number == 2:
        desk.move(COOP, order, "prepare", by="Toscana", at=at)
        desk.delay(COOP, order, 10, by="Toscana", at=at)
    elif number == 3:
        desk.move(COOP, order, "pick_up", by="Léa", at=at)
    elif number == 4:
        desk.move(COOP, order, "fail", by="Léa", at=at)
    else:
        desk.move(COOP, order, "ready", by="Toscana", at=at)
        desk.move(COOP, order, "pick_up", by="Léa", at=at)
        desk.move(COOP, order, "deliver", by="Léa", at=at)


def _alarms(store: MemoryStore, desk: Dispatch) -> None:
    """One that is open and in somebody's hand, one that is over, and one that was over so long ago that it is gone."""
    alarms = Alarms(store, desk, lambda: NOON, lambda _: UTC)
    for number, minute in ((1, 12), (2, 28), (3, 29)):
        at = NOON + timedelta(minutes=minute)
        raised = Alarm(f"A2.order-{number}", "A2", f"order-{number}", "medium", at, at, ref=str(1000 + number), value=7)
        alarms.write(COOP, Step("raised", raised), at=at)
        alarms.acknowledge(COOP, raised.id, by="ana", at=at)
        if number < 3:
            known = store.board(COOP, at).alarms[raised.id]
            alarms.write(COOP, cleared(known, at), at=at)


def _of_a_later_release(last: Entry) -> Entry:
    """A kind that neither board knows: it counts, and changes nothing."""
    fact = Fact("moon.rose", "order-3", 1, {"changes": {"state": "raised"}})
    return seal(fact, Head(last.seq, last.hash), coop=COOP, id="later", at=last.at, actor="moon")


def _write() -> None:
    entries = record_day()
    document = {"coop": COOP, "entries": [entry_to_wire(entry) for entry in entries], "board": reduced(entries)}
    FIXTURE.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    _write()
