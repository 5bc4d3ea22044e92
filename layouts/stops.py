"""One courier's list of stops: where it stands beside the map, and what is said when its order was decided."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.couriers import Courier
from layouts import ids
from layouts.words import Words


def stops_host() -> Component:
    """Hidden until somebody asks for it; the browser code fills it. Beside it, what it wants decided."""
    return html.Div(
        [html.Aside(id=ids.STOPS, className="stops-panel", hidden=True), dcc.Store(id=ids.STOPS_WANTED)],
        className="stops-host",
    )  # fmt: skip


def decided(courier: Courier, words: Words) -> str:
    """Léa rides to 5 stops in this order; or as it comes."""
    if not courier.stops:
        return words("{courier} rides to the stops as it comes", courier=courier.name)
    return words("The order of {courier}’s {n} stops is decided", courier=courier.name, n=len(courier.stops))
