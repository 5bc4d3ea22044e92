"""A courier's own jobs, day by day, each with the way to its why and to an objection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from dashboard.domain.orders import Order
from dashboard.domain.workload_states import Job
from layouts.moments import date_of, from_to, on_day
from layouts.words import N_, Words

OUTCOMES = {
    "delivered": N_("delivered"), "failed": N_("failed"), "cancelled": N_("cancelled"),
    "handed_over": N_("handed over to somebody else"), "taken_back": N_("taken back by the desk"),
}  # fmt: skip

OPEN = 1
"""Days that are unfolded: on a phone a month of jobs is long."""


def jobs(found: Sequence[Job], in_hand: Sequence[Order], orders: Mapping[str, Order], words: Words) -> Component:
    """What is in hand first, then the period's jobs, newest first."""
    newest = sorted(found, key=lambda job: job.assigned_at, reverse=True)
    by_day = groupby(newest, lambda job: on_day(job.assigned_at, words))
    days = [_day(list(of_day), orders, words, n < OPEN) for n, (_, of_day) in enumerate(by_day)]
    now = [html.H3(words("In hand now")), html.Ul([_in_hand(one, words) for one in in_hand], className="jobs")]
    none = [] if days or in_hand else [html.P(words("No job in this month."), className="quiet")]
    return html.Section([html.H2(words("My jobs")), *(now if in_hand else []), *days, *none], id="my-jobs")


def _day(found: Sequence[Job], orders: Mapping[str, Order], words: Words, is_open: bool) -> Component:
    first = found[0].assigned_at
    local = date_of(first, words)
    count = words("{n} jobs, {distance}", n=len(found), distance=words.distance(sum(job.metres for job in found)))
    return html.Details([
        html.Summary([html.B(on_day(first, words)), html.Span(count, className="quiet"),
                      html.A(words("Object to this day"), href=f"/me?object=day:{local}", className="plain-link")]),
        html.Ul([_row(job, orders.get(job.order), words) for job in found], className="jobs"),
    ], open=is_open, className="jobs-day")  # fmt: skip


def _row(job: Job, order: Order | None, words: Words) -> Component:
    times = from_to(job.assigned_at, job.closed_at, words).partition(", ")[2]
    outcome = words(OUTCOMES.get(job.outcome, job.outcome))
    tip = [words("tip {money}", money=words.money(job.tip_cents))] if job.tip_cents else []
    facts = ", ".join([times, outcome, words.distance(job.metres), *tip])
    return _line(job.order, order, facts, words)


def _in_hand(order: Order, words: Words) -> Component:
    return _line(order.id, order, "", words)


def _line(id: str, order: Order | None, facts: str, words: Words) -> Component:
    ref, place = (order.ref, order.pickup.name or order.pickup.address) if order else (id, "")
    links = [html.A(words("Why?"), href=f"/me?order={id}", className="plain-link why-link"),
             html.A(words("Object"), href=f"/me?object=order:{id}", className="plain-link")]  # fmt: skip
    return html.Li([
        html.Span([html.B(ref), " ", place], className="job-what"), html.Span(facts, className="quiet job-facts"),
        html.Span(links, className="job-links"),
    ])  # fmt: skip
