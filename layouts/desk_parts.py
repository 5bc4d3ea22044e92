"""Parts of the desk, each a page of its own for another screen. The browser code fills them as it fills the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import aria
from layouts.attention import attention_panel
from layouts.desk import couriers_panel, desk, filters_host, map_area, map_button, orders_panel
from layouts.desk_window import window
from layouts.stops import stops_host
from layouts.view import DeskView
from layouts.words import Words


def map_page(view: DeskView, words: Words) -> Component:
    """The map alone, below what is filtered."""
    opener = map_button(ids.DESK_FILTERS_OPEN, words("Filters"), "G")
    return window("map", html.Main([filters_host(), map_area(view, words, opener)], className="desk-main"), view, words)


def board_page(view: DeskView, words: Words) -> Component:
    """The two lists alone."""
    return window(
        "board",
        html.Main([orders_panel(words), couriers_panel(words), stops_host()], className="desk-main"),
        view,
        words,
    )


def timeline_page(view: DeskView, words: Words) -> Component:
    """The couriers' day along the time."""
    return window("timeline", html.Main([timeline_host(words), stops_host()], className="desk-main"), view, words)


def timeline_host(words: Words) -> Component:
    """Where the timeline stands, empty."""
    label = aria(label=words("Timeline"))
    return html.Section(id=ids.DESK_TIMELINE, className="panel timeline", **label)


def attention_page(view: DeskView, words: Words) -> Component:
    """What needs attention, alone."""
    return window("attention", html.Main(attention_panel(words), className="desk-main"), view, words)


PAGES: Mapping[str, Callable[[DeskView, Words], Component]] = {
    "all": desk, "map": map_page, "board": board_page, "timeline": timeline_page, "attention": attention_page,
}  # fmt: skip
"""The page of each part in layouts/parts.py."""
