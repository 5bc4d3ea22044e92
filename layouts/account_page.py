"""The frame of the pages that show the accounts: where one can go, the period, and figures with their definitions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from dash import html
from dash.development.base_component import Component

from layouts.frame import brand, page
from layouts.navigation import navigation
from layouts.switches import role_choices, visitor_menu
from layouts.words import Words

DASH = "–"
LEAST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class AccountView:
    """Who looks at which page: ``pages`` are the paths open to them, ``roles`` those to choose from at the demo."""

    coop_name: str
    visitor: str
    role: str
    path: str
    theme: str
    pages: Sequence[str]
    roles: Sequence[str] = ()


def account_page(view: AccountView, content: Sequence[Any], words: Words) -> Component:
    """The whole page."""
    main = html.Main(list(content), className="accounts")
    return page(html.Div([_header(view, words), main], className="accounts-page"), view.theme, words)


def figure(name: str, value: str, definition: str, note: str = "", /, **exact: float | None) -> Component:
    """A figure with its name; what it means is shown on hover and read aloud.

    ``exact`` (value, low, high) is for programs that read the page: attributes ``data-value``, … without rounding.
    """
    data: dict[str, Any] = {f"data-{which}": repr(number) for which, number in exact.items() if number is not None}
    return html.Div(
        [html.Dt(html.Abbr(name, title=definition)), html.Dd([value, html.Small(note)] if note else value, **data)],
        className="figure", title=definition,
    )  # fmt: skip


def figures(each: Iterable[Component], *, by_four: bool = False) -> Component:
    """Figures side by side; ``by_four`` in rows of four (or two), so that eight leave no empty place."""
    return html.Dl(list(each), className="figures by-four" if by_four else "figures")


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Component:
    """A table; the first column names the row, the others are figures."""
    top = html.Thead(html.Tr([html.Th(head, scope="col") if head else html.Td() for head in heads]))
    body = [html.Tr([html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])]) for row in rows]
    return html.Div(html.Table([top, html.Tbody(body)], className="account-table"), className="table-host")


def day(moment: date, words: Words) -> str:
    """24 Nov 2026."""
    return format_date(moment, "d MMM y", locale=words.locale)


def month_name(moment: date, words: Words) -> str:
    """November 2026."""
    return format_date(moment, "LLLL y", locale=words.locale)


def number(value: float | None, words: Words, digits: int = 2) -> str:
    """A number as readers write it; a dash for what is unknown."""
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return DASH if value is None else format_decimal(value, pattern, locale=words.locale)


def rate(cents: float | None, words: Words, over: timedelta | None = None) -> str:
    """Money an hour; a dash for what is unknown. ``over`` less than a minute it is the rounding of a cent."""
    if cents is not None and over is not None and over < LEAST:
        return words("too short to say")
    return DASH if cents is None else words("{money}/h", money=words.money(round(cents)))


def _header(view: AccountView, words: Words) -> Component:
    return html.Header(
        [
            html.Div([brand(), html.Span(view.coop_name, className="coop-name")], className="brand"),
            navigation(view.pages, view.path, words),
            visitor_menu(view.visitor, view.theme, words, role_choices(view.roles, view.role, words)),
        ],
        className="desk-header accounts-header",
    )


def take_away(links: Sequence[tuple[str, str]]) -> Component:
    """Links to files with the same figures: (text, address)."""
    return html.Div([html.A(text, href=href, className="take-away", download="") for text, href in links],
                    className="switches")  # fmt: skip
