"""In which order a courier rides to the stops: decided in the list of stops, said in the result line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash, Input, Output
from dash.development.base_component import Component

from callbacks import errors
from callbacks.given import Given
from dashboard import access
from dashboard.domain.itinerary import DROPOFF, PICKUP
from dashboard.domain.refusals import Invalid
from dashboard.domain.stop_order import Mark
from layouts import ids, results, stops


def register(app: Dash, given: Given) -> None:
    """The order that somebody let go, against the version that they saw."""

    @app.callback(
        Output(ids.DESK_RESULT, "children", allow_duplicate=True), Input(ids.STOPS_WANTED, "data"),
        prevent_initial_call=True, on_error=errors.on_desk(given),
    )  # fmt: skip
    @access.guarded("order_stops")
    def decide(wanted: Any) -> Component:
        courier, version, marks = read_wanted(wanted)
        by, at = access.visitor(), given.now()
        command = given.acts.new_command()
        after = given.dispatch.under(command).order_stops(
            by.coop, courier, marks, expected_version=version, by=by.name, at=at
        )
        words = given.words(by.coop)
        return results.done(stops.decided(after, words), at, words, undo=command)


def read_wanted(data: Any) -> tuple[str, int, tuple[Mark, ...]]:
    """Courier, the courier's version as it was seen, and the stops; Invalid if it is anything else."""
    known = data if isinstance(data, Mapping) else {}
    courier, version, given = known.get("courier"), known.get("version"), known.get("stops")
    if not isinstance(courier, str) or not isinstance(version, int) or not isinstance(given, list):
        raise _unfit()
    return courier, version, tuple(_mark(one) for one in given)


def _mark(one: Any) -> Mark:
    known = one if isinstance(one, Mapping) else {}
    order, end = known.get("order"), known.get("end")
    if not isinstance(order, str) or end not in (PICKUP, DROPOFF):
        raise _unfit()
    return order, str(end)


def _unfit() -> Invalid:
    return Invalid("The desk did not understand {field}: load the page again, then try again", field="stops")
