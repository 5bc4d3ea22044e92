"""A courier's own jobs, day by day, each with the way to its why and to an objection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from dashboard.domain.orders import Order
from dashboard.domain.together import Share, shares
from dashboard.domain.workload_states import Job
from layouts.moments import date_of, from_to, on_day
from layouts.words import N_, Words

OUTCOMES = {
    "delivered": N_("delivered"), "failed": N_("failed"), "cancelled": N_("cancelled"),
    "handed_over": N_("handed over to somebody else"), "taken_back": N_("taken back by the desk"),
}  # fmt: skip

OPEN = 1
"""Days that are unfolded: on a phone a month of jobs is long."""


def in_hand(orders: Sequence[Order], shared: Mapping[str, Share], words: Words) -> list[Component]:
    """What the courier has now, each with the way to report an incident; nothing where there is none."""
    if not orders:
        return []
    rows = html.Ul([_in_hand(one, shared.get(one.id), words) for one in orders], className="jobs jobs-day")
    return [html.Section([html.H2(words("In hand now")), rows], id="my-orders")]


def jobs(found: Sequence[Job], orders: Mapping[str, Order], words: Words) -> Component:
    """The period's jobs, newest first."""
    newest = sorted(found, key=lambda job: job.assigned_at, reverse=True)
    by_day = groupby(newest, lambda job: on_day(job.assigned_at, words))
    shared = shares(orders.values())
    days = [_day(list(of_day), orders, shared, words, n < OPEN) for n, (_, of_day) in enumerate(by_day)]
    none = [] if days else [html.P(words("No job in this month."), className="quiet")]
    return html.Section([html.H2(words("My jobs")), *days, *none], id="my-jobs")


def _day(
    found: Sequence[Job], orders: Mapping[str, Order], shared: Mapping[str, Share], words: Words, is_open: bool
) -> Component:
    first = found[0].assigned_at
    local = date_of(first, words)
    distance = words.distance(sum(job.metres for job in found))
    count = words("{n} {n:job|jobs}, {distance}", n=len(found), distance=distance)
    return html.Details([
        html.Summary([html.B(on_day(first, words)), html.Span(count, className="quiet")]),
        html.Ul([_row(job, orders.get(job.order), shared.get(job.order), words) for job in found], className="jobs"),
        html.P(html.A(words("Object to this day"), href=f"/me?object=day:{local}", className="plain-link"),
               className="jobs-object"),
    ], open=is_open, className="jobs-day")  # fmt: skip


def _row(job: Job, order: Order | None, share: Share | None, words: Words) -> Component:
    times = from_to(job.assigned_at, job.closed_at, words).partition(", ")[2]
    outcome = words(OUTCOMES.get(job.outcome, job.outcome))
    tip = [words("tip {money}", money=words.money(job.tip_cents))] if job.tip_cents else []
    facts = ", ".join([times, outcome, words.distance(job.metres), *tip])
    return _line(job.order, order, share, facts, words)


def _in_hand(order: Order, share: Share | None, words: Words) -> Component:
    report = html.A(words("Report an incident"), href=f"/me?incident={order.id}", className="plain-link")
    door = order.dropoff.address or order.dropoff.name
    return _line(order.id, order, share, f"→ {door}" if door else "", words, [report])


def _line(
    id: str, order: Order | None, share: Share | None, facts: str, words: Words, more: Sequence[Component] = ()
) -> Component:
    ref, place = (order.ref, order.pickup.name or order.pickup.address) if order else (id, "")
    links = [html.A(words("Why?"), href=f"/me?order={id}", className="plain-link why-link"),
             html.A(words("Object"), href=f"/me?object=order:{id}", className="plain-link"), *more]  # fmt: skip
    return html.Li([
        html.Span([html.B(ref), " ", place, *_share(share, words)], className="job-what"),
        html.Span(facts, className="quiet job-facts"),
        html.Span(links, className="job-links"),
    ])  # fmt: skip


def _share(share: Share | None, words: Words) -> list[Component]:
    if share is None:
        return []
    facts = {"n": share.nth, "count": share.of, "refs": ", ".join(share.refs)}
    title = words("drop-off {n} of {count} from one pickup, with {refs}", **facts)
    return [html.Span(words("{n}/{count}, with {refs}", **facts), className="job-share", title=title)]
