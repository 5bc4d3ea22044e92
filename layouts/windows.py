"""The menu that opens parts of the desk in windows of their own."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import DECORATION, aria
from layouts.parts import WINDOWS, path_of
from layouts.words import Words


def windows_menu(part: str, words: Words) -> Component:
    """The windows, behind a button; each opens once, in a browser window that bears its name."""
    return html.Details(
        [
            html.Summary(
                [dmc.Kbd("W", size="xs"), html.Span(words("Windows")), html.Span("▾", **DECORATION)],
                id=ids.WINDOWS_OPEN, className="quiet-button", title=words("Open a part of the desk on another screen"),
            ),
            html.Nav([_link(one, name, part, words) for one, name in WINDOWS.items()], className="choices",
                     **aria(label=words("Windows"))),
        ],
        id=ids.WINDOWS, className="visitor-menu windows-menu",
    )  # fmt: skip


def _link(part: str, name: str, here: str, words: Words) -> Component:
    mark = html.Span("✓" if part == here else "", className="choice-mark", **DECORATION)
    current = aria(current="page") if part == here else {}
    target = "_self" if part == here else f"roulement-{part}"
    return html.A([mark, words(name)], href=path_of(part), target=target, className="choice", **current)
