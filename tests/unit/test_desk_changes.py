"""Tags, other days and times, notes, overrides: what becomes of an order, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.domain import desk_changes
from dashboard.domain.orders import CLOSED_STATES, OPEN_STATES, STATES, Order, Place, order_from_wire, order_to_wire
from dashboard.domain.overrides import OVERRIDES, override, possible_overrides
from dashboard.domain.refusals import Invalid, WrongState

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 10, 24, 10, tzinfo=UTC)
"""The day before the clocks go back in Paris; 12:00 there."""
ORDER = Order(
    "o1", "velo", "1042", Place(48.85, 2.35), Place(48.86, 2.35, after=NOW + timedelta(hours=6),
    before=NOW + timedelta(hours=7)), NOW, ready_at=NOW + timedelta(hours=5), courier="lea", state="accepted",
)  # fmt: skip


def test_another_day_keeps_the_times_on_the_wall() -> None:
    """18:00 stays 18:00 although the clocks go back between, and whoever has the order today has it no more."""
    moved = desk_changes.on_day(ORDER, date(2026, 10, 25), PARIS, NOW)
    assert moved.dropoff.after == datetime(2026, 10, 25, 17, tzinfo=UTC)
    assert (moved.dropoff.before, moved.ready_at) == (
        datetime(2026, 10, 25, 18, tzinfo=UTC), datetime(2026, 10, 25, 16, tzinfo=UTC),
    )  # fmt: skip
    assert (moved.courier, moved.pickup.after, moved.version) == (None, None, 2)


def test_an_order_for_now_is_picked_up_from_this_time_of_day_on() -> None:
    """What had no time gets one: otherwise it would be due at once on any day."""
    order = replace(ORDER, dropoff=Place(48.86, 2.35), ready_at=None)
    assert desk_changes.on_day(order, date(2026, 10, 25), PARIS, NOW).pickup.after == NOW + timedelta(hours=25)
    assert desk_changes.by_minutes(order, 30, NOW).pickup.after == NOW + timedelta(minutes=30)


def test_minutes_move_both_windows_and_leave_the_courier() -> None:
    """Half an hour later for the kitchen and at the door, by the same hands."""
    moved = desk_changes.by_minutes(ORDER, 30, NOW)
    assert moved.dropoff.after == NOW + timedelta(hours=6, minutes=30)
    assert (moved.ready_at, moved.courier) == (NOW + timedelta(hours=5, minutes=30), "lea")


@pytest.mark.parametrize(("day", "says"), [
    (date(2026, 10, 23), "is over"), (date(2026, 10, 24), "is on 2026-10-24 already"),
])  # fmt: skip
def test_a_day_has_to_be_another_one_and_to_come(day: date, says: str) -> None:
    """Nothing is moved into the past, or to where it is."""
    with pytest.raises((Invalid, WrongState), match=says):
        desk_changes.on_day(ORDER, day, PARIS, NOW)
    with pytest.raises(WrongState, match="is picked_up"):
        desk_changes.on_day(replace(ORDER, state="picked_up"), date(2026, 10, 25), PARIS, NOW)


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_what_came_to_nothing_is_tried_again_another_day(state: str) -> None:
    """Opened again first, with a reason: as it is, nothing of its day can be changed."""
    order = replace(ORDER, state=state)
    with pytest.raises(WrongState, match=f"is {state}: its times cannot be changed"):
        desk_changes.on_day(order, date(2026, 10, 25), PARIS, NOW)
    opened = override(order, "reopen", "nobody was there", ())
    moved = desk_changes.on_day(opened, date(2026, 10, 25), PARIS, NOW)
    assert (moved.courier, moved.dropoff.before) == (None, datetime(2026, 10, 25, 18, tzinfo=UTC))


def test_tags_are_a_set_in_alphabetical_order() -> None:
    """Put twice, they are there once; the order on the wire has them, and none when there is none."""
    tagged = desk_changes.tag(ORDER, (" vip ", "big", "vip"))
    assert tagged.tags == ("big", "vip")
    assert order_from_wire(order_to_wire(tagged)) == tagged
    bare = desk_changes.untag(tagged, ("big", "vip", "old"))
    assert "tags" not in order_to_wire(bare)
    for wrong in (("",), ("a,b",), ("x" * 41,), tuple(str(n) for n in range(21)), ()):
        with pytest.raises(Invalid):
            desk_changes.tag(ORDER, wrong)
    with pytest.raises(WrongState, match="these tags already"):
        desk_changes.tag(tagged, ("vip",))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", OVERRIDES)
def test_what_is_offered_can_be_done_and_nothing_else(state: str, step: str) -> None:
    """The table is the rule: each override from each state is offered or refused, and a reason is needed."""
    order = replace(ORDER, state=state, kind="meal")
    if step not in possible_overrides(order):
        with pytest.raises(WrongState):
            override(order, step, "a reason", ())
        return
    after = override(order, step, "a reason", ())
    assert (after.state, after.version) == (OVERRIDES[step].target or "placed", 2)
    with pytest.raises(Invalid, match="reason"):
        override(order, step, "  ", ())


def test_no_override_leads_from_one_closed_state_to_another() -> None:
    """The accounts see it opened in between; and nobody delivers what nobody has."""
    for closed in CLOSED_STATES:
        assert possible_overrides(replace(ORDER, state=closed)) == ("reopen",)
    assert "deliver" not in possible_overrides(replace(ORDER, courier=None))
    assert all(OVERRIDES[step].sources <= OPEN_STATES for step in OVERRIDES if step != "reopen")
