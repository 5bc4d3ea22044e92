"""What of an order may still be changed, state by state; and what the accounts make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.domain.amending import CHANGEABLE, amended, changeable
from dashboard.domain.orders import STATES, Item, Order, Place, order_to_wire
from dashboard.domain.refusals import Invalid, WrongState
from dashboard.domain.workload_sheet import renewed

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MEAL = Order(
    "o1", "taille", "1042", Place(60.17, 24.94, "Kirja"), Place(60.16, 24.95), NOON, kind="meal", courier="lea",
    restaurant="kirja",
)  # fmt: skip
OTHER: dict[str, Any] = {
    "kind": "parcel", "restaurant": None, "pickup": {"name": "Back door"}, "ready_at": NOON, "items": (Item("Soup"),),
    "dropoff": {"address": "Home 2"}, "weight_g": 900, "price_cents": 1200, "delivery_fee_cents": 390,
    "tip_cents": 100, "note": "ring twice",
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("field", OTHER)
def test_each_field_in_each_state(field: str, state: str) -> None:
    """A field is changed in the states that the table names; elsewhere the refusal names it and the state."""
    order = replace(MEAL, state=state)
    if state in CHANGEABLE[field]:
        after = amended(order, {field: OTHER[field]})
        assert getattr(after, field) != getattr(order, field)
        assert after.version == 2
    else:
        with pytest.raises(WrongState) as refused:
            amended(order, {field: OTHER[field]})
        assert (refused.value.facts["state"], refused.value.facts["fields"]) == (state, field)


def test_what_has_left_its_pickup_keeps_it() -> None:
    """On the bicycle the drop-off, the weight and the money may be other; closed, nothing may."""
    assert set(changeable("picked_up")) == {
        "dropoff", "weight_g", "price_cents", "delivery_fee_cents", "tip_cents", "note", "tags",
    }  # fmt: skip
    assert changeable("delivered") == ()


def test_of_an_end_only_what_is_named_changes() -> None:
    """The rest of a place stays, and a field that says so already bars nothing in a state where it may not change."""
    on_board = replace(MEAL, state="picked_up")
    after = amended(on_board, {"dropoff": {"address": "Home 2"}, "pickup": {"name": "Kirja"}, "kind": "meal"})
    assert (after.dropoff.address, after.dropoff.lat, after.pickup) == ("Home 2", 60.16, MEAL.pickup)


@pytest.mark.parametrize(
    "wanted", [{}, {"note": ""}, {"dropoff": {"after": NOON, "before": NOON - timedelta(minutes=1)}}]
)
def test_nothing_new_and_a_window_that_never_opens_are_refused(wanted: dict[str, Any]) -> None:
    """Both are refused as input, so that the journal gets no empty entry."""
    with pytest.raises(Invalid):
        amended(MEAL, wanted)


def test_a_recorded_way_is_forgotten_when_an_end_moves() -> None:
    """Metres that were recorded for other ends would be paid for; a new name alone leaves them as they are."""
    way = {"metres": 2400, "ascent_m": 12}
    sheet = renewed(None, "o1", {"changes": order_to_wire(MEAL), "route": way}, NOON)
    assert sheet
    named = renewed(sheet, "o1", {"changes": {"dropoff": order_to_wire(MEAL)["dropoff"] | {"name": "Aino"}}}, NOON)
    assert named
    moved = renewed(sheet, "o1", {"changes": {"dropoff": order_to_wire(MEAL)["dropoff"] | {"lat": 60.18}}}, NOON)
    assert moved
    assert (named.metres, named.ascent_m) == (2400, 12)
    assert 1100 < moved.metres < 1400
    assert moved.ascent_m is None
