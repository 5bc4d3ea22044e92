"""Kitchens, the colleague and the rota of the demo, each with plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from dashboard.domain.couriers import Courier
from dashboard.domain.orders import Order, Place
from live.demo.colleague import Colleague, Free
from live.demo.deeds import Deed, Delay, HandOut, Shift, Step
from live.demo.fate import Fate
from live.demo.kitchens import Kitchens
from live.demo.pace import Pace
from live.demo.rota import Rota

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FATE = Fate(
    accepted_after=30, is_refused=False, started_after=20, cooking=600, extra_minutes=0, is_for_colleague=True,
    hand_out_after=100, patience=700, at_counter=40, at_door=60,
)  # fmt: skip
ORDER = Order(
    id="o", ref="1001", coop="demo", kind="meal", pickup=Place(60.17, 24.94), dropoff=Place(60.18, 24.95),
    placed_at=NOON, ready_at=NOON + timedelta(seconds=600),
)  # fmt: skip
NEAR, FAR = Free("near", (24.94, 60.17), 0), Free("far", (24.95, 60.18), 0)


def _later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def _cooks(order: Order, fate: Fate, seconds: float, kitchens: Kitchens | None = None) -> list[Deed]:
    return list((kitchens or Kitchens(Pace())).deeds([(order, fate)], _later(seconds)))


@pytest.mark.parametrize(
    ("state", "too_early", "due", "step"),
    [("placed", 29, 30, "accept"), ("accepted", 49, 50, "prepare"), ("preparing", 599, 600, "ready")],
)
def test_a_kitchen_takes_its_steps_in_time(state: str, too_early: float, due: float, step: str) -> None:
    """Accept, prepare, ready: each when its time has come, not before."""
    order = replace(ORDER, state=state)

    assert _cooks(order, FATE, too_early) == []
    assert _cooks(order, FATE, due) == [Step(order, step, "demo:restaurant")]


def test_a_kitchen_refuses_only_what_nobody_rides_for() -> None:
    """A refusal comes instead of accepting, but not when a courier has the order already."""
    fate = replace(FATE, is_refused=True)
    given = replace(ORDER, courier="lea")

    assert [deed.step for deed in _cooks(ORDER, fate, 30) if isinstance(deed, Step)] == ["refuse"]
    assert [deed.step for deed in _cooks(given, fate, 30) if isinstance(deed, Step)] == ["accept"]


def test_a_kitchen_asks_for_more_time_once() -> None:
    """When the food should be ready and is not, the kitchen says how much longer, once."""
    kitchens, fate = Kitchens(Pace()), replace(FATE, extra_minutes=5)
    order = replace(ORDER, state="preparing")
    assert _cooks(order, fate, 600, kitchens) == [Delay(order, 5)]
    later = replace(order, ready_at=_later(900))

    assert _cooks(later, fate, 899, kitchens) == []
    assert _cooks(later, fate, 900, kitchens) == [Step(later, "ready", "demo:restaurant")]


def test_a_kitchen_with_a_person_at_its_screen_is_left_to_them() -> None:
    """Nothing is pressed for that restaurant, however late it is; the others go on, and so does it afterwards."""
    theirs, other = replace(ORDER, restaurant="soup"), replace(ORDER, id="p", restaurant="pizza")
    both = [(theirs, FATE), (other, FATE)]
    assert list(Kitchens(Pace()).deeds(both, _later(3000), {"soup"})) == [Step(other, "accept", "demo:restaurant")]
    assert len(list(Kitchens(Pace()).deeds(both, _later(3000)))) == 2


def test_a_parcel_needs_no_kitchen() -> None:
    """It is ready as soon as somebody has seen it."""
    parcel = replace(ORDER, kind="parcel", ready_at=None)

    assert _cooks(parcel, FATE, 30) == [Step(parcel, "ready", "demo:restaurant")]


def _hands_out(
    order: Order, seconds: float, *, fate: Fate = FATE, free: Sequence[Free] = (), on: Sequence[Free] = (),
    colleague: Colleague | None = None,
) -> list[Deed]:  # fmt: skip
    able = [replace(one) for one in free]
    on_shift = {one.courier: one for one in [*able, *on]}
    return list((colleague or Colleague(Pace())).deeds([(order, fate)], on_shift, able, _later(seconds)))


def test_the_colleague_gives_its_orders_to_the_nearest() -> None:
    """After a while, to whoever is near and has little in hand."""
    order = replace(ORDER, state="preparing")

    assert _hands_out(order, 99, free=[FAR, NEAR]) == []
    assert _hands_out(order, 100, free=[FAR, NEAR]) == [HandOut(order, "near")]
    assert _hands_out(order, 100, free=[FAR, replace(NEAR, load=2)]) == [HandOut(order, "far")]
    assert _hands_out(order, 100, free=[replace(NEAR, load=3)]) == []


def test_the_others_wait_for_the_desk() -> None:
    """An order that is not the colleague's waits until its patience is over; one that nobody accepted is not given."""
    fate, order = replace(FATE, is_for_colleague=False), replace(ORDER, state="ready")

    assert _hands_out(order, 699, fate=fate, free=[NEAR]) == []
    assert _hands_out(order, 700, fate=fate, free=[NEAR]) == [HandOut(order, "near")]
    assert _hands_out(ORDER, 700, fate=fate, free=[NEAR]) == []


