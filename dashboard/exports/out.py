"""Where other programs fetch what is live and planned: GeoJSON, GPX, calendars, the list of orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask, Response, jsonify

from dashboard.access import TooLongAgo, require
from dashboard.api.orders import is_shown
from dashboard.api.problems import refusing
from dashboard.api.ways import way_of_order
from dashboard.domain.board import Board
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order
from dashboard.domain.refusals import NotFound
from dashboard.domain.spans import local_date, local_day
from dashboard.exports.deliveries import deliveries
from dashboard.exports.doors import days_asked, file_of
from dashboard.exports.order_list import order_list
from dashboard.exports.places import board_features, job_gpx
from dashboard.looks import JOURNAL, WAY, Looks
from dashboard.plans import Plans
from dashboard.ports import Router, Store
from dashboard.retention import TraceBook

OrdersPlaced = Callable[[str, datetime, datetime], Iterator[Order]]
"""A co-op's orders that were placed from a moment on and before another, in the order of placing."""
Seen = Callable[[str, str], tuple[float, float, datetime] | None]


def register_out(
    flask: Flask, store: Store, board: Callable[[str], Board], seen: Seen, router: Router, plans: Plans,
    placed: OrdersPlaced, zone: Callable[[str], ZoneInfo], clock: Callable[[], datetime], looks: Looks,
    traces: TraceBook,
) -> None:  # fmt: skip
    """``/live/board.geojson``, ``/exports/job/ID.gpx``, ``/calendar/SECRET.ics``, ``/exports/orders.csv?from=&to=``,
    ``/exports/deliveries.csv?from=&to=`` (without days: today).
    """

    def live_board() -> Response:
        by = require("see_desk")
        answer = jsonify(board_features(board(by.coop), lambda courier: seen(by.coop, courier), clock()))
        answer.mimetype = "application/geo+json"
        return answer

    def job(id: str) -> Response:
        by = require("see_route")
        order = store.order(by.coop, id)
        if order is None:
            raise NotFound("There is no order {id}", id=id)
        require("see_route", order)
        if not is_shown(store, by, order, clock()):
            raise TooLongAgo()
        way = router.route(by.coop, way_of_order(_from_the_start(order), None))
        entries = store.about(by.coop, id)
        way_taken = _ridden(order, entries, traces)
        if way_taken:
            looks.note(by, order.courier, WAY)
        return file_of(
            job_gpx(order, entries, way.points if way and not way.guessed else (), way_taken), f"order-{order.ref}.gpx"
        )

    def calendar(secret: str) -> Response:
        return Response(plans.calendar(secret, clock()), content_type="text/calendar; charset=utf-8")

    def asked(*, is_day: bool = False) -> tuple[Iterator[Order], str, ZoneInfo]:
        """The orders of the days that the address names, those days, and the clocks there."""
        by, at = require("see_journal"), clock()
        here, since = zone(by.coop), by.sees_since(at)
        earliest, today = local_date(since, here) if since else None, local_date(at, here)
        first, last = days_asked(today, today if is_day else earliest)
        if earliest and first < earliest:
            raise TooLongAgo()
        looks.note(by, None, JOURNAL)
        begin, end = local_day(first, here).start, local_day(last, here).end
        begin = max(begin, since) if since else begin
        return placed(by.coop, begin, end), f"{first}-{last}", here

    def orders() -> Response:
        found, days, _ = asked()
        return file_of(order_list(found), f"orders-{days}.csv")

    def as_deliveries() -> Response:
        found, days, here = asked(is_day=True)
        return file_of(deliveries(found, here), f"deliveries-{days}.csv")

    flask.add_url_rule("/live/board.geojson", "live_board", refusing(live_board))
    flask.add_url_rule("/exports/job/<id>.gpx", "export_job", refusing(job))
    flask.add_url_rule("/calendar/<secret>.ics", "calendar", refusing(calendar))
    flask.add_url_rule("/exports/orders.csv", "export_orders", refusing(orders))
    flask.add_url_rule("/exports/deliveries.csv", "export_deliveries", refusing(as_deliveries))


def _ridden(order: Order, entries: Sequence[Entry], traces: TraceBook) -> list[tuple[float, float, datetime]]:
    """From the pickup to the drop-off, with what is kept of it; nobody else's way before or after."""
    when = {entry.kind: entry.at for entry in entries}
    begun, done = when.get("order.picked_up"), when.get("order.delivered")
    if order.courier is None or begun is None or done is None:
        return []
    return [(each.lon, each.lat, each.at) for each in traces.trace(order.coop, order.courier, begun, done)]


def _from_the_start(order: Order) -> Order:
    return replace(order, state="placed")
