"""The restaurant's screen. The browser code fills the board; this is what stands around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import aria
from layouts.frame import brand, page
from layouts.switches import role_choices, visitor_menu
from layouts.words import Words


@dataclass(frozen=True, slots=True)
class KitchenView:
    """The screen of one restaurant; ``bundles`` are the URLs of Socket.IO and of our own first module (``kitchen``)."""

    coop: str
    restaurant: str
    name: str
    visitor: str
    time_zone: str
    bundles: Mapping[str, str]
    theme: str
    roles: Sequence[str] = ()


def kitchen(view: KitchenView, words: Words) -> Component:
    """The whole page."""
    main = html.Main(html.Div(id=ids.KITCHEN_BOARD, className="kitchen-board"), className="kitchen-main")
    return page(
        [
            html.Div(
                [_header(view, words), _banners(), _counter(words), main, _notices()],
                id=ids.KITCHEN,
                className="kitchen",
            ),
            dcc.Store(id=ids.KITCHEN_CONFIG, data=config(view, words)),
        ],
        view.theme,
        words,
    )


def config(view: KitchenView, words: Words) -> dict[str, Any]:
    """What the browser code has to know before it can start: plain JSON values."""
    return {
        "coop": view.coop, "restaurant": view.restaurant, "locale": words.tag,
        "time_zone": view.time_zone, "words": dict(words.for_browser()),
        "bundles": {name: view.bundles[name] for name in ("socketio", "kitchen")},
    }  # fmt: skip


def _header(view: KitchenView, words: Words) -> Component:
    return html.Header(
        [
            html.Div([brand(), html.H1(view.name)], className="brand"),
            html.Span(words("Connecting…"), id=ids.KITCHEN_CONNECTION, className="kitchen-connection"),
            _button(ids.KITCHEN_BUSY, words("Busy")),
            _button(ids.KITCHEN_SOUND, words("Sound off: touch to switch on")),
            _button(ids.KITCHEN_SOUND_TEST, words("Try the sound")),
            html.A(words("Today's waiting (CSV)"), href="/exports/kitchen.csv", className="kitchen-button is-quiet",
                   id=ids.KITCHEN_CSV, download=""),
            visitor_menu(view.visitor, view.theme, words, role_choices(view.roles, "restaurant", words)),
        ],
        className="kitchen-header",
    )  # fmt: skip


def _counter(words: Words) -> Component:
    title = words("From when courier and food are both there until the pickup; the last 28 days")
    return html.Aside(id=ids.KITCHEN_COUNTER, className="kitchen-counter", title=title, **aria(label=words("Waiting")))


def _button(id: str, text: str) -> Component:
    return html.Button(text, id=id, className="kitchen-button is-quiet", type="button")


def _banners() -> Component:
    return html.Div(
        [html.P(id=ids.KITCHEN_BANNER, className="kitchen-banner", role="alert", hidden=True),
         html.P(id=ids.KITCHEN_BUSY_BANNER, className="kitchen-banner is-busy", hidden=True)],
    )  # fmt: skip


def _notices() -> Component:
    return html.Div(id=ids.KITCHEN_NOTICES, className="kitchen-notices", role="status", **aria(live="polite"))
