"""The rules of pay: what holds since when and who decided it; for administrators, how to change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.domain.rules import OfferFloor, Rule, Scheme, in_force
from dashboard.domain.rules_changes import Change
from dashboard.domain.rules_packs import PACKS
from layouts import ids
from layouts.account_page import DASH, day
from layouts.change_form import button, change_form, day_input, said_line, stored, text_table
from layouts.rule_words import KINDS, PACK_NAMES, change_rows, decided_by, price, rule_name, scheme_name
from layouts.words import Words


def rules_page(
    scheme: Scheme, today: date, notice_days: int, words: Words, *, couriers: Mapping[str, str] | None = None
) -> list[Any]:  # fmt: skip
    """The content of the page; with ``couriers`` (names by id) for whoever may change the rules."""
    later = [rule for rule in _all(scheme) if rule.since > today]
    earlier = [rule for rule in _all(scheme) if rule.until and rule.until <= today]
    forms = [] if couriers is None else [_change(scheme, today, words), _correction(couriers, words)]
    return [
        html.H1(words("Rules of pay")),
        html.P(words("{scheme}. What the members vote takes effect {n} {n:day|days} later at the earliest.",
                     scheme=scheme_name(scheme.name, words), n=notice_days), className="quiet", id="rules-notice"),
        said_line(), rules_in_force(scheme, today, words),
        *([html.Section([html.H2(words("Decided, not yet in force")), _table(later, scheme, words)])] if later else []),
        *([html.Details([html.Summary(words("Earlier rules")), _table(earlier, scheme, words)])] if earlier else []),
        *forms, _packs(today, words),
    ]  # fmt: skip


def rules_in_force(scheme: Scheme, on: date, words: Words) -> Component:
    """Which rules hold on a day, since when, and who decided."""
    held = [rule for rule in _all(scheme) if in_force(rule, on)]
    return html.Section([html.H2(words("Rules in force")), _table(held, scheme, words)], id="rules-in-force")


def meant(change: Change, scheme: Scheme, reason: str, words: Words) -> list[Any]:
    """What a change would change, to be confirmed."""
    heads = [words("Rule"), words("From"), words("To"), words("Since")]
    return [
        html.H3(words("This is what would change")), text_table(heads, change_rows(change, scheme, words)),
        html.P(words("Reason: {reason}", reason=reason)),
        html.P(words("What has been earned until then stays as it is."), className="quiet"),
    ]  # fmt: skip


def meant_correction(name: str, cents: int, about: str, reason: str, words: Words) -> list[Any]:
    """What a correction would do, to be confirmed."""
    said = (words("{name} gets {money} more.", name=name, money=words.money(cents)) if cents > 0
            else words("{name} gets {money} less.", name=name, money=words.money(-cents)))  # fmt: skip
    of = [html.P(words("Corrects: {about}", about=about))] if about else []
    return [html.P(said, className="answer"), *of, html.P(words("Reason: {reason}", reason=reason)),
            html.P(words("It becomes a line of its own on the slip; what was written stays."),
                   className="quiet")]  # fmt: skip


def _all(scheme: Scheme) -> list[Rule | OfferFloor]:
    return [*scheme.rules, *scheme.offer_floors]


def _table(found: Iterable[Rule | OfferFloor], scheme: Scheme, words: Words) -> Component:
    heads = [words("Rule"), words("Kind"), words("Amount"), words("Since"), words("Until"), words("Decided by")]
    return text_table(heads, [_row(rule, scheme, words) for rule in found])


def _row(rule: Rule | OfferFloor, scheme: Scheme, words: Words) -> tuple[Any, ...]:
    kind = KINDS[rule.role] if isinstance(rule, Rule) else KINDS["floor"]
    since = DASH if rule.since == date.min else html.Span(day(rule.since, words), className="nowrap")
    until = DASH if rule.until is None else html.Span(day(rule.until, words), className="nowrap")
    return (rule_name(rule.name, words), words(kind), price(rule, scheme.currency, words), since, until,
            decided_by(rule.decision, words))  # fmt: skip


def _packs(today: date, words: Words) -> Component:
    def held(scheme: Scheme) -> str:
        found: Sequence[Rule | OfferFloor] = [rule for rule in _all(scheme) if in_force(rule, today)]
        return " · ".join(
            words("{rule}: {price}", rule=rule_name(rule.name, words), price=price(rule, scheme.currency, words))
            for rule in found
        )  # fmt: skip

    rows = [(words(PACK_NAMES[name]), held(scheme)) for name, scheme in PACKS.items()]
    return html.Section([html.H2(words("Packs of rules to choose from")),
                         text_table([words("Pack"), words("Rules today")], rows)])  # fmt: skip


def _change(scheme: Scheme, today: date, words: Words) -> Component:
    return html.Section([
        html.H2(words("Change the rules without a vote")),
        html.P(words("For what the law demands, and for a co-op’s first rules. Everything else is put to the vote."),
               className="quiet"),
        change_form(ids.RULES, scheme, today, words),
        html.Div(day_input(ids.change_since(ids.RULES), words("In force from"), today, words), className="days"),
        dmc.TextInput(id=ids.RULES_REASON, label=words("Reason, and where it was decided"), value=""),
        button(ids.RULES_LOOK, words("See what would change")),
        stored(ids.RULES_MEANT), html.Div(id=ids.RULES_PREVIEW, role="status"),
        html.Div(button(ids.RULES_CONFIRM, words("Put in force"), is_main=True), className="confirm"),
    ], className="form-card no-print")  # fmt: skip


def _correction(couriers: Mapping[str, str], words: Words) -> Component:
    data: Any = [{"value": key, "label": name} for key, name in sorted(couriers.items(), key=lambda one: one[1])]
    return html.Section([
        html.H2(words("Correct a pay slip")),
        html.Div([
            dmc.Select(id=ids.CORRECT_COURIER, label=words("Courier"), data=data, value=None, searchable=True,
                       comboboxProps={"withinPortal": False}),
            dmc.TextInput(id=ids.CORRECT_AMOUNT, label=words("Amount (below 0: taken away)"), value="",
                          inputProps={"inputMode": "decimal"}),
            dmc.TextInput(id=ids.CORRECT_ABOUT, label=words("What it corrects (an order, a line)"), value=""),
        ], className="change-numbers"),
        dmc.TextInput(id=ids.CORRECT_REASON, label=words("Reason"), value=""),
        button(ids.CORRECT_LOOK, words("See what would change")),
        stored(ids.CORRECT_MEANT), html.Div(id=ids.CORRECT_PREVIEW, role="status"),
        html.Div(button(ids.CORRECT_CONFIRM, words("Write the correction"), is_main=True), className="confirm"),
    ], className="form-card no-print")  # fmt: skip
