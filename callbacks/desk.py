"""The desk's own callbacks: the browser code is started, and what it wants done is done."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from callbacks import buttons, consent, errors, intents, menu
from callbacks.given import Given
from dashboard import access
from layouts import ids


def register(app: Dash, given: Given) -> None:
    """Start the browser code; carry out its intents."""
    start = ClientsideFunction("desk", "start")
    # With an output, though nobody reads it: Dash fires one without only for what is there from the first moment.
    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        start, Output(ids.DESK, "data-started"), Input(ids.DESK_CONFIG, "data")
    )

    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        ClientsideFunction("desk", "kitchen"), Output(ids.KITCHEN, "data-started"), Input(ids.KITCHEN_CONFIG, "data")
    )

    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        ClientsideFunction("desk", "replay"), Output(ids.REPLAY_SAID, "data-started"), Input(ids.REPLAY_CONFIG, "data")
    )

    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        ClientsideFunction("desk", "report"), Output(ids.REPORT, "data-started"), Input(ids.REPORT_CONFIG, "data")
    )

    @app.callback(Output(ids.HELP, "opened"), Input(ids.HELP_OPEN, "n_clicks"), prevent_initial_call=True)
    @access.guarded("see_desk")
    def open_help(clicks: int | None) -> bool:
        return bool(clicks)

    @app.callback(
        Output(ids.DESK_RESULT, "children"), Input(ids.DESK_INTENT, "data"),
        prevent_initial_call=True, on_error=errors.on_desk(given),
    )  # fmt: skip
    @access.guarded("see_desk")
    def carry_out(data: Any) -> Any:
        intent = intents.read_intent(data)
        words = given.words(access.visitor().coop)
        if intent.verb == intents.MENU:
            menu.open_for(intent, given, words)
            return no_update
        return consent.settle(intent, given, words)

    @app.callback(
        Output(ids.DESK_RESULT, "children", allow_duplicate=True),
        Input(ids.DESK_UNDO, "n_clicks"), State(ids.DESK_UNDO, "value"),
        prevent_initial_call=True, on_error=errors.on_desk(given),
    )  # fmt: skip
    @access.guarded("take_back")
    def undo(clicks: int | None, command: str | None) -> Any:
        buttons.pressed(clicks)
        intent = intents.read_intent({"verb": intents.UNDO, "command": command})
        return consent.settle(intent, given, given.words(access.visitor().coop))
