"""A courier's own record: time, jobs and slip, for their own eyes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.domain.decisions import Objection
from dashboard.domain.orders import Order
from dashboard.domain.together import Share
from dashboard.domain.workload_states import Job
from dashboard.ports import Look
from dashboard.reports_fairness import Fairness
from dashboard.reports_pay import Pay
from dashboard.reports_work import CourierWork, Workload
from layouts.account_page import figure, figures, month_name, number, take_away
from layouts.aria import aria
from layouts.fairness import own_place
from layouts.jobs import in_hand, jobs
from layouts.looked import looked
from layouts.objections import own_objections
from layouts.pay import own_slip
from layouts.words import N_, Words

STATES = {
    "off": N_("off shift"), "idle": N_("waiting for an order"), "to_pickup": N_("on the way to the pickup"),
    "at_pickup": N_("at the pickup"), "to_dropoff": N_("on the way to the drop-off"),
    "at_dropoff": N_("at the drop-off"), "reposition": N_("riding elsewhere for the desk"), "break": N_("on break"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """What a courier's page is made of; ``months`` are the one before, this one and the one after, None where none."""

    pay: Pay
    work: Workload
    shared: Fairness
    jobs: Sequence[Job]
    in_hand: Sequence[Order]
    shared_pickups: Mapping[str, Share]
    orders: Mapping[str, Order]
    objections: Sequence[Objection]
    looks: Sequence[Look]
    now: datetime
    months: tuple[date, date, date | None]
    is_sent: bool = False


def me(record: Record, words: Words) -> list[Any]:
    """The content of the page; right after an objection was sent, the list of them comes first."""
    words = words.paying(record.pay.currency)
    mine = own_objections(record.objections, record.orders, record.now, words)
    thanks = words("Your objection is in the journal. The answer comes here.")
    sent = [html.P(thanks, className="answer", role="status"), mine] if record.is_sent else []
    month = f"{record.pay.first:%Y-%m}"
    return [
        html.H1(words("My record")), *sent, *in_hand(record.in_hand, record.shared_pickups, words),
        _months(record.months, words), *_own(record.shared, words),
        *(part for one in record.work.couriers for part in _work(one, words)),
        *own_slip(record.pay, words, record.orders, month),
        jobs(record.jobs, record.orders, words), *([] if sent else [mine]), looked(record.looks, words),
        take_away([(words("All my data as {kind}", kind=kind.upper()), f"/exports/me.{kind}")
                   for kind in ("json", "csv")]),
    ]  # fmt: skip


def _months(months: tuple[date, date, date | None], words: Words) -> Component:
    before, here, after = months
    later = (
        [html.A(f"{month_name(after, words)} ›", href=f"/me?month={after:%Y-%m}", className="switch")] if after else []
    )
    return html.Nav([html.A(f"‹ {month_name(before, words)}", href=f"/me?month={before:%Y-%m}", className="switch"),
                     html.Span(month_name(here, words), className="switch is-current"), *later],
                    className="switches", **aria(label=words("Month")))  # fmt: skip


def _own(shared: Fairness, words: Words) -> list[Component]:
    return [own_place(shared, words)] if shared.own else []


def _work(one: CourierWork, words: Words) -> Iterable[Component]:
    return (
        figures([
            figure(words("On shift"), words.minutes(one.on_shift), words("From the start to the end, without breaks.")),
            figure(words("On a job"), words.minutes(one.on_job), words("From the assignment to the hand-over.")),
            figure(words("Jobs"), str(one.jobs), words("Orders delivered.")),
            figure(words("Ridden"), words.distance(one.metres),
                   words("Recorded ways; as the crow flies where none was recorded.")),
            figure(words("Load"), words("{n} kg", n=number(one.load_g / 1000, words, 1)),
                   words("Weight of all orders together.")),
        ]),
        html.Section([html.H2(words("My time")), _times(one, words)]),
    )  # fmt: skip


def _times(one: CourierWork, words: Words) -> Component:
    shown = {state: span for state, span in one.by_state.items() if span and state != "off"}
    most = max((span.total_seconds() for span in shown.values()), default=1.0)
    rows = [
        html.Li([html.Span(words(STATES[state])),
                 html.Span(className="bar", style={"width": f"{45 * span.total_seconds() / most:.1f}%"}),
                 html.Span(words.minutes(span))])
        for state, span in shown.items()
    ]  # fmt: skip
    return html.Ul(rows, className="time-bars")
