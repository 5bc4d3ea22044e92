"""The line about a CoopCycle beside the desk, asked anew every few seconds."""

from __future__ import annotations

from dash import Dash, Input, Output
from dash.development.base_component import Component

from callbacks.given import Given
from dashboard import access
from layouts import ids
from layouts.coopcycle import coopcycle_line


def register(app: Dash, given: Given) -> None:
    """Where none is set up the beat rests, and nobody asks."""

    @app.callback(
        Output(ids.DESK_COOPCYCLE, "children"), Input(ids.DESK_COOPCYCLE_BEAT, "n_intervals"),
        prevent_initial_call=True,
    )  # fmt: skip
    @access.guarded("see_desk")
    def say(_beats: int | None) -> list[Component]:
        coop = access.visitor().coop
        return coopcycle_line(given.coopcycle(coop), given.now(), given.words(coop))
