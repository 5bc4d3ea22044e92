"""The day's pay beside the map: shown and hidden, and asked anew when the journal has moved on."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.given import Given
from dashboard import access
from layouts import ids, panel


def register(app: Dash, given: Given) -> None:
    """Open, look for news every two seconds while open, show."""

    @app.callback(
        Output(ids.PANEL, "hidden"), Output(ids.PANEL_BEAT, "disabled"), Input(ids.PANEL_OPEN, "n_clicks"),
        State(ids.PANEL, "hidden"), prevent_initial_call=True,
    )  # fmt: skip
    @access.guarded("see_desk")
    def open_panel(clicks: int | None, is_hidden: bool) -> tuple[bool, bool]:
        is_shut = not (clicks and is_hidden)
        return is_shut, is_shut

    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        ClientsideFunction("desk", "news"), Output(ids.PANEL_SEQ, "data"), Input(ids.PANEL_BEAT, "n_intervals"),
        State(ids.PANEL_SEQ, "data"), prevent_initial_call=True,
    )  # fmt: skip

    @app.callback(
        Output(ids.PANEL_CONTENT, "children"), Input(ids.PANEL, "hidden"), Input(ids.PANEL_SEQ, "data"),
        prevent_initial_call=True,
    )  # fmt: skip
    @access.guarded("see_desk")
    def show_panel(is_hidden: bool, _seq: Any) -> list[Any]:
        coop = access.visitor().coop
        return [] if is_hidden else panel.panel(given.accounts.day(coop, given.now()), given.words(coop))
