"""The way that lies ahead, for the map: of one order, or of all that a courier has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from flask import Flask, Response, jsonify, request

from dashboard.access import Visitor, require
from dashboard.api.problems import refusing
from dashboard.api.wrong import Unusable
from dashboard.domain.board import Board, load
from dashboard.domain.itinerary import PICKUP
from dashboard.domain.orders import Order
from dashboard.domain.refusals import NotFound, WrongField
from dashboard.domain.stop_order import Mark, still_ahead
from dashboard.domain.vehicles import BICYCLE
from dashboard.looks import WAY, Looks
from dashboard.ports import Route, Router
from dashboard.ways import guess

Point = tuple[float, float]
Where = Callable[[str, str], Point | None]
NOWHERE = Route((), 0.0, 0.0)


def register_ways(flask: Flask, board: Callable[[str], Board], where: Where, router: Router, looks: Looks) -> None:
    """``GET /live/route?order=`` or ``?courier=``: points as (lon, lat), metres, seconds; none with nowhere to go.

    ``guessed``: as the crow flies, times a factor, as no road is known. ``ascent_metres`` is null where nobody knows.

    ``where`` tells a courier's newest position as (lon, lat).
    """

    def way() -> Response:
        by = require("see_route")
        stops = _asked_for(by, board(by.coop), where)
        known = board(by.coop)
        if courier := _followed(known):
            looks.note(by, courier, WAY)
        if len(stops) < 2:
            return jsonify(_document(NOWHERE))
        rider = known.couriers.get(courier or "")
        vehicle = rider.vehicle if rider else BICYCLE
        return jsonify(_document(router.route(by.coop, stops, vehicle) or guessed(stops, vehicle)))

    flask.add_url_rule("/live/route", "route", refusing(way))


def way_of_order(order: Order, start: Point | None) -> list[Point]:
    """From the courier (if it has one who can be seen) over the pickup (if it still lies ahead) to the drop-off."""
    ahead = [order.dropoff] if order.state == "picked_up" else [order.pickup, order.dropoff]
    return [*([start] if start else []), *(place.point for place in ahead)]


def way_of_courier(orders: Sequence[Order], start: Point | None, wanted: Sequence[Mark] = ()) -> list[Point]:
    """From the courier to the stops whose order was decided, then over all other pickups, then all other drop-offs."""
    known, decided = {order.id: order for order in orders}, still_ahead(orders, wanted)
    first = [known[order].pickup if end == PICKUP else known[order].dropoff for order, end in decided]
    others = [order for order in orders if order.id not in {each for each, _ in decided}]
    pickups = [order.pickup for order in others if order.state != "picked_up"]
    places = [*first, *pickups, *(order.dropoff for order in others)]
    return [*([start] if start else []), *(place.point for place in places)]


def guessed(points: Sequence[Point], vehicle: str) -> Route:
    """As the crow flies, times a factor."""
    legs = [guess(a, b, vehicle) for a, b in pairwise(points)]
    return Route(tuple(points), sum(leg.metres for leg in legs), sum(leg.seconds for leg in legs), guessed=True)


def _asked_for(by: Visitor, board: Board, where: Where) -> list[Point]:
    if order := request.args.get("order"):
        return _of_order(by, board, where, order)
    if courier := request.args.get("courier"):
        return _of_courier(board, where, courier)
    raise Unusable((WrongField("order", "name an order or a courier"),))


def _followed(board: Board) -> str | None:
    order = board.orders.get(request.args.get("order", ""))
    return request.args.get("courier") if order is None else order.courier if order.is_open else None


def _of_order(by: Visitor, board: Board, where: Where, id: str) -> list[Point]:
    order = board.orders.get(id)
    if order is None:
        raise NotFound("There is no order {id}", id=id)
    require("see_route", order)
    return way_of_order(order, where(by.coop, order.courier) if order.courier and order.is_open else None)


def _of_courier(board: Board, where: Where, id: str) -> list[Point]:
    courier = board.couriers.get(id)
    if courier is None:
        raise NotFound("There is no courier {id}", id=id)
    by = require("see_route", courier)
    return way_of_courier(load(board, id), where(by.coop, id), courier.stops)


def _document(route: Route) -> dict[str, Any]:
    return {
        "points": [list(point) for point in route.points], "metres": route.metres, "seconds": route.seconds,
        "guessed": route.guessed, "ascent_metres": route.ascent,
    }  # fmt: skip
