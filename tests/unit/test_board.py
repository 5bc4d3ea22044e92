"""The board: moved on by entries, one after the other, never changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.domain.board import KEEP_CLOSED, Board, OutOfOrder, apply, load
from dashboard.domain.couriers import Courier, courier_to_wire
from dashboard.domain.events import Entry, Fact, Head, seal
from dashboard.domain.orders import Order, Place, order_to_wire

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ORDER = Order("o1", "taille", "1042", Place(60.17, 24.94), Place(60.16, 24.95), NOON)
LEA = Courier("lea", "taille", "Léa")
TICK = timedelta(milliseconds=1)


def entry(seq: int, kind: str, subject: str, version: int, changes: Mapping[str, Any], at: datetime = NOON) -> Entry:
    """An entry of the co-op; its chain does not matter to a board."""
    fact = Fact(kind, subject, version, {"changes": changes})
    return seal(fact, Head(seq - 1), coop="taille", id=f"e{seq}", at=at, actor="anna")


def placed(seq: int, order: Order = ORDER, at: datetime = NOON) -> Entry:
    """The entry of a new order."""
    return entry(seq, "order.placed", order.id, 1, order_to_wire(order), at)


def after(board: Board, *entries: Entry) -> Board:
    """The board after all of them."""
    for one in entries:
        board = apply(board, one)
    return board


ADDED = entry(2, "courier.added", "lea", 1, courier_to_wire(LEA))
GIVEN = entry(3, "order.assigned", "o1", 2, {"courier": "lea"})


def test_a_board_grows_from_nothing() -> None:
    """Placing, adding and assigning give the order with its courier, at the entries' versions and seq."""
    board = after(Board("taille"), placed(1), ADDED, GIVEN)
    assert board == Board("taille", 3, {"o1": replace(ORDER, courier="lea", version=2)}, {"lea": LEA})
    assert load(board, "lea") == (replace(ORDER, courier="lea", version=2),)
    assert load(board, "noor") == ()


def test_the_board_before_stays_as_it_was() -> None:
    """Whoever holds an older board keeps it unchanged."""
    before = after(Board("taille"), placed(1), ADDED)
    copy = Board(before.coop, before.seq, dict(before.orders), dict(before.couriers), dict(before.closed_at))
    after(before, GIVEN, entry(4, "order.cancelled", "o1", 3, {"state": "cancelled"}))
    assert before == copy


@pytest.mark.parametrize("wrong", [placed(3), placed(1), replace(placed(2), coop="other")])
def test_only_the_next_entry_is_taken(wrong: Entry) -> None:
    """A gap, a repetition and another co-op's entry are refused: the journal has to be asked."""
    with pytest.raises(OutOfOrder):
        apply(after(Board("taille"), placed(1)), wrong)


def test_closed_orders_stay_for_a_quarter_of_an_hour() -> None:
    """A closed order leaves with the first entry, whatever it is about, that comes more than KEEP_CLOSED later."""
    closing = entry(2, "order.cancelled", "o1", 2, {"state": "cancelled"}, NOON)
    board = after(Board("taille"), placed(1), closing)
    assert board.closed_at == {"o1": NOON}
    added = courier_to_wire(LEA)
    at_the_edge = apply(board, entry(3, "courier.added", "lea", 1, added, NOON + KEEP_CLOSED))
    beyond = apply(board, entry(3, "courier.added", "lea", 1, added, NOON + KEEP_CLOSED + TICK))
    assert (set(at_the_edge.orders), set(at_the_edge.closed_at)) == ({"o1"}, {"o1"})
    assert (dict(beyond.orders), dict(beyond.closed_at)) == ({}, {})


def test_open_orders_stay_however_old() -> None:
    """An open order is work in hand: age does not take it off the board."""
    much_later = NOON + timedelta(days=2)
    board = after(Board("taille"), placed(1), placed(2, replace(ORDER, id="o2"), much_later))
    assert list(board.orders) == ["o1", "o2"]


def test_a_correction_to_what_has_left_is_history() -> None:
    """An entry about an order that left the board long ago moves seq on and nothing else."""
    board = apply(Board("taille"), entry(1, "order.delayed", "gone", 9, {"tip_cents": 200}))
    assert board == Board("taille", 1)


def test_a_note_changes_nothing() -> None:
    """An entry about a courier that brings no changes moves seq on and nothing else, the version included."""
    before = after(Board("taille"), placed(1), ADDED)
    fact = Fact("courier.objected", "lea", 5, {"text": "why?"})
    noted = seal(fact, Head(2), coop="taille", id="n", at=NOON, actor="lea")
    assert apply(before, noted) == replace(before, seq=3)


@pytest.mark.parametrize("kind", ["pay.rule_changed", "suggestion.shown", "moon.rose", "weather"])
def test_other_kinds_are_passed_over(kind: str) -> None:
    """An entry that is about neither an order nor a courier moves seq on and nothing else."""
    before = after(Board("taille"), placed(1))
    assert apply(before, entry(2, kind, "o1", 1, {"state": "failed"})) == replace(before, seq=2)
