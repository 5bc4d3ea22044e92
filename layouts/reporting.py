"""A courier reports what went wrong with an order: the page around the form, which the browser code fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.incidents import LONGEST, Incident
from dashboard.domain.orders import Order
from layouts import ids
from layouts.incidents import incident_kinds, incident_lines
from layouts.words import Words


def report_page(
    order: Order, found: Sequence[Incident], now: datetime, bundles: Mapping[str, str], words: Words, *, is_sent: bool
) -> list[Any]:
    """The form; right after one was sent the list of what was reported stands there instead."""
    title = html.H1(words("Report an incident: order {ref}", ref=order.ref))
    listed = [_listed(found, now, words)] if found else []
    if is_sent and found:
        thanks = words("The desk has it, and hears it ring. What is done about it stands here.")
        again = html.A(words("Report something else"), href=_address(order), className="plain-link")
        return [title, html.P(thanks, className="answer", role="status"), *listed, html.P(again)]
    return [
        title, html.P(_places(order), className="quiet"),
        html.P(words("Is somebody hurt or in danger? Call the emergency services first.")),
        *report_form(_config(order, bundles, words)), *listed,
    ]  # fmt: skip


def report_form(config: dict[str, Any]) -> list[Component]:
    """Where the browser code puts the fields, and what it has to know."""
    return [html.Div(id=ids.REPORT), dcc.Store(id=ids.REPORT_CONFIG, data=config)]


def _config(order: Order, bundles: Mapping[str, str], words: Words) -> dict[str, Any]:
    return {
        "coop": order.coop, "order": order.id, "kinds": incident_kinds(words), "longest": LONGEST,
        "done": f"{_address(order)}&sent=1", "locale": words.tag, "words": dict(words.for_browser()),
        "bundles": {"courier": bundles["courier"]},
    }  # fmt: skip


def _address(order: Order) -> str:
    return f"/me?incident={order.id}"


def _places(order: Order) -> str:
    ends = (order.pickup.name or order.pickup.address, order.dropoff.address)
    return " → ".join(filter(None, ends))


def _listed(found: Sequence[Incident], now: datetime, words: Words) -> Component:
    rows = [_line(one, words) for one in incident_lines(found, now, words)]
    return html.Section([html.H2(words("Reported so far")), html.Ul(rows, className="incident-list")])


def _line(one: Mapping[str, Any], words: Words) -> Component:
    text, by, note, is_open, ending = (one[name] for name in ("text", "by", "note", "open", "ending"))
    return html.Li([
        html.B(text), html.Span(by, className="quiet"), *([html.P(note)] if note else []),
        html.P(words("Not settled yet") if is_open else ending, className="quiet"),
    ], className="incident is-open" if is_open else "incident")  # fmt: skip
