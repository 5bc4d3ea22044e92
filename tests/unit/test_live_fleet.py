"""Where the couriers are: who is let in, and that nothing stays of who may not be located."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dashboard.domain.couriers import Courier
from live import fixes
from live.fixes import Fix
from live.fleet import Fleet

NOW = 1_700_000_000.0
STARTED = datetime.fromtimestamp(NOW - 60, UTC)
LEA = Courier("lea", "acme", "Léa", "on", STARTED)


def fleet_of(*couriers: Courier) -> Fleet:
    fleet = Fleet()
    for courier in couriers:
        fleet.follow(courier, NOW - 60)
    return fleet


def shown(fleet: Fleet, now: float = NOW) -> dict[int, tuple[float, float]]:
    rows = fleet.positions(now)
    return {
        index: (round(lon, 3), round(lat, 3))
        for index, lon, lat in zip(rows.index.tolist(), rows.lon.tolist(), rows.lat.tolist(), strict=True)
    }


def test_a_fix_of_a_courier_on_shift_is_shown() -> None:
    """With its place and its age."""
    fleet = fleet_of(LEA)
    assert fleet.accept(Fix("lea", 60.17, 24.94, NOW - 1.5), NOW) is None
    assert shown(fleet) == {0: (24.94, 60.17)}
    assert fleet.positions(NOW).age_ms.tolist() == [1500]
    assert fleet.seen() == {"lea": NOW - 1.5}


def test_the_door_names_its_reasons() -> None:
    """Unknown, off shift, on break, before the shift, twice, backwards, tomorrow, off the map."""
    fleet = fleet_of(LEA, replace(LEA, id="off", shift="off"), replace(LEA, id="tea", shift="break"))
    assert fleet.accept(Fix("lea", 60, 24, NOW - 5), NOW) is None
    reasons = [
        fleet.accept(fix, NOW)
        for fix in (
            Fix("who", 60, 24, NOW), Fix("off", 60, 24, NOW), Fix("tea", 60, 24, NOW), Fix("lea", 60, 24, NOW - 61),
            Fix("lea", 60, 24, NOW - 5), Fix("lea", 60, 24, NOW - 6), Fix("lea", 60, 24, NOW + 61),
            Fix("lea", 91, 24, NOW), Fix("lea", 60, 24, NOW - 301),
        )
    ]  # fmt: skip
    assert reasons == [
        fixes.UNKNOWN_COURIER, fixes.OFF_SHIFT, fixes.OFF_SHIFT, fixes.BEFORE_SHIFT, fixes.DUPLICATE,
        fixes.OUT_OF_ORDER, fixes.FUTURE, fixes.OUT_OF_RANGE, fixes.TOO_OLD,
    ]  # fmt: skip
    assert shown(fleet) == {0: (24.0, 60.0)}


def test_indices_are_given_once_and_room_is_made() -> None:
    """Three hundred couriers have three hundred indices, and keep them when they come and go."""
    couriers = [replace(LEA, id=f"c{number}") for number in range(300)]
    fleet = fleet_of(*couriers)
    for courier in couriers:
        fleet.accept(Fix(courier.id, 60, 24, NOW), NOW)
    assert not fleet.follow(replace(couriers[7], shift="off"), NOW)
    assert not fleet.follow(couriers[7], NOW)
    assert list(fleet.index.values()) == list(range(300))
    assert set(shown(fleet)) == set(range(300)) - {7}


def test_changes_are_handed_out_once() -> None:
    """Until there is a new fix, or everything is asked for."""
    fleet = fleet_of(LEA, replace(LEA, id="max"))
    fleet.accept(Fix("max", 60, 24, NOW), NOW)
    assert fleet.take_changed().tolist() == [1]
    assert fleet.take_changed().tolist() == []
    fleet.mark_all()
    assert fleet.take_changed().tolist() == [1]


def test_a_fix_in_hand_is_dropped_with_its_courier() -> None:
    """A change taken before the courier left is not shown after."""
    fleet = fleet_of(LEA)
    fleet.accept(Fix("lea", 60, 24, NOW), NOW)
    changed = fleet.take_changed()
    fleet.follow(replace(LEA, shift="off"), NOW)
    assert fleet.positions(NOW, changed).index.tolist() == []
    assert fleet.newest(0) is None


class Privacy(RuleBasedStateMachine):
    """Couriers come, go, and take breaks, while fixes of all of them keep coming, late ones and old ones too."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.fleet = Fleet()
        self.couriers: dict[str, Courier] = {}
        self.since: dict[str, float] = {}
        self.allowed: dict[str, Fix] = {}

    @rule(id=st.sampled_from("abc"), shift=st.sampled_from(["on", "off", "break"]))
    def change_shift(self, id: str, shift: str) -> None:
        before = self.couriers.get(id)
        courier = Courier(id, "acme", id, shift)
        if shift != "on":
            self.allowed.pop(id, None)
        elif before is None or before.shift != "on":
            self.since[id] = self.now
        self.couriers[id] = courier
        self.fleet.follow(courier, self.now)

    @rule(id=st.sampled_from("abcd"), late=st.floats(-90, 400), lat=st.floats(-100, 100))
    def send_fix(self, id: str, late: float, lat: float) -> None:
        fix = Fix(id, lat, 24.0, self.now - late)
        courier = self.couriers.get(id)
        before = self.allowed.get(id)
        useful = (
            courier is not None and courier.shift == "on" and abs(lat) <= 90 and -60 <= self.now - fix.t < 0
        ) or (
            courier is not None and courier.shift == "on" and abs(lat) <= 90 and 0 <= self.now - fix.t <= 300
            and fix.t >= self.since[id]
        )  # fmt: skip
        useful = useful and (before is None or fix.t > before.t)
        assert (self.fleet.accept(fix, self.now) is None) == useful
        if useful:
            self.allowed[id] = fix

    @rule(seconds=st.floats(0.1, 100))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def shows_who_may_be_located_and_nobody_else(self) -> None:
        index = self.fleet.index
        assert set(self.fleet.on_shift) == {each.id for each in self.couriers.values() if each.shift == "on"}
        assert set(shown(self.fleet, self.now)) == {index[courier] for courier in self.allowed}
        assert {courier for courier in index if self.fleet.newest(index[courier])} == set(self.allowed)
        kept: Any = [self.fleet._lon, self.fleet._lat, self.fleet._t]
        assert all(int(np.isfinite(column).sum()) == len(self.allowed) for column in kept), "nothing is left inside"


TestPrivacy = Privacy.TestCase
TestPrivacy.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
