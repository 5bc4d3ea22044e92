"""A courier's own record: time, jobs and slip, for their own eyes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.reports import CourierWork, Fairness, Pay, Workload
from layouts.account_page import day, figure, figures, number, rate, take_away
from layouts.pay import own_slip
from layouts.words import N_, Words

STATES = {
    "off": N_("off shift"), "idle": N_("waiting for an order"), "to_pickup": N_("on the way to the pickup"),
    "at_pickup": N_("at the pickup"), "to_dropoff": N_("on the way to the drop-off"),
    "at_dropoff": N_("at the drop-off"), "reposition": N_("riding elsewhere for the desk"), "break": N_("on break"),
}  # fmt: skip


def me(pay: Pay, work: Workload, shared: Fairness, words: Words) -> list[Any]:
    """The content of the page."""
    span = words("{first} to {last}", first=day(pay.first, words), last=day(pay.last, words))
    parts = [html.H1(words("My record")), html.P(span, className="quiet"),
             take_away([(words("All my data as {kind}", kind=kind.upper()), f"/exports/me.{kind}")
                        for kind in ("json", "csv")])]  # fmt: skip
    if shared.own:
        parts.append(html.P(
            words("You alone see this: your pay per hour on shift is {rate}, place {place} of {of} from the lowest.",
                  rate=rate(shared.own.per_hour_on_shift, words), place=shared.own.place, of=shared.own.of),
            className="own",
        ))  # fmt: skip
    return [*parts, *(part for one in work.couriers for part in _work(one, words)), *own_slip(pay, words)]


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
