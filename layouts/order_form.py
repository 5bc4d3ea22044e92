"""Where the order forms stand on the desk; the browser code fills them, and keeps what is typed until it is sent."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import aria
from layouts.words import Words


def new_order_button(words: Words) -> Component:
    """Opens the form, empty."""
    text = words("New order")
    return html.Button([html.Span(text, className="title-label"), dmc.Kbd("+", size="xs")], id=ids.NEW_ORDER,
                       className="title-button", type="button", title=text, **aria(label=text))  # fmt: skip


def form_hosts(words: Words) -> list[Component]:
    """Beside the map: the form of an order, and everything about one. Hidden until opened."""
    return [
        html.Section(id=ids.ORDER_FORM, className="order-form map-overlay", hidden=True,
                     **aria(label=words("Form of an order"))),
        html.Section(id=ids.ORDER_PANEL, className="order-panel map-overlay", hidden=True,
                     **aria(label=words("Everything about an order"))),
    ]  # fmt: skip