def test_a_stranded_order_gets_another_courier() -> None:
    """When its courier goes off shift the desk has two minutes to see to it, then the colleague does."""
    colleague, order = Colleague(Pace()), replace(ORDER, state="ready", courier="gone")
    assert _hands_out(order, 200, on=[Free("gone", FAR.place, 1)], free=[NEAR], colleague=colleague) == []
    assert _hands_out(order, 201, free=[NEAR], colleague=colleague) == []

    assert _hands_out(order, 320, free=[NEAR], colleague=colleague) == []
    assert _hands_out(order, 321, free=[NEAR], colleague=colleague) == [HandOut(order, "near")]


@pytest.mark.parametrize(("state", "step"), [("placed", "cancel"), ("ready", "cancel"), ("picked_up", "fail")])
def test_nothing_is_left_to_grow_old(state: str, step: str) -> None:
    """After a hundred minutes an order is given up, whoever has it."""
    order = replace(ORDER, state=state, courier="near")

    assert _hands_out(order, 5999, on=[NEAR]) == []
    assert _hands_out(order, 6000, on=[NEAR]) == [Step(order, step, "demo:colleague", reason="Far too late")]


def _team(*shifts: str) -> list[Courier]:
    return [
        Courier(f"c{n}", "demo", f"C{n}", shift, NOON if shift != "off" else None, NOON if shift == "break" else None)
        for n, shift in enumerate(shifts)
    ]


def test_more_ride_when_more_is_ordered() -> None:
    """Of ten couriers five or six ride when it is quiet, nine at the peak."""
    team = _team(*["off"] * 10)

    assert [len(Rota(Pace(), Random(1)).deeds(team, set(), NOON, demand)) for demand in (0.0, 0.5, 1.0)] == [6, 7, 9]


def test_nobody_goes_home_or_on_break_with_food_in_hand() -> None:
    """A shift that is over ends, and a break that is due begins, as soon as nothing is in hand."""
    rota, team = Rota(Pace(), Random(1)), _team("on")
    assert rota.deeds(team, set(), NOON, 1.0) == []

    assert rota.deeds(team, {"c0"}, _later(6 * 3600), 1.0) == []
    assert rota.is_going_home("c0", _later(6 * 3600))
    assert rota.deeds(team, set(), _later(6 * 3600), 1.0) == [Shift("c0", "end")]
    assert [deed.action for deed in rota.deeds(team, set(), _later(7800), 1.0)] in (["break"], ["end"])


def test_a_break_ends() -> None:
    """Whoever started the break, it ends after 12 to 22 minutes."""
    rota, team = Rota(Pace(), Random(1)), _team("break")

    assert rota.deeds(team, set(), _later(11 * 60), 1.0) == []
    assert rota.deeds(team, set(), _later(23 * 60), 1.0) == [Shift("c0", "resume")]


def test_whoever_was_sent_home_rests_first() -> None:
    """A shift that the desk ended is not started again by the courier within half an hour."""
    rota = Rota(Pace(), Random(1))
    rota.deeds(_team("on"), set(), NOON, 1.0)

    assert rota.deeds(_team("off"), set(), _later(60), 1.0) == []
    assert rota.deeds(_team("off"), set(), _later(60 + 29 * 60), 1.0) == []
    assert rota.deeds(_team("off"), set(), _later(60 + 30 * 60), 1.0) == [Shift("c0", "start")]


def test_ten_times_as_fast() -> None:
    """Durations shrink with the speed: what took ten minutes takes one."""
    pace = Pace(10)

    assert pace.after(NOON, 600) == NOON + timedelta(minutes=1)
    assert pace.between(NOON, NOON + timedelta(minutes=1)) == 600
