"""A courier of the demo: rides, waits at counters and doors, and does as the board says."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from random import Random

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.orders import Order
from live.demo.deeds import Arrive, Step, rider
from live.demo.errands import Errand, best_first
from live.demo.pace import MINUTE
from live.demo.ride import Ride
from live.demo.scene import Scene

_WITHIN_REACH = 40.0
"""Metres at which two couriers see each other and food changes bicycles."""

_LIGHTS = 1 / 120
"""Red lights a second of riding."""


class Rider:
    """One courier. ``place`` is always on a street: a point of a route, or where somebody was last seen."""

    def __init__(self, courier: str, place: Point, dice: Random) -> None:
        self.courier = courier
        self.place = place
        self.heading = 0.0
        self._dice = dice
        self._cruising = dice.uniform(4.3, 5.8)
        self._mood = 1.0
        self._red = 0.0
        self._errand: Errand | None = None
        self._ride: Ride | None = None
        self._done_at: datetime | None = None
        self._idle_until: datetime | None = None
        self._known: Hashable = None
        self._arrived: Errand | None = None

    def stand(self) -> None:
        """Stop and forget what one was about: off shift, on break, or waiting for a colleague."""
        self._errand = self._ride = self._done_at = self._idle_until = self._known = None

    def step(self, scene: Scene) -> Step | Arrive | None:
        """Live through the moment; what is done at its end, if anything."""
        if self._owes(scene):
            self.stand()
            return None
        self._look_at_orders(scene)
        if self._ride and not self._ride.is_over:
            self._move(self._ride, scene.seconds)
            return None
        return self._at_stop(scene)

    def _owes(self, scene: Scene) -> bool:
        """Whether somebody else comes for food on this bicycle. Who has to fetch some, too, rides all the same."""
        mine = {order.id for order in scene.hands.get(self.courier, ())}
        if any(scene.holders.get(order, self.courier) != self.courier for order in mine):
            return False
        return any(holder == self.courier and order not in mine for order, holder in scene.holders.items())

    def _look_at_orders(self, scene: Scene) -> None:
        """Choose anew when the orders in hand are others than before, or ready, or on another bicycle."""
        orders = scene.hands.get(self.courier, ())
        known = frozenset((order.id, order.state, scene.holders.get(order.id)) for order in orders)
        if known == self._known and self._errand:
            return
        if orders or (self._errand and self._errand.order):
            self._choose(scene)
        self._known = known

    def _choose(self, scene: Scene) -> None:
        for errand in best_first(self.courier, self.place, self._errand, scene):
            if errand == self._errand or self._set_out(errand, scene):
                return
        self.stand()

    def _set_out(self, errand: Errand, scene: Scene) -> bool:
        """Begin an errand; False when there is no way to it."""
        route = scene.way(self.place, errand.point)
        if route is None:
            return False
        self._errand, self._ride = errand, Ride((self.place, *route.points))
        self._done_at = self._idle_until = None
        return True

    def _move(self, ride: Ride, seconds: float) -> None:
        if self._red > 0:
            self._red -= seconds
            return
        if self._dice.random() < seconds * _LIGHTS:
            self._red = self._dice.uniform(4, 15)
        self._mood = min(1.15, max(0.85, self._mood + (1 - self._mood) * 0.1 + self._dice.gauss(0, 0.03)))
        ride.advance(self._cruising * self._mood * seconds)
        self.place, self.heading = ride.place, self.heading if ride.heading is None else ride.heading

    def _at_stop(self, scene: Scene) -> Step | Arrive | None:
        order = next((one for one in scene.hands.get(self.courier, ()) if self._is_about(one)), None)
        if order is None or self._errand is None:
            self._idle(scene)
            return None
        match self._errand.kind:
            case "meet":
                self._meet(order, scene)
                return None
            case "pickup":
                is_ready, seconds, step = order.state == "ready", scene.fate(order).at_counter, "pick_up"
            case _:
                is_ready, seconds, step = True, scene.fate(order).at_door, "deliver"
        if is_ready and self._done_at is None:
            self._done_at = scene.pace.after(scene.now, seconds)
        if self._arrived != self._errand:
            self._arrived = self._errand
            return Arrive(self.courier, order.id, self._errand.kind)
        is_done = self._done_at is not None and scene.now >= self._done_at
        return Step(order, step, rider(self.courier)) if is_done else None

    def _is_about(self, order: Order) -> bool:
        return self._errand is not None and self._errand.order == order.id

    def _meet(self, order: Order, scene: Scene) -> None:
        """Take over the food if its carrier is here, else go on looking."""
        other = scene.places.get(scene.holders[order.id], self.place)
        if metres_between(self.place, other) <= _WITHIN_REACH:
            scene.holders[order.id] = self.courier
        self._errand = None

    def _idle(self, scene: Scene) -> None:
        """Nothing in hand: wait a little, then ride to where the next order may come from."""
        if self._idle_until is None:
            self._errand = self._ride = None
            self._idle_until = scene.pace.after(scene.now, self._dice.uniform(1, 6) * MINUTE)
        elif scene.now >= self._idle_until and scene.haunts:
            self._set_out(Errand("stroll", self._dice.choice(scene.haunts)), scene)
