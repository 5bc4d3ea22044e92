"""A day of the Meal Delivery Routing Problem: who rides, who cooks, who orders, and the rules they live by.

Points are metres on no map, times are minutes from the start of the day. Rules: Reyes et al., "The Meal Delivery
Routing Problem", 2018, and its public instances.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, hypot

Spot = tuple[float, float]
"""(x, y) in metres."""


@dataclass(frozen=True, slots=True)
class Restaurant:
    """A kitchen."""

    id: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Courier:
    """Somebody who rides from ``on_time`` to ``off_time``, beginning at ``spot``."""

    id: str
    spot: Spot
    on_time: int
    off_time: int


@dataclass(frozen=True, slots=True)
class Meal:
    """An order: known from ``placement_time``, cooked at ``ready_time``, wanted at ``spot``."""

    id: str
    spot: Spot
    placement_time: int
    restaurant: str
    ready_time: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Speed in metres a minute; minutes of service at a counter and at a door; minutes from click to door; money."""

    metres_per_minute: int
    pickup_minutes: int
    dropoff_minutes: int
    target_click_to_door: int
    maximum_click_to_door: int
    pay_per_order: int
    guarantee_per_hour: int

    def travel(self, start: Spot, end: Spot) -> int:
        """Whole minutes from one point to another in a straight line, never rounded down."""
        return ceil(hypot(start[0] - end[0], start[1] - end[1]) / self.metres_per_minute)


@dataclass(frozen=True, slots=True)
class Instance:
    """One day. Restaurants and couriers by id, in the order of their files; so are the orders."""

    name: str
    rules: Rules
    restaurants: Mapping[str, Restaurant]
    couriers: Mapping[str, Courier]
    orders: Mapping[str, Meal]

    @property
    def first_minute(self) -> int:
        """When the first thing happens."""
        return min(
            *(courier.on_time for courier in self.couriers.values()),
            *(order.placement_time for order in self.orders.values()),
        )

    @property
    def last_minute(self) -> int:
        """When the last shift is over and the last order is later than any customer waits."""
        return max(
            *(courier.off_time for courier in self.couriers.values()),
            *(order.placement_time + self.rules.maximum_click_to_door for order in self.orders.values()),
        )
