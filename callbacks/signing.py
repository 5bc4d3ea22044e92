"""In and out."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, no_update, set_props
from dash.exceptions import PreventUpdate

from callbacks import session
from callbacks.given import Given
from dashboard import access
from dashboard.domain.refusals import Refusal
from layouts import ids
from layouts.login import empty_token
from layouts.states import refusal_text


def register(app: Dash, given: Given) -> None:
    """The form at /login, and the way out."""

    def say(error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        set_props(ids.LOGIN_ERROR, {"children": refusal_text(error, given.words(), {})})

    @app.callback(
        Output(ids.ADDRESS, "href", allow_duplicate=True), Output(ids.LOGIN_ERROR, "children"),
        Input(ids.LOGIN_ENTER, "n_clicks"), Input(ids.LOGIN_TOKEN, "n_submit"),
        State(ids.LOGIN_TOKEN, "value"), State(ids.ADDRESS, "search"),
        prevent_initial_call=True, on_error=say,
    )  # fmt: skip
    @access.guarded(access.OPEN)
    def enter(clicks: int | None, submits: int | None, token: str | None, search: str | None) -> tuple[Any, Any]:
        if not clicks and not submits:  # the form has only just been drawn
            raise PreventUpdate
        secret = str(token or "").strip()
        if not secret:
            return no_update, empty_token(given.words())
        access.sign_in(secret)
        return session.next_page(search), no_update

    @app.callback(
        Output(ids.ADDRESS, "href", allow_duplicate=True), Input(ids.SIGN_OUT, "n_clicks"), prevent_initial_call=True
    )
    @access.guarded(access.OPEN)
    def leave(clicks: int | None) -> str:
        if not clicks:
            raise PreventUpdate
        access.sign_out()
        return "/sign-in"
