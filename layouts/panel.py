"""The day's pay beside the map: a row for each courier, with small bars, and the co-op's sum."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.reports_day import CourierNow, DayNow
from layouts import ids
from layouts.account_page import DASH, rate
from layouts.aria import DECORATION, aria
from layouts.words import Words
from layouts.working_time import warning


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
    words = words.paying(now.currency)
    if not now.couriers:
        return [html.H2(words("Pay today")), html.P(words("Nobody has worked today yet."))]
    heads = (words("Courier"), words("Pay so far"), words("At shift end"), words("On shift"), words("Per hour"),
             words("Short"), words("Next order"))  # fmt: skip
    most = max(max(one.pay_cents, one.forecast_high_cents or 0) for one in now.couriers) or 1
    return [
        html.H2(words("Pay today")),
        *(html.P(text, className="panel-total") for text in (*_sums(now, words), next_order(now, words)) if text),
        _legend(words),
        html.Table([html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                    html.Tbody([row for one in now.couriers for row in _rows(one, most, words)])],
                   className="panel-table"),
    ]  # fmt: skip


def next_order(now: DayNow, words: Words) -> str:
    """What one order more costs the co-op: 0 or 10 €, by who takes it; "" when nobody is on shift."""
    costs = sorted({one.next_order_cents for one in now.couriers if one.next_order_cents is not None})
    match [words.money(cents) for cents in costs]:
        case []:
            return ""
        case [only]:
            return words("The next order costs the co-op {money}, whoever takes it.", money=only)
        case [least, most]:
            return words("The next order costs the co-op {least} or {most}, by who takes it.", least=least, most=most)
        case [least, *_, most]:
            return words("The next order costs the co-op {least} to {most}, by who takes it.", least=least, most=most)
    raise AssertionError("a list is empty or has a first")


def _sums(now: DayNow, words: Words) -> list[str]:
    total = words("Co-op: {pay} so far, {short} of it to reach the minimum", pay=words.money(now.pay_cents),
                  short=words.money(now.short_cents))  # fmt: skip
    if not now.coop_short_cents:
        return [total]
    return [total, words("Missing to the minimum of the co-op as a whole: {short}",
                         short=words.money(now.coop_short_cents))]  # fmt: skip


def _rows(one: CourierNow, most: int, words: Words) -> list[Component]:
    """The courier's figures, and below them a limit of working time that is near."""
    limits = warning(one.working_time, one.level, words)
    figures = _row(one, most, words)
    return [figures] if limits is None else [figures, html.Tr(html.Td(limits, colSpan=7), className="panel-limits")]


def _row(one: CourierNow, most: int, words: Words) -> Component:
    return html.Tr([
        html.Th(one.name, scope="row"),
        html.Td([words.money(one.pay_cents), _bar(one, most)]),
        html.Td(_forecast(one, words)),
        html.Td(words.minutes(one.on_shift)),
        html.Td(rate(one.per_hour_on_shift, words, one.on_shift)),
        html.Td(words.money(one.short_cents), className="is-short" if one.short_cents else ""),
        html.Td(DASH if one.next_order_cents is None else words.money(one.next_order_cents)),
    ])  # fmt: skip


def _bar(one: CourierNow, most: int) -> Component:
    """What is earned, and before it, paler, the range to which it is expected to grow."""
    low, high = one.forecast_low_cents, one.forecast_high_cents
    parts = [html.Span(className="panel-bar", style={"width": _share(one.pay_cents, most)})]
    if low is not None and high is not None:
        parts.append(html.Span(className="panel-range", style={
            "left": _share(low, most), "width": _share(max(high - low, most // 60), most)
        }))  # fmt: skip
    return html.Span(parts, className="panel-bars", **DECORATION)


def _share(cents: int, most: int) -> str:
    return f"{100 * cents / most:.1f}%"


def _forecast(one: CourierNow, words: Words) -> Any:
    if one.forecast_cents is None or one.forecast_low_cents is None or one.forecast_high_cents is None:
        return DASH
    low, high = words.money(one.forecast_low_cents), words.money(one.forecast_high_cents)
    when = words.clock(one.ends_at) if one.ends_at else ""
    range_text = words("{low} to {high}, {time}", low=low, high=high, time=when)
    if one.forecast_low_cents == one.forecast_high_cents:
        range_text = words("at {time}", time=when)
    return [words.money(round(one.forecast_cents)), html.Small(range_text)]


def _legend(words: Words) -> Component:
    signs = (
        ("panel-bar", words("pay so far, without tips, the guarantee included")),
        ("panel-range", words("expected at the end of a usual shift, eight times in ten")),
    )
    terms = (
        (words("Per hour"), words("on shift, waiting included")),
        (words("Short"), words("what the co-op adds to reach the minimum")),
        (words("Next order"), words("what one more usual order costs the co-op by then")),
    )
    return html.Dl([
        *(html.Div([html.Dt(html.Span(className=f"{sign} is-sign", **DECORATION)), html.Dd(text)])
          for sign, text in signs),
        *(html.Div([html.Dt(term), html.Dd(text)]) for term, text in terms),
    ], className="panel-legend")  # fmt: skip
