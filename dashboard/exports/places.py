"""The live board as GeoJSON (RFC 7946), and a job as GPX 1.1."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from dashboard.domain.board import Board
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order, Place
from dashboard.domain.times import to_wire

GPX = "http://www.topografix.com/GPX/1/1"
Where = Callable[[str], tuple[float, float, datetime] | None]


def board_features(board: Board, where: Where, at: datetime) -> dict[str, Any]:
    """Couriers where they are, open orders with both ends; (lon, lat). ``where`` tells lon, lat and since when."""
    return {
        "type": "FeatureCollection",
        "coop": board.coop, "seq": board.seq, "at": to_wire(at),
        "features": [*_couriers(board, where), *_orders(board)],
    }  # fmt: skip


def job_gpx(
    order: Order, entries: Sequence[Entry], way: Sequence[tuple[float, float]],
    ridden: Sequence[tuple[float, float, datetime]] = (),
) -> bytes:  # fmt: skip
    """Pickup and drop-off with the times at which the one was left and the other reached, and the way between.

    ``ridden`` is the way that was taken (lon, lat, when), where the co-op keeps traces.
    """
    root = Element("gpx", {"xmlns": GPX, "version": "1.1", "creator": "Roulement"})
    SubElement(SubElement(root, "metadata"), "name").text = f"Order {_clean(order.ref)}"
    when = {entry.kind: entry.at for entry in entries}
    _waypoint(root, order.pickup, "Pickup", when.get("order.picked_up"))
    _waypoint(root, order.dropoff, "Drop-off", when.get("order.delivered"))
    if way:
        route = SubElement(root, "rte")
        SubElement(route, "name").text = "The way by bicycle"
        for lon, lat in way:
            SubElement(route, "rtept", {"lat": f"{lat:.6f}", "lon": f"{lon:.6f}"})
    if ridden:
        segment = SubElement(SubElement(root, "trk"), "trkseg")
        for lon, lat, at in ridden:
            point = SubElement(segment, "trkpt", {"lat": f"{lat:.6f}", "lon": f"{lon:.6f}"})
            SubElement(point, "time").text = to_wire(at)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _couriers(board: Board, where: Where) -> Iterator[dict[str, Any]]:
    for courier in board.couriers.values():
        if courier.shift == "off":
            continue
        found = where(courier.id)
        yield {
            "type": "Feature", "id": f"courier:{courier.id}",
            "geometry": found and {"type": "Point", "coordinates": list(found[:2])},
            "properties": {
                "kind": "courier", "courier": courier.id, "name": courier.name, "shift": courier.shift,
                "seen_at": found and to_wire(found[2]),
            },
        }  # fmt: skip


def _orders(board: Board) -> Iterator[dict[str, Any]]:
    for order in board.orders.values():
        if not order.is_open:
            continue
        about = {
            "order": order.id, "ref": order.ref, "state": order.state, "courier": order.courier,
            "restaurant": order.restaurant, "ready_at": order.ready_at and to_wire(order.ready_at),
        }  # fmt: skip
        for kind, place in (("pickup", order.pickup), ("dropoff", order.dropoff)):
            yield {
                "type": "Feature", "id": f"{kind}:{order.id}",
                "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
                "properties": {
                    "kind": kind, **about, "name": place.name, "address": place.address,
                    "before": place.before and to_wire(place.before),
                },
            }  # fmt: skip


def _waypoint(root: Element, place: Place, what: str, at: datetime | None) -> None:
    point = SubElement(root, "wpt", {"lat": f"{place.lat:.6f}", "lon": f"{place.lon:.6f}"})
    if at:
        SubElement(point, "time").text = to_wire(at)
    SubElement(point, "name").text = _clean(place.name) or what
    SubElement(point, "desc").text = _clean(place.address)
    SubElement(point, "type").text = what


def _clean(text: str) -> str:
    """Without what XML cannot hold, escaped or not."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and not "\ud800" <= sign <= "\udfff"
                                                                 and sign not in "\ufffe\uffff"))  # fmt: skip
