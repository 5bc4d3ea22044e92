"""Pay: the month's account of the co-op or of one courier, the slip with its lines, and the rules in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.domain.orders import Order
from dashboard.domain.pay import Line, Slip
from dashboard.domain.rules import Scheme
from dashboard.reports_pay import CourierPay, Pay, PaySums
from layouts.account_page import DASH, figure, figures, month_name, number, rate, table, take_away
from layouts.aria import aria
from layouts.rule_words import rule_name
from layouts.rules import rules_in_force
from layouts.slip_inputs import formula, input_text
from layouts.words import Words

MONTHS_SHOWN = 4


def pay_page(found: Pay | PaySums, scheme: Scheme, months: Sequence[date], words: Words) -> list[Any]:
    """The co-op's accounts of a month; for members its sums alone."""
    words = words.paying(found.currency)
    couriers = [_exports(found, words), _couriers(found, words)] if isinstance(found, Pay) else []
    return [
        html.H1(words("Pay in {month}", month=month_name(found.first, words))), _months(found.first, months, words),
        _totals(found, words), *couriers, rules(scheme, found.last, words),
    ]  # fmt: skip


def slip_page(
    found: Pay, scheme: Scheme, months: Sequence[date], words: Words, orders: Mapping[str, Order], object_in: str = ""
) -> list[Any]:  # fmt: skip
    """One courier's account of a month, with the slip."""
    words = words.paying(found.currency)
    name = found.couriers[0].name if found.couriers else ""
    title = words("Pay of {name} in {month}", name=name, month=month_name(found.first, words))
    return [html.H1(title), _months(found.first, months, words), _exports(found, words),
            *own_slip(found, words, orders, object_in), rules(scheme, found.last, words)]  # fmt: skip


def own_slip(
    found: Pay, words: Words, orders: Mapping[str, Order] | None = None, object_in: str = ""
) -> list[Any]:  # fmt: skip
    """The totals and the slip's lines; what there is to say where nothing was earned."""
    if found.slip is None or not found.couriers:
        return [html.P(words("Nothing was earned in this month."), className="answer")]
    return [_totals(found, words.paying(found.currency)), slip(found.slip, words, orders or {}, object_in)]


def slip(found: Slip, words: Words, orders: Mapping[str, Order], object_in: str = "") -> Component:
    """Every line with its inputs, the total to the cent, and the costs beside it.

    ``object_in`` is the month (2026-11) in whose name each line offers to object; "" where the reader is another.
    """
    words = words.paying(found.currency)
    foot = html.P([words("Total"), " ", html.B(words.money(found.total_cents), id="slip-total")], className="total")
    beside = [html.H3(words("What the work cost (not taken off)")), *_lines(found.costs, words, orders)]
    costs = beside if found.costs else []
    return html.Section([html.H2(words("Pay slip")), *_lines(found.lines, words, orders, object_in), foot, *costs])


def rules(scheme: Scheme, on: date, words: Words) -> Component:
    """Which rules held on a day, since when, and who decided."""
    return rules_in_force(scheme, on, words)


def _totals(found: Pay | PaySums, words: Words) -> Component:
    if isinstance(found, PaySums) and found.too_few:
        return html.P(words("Fewer than five couriers worked in this time: figures would point at persons, so none "
                            "are shown."), className="answer", id="pay-answer")  # fmt: skip
    return figures([
        figure(words("Total"), _money(found.total_cents, words), words("Pay, top-ups, corrections and tips together.")),
        figure(words("Topped up"), _money(found.top_up_cents, words), words("What the minimums added.")),
        figure(words("Tips"), _money(found.tips_cents, words),
               words("From customers; never counted towards a minimum.")),
        figure(words("Pay per hour on shift"), rate(found.per_hour_on_shift, words, _time(found, "on_shift")),
               words("Pay without tips, divided by the hours on shift.")),
        figure(words("Pay per hour on a job"), rate(found.per_hour_on_job, words, _time(found, "on_job")),
               words("The same pay, divided by the hours on a job alone.")),
    ])  # fmt: skip


def _time(found: Pay | PaySums, which: str) -> timedelta | None:
    """All of it; None where it is nobody's in particular, which is of five couriers at least."""
    return sum((getattr(one, which) for one in found.couriers), timedelta()) if isinstance(found, Pay) else None


def _money(cents: int | None, words: Words) -> str:
    return DASH if cents is None else words.money(cents)


def _couriers(found: Pay, words: Words) -> Component:
    if not found.couriers:
        return html.P(words("Nobody worked in this month."), className="answer")
    heads = [words("Courier"), words("Hours on shift"), words("Jobs"), words("Pay"), words("Topped up"), words("Tips"),
             words("Total"), words("Per hour on shift"), words("Per hour on a job")]  # fmt: skip
    return html.Section([html.H2(words("Couriers")), table(heads, [_row(one, found, words) for one in found.couriers])])


def _row(one: CourierPay, found: Pay, words: Words) -> tuple[Any, ...]:
    link = html.A(one.name, href=f"/pay?month={found.first:%Y-%m}&courier={one.courier}", className="plain-link")
    return (link, _hours(one.on_shift, words), str(one.jobs), words.money(one.pay_cents), words.money(one.top_up_cents),
            words.money(one.tips_cents), words.money(one.total_cents), rate(one.per_hour_on_shift, words, one.on_shift),
            rate(one.per_hour_on_job, words, one.on_job))  # fmt: skip


def _hours(span: timedelta, words: Words) -> str:
    return number(span.total_seconds() / 3600, words)


def _months(present: date, months: Iterable[date], words: Words) -> Component:
    links = [
        html.A(month_name(one, words), href=f"?month={one:%Y-%m}",
               className="switch is-current" if one == present else "switch")
        for one in months
    ]  # fmt: skip
    return html.Nav(links, className="switches", **aria(label=words("Month")))


def _exports(found: Pay, words: Words) -> Component:
    period = f"from={found.first}&to={found.last}" + (f"&courier={found.slip.courier}" if found.slip else "")
    return take_away([(words("Download as {kind}", kind=kind.upper()), f"/exports/pay.{kind}?{period}")
                      for kind in ("csv", "pdf")])  # fmt: skip


def _lines(
    lines: Iterable[Line], words: Words, orders: Mapping[str, Order], object_in: str = ""
) -> list[Component]:  # fmt: skip
    return [
        html.Details([
            html.Summary([
                html.Span(rule_name(line.name, words), className="line-name"),
                html.Span(formula(line, words)), html.B(words.money(line.amount_cents)),
            ]),
            html.Ul([html.Li(text) for one in line.inputs if (text := input_text(one, orders, words))]),
            *_object_to(line, object_in, words),
        ], className="slip-line")
        for line in lines
    ]  # fmt: skip


def _object_to(line: Line, month: str, words: Words) -> list[Component]:
    href = f"/me?object=line:{month}:{line.name}"
    return [html.P(html.A(words("Object to this line"), href=href, className="plain-link"))] if month else []
