"""How many orders come, and what they are.

A demo day is eight hours long and begins where lunch does, whatever the real hour: lunch, a calm afternoon, dinner,
a late evening that is never empty, and lunch again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import exp, log
from random import Random

from dashboard.domain.ground import metres_between
from dashboard.domain.orders import Item, Order, Place
from live.city.pack import CityPack, Door, Restaurant
from live.demo.menus import menu_of
from live.demo.pace import HOUR, MINUTE, Pace
from live.demo.people import customer

DAY = 8 * HOUR
LUNCH, DINNER = 0.75 * HOUR, 4.5 * HOUR
PEAK = 3.0
"""Orders an hour for each courier of the co-op, at the height of dinner."""

CALM = 0.45
"""The share of it that comes at the quietest hour."""

_PARTNERS = 48
_FARTHEST = 2500.0
_RIDING = 3.0
"""Metres a second, door to door as the crow flies."""


def intensity(elapsed: float) -> float:
    """The share (0.45 to 1) of the peak, so many demo seconds after the start."""
    hour = elapsed % DAY
    lunch = max(_bell(hour - LUNCH, 0.8 * HOUR), _bell(hour - LUNCH - DAY, 0.8 * HOUR))
    return CALM + (1 - CALM) * max(0.9 * lunch, _bell(hour - DINNER, HOUR))


class Customers:
    """Those who order: so many an hour, from the partner restaurants, to doors all over the city."""

    def __init__(self, pack: CityPack, dice: Random, pace: Pace, per_hour: float) -> None:
        self._doors = pack.doors
        self._dice = dice
        self._pace = pace
        self._per_second = per_hour / HOUR
        self.partners = dice.sample(pack.restaurants, min(_PARTNERS, len(pack.restaurants)))
        self._popularity = [1 / (rank + 4) for rank in range(len(self.partners))]
        self._until_next = self._gap()

    def orders(self, coop: str, now: datetime, elapsed: float, seconds: float) -> Sequence[Order]:
        """Those of the last ``seconds`` demo seconds."""
        self._until_next -= intensity(elapsed) * self._per_second * seconds
        drafts = []
        while self._until_next <= 0:
            self._until_next += self._gap()
            drafts.append(self.order(coop, now))
        return drafts

    def order(self, coop: str, placed_at: datetime) -> Order:
        """One order, without id or ref."""
        dice = self._dice
        restaurant = dice.choices(self.partners, self._popularity)[0]
        door = self._door(restaurant)
        metres = metres_between((restaurant.lon, restaurant.lat), (door.lon, door.lat))
        ready = self._pace.after(placed_at, _cooking(restaurant, dice))
        promise = self._pace.after(ready, 9 * MINUTE + metres / _RIDING + dice.uniform(0, 6) * MINUTE)
        items = tuple(Item(dish, dice.choice((1, 1, 1, 2))) for dish, _ in self._dishes(restaurant))
        prices = dict(menu_of(restaurant))
        return Order(
            id="", ref="", coop=coop, kind="meal", restaurant=restaurant.id, placed_at=placed_at, ready_at=ready,
            pickup=Place(
                restaurant.lat, restaurant.lon, restaurant.name, restaurant.address,
                after=ready, before=self._pace.after(ready, 20 * MINUTE),
            ),
            dropoff=Place(door.lat, door.lon, customer(dice), door.address, after=ready, before=promise),
            items=items, weight_g=sum(dice.randrange(300, 800, 50) * item.quantity for item in items),
            price_cents=sum(prices[item.name] * item.quantity for item in items),
            delivery_fee_cents=390 + round(metres / 100) * 10,
            tip_cents=dice.choice((100, 150, 200, 200, 300, 500)) if dice.random() < 0.4 else 0,
        )  # fmt: skip

    def _dishes(self, restaurant: Restaurant) -> list[tuple[str, int]]:
        return self._dice.sample(menu_of(restaurant), self._dice.choice((1, 1, 2, 2, 3)))

    def _door(self, restaurant: Restaurant) -> Door:
        """Somewhere within reach; the nearest of a few where the city is large."""
        here = restaurant.lon, restaurant.lat
        doors = [self._dice.choice(self._doors) for _ in range(12)]
        near = [door for door in doors if metres_between(here, (door.lon, door.lat)) < _FARTHEST]
        return near[0] if near else min(doors, key=lambda door: metres_between(here, (door.lon, door.lat)))

    def _gap(self) -> float:
        return -log(1 - self._dice.random())


def _bell(away: float, width: float) -> float:
    return exp(-((away / width) ** 2) / 2)


def _cooking(restaurant: Restaurant, dice: Random) -> float:
    quick = restaurant.kind in ("cafe", "fast_food")
    return dice.uniform(5, 12) * MINUTE if quick else dice.uniform(10, 22) * MINUTE
