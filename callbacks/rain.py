"""The sign that it rains: looked for each second in what the page has heard, asked anew when that has moved on."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.given import Given
from dashboard import access
from layouts import ids
from layouts.rain import rain_sign


def register(app: Dash, given: Given) -> None:
    """Every dispatcher of the co-op sees it, whoever wrote it down."""
    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        ClientsideFunction("desk", "weather"), Output(ids.DESK_RAIN_SEQ, "data"),
        Input(ids.DESK_RAIN_BEAT, "n_intervals"), State(ids.DESK_RAIN_SEQ, "data"), prevent_initial_call=True,
    )  # fmt: skip

    @app.callback(Output(ids.DESK_RAIN, "children"), Input(ids.DESK_RAIN_SEQ, "data"), prevent_initial_call=True)
    @access.guarded("see_desk")
    def show_rain(_seq: Any) -> list[Component]:
        coop = access.visitor().coop
        return rain_sign(given.weather.rains_since(coop), given.now(), given.words(coop))
