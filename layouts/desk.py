"""The desk: one screen for a whole shift. The browser code fills its hosts; this is what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import DECORATION, aria
from layouts.assign_menu import assign_dialog
from layouts.attention import alarm_texts, attention_panel
from layouts.consent import consent_dialog
from layouts.coopcycle import coopcycle_host
from layouts.frame import brand, page
from layouts.help import help_dialog
from layouts.map import desk_map
from layouts.navigation import navigation
from layouts.panel import panel_button, panel_host
from layouts.plan import plan_host
from layouts.rain import rain_host
from layouts.switches import role_choices, suggestion_choices, visitor_menu
from layouts.view import DeskView
from layouts.words import LOCALES, Words


def desk(view: DeskView, words: Words) -> Component:
    """The whole page for one dispatcher."""
    return page(
        [
            html.Div([_header(view, words), _banners(view, words), _main(view, words), _footer(words)],
                     id=ids.DESK, className="desk"),
            assign_dialog(words),
            consent_dialog(words),
            help_dialog(words),
            html.Div(id=ids.DESK_CARD, className="effect-card", role="status", hidden=True),
            dcc.Store(id=ids.DESK_CONFIG, data=config(view, words)),
            dcc.Store(id=ids.DESK_INTENT),
            dcc.Store(id=ids.DESK_SELECTION),
        ],
        view.theme,
        words,
    )  # fmt: skip


def config(view: DeskView, words: Words) -> dict[str, Any]:
    """What the browser code has to know before it can start: plain JSON values."""
    city = view.city
    return {
        "coop": view.coop,
        "language": words.language,
        "locale": LOCALES[words.language].replace("_", "-"),
        "time_zone": city.time_zone,
        "theme": view.theme,
        "map": desk_map(city, view.theme),
        "bundles": dict(view.bundles),
        "city": {
            "name": city.name, "bounds": list(city.bounds), "attribution": city.attribution,
            "basemap_url": city.basemap_url, "basemap_tiles": city.basemap_tiles, "tiles_url": city.tiles_url,
            "invented": city.invented,
        },
        "words": dict(words.for_browser()),
        "route_url": "/live/route",
        "cards_url": "/live/cards",
        "freed_url": "/live/freed",
        "alarms": alarm_texts(words),
    }  # fmt: skip


def _header(view: DeskView, words: Words) -> Component:
    return html.Header(
        [
            html.Div([brand(), html.H1(view.coop_name)], className="brand"),
            navigation(view.pages, "/dispatch", words),
            html.Div(
                [html.Span(className="connection-mark", **DECORATION),
                 html.Span(words("Connecting…"), id=ids.DESK_CONNECTION)],
                className="connection",
            ),
            html.Span(id=ids.DESK_PRESENCE, className="presence"),
            rain_host(view.rain, view.now, words),
            html.Time(id=ids.DESK_CLOCK, className="clock", title=words("The co-op's clock")),
            panel_button(words),
            html.Button(
                [dmc.Kbd("?", size="xs"), html.Span(words("Keys and signs"))],
                id=ids.HELP_OPEN, className="quiet-button", type="button",
            ),
            visitor_menu(
                view.visitor, view.theme, words,
                [*role_choices(view.roles, view.role, words), *suggestion_choices(view.suggests, words)],
            ),
        ],
        className="desk-header",
    )  # fmt: skip


def _banners(view: DeskView, words: Words) -> Component:
    invented = [
        html.P(words("An invented city: these coordinates are real distances on no real map."), className="note-banner")
    ]
    stale = html.Div(id=ids.DESK_STALE_BANNER, className="stale-banner", role="alert", hidden=True)
    routing = html.P(id=ids.DESK_ROUTING, className="note-banner", role="status", hidden=True)
    beside = coopcycle_host(view.coopcycle, view.now, words)
    return html.Div([stale, routing, *(invented if view.city.invented else []), beside], className="banners")


def _main(view: DeskView, words: Words) -> Component:
    return html.Main(
        [
            html.Div(
                [
                    _panel(words("Orders"), ids.DESK_ORDERS_COUNT, ids.DESK_ORDERS, "orders-panel",
                           [html.P(id=ids.DESK_KITCHENS, className="kitchens-line", hidden=True),
                            html.Button(words("Somebody is free"), id=ids.DESK_FREED, className="freed-line",
                                        type="button", hidden=True)]),
                    attention_panel(words),
                ],
                className="desk-left",
            ),
            _map(view, words),
            _panel(words("Couriers"), ids.DESK_COURIERS_COUNT, ids.DESK_COURIERS, "couriers-panel",
                   [_courier_columns(words)], [html.Div(id=ids.DESK_NEXT, className="who-next", hidden=True)]),
        ],
        className="desk-main",
    )  # fmt: skip


def _panel(
    title: str, count: str, host: str, name: str, head: list[Component], foot: Sequence[Component] = ()
) -> Component:  # fmt: skip
    return html.Section(
        [
            html.Div([html.H2(title), html.Span(id=count, className="count")], className="panel-title"),
            *head,
            html.Div(id=host, className="panel-list"),
            *foot,
        ],
        className=f"panel {name}",
        **aria(label=title),
    )


def _courier_columns(words: Words) -> Component:
    names = [("courier-name", words("Name")), ("courier-load", words("Load")), ("courier-shift", words("Shift")),
             ("courier-seen", words("Seen"))]  # fmt: skip
    return html.Div([html.Span(text, className=name) for name, text in names], className="courier-columns",
                    **DECORATION)  # fmt: skip


def _map(view: DeskView, words: Words) -> Component:
    return html.Section(
        [
            html.Div(id=ids.DESK_MAP, className="map-host"),
            html.Div(
                [
                    _map_button(ids.DESK_FIT, words("Show all"), "F"),
                    _map_button(ids.DESK_FOLLOW, words("Follow courier"), "V"),
                    _map_button(ids.PLAN_STOPS, words("Order of stops"), "S"),
                    _map_button(ids.PLAN_OPEN, words("Propose a plan"), "P"),
                ],
                className="map-buttons",
            ),
            html.P(id=ids.DESK_WAY, className="map-way", role="status", hidden=True),
            html.Small(view.city.attribution, className="map-attribution"),
            panel_host(words),
            plan_host(words),
        ],
        className="map-area",
        **aria(label=words("Map of {city}", city=view.city.name)),
    )


def _map_button(id: str, text: str, key: str) -> Component:
    return html.Button([text, dmc.Kbd(key, size="xs")], id=id, className="map-button", type="button")


def _footer(words: Words) -> Component:
    first = html.Span(words("Drag an order onto a courier, or choose an order and press Enter."), className="result")
    return html.Div(
        html.Div(first, id=ids.DESK_RESULT, className="result-host", role="status"), className="desk-footer"
    )
