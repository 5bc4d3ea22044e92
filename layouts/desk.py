"""The desk: one screen for a whole shift. The browser code fills its hosts; this is what stands around them."""

from __future__ import annotations

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import DECORATION, aria
from layouts.attention import attention_panel
from layouts.desk_window import window
from layouts.order_form import form_hosts, new_order_button
from layouts.panel import panel_host
from layouts.parts import WHOLE
from layouts.plan import plan_host
from layouts.stops import stops_host
from layouts.view import DeskView
from layouts.words import Words


def desk(view: DeskView, words: Words) -> Component:
    """The whole page for one dispatcher."""
    return window(WHOLE, _main(view, words), view, words)


def _main(view: DeskView, words: Words) -> Component:
    return html.Main(
        [
            html.Div(
                [orders_panel(words), attention_panel(words)],
                className="desk-left",
            ),
            map_area(view, words),
            couriers_panel(words),
        ],
        className="desk-main",
    )


def orders_panel(words: Words) -> Component:
    """The list of orders, with what stands above it."""
    return panel(words("Orders"), ids.DESK_ORDERS_COUNT, ids.DESK_ORDERS, "orders-panel",
                  [filters_host(),
                   html.P(id=ids.DESK_KITCHENS, className="kitchens-line", hidden=True),
                   html.Button(words("Somebody is free"), id=ids.DESK_FREED, className="freed-line",
                               type="button", hidden=True)],
                  [bulk_host(words)], [new_order_button(words), _filters_button(words)])  # fmt: skip


def filters_host() -> Component:
    """What is hidden, and the choices of it: filled by the browser code."""
    return html.Div(id=ids.DESK_FILTERS, className="filters", hidden=True)


def bulk_host(words: Words) -> Component:
    """What can be done with all marked orders."""
    return html.Div(
        id=ids.DESK_BULK, className="bulk", hidden=True, role="region", **aria(label=words("Marked orders"))
    )


def _filters_button(words: Words) -> Component:
    return html.Button([words("Filters"), dmc.Kbd("G", size="xs")], id=ids.DESK_FILTERS_OPEN,
                       className="title-button", type="button", **aria(expanded="false"))  # fmt: skip


def couriers_panel(words: Words) -> Component:
    """The list of couriers, and below it who could take the chosen order."""
    return panel(
        words("Couriers"),
        ids.DESK_COURIERS_COUNT,
        ids.DESK_COURIERS,
        "couriers-panel",
        [courier_columns(words)],
        [html.Div(id=ids.DESK_NEXT, className="who-next", hidden=True)],
    )


def panel(
    title: str, count: str, host: str, name: str, head: list[Component], foot: Sequence[Component] = (),
    beside: Sequence[Component] = (),
) -> Component:  # fmt: skip
    """A list with its title, what stands above and below it, and beside its title."""
    return html.Section(
        [
            html.Div([html.H2(title), *beside, html.Span(id=count, className="count")], className="panel-title"),
            *head,
            html.Div(id=host, className="panel-list"),
            *foot,
        ],
        className=f"panel {name}",
        **aria(label=title),
    )


def courier_columns(words: Words) -> Component:
    """What stands above the columns of the list of couriers."""
    names = [("courier-name", words("Name")), ("courier-load", words("Load")), ("courier-shift", words("Shift")),
             ("courier-seen", words("Seen"))]  # fmt: skip
    return html.Div([html.Span(text, className=name) for name, text in names], className="courier-columns",
                    **DECORATION)  # fmt: skip


def map_area(view: DeskView, words: Words, *more: Component) -> Component:
    """The map, and what floats over it; ``more`` buttons."""
    return html.Section(
        [
            html.Div(
                id=ids.DESK_MAP,
                className="map-host",
                role="application",
                tabIndex=0,
                **aria(label=words("Map of {city}", city=view.city.name), describedby=ids.DESK_MAP_KEYS),
            ),
            html.P(
                words(
                    "Arrows move the map, plus and minus zoom, Home shows all. J and K step through what is on it, "
                    "Enter chooses, A assigns, Space marks, X marks all in view."
                ),
                id=ids.DESK_MAP_KEYS,
                className="unseen",
            ),
            html.P(id=ids.DESK_MAP_SAID, className="unseen", role="status"),
            html.Div(
                [
                    map_button(ids.DESK_FIT, words("Show all"), "F"),
                    map_button(ids.DESK_FOLLOW, words("Follow courier"), "V"),
                    map_button(ids.DESK_TRAILS, words("Trail: chosen"), "H"),
                    map_button(ids.DESK_GROUPS, words("Groups: on"), "Z"),
                    map_button(ids.DESK_LASSO, words("Lasso"), "L"),
                    map_button(ids.PLAN_STOPS, words("Order of stops"), "S"),
                    map_button(ids.PLAN_OPEN, words("Propose a plan"), "P"),
                    *more,
                ],
                className="map-buttons",
            ),
            html.P(id=ids.DESK_WAY, className="map-way", role="status", hidden=True),
            html.Small(view.city.attribution, className="map-attribution"),
            panel_host(words),
            plan_host(words),
            *form_hosts(words),
            stops_host(),
        ],
        className="map-area",
        **aria(label=words("Map of {city}", city=view.city.name)),
    )


def map_button(id: str, text: str, key: str) -> Component:
    """A button that floats over the map, with its key."""
    return html.Button([html.Span(text), dmc.Kbd(key, size="xs")], id=id, className="map-button", type="button")
