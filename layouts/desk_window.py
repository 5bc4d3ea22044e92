"""What every window of the desk has: the whole desk, or one part of it on a screen of its own."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import DECORATION
from layouts.assign_menu import assign_dialog
from layouts.attention import alarm_texts
from layouts.consent import consent_dialog
from layouts.coopcycle import coopcycle_host
from layouts.frame import brand, page
from layouts.handover import handover_host
from layouts.help import help_dialog
from layouts.map import desk_map
from layouts.navigation import navigation
from layouts.order_form import form_hosts
from layouts.panel import panel_button
from layouts.parts import HINTS, WHOLE, WINDOWS, WITH_MAP, scripts_of
from layouts.rain import rain_host
from layouts.switches import role_choices, suggestion_choices, visitor_menu
from layouts.view import DeskView
from layouts.windows import windows_menu
from layouts.words import LOCALES, Words


def window(part: str, content: Component, view: DeskView, words: Words) -> Component:
    """``content`` with all that a part of WINDOWS needs to act: header, banners, result line, dialogs."""
    return page(
        [
            html.Div([_header(part, view, words), _banners(view, words), content, _footer(part, words),
                      *([] if part in WITH_MAP else form_hosts(words))],
                     id=ids.DESK, className=f"desk is-{part}"),
            assign_dialog(words),
            consent_dialog(words),
            help_dialog(words),
            html.Div(id=ids.DESK_CARD, className="effect-card", role="status", hidden=True),
            dcc.Store(id=ids.DESK_CONFIG, data=config(view, words, part)),
            dcc.Store(id=ids.DESK_INTENT),
            dcc.Store(id=ids.DESK_SELECTION),
        ],
        view.theme,
        words,
    )  # fmt: skip


def config(view: DeskView, words: Words, part: str = WHOLE) -> dict[str, Any]:
    """What the browser code has to know before it can start: plain JSON values."""
    city = view.city
    return {
        "part": part,
        "title": heading(part, view, words),
        "coop": view.coop,
        "language": words.language,
        "locale": words.tag,
        "time_zone": city.time_zone,
        "currency": {"code": words.currency, "sign": words.sign()},
        "theme": view.theme,
        "map": desk_map(city, view.theme) if part in WITH_MAP else {},
        "bundles": {name: url for name, url in view.bundles.items() if name in scripts_of(part)},
        "city": {
            "name": city.name, "bounds": list(city.bounds), "attribution": city.attribution,
            "basemap_url": city.basemap_url, "basemap_tiles": city.basemap_tiles, "tiles_url": city.tiles_url,
            "invented": city.invented,
        },
        "words": dict(words.for_browser()),
        "route_url": "/live/route",
        "trails_url": "/live/trails",
        "cards_url": "/live/cards",
        "freed_url": "/live/freed",
        "stops_url": "/live/stops",
        "timeline_url": "/live/timeline",
        "places_url": "/api/v1/places",
        "past_orders_url": "/live/past-orders",
        "order_url": "/live/order",
        "verbs": [dict(words.in_language(other).verbs()) for other in LOCALES if other != words.language],
        "alarms": alarm_texts(words),
    }  # fmt: skip


def heading(part: str, view: DeskView, words: Words) -> str:
    """Acme; of a window with one part: Map · Acme."""
    return view.coop_name if part == WHOLE else f"{words(WINDOWS[part])} · {view.coop_name}"


def _header(part: str, view: DeskView, words: Words) -> Component:
    return html.Header(
        [
            html.Div([brand(), html.H1(heading(part, view, words))], className="brand"),
            *([navigation(view.pages, "/dispatch", words)] if part == WHOLE else []),
            html.Div(
                [html.Span(className="connection-mark", **DECORATION),
                 html.Span(words("Connecting…"), id=ids.DESK_CONNECTION)],
                className="connection",
            ),
            html.Div(id=ids.DESK_STALE_BANNER, className="stale-banner", role="alert", hidden=True),
            html.Span(id=ids.DESK_PRESENCE, className="presence"),
            rain_host(view.rain, view.now, words),
            html.Time(id=ids.DESK_CLOCK, className="clock", title=words("The co-op's clock")),
            *([panel_button(words)] if part in WITH_MAP else []),
            windows_menu(part, words),
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
    routing = html.P(id=ids.DESK_ROUTING, className="note-banner", role="status", hidden=True)
    handed = handover_host(view.handovers, view.visitor, view.now, words)
    beside = coopcycle_host(view.coopcycle, view.now, words)
    return html.Div([routing, *(invented if view.city.invented else []), handed, beside], className="banners")


def _footer(part: str, words: Words) -> Component:
    usual = words("Drag an order onto a courier, or choose an order and press Enter.")
    first = html.Span(words(HINTS[part]) if part in HINTS else usual, className="result")
    return html.Div(
        html.Div(first, id=ids.DESK_RESULT, className="result-host", role="status"), className="desk-footer"
    )
