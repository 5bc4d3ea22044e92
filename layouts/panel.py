"""The day's pay beside the map: a row for each courier, with small bars, and the co-op's sum."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.reports import CourierNow, DayNow
from layouts import ids
from layouts.account_page import rate
from layouts.aria import DECORATION, aria
from layouts.words import Words


def panel_button(words: Words) -> Component:
    """Shows and hides the panel."""
    return html.Button(words("Pay today"), id=ids.PANEL_OPEN, className="quiet-button", type="button",
                       title=words("show or hide the day’s pay"))  # fmt: skip


def panel_host(words: Words) -> Component:
    """Where the panel stands, empty until opened; ``PANEL_BEAT`` looks every two seconds whether anything is new."""
    return html.Aside(
        [html.Div(id=ids.PANEL_CONTENT), dcc.Store(id=ids.PANEL_SEQ),
         dcc.Interval(id=ids.PANEL_BEAT, interval=2000, disabled=True)],
        id=ids.PANEL, className="pay-panel", hidden=True, **aria(label=words("Pay today")),
    )  # fmt: skip


def panel(now: DayNow, words: Words) -> list[Any]:
    """What the panel says at one moment."""
    if not now.couriers:
        return [html.H2(words("Pay today")), html.P(words("Nobody has worked today yet."))]
    total = words("Co-op: {pay} so far, {short} of it to reach the minimum", pay=words.money(now.pay_cents),
                  short=words.money(now.short_cents))  # fmt: skip
    heads = (words("Courier"), words("Pay so far"), words("On shift"), words("Per hour on shift"),
             words("Short of the minimum"))  # fmt: skip
    most = max(one.pay_cents for one in now.couriers) or 1
    return [
        html.H2(words("Pay today")), html.P(total, className="panel-total"),
        html.Table([html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                    html.Tbody([_row(one, most, words) for one in now.couriers])], className="panel-table"),
        html.P(words("Pay without tips, the guarantee included; per hour on shift, waiting included."),
               className="quiet"),
    ]  # fmt: skip


def _row(one: CourierNow, most: int, words: Words) -> Component:
    bar = html.Span(className="panel-bar", style={"width": f"{100 * one.pay_cents / most:.0f}%"}, **DECORATION)
    return html.Tr([
        html.Th(one.name, scope="row"),
        html.Td([words.money(one.pay_cents), bar]),
        html.Td(words.minutes(one.on_shift)),
        html.Td(rate(one.per_hour_on_shift, words)),
        html.Td(words.money(one.short_cents), className="is-short" if one.short_cents else ""),
    ])  # fmt: skip
