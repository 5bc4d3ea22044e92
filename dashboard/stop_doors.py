"""What the desk asks for besides the board: one courier's list of stops, and the shift so far of all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, request

from dashboard.access import require
from dashboard.api.problems import answering
from dashboard.domain.itinerary import DROPOFF, PICKUP
from dashboard.domain.refusals import Invalid
from dashboard.domain.stop_order import Mark
from dashboard.looks import WAY, WORK, Looks
from dashboard.stop_lists import StopLists
from dashboard.timeline import Timeline

MOST = 200


def register_stops(
    flask: Flask, lists: StopLists, timeline: Timeline, clock: Callable[[], datetime], looks: Looks
) -> None:
    """``GET /live/stops?courier=``: the stops as they will be ridden to; with ``stops=order:end,…`` as they would be
    in that order (empty: as it comes). Nothing is changed.

    ``GET /live/timeline``: planned and worked shifts, jobs done and in hand, by courier.
    """

    def stops() -> Mapping[str, Any]:
        by = require("see_desk")
        courier, asked = request.args.get("courier", ""), request.args.get("stops")
        found = lists.to_wire(by.coop, courier, clock(), None if asked is None else read_marks(asked))
        looks.note(by, courier, WAY)
        return found

    def shift() -> Mapping[str, Any]:
        by, at = require("see_desk"), clock()
        looks.note(by, None, WORK)
        return timeline.to_wire(by.coop, at, by.sees_since(at))

    flask.add_url_rule("/live/stops", "stops", answering(stops))
    flask.add_url_rule("/live/timeline", "timeline", answering(shift))


def read_marks(text: str) -> tuple[Mark, ...]:
    """``o1:pickup,o1:dropoff``; Invalid when it is anything else."""
    marks = tuple(_mark(part) for part in text.split(",") if part)
    if len(marks) > MOST:
        raise Invalid("These are not the stops that the courier has: look at them again", field="stops")
    return marks


def _mark(text: str) -> Mark:
    order, _, end = text.rpartition(":")
    if not order or end not in (PICKUP, DROPOFF):
        raise Invalid("{text} is no stop: write it as order:pickup or order:dropoff", text=text, field="stops")
    return order, end
