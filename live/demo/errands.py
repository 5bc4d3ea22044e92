"""What a courier may do next: which of the orders in hand, and which end of it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.orders import Order
from live.demo.pace import HOUR, MINUTE
from live.demo.scene import Scene

STREETS = 1.35
"""Metres of street for a metre as the crow flies, in town."""

RIDING = 4.5
"""Metres a second that people in town reckon with."""

_LOYALTY = 60.0
"""Seconds by which another errand must be better before one turns round for it."""

_FULL_BAG = 4


@dataclass(frozen=True, slots=True)
class Errand:
    """Ride to ``point`` and there do ``kind`` (pickup, dropoff, meet, stroll) for an order; None on a stroll."""

    kind: str
    point: Point
    order: str | None = None


def best_first(courier: str, place: Point, present: Errand | None, scene: Scene) -> list[Errand]:
    """An errand for each order in hand: near, ready when one gets there, and hot food before it gets cold."""
    choices = [(order, _errand(order, courier, scene)) for order in scene.hands.get(courier, ())]
    is_full = sum(errand.kind == "dropoff" for _, errand in choices) >= _FULL_BAG

    def cost(choice: tuple[Order, Errand]) -> float:
        order, errand = choice
        seconds = metres_between(place, errand.point) * STREETS / RIDING
        if errand.kind == "pickup":
            seconds += max(0.0, _until_ready(order, scene) - seconds) + (HOUR if is_full else 0.0)
        elif order.dropoff.before:
            seconds -= max(0.0, 10 * MINUTE - scene.pace.between(scene.now, order.dropoff.before)) / 2
        return seconds - (_LOYALTY if errand == present else 0.0)

    return [errand for _, errand in sorted(choices, key=cost)]


def _errand(order: Order, courier: str, scene: Scene) -> Errand:
    if order.state != "picked_up":
        return Errand("pickup", (order.pickup.lon, order.pickup.lat), order.id)
    holder = scene.holders.get(order.id, courier)
    if holder == courier or holder not in scene.places:
        return Errand("dropoff", (order.dropoff.lon, order.dropoff.lat), order.id)
    return Errand("meet", scene.places[holder], order.id)


def _until_ready(order: Order, scene: Scene) -> float:
    return 0.0 if order.state == "ready" or not order.ready_at else scene.pace.between(scene.now, order.ready_at)
