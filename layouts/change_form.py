"""The form in which other rules of pay are said: a pack, or other numbers in the present rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.rules import Scheme
from dashboard.domain.rules_numbers import THRESHOLDS, Number, numbers
from dashboard.domain.rules_packs import PACKS
from layouts import ids
from layouts.account_page import number as written
from layouts.account_page import table
from layouts.rule_words import PACK_NAMES, number_name, plain, scheme_name, unit
from layouts.words import Words


def change_form(
    form: str, scheme: Scheme, on: date, words: Words, *, pack: str = "", given: Mapping[str, str] | None = None
) -> Component:
    """The pack and the numbers that hold on a day; a number that is left empty stays as it is."""
    found = numbers(scheme, on)
    held, more = [one for one in found if one.value is not None], [one for one in found if one.value is None]
    given = given or {}
    is_open = any(one.key in given for one in more)
    return html.Div([
        html.Div([html.H2(words("Other rules as a whole")), _packs(form, scheme, pack, words)]),
        html.Div([html.H2(words("Or other numbers")), _inputs(form, held, scheme, given, words)]),
        html.Details([html.Summary(words("Add a rule that there is not yet")),
                      _inputs(form, more, scheme, given, words)], open=is_open),
    ], className="change-form")  # fmt: skip


def day_input(id: Any, label: str, value: date | str, words: Words) -> Component:
    """A day, as 2026-06-01."""
    return dmc.TextInput(
        id=id, label=label, value=str(value), placeholder=words("2026-06-01"), className="day-input",
        inputProps={"type": "date"},
    )  # fmt: skip


def said_line() -> Component:
    """Where the page says what was done or refused."""
    return html.P(id=ids.SAID, className="page-said", role="status")


def button(id: Any, text: str, *, is_main: bool = False) -> Component:
    """A button of the page."""
    return html.Button(text, id=id, type="button", className="page-button is-main" if is_main else "page-button")


def text_table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Component:
    """A table of words, not of figures."""
    return html.Div(table(heads, rows), className="text-table")


def stored(id: str) -> Component:
    """What is meant, until it is confirmed."""
    return dcc.Store(id=id)


def _packs(form: str, scheme: Scheme, chosen: str, words: Words) -> Component:
    stay = words("Stay with: {rules}", rules=scheme_name(scheme.name, words))
    named = [("", stay), *((name, words(PACK_NAMES[name])) for name in PACKS)]
    return dmc.RadioGroup(
        html.Div([dmc.Radio(label=text, value=name) for name, text in named], className="pack-choices"),
        id=ids.change_pack(form), value=chosen if chosen in PACKS else "", label=words("Pack of rules"),
    )  # fmt: skip


def _placeholder(one: Number, words: Words) -> str:
    """What holds, or would hold; nothing for the rate of a rule that there is not."""
    known = one.value if one.value is not None else one.usual or None
    if known is None:
        return ""
    return plain(known, words) if one.part in THRESHOLDS else written(float(known), words)


def _inputs(
    form: str, found: Sequence[Number], scheme: Scheme, given: Mapping[str, str], words: Words
) -> Component:  # fmt: skip
    return html.Div([
        dmc.TextInput(
            id=ids.change_number(form, one.key), label=number_name(one.rule, one.part, words),
            description=unit(one.rule, one.part, scheme.currency, words), value=given.get(one.key, ""),
            placeholder=_placeholder(one, words), autoComplete="off",
            inputProps={"inputMode": "decimal"},
        )
        for one in found
    ], className="change-numbers")  # fmt: skip
