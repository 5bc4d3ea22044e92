"""What a page looks like: plain functions of values."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts.desk import desk
from layouts.frame import root
from layouts.login import login
from layouts.view import DEFAULT_THEME, City, DeskView
from layouts.words import Words

__all__ = ["every_component", "root"]


def every_component() -> Component:
    """All pages at once, for Dash to check the callbacks against: nobody ever sees this."""
    nowhere = DeskView("", "", "", City("", (0.0, 0.0, 0.0, 0.0)), {})
    return html.Div([root(), login(DEFAULT_THEME, Words()), desk(nowhere, Words())])
