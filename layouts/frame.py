"""What all pages share: the root that holds them, and the theme and language that they are shown in."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import DECORATION, aria
from layouts.view import scheme
from layouts.words import Words

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"
MANTINE_THEME: Any = {
    "fontFamily": FONT,
    "headings": {"fontFamily": FONT},
    "primaryColor": "dark",
    "defaultRadius": "sm",
    "autoContrast": True,
    "respectReducedMotion": True,
}


def root() -> Component:
    """The whole document: an address, and the page that belongs to it."""
    return html.Div([dcc.Location(id=ids.ADDRESS, refresh=True), html.Div(id=ids.PAGE, className="page-host")])


def page(content: Any, theme: str, words: Words) -> Component:
    """``content`` in the visitor's theme and language."""
    return dmc.MantineProvider(
        html.Div(content, className=f"page theme-{theme}", lang=words.language),
        theme=MANTINE_THEME,
        forceColorScheme=scheme(theme),
    )


def brand() -> Component:
    """The mark: a bearing, the part that makes a wheel turn."""
    return html.Span(className="brand-mark", **DECORATION)


def held_line() -> Component:
    """Where assets/desk/holding.js says that somebody else has the order in hand."""
    return html.P(className="held-line", role="status", hidden=True)


def dialog(id: str, title: str, content: Any, words: Words) -> Component:
    """A dialog, shut; it keeps the keyboard inside while open. assets/desk/dialog_focus.js gives it back afterwards."""
    close: Any = aria(label=words("Close"))
    at_once: Any = {"duration": 0}
    modal = dmc.Modal(
        content, id=id, title=title, size="lg", withinPortal=False, opened=False, returnFocus=False,
        closeButtonProps=close, transitionProps=at_once,
    )  # fmt: skip
    return html.Section(modal)  # outside of one, its header would be a second banner of the page
