"""Buttons: whether one was pressed, and which. One that has only just been drawn was not."""

from __future__ import annotations

from typing import Any

from dash import ctx
from dash.exceptions import PreventUpdate


def pressed(clicks: Any) -> None:
    """Nothing is to be done unless the button was pressed."""
    if not clicks:
        raise PreventUpdate


def chosen() -> dict[str, str]:
    """The id of the one that was pressed, of several."""
    pressed(ctx.triggered and ctx.triggered[0]["value"])
    found: dict[str, str] = ctx.triggered_id
    return found


def which() -> str:
    """The id of what set the callback off."""
    return str(ctx.triggered_id)
