"""Couriers: every action from every shift state, and who may be located."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.domain.couriers import SHIFT_MOVES, Courier, courier_from_wire, courier_to_wire, move_shift
from dashboard.domain.refusals import WrongState

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)
OFF = Courier("lea", "taille", "Léa")
ON = replace(OFF, shift="on", shift_started_at=NOON)
BREAK = replace(OFF, shift="break", shift_started_at=NOON, break_started_at=NOON + timedelta(hours=1))
BY_STATE = {"off": OFF, "on": ON, "break": BREAK}
AFTERWARDS = {
    ("off", "start"): replace(OFF, shift="on", shift_started_at=LATER, version=2),
    ("on", "end"): replace(OFF, version=2),
    ("break", "end"): replace(OFF, version=2),
    ("on", "break"): replace(ON, shift="break", break_started_at=LATER, version=2),
    ("break", "resume"): replace(ON, version=2),
}


@pytest.mark.parametrize(("state", "action"), [(state, action) for state in BY_STATE for action in SHIFT_MOVES])
def test_each_action_from_each_state(state: str, action: str) -> None:
    """An action leads where the table says; any other is refused with the courier's name and both states."""
    if (state, action) in AFTERWARDS:
        assert move_shift(BY_STATE[state], action, LATER) == AFTERWARDS[state, action]
    else:
        with pytest.raises(WrongState) as refused:
            move_shift(BY_STATE[state], action, LATER)
        target = SHIFT_MOVES[action].target
        assert str(refused.value) == f"Léa is {state}: the shift cannot become {target}"


def test_nobody_is_kept_on_shift() -> None:
    """A shift can be ended from any state but off."""
    assert SHIFT_MOVES["end"].sources == {"on", "break"}


def test_only_who_is_on_shift_may_be_located() -> None:
    """Off shift and on break nobody is followed."""
    assert [courier.can_be_located for courier in (OFF, ON, BREAK)] == [False, True, False]


@pytest.mark.parametrize("courier", BY_STATE.values(), ids=BY_STATE.keys())
def test_a_courier_goes_over_the_wire_and_back(courier: Courier) -> None:
    """Every field survives JSON."""
    assert courier_from_wire(json.loads(json.dumps(courier_to_wire(courier)))) == courier
