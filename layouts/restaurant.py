"""A restaurant's own orders: what waits, in which state, since when, and who comes for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard.domain.orders import Order
from layouts import ids
from layouts.account_page import DASH, table
from layouts.states import state_name
from layouts.words import Words

BEAT_MS = 5000


def restaurant(found: Sequence[Order], names: Mapping[str, str], words: Words) -> list[Any]:
    """The page; its list is asked for anew every five seconds."""
    return [html.H1(words("Our orders")), html.Div(pending(found, names, words), id=ids.RESTAURANT_ORDERS),
            dcc.Interval(id=ids.RESTAURANT_BEAT, interval=BEAT_MS)]  # fmt: skip


def pending(found: Sequence[Order], names: Mapping[str, str], words: Words) -> list[Any]:
    """The open orders, oldest first."""
    if not found:
        return [html.P(words("No order is open."), className="answer")]
    heads = [words("Order"), words("State"), words("Placed"), words("Ready at"), words("What"), words("Courier")]
    rows = [_row(one, names, words) for one in sorted(found, key=lambda one: one.placed_at)]
    return [table(heads, rows)]


def _row(one: Order, names: Mapping[str, str], words: Words) -> tuple[str, ...]:
    what = ", ".join(f"{item.quantity} × {item.name}" for item in one.items) or DASH
    first_name = names.get(one.courier or "", "").split(" ")[0]
    ready = words.clock(one.ready_at) if one.ready_at else DASH
    return one.ref, state_name(one.state, words), words.clock(one.placed_at), ready, what, first_name or DASH
