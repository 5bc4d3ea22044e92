"""A courier's own page: the record of a month, why a job went where it went, the forms to object and to report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from dash import html
from dash.development.base_component import Component

from callbacks import session
from callbacks.given import Given
from dashboard import access
from dashboard.access import Visitor
from dashboard.domain.board import load
from dashboard.domain.objecting import ORDER, subject_of
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Invalid, NotFound, Refusal
from dashboard.domain.together import shares
from dashboard.reports_pay import Pay
from layouts.me import Record, me
from layouts.objections import objection_form
from layouts.reporting import report_page
from layouts.states import refusal_text
from layouts.why import why
from layouts.words import Words


def content(search: str, month: date, last: date, visitor: Visitor, given: Given, words: Words) -> list[Any]:
    """What the address asks for: ``order`` the why of a job, ``object`` and ``incident`` the
    forms, else the record of the month."""
    asked = session.query_in(search)
    try:
        if "order" in asked:
            return [_back(words), *_why(asked["order"], visitor, given, words)]
        if "object" in asked:
            return [_back(words), *_form(asked["object"], visitor, given, words)]
        if "incident" in asked:
            return [_back(words), *_report(asked["incident"], given, words, is_sent="sent" in asked)]
    except Refusal as refusal:
        return [_back(words), html.H1(words("My record")), html.P(refusal_text(refusal, words, {}), className="answer")]
    return me(_record(month, last, visitor, given, is_sent="sent" in asked), words)


def named_in(found: Pay) -> set[str]:
    """The orders that a slip's lines are made from, as far as they are named."""
    lines = (*found.slip.lines, *found.slip.costs) if found.slip else ()
    return {one.what for line in lines for one in line.inputs if "/" not in one.what and " " not in one.what}


def orders_of(abouts: Iterable[str]) -> set[str]:
    """The orders that objections are about."""
    found = set()
    for about in abouts:
        try:
            subject = subject_of(about)
        except Invalid:
            continue
        found |= {subject.of} if subject.kind == ORDER else set()
    return found


def _record(month: date, last: date, visitor: Visitor, given: Given, *, is_sent: bool) -> Record:
    accounts, coop, own = given.accounts, visitor.coop, visitor.scope or ""
    span = coop, month, last, own
    pay, jobs, board = accounts.pay(*span), accounts.jobs(*span), given.board(coop)
    objections = given.decisions.objections(coop, own)
    ids = {job.order for job in jobs} | named_in(pay) | orders_of(one.about for one in objections)
    after = last + timedelta(days=1)
    here = given.today(coop)
    return Record(
        pay, accounts.workload(*span), accounts.fairness(*span), jobs, load(board, own),
        shares(board.orders.values()), given.orders(coop, ids),
        objections, given.looks.of(coop, own), given.now(),
        ((month - timedelta(days=1)).replace(day=1), month, after if after <= here else None), is_sent,
    )  # fmt: skip


def _why(order: str, visitor: Visitor, given: Given, words: Words) -> list[Any]:
    own = visitor.scope or ""
    found = given.decisions.why_for(visitor.coop, order, own)
    link = html.A(words("Object"), href=f"/me?object=order:{order}", className="plain-link", id="object-to-job")
    return [*why(_order(order, visitor, given), found, own, {}, words), html.P(link)]


def _form(about: str, visitor: Visitor, given: Given, words: Words) -> list[Any]:
    subject = subject_of(about)
    if subject.kind == ORDER:
        given.decisions.why_for(visitor.coop, subject.of, visitor.scope or "")
    return objection_form(about, given.orders(visitor.coop, orders_of([about])), words)


def _report(id: str, given: Given, words: Words, *, is_sent: bool) -> list[Any]:
    order = _order(id, access.visitor(), given)
    by = access.require("report_incident", order)
    return report_page(order, given.incidents.of(by.coop, id), given.now(), given.bundles, words, is_sent=is_sent)


def _order(id: str, visitor: Visitor, given: Given) -> Order:
    found = given.orders(visitor.coop, [id]).get(id)
    if found is None:
        raise NotFound("There is no order {id}", id=id)
    return found


def _back(words: Words) -> Component:
    return html.P(html.A(words("Back to my record"), href="/me", className="plain-link"))
