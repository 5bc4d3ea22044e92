"""Orders: every step from every state, hand-overs, delays, and the way over the wire."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from dashboard.domain.orders import (
    CLOSED_STATES,
    MOVES,
    NEEDS_COURIER,
    OPEN_STATES,
    STATES,
    WAITING_STATES,
    Item,
    Order,
    Place,
    assign,
    delay,
    move,
    order_from_wire,
    order_to_wire,
    unassign,
)  # fmt: skip
from dashboard.domain.refusals import WrongState

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MEAL = Order("o1", "taille", "1042", Place(60.17, 24.94), Place(60.16, 24.95), NOON, kind="meal", courier="lea")
# What is allowed, state by state; everything else is not. A parcel may be ready as soon as it is placed.
ALLOWED = {
    "placed": {"accept": "accepted", "refuse": "refused", "cancel": "cancelled"},
    "accepted": {
        "prepare": "preparing", "ready": "ready", "pick_up": "picked_up", "fail": "failed", "cancel": "cancelled",
    },
    "preparing": {"ready": "ready", "pick_up": "picked_up", "fail": "failed", "cancel": "cancelled"},
    "ready": {"pick_up": "picked_up", "fail": "failed", "cancel": "cancelled"},
    "picked_up": {"deliver": "delivered", "fail": "failed"},
    "delivered": {}, "refused": {}, "cancelled": {}, "failed": {},
}  # fmt: skip
EVERY = [(state, step) for state in STATES for step in MOVES]


def in_state(state: str, **fields: object) -> Order:
    """The meal in this state."""
    return replace(MEAL, state=state, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("state", "step"), EVERY)
def test_each_step_from_each_state(state: str, step: str) -> None:
    """A step leads where the table says and nowhere else; a refusal names the state and what it would have become."""
    target = ALLOWED[state].get(step)
    if target is None:
        with pytest.raises(WrongState) as refused:
            move(in_state(state), step)
        assert str(refused.value) == f"1042 is {state}: it cannot become {MOVES[step].target}"
        assert (refused.value.facts["state"], refused.value.facts["target"]) == (state, MOVES[step].target)
    else:
        assert move(in_state(state), step) == in_state(target, version=2)


def test_the_states_are_the_contract_s() -> None:
    """The states are those of the contract, each either open or closed, and every step leads to one of them."""
    assert tuple(ALLOWED) == STATES
    assert {state for state in STATES if ALLOWED[state]} == OPEN_STATES == set(STATES) - CLOSED_STATES
    assert OPEN_STATES - {"picked_up"} == WAITING_STATES
    assert {rule.target for rule in MOVES.values()} == set(STATES) - {"placed"}
    assert [in_state(state).is_open for state in STATES] == [state in OPEN_STATES for state in STATES]


@pytest.mark.parametrize("state", STATES)
def test_a_parcel_needs_no_kitchen(state: str) -> None:
    """A parcel may be ready right after it was placed; for the rest it is like a meal."""
    parcel = in_state(state, kind="parcel")
    if state in {"placed", "accepted", "preparing"}:
        assert move(parcel, "ready").state == "ready"
    else:
        with pytest.raises(WrongState):
            move(parcel, "ready")


@pytest.mark.parametrize("step", sorted(NEEDS_COURIER))
def test_nobody_picks_up_or_delivers_nothing(step: str) -> None:
    """An order without a courier is neither picked up nor delivered, and the refusal says to assign it."""
    state = min(MOVES[step].sources)
    with pytest.raises(WrongState, match=f"1042 is {state} and has no courier: assign it"):
        move(in_state(state, courier=None), step)


@pytest.mark.parametrize("state", STATES)
def test_assigning_in_each_state(state: str) -> None:
    """Whoever has it, an open order can be handed over, one on a bicycle too; a closed one cannot."""
    order = in_state(state)
    if state in OPEN_STATES:
        assert assign(order, "noor") == replace(order, courier="noor", version=2)
        assert assign(replace(order, courier=None), "noor").courier == "noor"
    else:
        with pytest.raises(WrongState, match=f"1042 is {state}: it cannot be assigned"):
            assign(order, "noor")


def test_nobody_is_given_what_they_have() -> None:
    """Giving an order to the courier who has it already is refused, not counted as a change."""
    with pytest.raises(WrongState, match="already with lea"):
        assign(MEAL, "lea")


@pytest.mark.parametrize("state", STATES)
def test_taking_back_in_each_state(state: str) -> None:
    """Only an order that still waits can be taken back; food on a bicycle is handed over instead."""
    refusals = {"picked_up": "hand it to another courier"} | dict.fromkeys(CLOSED_STATES, "it cannot be taken back")
    if state in WAITING_STATES:
        assert unassign(in_state(state)) == in_state(state, courier=None, version=2)
    else:
        with pytest.raises(WrongState, match=f"1042 is {state}: {refusals[state]}"):
            unassign(in_state(state))


def test_there_must_be_something_to_take_back() -> None:
    """An order that nobody has cannot be taken back."""
    with pytest.raises(WrongState, match="no courier: there is nothing to take back"):
        unassign(replace(MEAL, courier=None))


@pytest.mark.parametrize("state", STATES)
def test_delaying_in_each_state(state: str) -> None:
    """An order that waits can be made ready later: from its own time, else from now."""
    later, soon = NOON + timedelta(minutes=20), timedelta(minutes=5)
    if state in WAITING_STATES:
        assert delay(in_state(state), soon, later).ready_at == later + soon
        assert delay(in_state(state, ready_at=NOON), soon, later) == in_state(state, ready_at=NOON + soon, version=2)
    else:
        with pytest.raises(WrongState, match=f"1042 is {state}: it cannot be delayed"):
            delay(in_state(state), soon, later)


def test_an_order_goes_over_the_wire_and_back() -> None:
    """Every field survives JSON, open ends and windows included."""
    full = replace(
        MEAL, pickup=Place(60.17, 24.94, "Savoy", "Esplanadi 14", NOON, NOON + timedelta(hours=1)), restaurant="savoy",
        items=(Item("Karjalanpiirakka", 3), Item("Kahvi")), weight_g=900, price_cents=1850, delivery_fee_cents=490,
        tip_cents=0, ready_at=NOON, version=7,
    )  # fmt: skip
    for order in (MEAL, full):
        assert order_from_wire(json.loads(json.dumps(order_to_wire(order)))) == order


def test_the_wire_has_the_contract_s_fields() -> None:
    """The document holds exactly the fields that the contract lists, times in UTC."""
    wire = order_to_wire(replace(MEAL, placed_at=NOON.astimezone(timezone(timedelta(hours=3)))))
    assert list(wire) == [
        "id", "coop", "ref", "kind", "restaurant", "pickup", "dropoff", "items", "weight_g", "price_cents",
        "delivery_fee_cents", "tip_cents", "placed_at", "ready_at", "state", "courier", "version",
    ]  # fmt: skip
    assert list(wire["pickup"]) == ["name", "address", "lat", "lon", "after", "before"]
    assert wire["placed_at"] == "2026-05-04T12:00:00.000Z"
