"""What the desk's order forms ask for: restaurants, what a draft would mean, and all that is known of one order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Flask, Response, request
from pydantic import ValidationError

from dashboard.access import TooLongAgo, require
from dashboard.api.calls import Desk
from dashboard.api.intake import LARGEST_BODY, draft
from dashboard.api.orders import is_shown
from dashboard.api.problems import answering, refusing
from dashboard.api.requests import OrderGiven
from dashboard.api.wrong import wrong_fields
from dashboard.domain import incidents
from dashboard.domain.board import Board
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.drafting import Drafting
from dashboard.pictures import MEDIA_TYPE
from layouts import order_detail, order_look
from layouts.incidents import incident_kinds, incident_lines
from layouts.view import City
from layouts.words import Words

type Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OrderDoors:
    """``words`` and ``city`` are asked by co-op."""

    desk: Desk
    drafting: Drafting
    words: Callable[[str], Words]
    city: Callable[[str], City]
    clock: Callable[[], datetime]

    def restaurants(self) -> Answer:
        """``restaurants``: those with orders on the board first, then the places to eat that the city knows."""
        by = require("see_desk")
        known = {one["id"]: one for one in _restaurants(self.desk.board(by.coop), self.city(by.coop))}
        return {"restaurants": sorted(known.values(), key=lambda one: (not one["here"], one["name"].casefold()))}

    def look(self) -> Answer:
        """What is wrong with a draft, field by field; or what it would mean."""
        request.max_content_length = LARGEST_BODY
        by, at = require("see_desk"), self.clock()
        words = self.words(by.coop)
        document = request.get_json(silent=True)
        if not isinstance(document, dict):
            raise Invalid("The desk did not understand what to do: load the page again")
        try:
            given = OrderGiven.model_validate_json(json.dumps(document.get("order")))
        except ValidationError as error:
            return {"wrong": order_look.wrong(wrong_fields(error), words)}
        made = draft(by.coop, given, at)
        if found := self.desk.board(by.coop).orders.get(str(document.get("id"))):
            made = replace(made, id=found.id, state=found.state, courier=found.courier, placed_at=found.placed_at)
        prospect = self.drafting.look(made, at)
        names = {one.id: one.name for one in self.desk.board(by.coop).couriers.values()}
        return {"wrong": [], **order_look.prospect(made, prospect, self.city(by.coop).bounds, names, words)}

    def show(self) -> Answer:
        """All that is known of one order (layouts/order_detail.py), and what changed after its version ``since``."""
        by, at = require("see_desk"), self.clock()
        order = self._order(by.coop, request.args.get("order", ""))
        if not is_shown(self.desk.store, by, order, at):
            raise TooLongAgo()
        from_when = by.sees_since(at)
        told = self.desk.store.about(by.coop, incidents.SUBJECT + order.id)
        entries = sorted((*self.desk.store.about(by.coop, order.id), *told), key=lambda one: one.seq)
        board = self.desk.board(by.coop)
        names = {one.id: one.name for one in board.couriers.values()}
        words, since = self.words(by.coop), request.args.get("since", "")
        group = self.desk.store.grouped(by.coop, order.group)
        found = order_detail.detail(order, entries, from_when, at, names, words, group, board.orders.values())
        changed = order_detail.changes_since(entries, int(since), names, words) if since.isdecimal() else []
        found["incidents"] = incident_lines(incidents.incidents(told), at, words)
        return {**found, "incident_kinds": incident_kinds(words), "changed": changed}

    def photo(self) -> Response:
        """The photo of an incident, for whoever may see the order."""
        by, at = require("see_incidents"), self.clock()
        order = self._order(by.coop, request.args.get("order", ""))
        require("see_incidents", order)
        if not is_shown(self.desk.store, by, order, at):
            raise TooLongAgo()
        jpeg = self.desk.incidents.photo(by.coop, order.id, request.args.get("incident", ""))
        answer = Response(jpeg, mimetype=MEDIA_TYPE)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    def _order(self, coop: str, id: str) -> Order:
        found = self.desk.store.order(coop, id)
        if found is None:
            raise NotFound("There is no order {id}", id=id)
        return found


def register_order_doors(flask: Flask, doors: OrderDoors) -> None:
    """``GET /live/restaurants``, ``POST /live/order-look`` ``{"order", "id"?}``, ``GET /live/order?order=&since=``,
    ``GET /live/photo?order=&incident=``."""

    flask.add_url_rule("/live/photo", "incident_photo", refusing(doors.photo))
    flask.add_url_rule("/live/restaurants", "restaurants", answering(doors.restaurants))
    flask.add_url_rule("/live/order-look", "order_look", answering(doors.look), methods=["POST"])
    flask.add_url_rule("/live/order", "order_detail", answering(doors.show))


def _restaurants(board: Board, city: City) -> Iterator[dict[str, Any]]:
    for place_id, (name, lat, lon) in city.places.items():
        yield {"id": place_id, "name": name, "address": "", "lat": lat, "lon": lon, "here": False}
    for order in board.orders.values():  # an order says it better than the map: it overwrites
        if order.restaurant:
            place = order.pickup
            yield {"id": order.restaurant, "name": place.name or order.restaurant, "address": place.address,
                   "lat": place.lat, "lon": place.lon, "here": True}  # fmt: skip
