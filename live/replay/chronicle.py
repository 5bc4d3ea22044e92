"""The journal of a simulated day, written by the use cases of the desk: what they refuse, the day may not do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, cast

from dashboard.dispatch import Dispatch
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order, Place
from dashboard.ports import Store
from live.replay.diary import Diary
from live.replay.instance import Instance, Spot
from live.replay.origin import on_map
from live.replay.simulate import Day, Wheel

MIDNIGHT = datetime(2026, 1, 5, tzinfo=UTC)
"""Minute 0, a Monday: the instances have no date."""
COOP = "simulated"
HIRE, START, PLACE, ACCEPT, READY, ASSIGN, ARRIVE, PICK_UP, DELIVER, END = range(10)
"""What comes first within a minute."""
Deed = tuple[float, int, Callable[..., Any]]
"""At which minute, in which turn, a use case that still wants to know when."""


def journal(day: Day, policy: str) -> list[Entry]:
    """All entries of the day, in order; assignments are by ``simulation:POLICY``."""
    diary = Diary(COOP)
    desk = Dispatch(cast(Store, diary), _tell_nobody, lambda: str(len(diary.entries)))
    deeds = [
        *_shifts(desk, day.wheels), *_orders(desk, day.instance), *_trips(desk, day, f"simulation:{policy}")
    ]  # fmt: skip
    for minute, _, do in sorted(deeds, key=lambda deed: deed[:2]):
        do(at=MIDNIGHT + timedelta(minutes=minute))
    return diary.entries


def _shifts(desk: Dispatch, wheels: Iterable[Wheel]) -> Iterator[Deed]:
    for wheel in wheels:
        who, starts = wheel.courier.id, wheel.courier.on_time
        yield starts, HIRE, partial(desk.add_courier, COOP, who, who, by="simulation")
        yield starts, START, partial(desk.shift, COOP, who, "start", by=who)
        ends = max(wheel.courier.off_time, wheel.free)  # what is on the bicycle is brought to its door
        yield ends, END, partial(desk.shift, COOP, who, "end", by=who)


def _orders(desk: Dispatch, instance: Instance) -> Iterator[Deed]:
    for meal in instance.orders.values():
        wanted = MIDNIGHT + timedelta(minutes=meal.placement_time + instance.rules.target_click_to_door)
        draft = Order(
            meal.id, COOP, meal.id, _place(instance.restaurants[meal.restaurant].spot), _place(meal.spot, wanted),
            MIDNIGHT + timedelta(minutes=meal.placement_time), kind="meal", restaurant=meal.restaurant,
            ready_at=MIDNIGHT + timedelta(minutes=meal.ready_time),
        )  # fmt: skip
        yield meal.placement_time, PLACE, partial(desk.place, COOP, draft, by="customer")
        yield meal.placement_time, ACCEPT, partial(desk.move, COOP, meal.id, "accept", by=meal.restaurant)
        yield meal.ready_time, READY, partial(desk.move, COOP, meal.id, "ready", by=meal.restaurant)


def _trips(desk: Dispatch, day: Day, by: str) -> Iterator[Deed]:
    at_door = day.instance.rules.dropoff_minutes / 2
    for trip in day.trips:
        who, first = trip.courier, trip.bundle[0].id
        yield trip.arrived, ARRIVE, partial(desk.arrive, COOP, who, first, "pickup", by=who)
        for task, delivered in zip(trip.bundle, trip.ride.delivered, strict=True):
            yield delivered - at_door, ARRIVE, partial(desk.arrive, COOP, who, task.id, "dropoff", by=who)
            yield trip.given, ASSIGN, partial(desk.assign, COOP, task.id, who, expected_version=None, by=by)
            yield trip.ride.picked_up, PICK_UP, partial(desk.move, COOP, task.id, "pick_up", by=who)
            yield delivered, DELIVER, partial(desk.move, COOP, task.id, "deliver", by=who)


def _tell_nobody(entry: Entry) -> None:
    """There are no screens."""


def _place(spot: Spot, before: datetime | None = None) -> Place:
    lon, lat = on_map(spot)
    return Place(round(lat, 6), round(lon, 6), before=before)
