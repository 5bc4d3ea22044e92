"""Objections: the courier's form, the list with its clock, and the page on which the desk answers by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.decisions import Objection
from dashboard.domain.objecting import DAY, ORDER, subject_of
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Invalid
from layouts import ids
from layouts.account_page import day, month_name
from layouts.moments import when
from layouts.rule_words import rule_name
from layouts.words import Words

Orders = Mapping[str, Order]


def about_text(about: str, orders: Orders, words: Words) -> str:
    """What it is about, as people say it."""
    try:
        subject = subject_of(about)
    except Invalid:
        return about
    if subject.kind == ORDER:
        known = orders.get(subject.of)
        return words("Order {ref}", ref=known.ref if known else subject.of)
    if subject.kind == DAY:
        return day(date.fromisoformat(subject.of), words)
    month = month_name(date.fromisoformat(f"{subject.of}-01"), words)
    return words("{line}, pay slip of {month}", line=rule_name(subject.line, words), month=month)


def objection_form(about: str, orders: Orders, words: Words) -> list[Any]:
    """The courier says what is wrong."""
    return [
        html.H1(words("Object: {about}", about=about_text(about, orders, words))),
        html.P(words("A person of your co-op has to answer within 14 days, by name. It is kept in the journal.")),
        dcc.Store(id=ids.OBJECTION_ABOUT, data=about),
        dmc.Textarea(id=ids.OBJECTION_TEXT, label=words("What is wrong?"), value="", autosize=True, minRows=4),
        html.P(id=ids.OBJECTION_SAID, className="form-error", role="alert"),
        dmc.Button(words("Send the objection"), id=ids.OBJECTION_SEND, className="main-button"),
    ]  # fmt: skip


def own_objections(found: Sequence[Objection], orders: Orders, now: datetime, words: Words) -> Component:
    """The courier's own, newest first."""
    rows = [_card(one, orders, now, words) for one in reversed(found)]
    none = html.P(words("None so far. Beside each job, day and line of the slip you can object."), className="quiet")
    return html.Section([html.H2(words("My objections")), *(rows or [none])], id="my-objections")


def objections_page(
    found: Sequence[Objection], orders: Orders, names: Mapping[str, str], now: datetime, words: Words
) -> list[Any]:
    """For those who answer: the open ones first, the most urgent on top."""
    still = sorted((one for one in found if one.answered_at is None), key=lambda one: one.at)
    done = sorted((one for one in found if one.answered_at is not None), key=lambda one: one.at, reverse=True)
    nothing = html.P(words("No objection waits for an answer."), className="answer")
    closed = [html.H2(words("Answered")), *(_card(one, orders, now, words, names) for one in done)] if done else []
    return [html.H1(words("Objections")), *([_card(one, orders, now, words, names) for one in still] or [nothing]),
            html.Section(closed)]  # fmt: skip


def answer_page(
    one: Objection, orders: Orders, names: Mapping[str, str], now: datetime, reasons: Sequence[Any], words: Words
) -> list[Any]:
    """One objection, why its job went where it went, and the form for the answer while there is none."""
    card = _card(one, orders, now, words, names, is_alone=True)
    back = html.P(html.A(words("All objections"), href="/objections", className="plain-link"))
    form = answer_form(one.id, words) if one.answered_at is None else []
    about = [html.Details([html.Summary(words("Where the job went, and why")), *reasons])] if reasons else []
    return [back, html.H1(about_text(one.about, orders, words)), card, *about, *form]


def answer_form(objection: str, words: Words) -> list[Any]:
    """The answer in words, and whether the courier is right."""
    yes, no = words("Yes, the courier is right"), words("No, it stays as it was")
    return [
        dcc.Store(id=ids.ANSWER_OBJECTION, data=objection),
        dmc.RadioGroup([dmc.Radio(label=yes, value="yes"), dmc.Radio(label=no, value="no")], id=ids.ANSWER_UPHELD,
                       label=words("Is the objection upheld?"), value=""),
        dmc.Textarea(id=ids.ANSWER_TEXT, label=words("Answer"), value="", autosize=True, minRows=4,
                     description=words("The courier reads it with your name.")),
        html.P(id=ids.ANSWER_SAID, className="form-error", role="alert"),
        dmc.Button(words("Answer by name"), id=ids.ANSWER_SEND, className="main-button"),
    ]  # fmt: skip


def _card(
    one: Objection, orders: Orders, now: datetime, words: Words, names: Mapping[str, str] | None = None, *,
    is_alone: bool = False,
) -> Component:  # fmt: skip
    who = [html.Span(names.get(one.courier, one.courier))] if names is not None else []
    named: list[Any] = [about_text(one.about, orders, words), *([" · ", *who] if who else [])]
    title = html.H3(named)
    onward = [] if names is None or is_alone or one.answered_at else [
        html.A(words("Read and answer"), href=f"/objections?id={one.id}", className="plain-link")
    ]  # fmt: skip
    return html.Article([title, html.P(when(one.at, words), className="quiet"),
                         html.Blockquote(one.text), _outcome(one, now, words), *onward],
                        className="objection is-red" if one.is_red(now) else "objection")  # fmt: skip


def _outcome(one: Objection, now: datetime, words: Words) -> Component:
    if one.answered_at is None:
        return html.P(_clock(one, now, words), className="objection-clock")
    verdict = words("Upheld") if one.upheld else words("Not upheld")
    said = words("{verdict}, answered by {by} on {when}", verdict=verdict, by=one.answered_by,
                 when=when(one.answered_at, words))  # fmt: skip
    return html.Div([html.P(html.B(said)), html.Blockquote(one.answer)], className="objection-answer")


def _clock(one: Objection, now: datetime, words: Words) -> str:
    left = one.days_left(now)
    if left < 0 or one.due <= now:
        return words("Overdue: the answer was due on {when}", when=when(one.due, words))
    if left == 1:
        return words("The answer is due within a day")
    return words("{n} {n:day|days} left for the answer", n=left)
