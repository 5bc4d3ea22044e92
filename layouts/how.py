"""How suggestions work: written from the configuration that the code runs on, number by number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.domain.coop_settings import Held
from dashboard.domain.working_time_limits import Limits
from dashboard.workings import Workings
from layouts.account_page import DASH, day, number, table
from layouts.change_form import text_table
from layouts.rule_words import SETTING_NAMES, setting_value
from layouts.rules import rules_in_force
from layouts.words import N_, Words

CRITERIA: Mapping[str, str] = {
    "late": N_("who makes the customers least late, all orders in hand counted, in whole minutes"),
    "pay": N_("who can expect the least pay an hour on shift, in tenths of the currency"),
    "effort": N_("who has least more to ride, in hundreds of metres"),
}
POINTS: Mapping[str, str] = {
    "late": N_("{n} {n:point|points} for each minute that customers are later"),
    "pay": N_("{n} {n:point|points} for each unit of money that the courier can expect an hour above the lowest paid"),
    "effort": N_("{n} {n:point|points} for each kilometre more to ride"),
}
RECORDED: Mapping[str, str] = {
    "at": N_("when it was given, handed over or taken back"),
    "by": N_("who did it, by name"),
    "kind": N_("which of the three it was"),
    "giver": N_("who had the order before"),
    "taker": N_("who has it afterwards"),
    "reason": N_("the reason, where one was given"),
    "shown": N_("what the menu showed to whoever chose"),
    "working_time": N_("the limits of working time that were near or crossed"),
    "consent": N_("whether the courier agreed to cross one"),
    "followed": N_("whether it was the first of the list, or somebody decided otherwise"),
    "plan": N_("the plan of several orders that it was part of, if it was"),
    "foreseen": N_("what that plan foresaw for it"),
}
LIMIT_NAMES: Mapping[str, str] = {
    "France": N_("France"), "France, road transport (IDCC 16)": N_("France, road transport (IDCC 16)"),
}  # fmt: skip
LIMITS: Mapping[str, tuple[str, Callable[[Limits], timedelta | int]]] = {
    "day": (N_("Work in a day, at most"), lambda one: one.day),
    "week": (N_("Work in a week, at most"), lambda one: one.week),
    "average": (N_("Weekly work on average, at most"), lambda one: one.average),
    "weeks": (N_("Weeks that the average is taken of"), lambda one: one.weeks),
    "span": (N_("From the first to the last work of a day, at most"), lambda one: one.span),
    "break_after": (N_("Work after which a break is due"), lambda one: one.break_after),
    "breather": (N_("Length of that break, at least"), lambda one: one.breather),
    "rest": (N_("Rest between two days, at least"), lambda one: one.rest),
    "weekly_rest": (N_("Rest within seven days, at least"), lambda one: one.weekly_rest),
    "days": (N_("Days of work running, at most"), lambda one: one.days),
    "warn": (N_("Warning before a limit is reached"), lambda one: one.warn),
}
NEVER = (
    N_("No order is given, handed over, taken back or refused by software alone: somebody with a name does it, and the "
       "first name of the list is no more easily chosen than the last."),
    N_("Nobody is suspended, warned or paid less by software."),
    N_("No mark, score or past behaviour of a courier counts: only what the list above names."),
    N_("Nobody is followed off shift or on a break: positions of that time are accepted nowhere."),
    N_("No limit of working time forbids anything: crossing one takes a reason and the courier’s consent."),
)  # fmt: skip


def how(found: Workings, words: Words) -> list[Any]:
    """The content of the page."""
    return [
        html.H1(words("How suggestions work")),
        html.P(words("This page is written by the program itself from the values that it runs on."), className="quiet"),
        _ranking(found, words), _expected(found, words), _limits(found.limits, words),
        _settings(found, words), rules_in_force(found.scheme, found.today, words),
        _list(words("What is recorded each time an order changes hands"), [RECORDED[name] for name in found.recorded],
              "how-recorded", words),
        _list(words("What the software never does"), NEVER, "how-never", words),
        *([_demo(words)] if found.is_demo else []),
    ]  # fmt: skip


def _ranking(found: Workings, words: Words) -> Component:
    if not found.terms.is_on:
        said, rows = words("Suggestions are switched off: couriers stand by their names."), []
    elif found.terms.weights.are_decided:
        said = words("The fewest points first. Who decided on them, and when, stands below.")
        points = asdict(found.terms.weights)
        rows = [words(POINTS[name], n=points[name]) for name in found.ranking]
    else:
        said = words("The first line counts; each further one only between those who are equal so far.")
        rows = [words(CRITERIA[name]) for name in found.ranking]
    return html.Section([
        html.H2(words("In which order couriers are listed for an order")),
        html.P(said), html.Ol([html.Li(row) for row in rows], id="how-ranking"),
        html.P(words("Whoever is in nothing better than somebody else and in something worse stands behind, in grey, "
                     "with the reason; below them whom a rule forbids it: room, the end of the planned shift, a limit "
                     "of working time. Everybody may be chosen all the same, except who is not at work.")),
        html.P(words("What was shown, who was chosen, and why the others were behind is kept in the journal: each "
                     "courier finds it under “Why?” beside the job.")),
    ])  # fmt: skip


def _expected(found: Workings, words: Words) -> Component:
    rows = [
        (words("Length of a job"), words.minutes(found.usual_job)),
        (words("Length of a shift"), words.minutes(found.usual_shift)),
        (words("Orders per hour on shift"), number(found.usual_pace, words, 1)),
        (words("Way of a job"), words.distance(found.usual_metres)),
    ]
    return html.Section([
        html.H2(words("What is expected of a job before there is any experience")),
        html.P(words("As soon as jobs have been ridden, their own figures count: forecasts of pay and of working time "
                     "rest on these.")),
        table([words("Expected"), words("Value")], rows),
    ], id="how-expected")  # fmt: skip


def _limits(limits: Limits, words: Words) -> Component:
    name = words(LIMIT_NAMES.get(limits.name, limits.name))
    rows = [(words(text), _said(value(limits), words)) for text, value in LIMITS.values()]
    return html.Section([
        html.H2(words("Limits of working time: {name}", name=name)), table([words("Limit"), words("Value")], rows),
    ], id="how-limits")  # fmt: skip


def _settings(found: Workings, words: Words) -> Component:
    heads = [words("Decided by the members"), words("Value"), words("Since"), words("By"), words("Vote")]
    rows = [
        (words(SETTING_NAMES[name]), setting_value(name, held.value, words), *_decided(held, words))
        for name, held in found.settings.items()
    ]
    return html.Section([
        html.H2(words("What the members set for themselves")), text_table(heads, rows),
    ], id="how-settings")  # fmt: skip


def _decided(held: Held, words: Words) -> tuple[str, str, Any]:
    """Since when, by whom, and the minutes."""
    since = day(held.since, words) if held.since else words("as the program has it")
    vote = html.A(words("Minutes"), href=f"/assembly?proposal={held.proposal}") if held.proposal else DASH
    return since, held.by or DASH, vote


def _said(value: timedelta | int, words: Words) -> str:
    return words.minutes(value) if isinstance(value, timedelta) else str(value)


def _list(title: str, texts: Any, id: str, words: Words) -> Component:
    return html.Section([html.H2(title), html.Ul([html.Li(words(text)) for text in texts], id=id)])


def _demo(words: Words) -> Component:
    return html.Section([
        html.H2(words("In this demo")),
        html.P(words("The colleague at the desk is simulated: a program plays a second dispatcher who hands out "
                     "orders, under the name “demo:colleague” in the journal. No real co-op has it.")),
    ], id="how-demo")  # fmt: skip
