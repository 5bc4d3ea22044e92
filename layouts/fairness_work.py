"""How much work an hour on shift is, from the least to the most. Nobody's name."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.reports_fairness import Fairness, Range
from layouts.account_page import number, table
from layouts.words import Words


def workload(found: Fairness, words: Words) -> list[Component]:
    """The section; nothing where nothing is known."""
    rows = [
        (words("Hours on shift"), found.hours, 0), (words("Orders per hour on shift"), found.orders_per_hour, 1),
        (words("Kilometres per hour on shift"), found.km_per_hour, 1),
    ]  # fmt: skip
    known = [_row(name, each, digits, words) for name, each, digits in rows if each is not None]
    if not known:
        return []
    heads = [words("Of each courier"), words("Lowest"), words("Median"), words("Highest"), words("Couriers")]
    how = words("Half of the couriers are below the median. Kilometres are those of deliveries, as the crow flies "
                "where no way was recorded.")  # fmt: skip
    return [html.Section([html.H2(words("Workload")), table(heads, known), html.P(how, className="quiet")],
                         id="fairness-workload")]  # fmt: skip


def _row(name: str, each: Range, digits: int, words: Words) -> tuple[str, ...]:
    return (name, *(number(value, words, digits) for value in (each.lowest, each.median, each.highest)), str(each.n))
