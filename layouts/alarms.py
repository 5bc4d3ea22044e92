"""How often the desk was called, by what, and at which numbers: so that the co-op can tune its alarms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.domain.alarm_order import facts
from dashboard.domain.alarm_rates import TEN, Rates, Source
from dashboard.domain.alarm_rules import HIGH, HIGHEST, LOW, MEDIUM, RULES, SYSTEM, SYSTEM_SAYS
from dashboard.domain.alarm_settings import MEANINGS, SETTINGS, Limits
from dashboard.domain.alarms import Alarm
from layouts import ids
from layouts.account_page import DASH, figure, figures, number
from layouts.alarm_text import alarm_text
from layouts.change_form import button, said_line, text_table
from layouts.moments import when
from layouts.plots import INK, blank, graph
from layouts.words import N_, Words

PRIORITY_NAMES: Mapping[str, str] = {
    HIGHEST: N_("highest"), HIGH: N_("high"), MEDIUM: N_("medium"), LOW: N_("low"),
}  # fmt: skip
HEIGHT = 260
GOOD, MOST = 1, 10
"""New alarms in ten minutes: so many are well, above so many nobody can answer them (EEMUA 191)."""


@dataclass(frozen=True, slots=True)
class AlarmsView:
    """What the page shows; ``names`` are couriers' by id, ``may_set`` whether the visitor may change the numbers."""

    rates: Rates
    limits: Limits
    names: Mapping[str, str]
    may_set: bool
    theme: str


def alarms_page(view: AlarmsView, words: Words) -> list[Any]:
    """The content of the page."""
    return [
        html.H1(words("Alarms")),
        html.P(words("The last 24 hours. An alarm asks somebody to do something soon; whatever asks for nothing should "
                     "be none. One in ten minutes is well; more than ten are a flood.")),
        _figures(view.rates, words),
        _course(view.rates, view.theme, words),
        html.H2(words("What calls most")), _sources(view, words),
        html.H2(words("Floods")), _floods(view.rates, words),
        html.H2(words("Which alarms there are")), _rules(words),
        html.H2(words("At which numbers")), said_line(), *_limits(view, words),
    ]  # fmt: skip


def _figures(rates: Rates, words: Words) -> Component:
    longest = rates.unanswered
    return figures([
        figure(words("New alarms"), number(rates.new, words, 0),
               words("Raised in 24 hours; those that stand under another are not counted")),
        figure(words("In ten minutes"), number(rates.mean, words),
               words("The mean; it hides floods, so look at the worst ten minutes, too")),
        figure(words("Worst ten minutes"), number(rates.most, words, 0), words("The most that came in ten minutes")),
        figure(words("Time in a flood"), words("{n} %", n=number(100 * rates.flooded, words, 1)),
               words("From more than ten in ten minutes until fewer than five")),
        figure(words("Longest without an answer"), words.minutes(longest[1]) if longest else DASH,
               words("From when it was raised until somebody acknowledged it, or it was over"),
               _text(longest[0], words) if longest else ""),
        figure(words("Over before anybody saw it"), number(rates.missed, words, 0),
               words("Many of them: the limit is too near, or the delay too short")),
        figure(words("Under another"), number(rates.grouped, words, 0),
               words("Raised with another alarm as their root, and not heard")),
        figure(words("Times put aside"), number(rates.shelved, words, 0),
               words("Often the same one: it should be mended, or its limit changed")),
    ], by_four=True)  # fmt: skip


def _text(alarm: Alarm, words: Words) -> str:
    return alarm_text(alarm.rule, alarm.about, facts(alarm, alarm.courier or words("the courier")), words)


def _course(rates: Rates, theme: str, words: Words) -> Component:
    """A bar for each ten minutes, with the two numbers that they are judged by."""
    _, _, data, reference = INK[theme]
    found = blank(theme, words("Time of day"), words("New alarms"))
    begins = [_local(rates.since + at * TEN, words) for at in range(len(rates.buckets))]
    found.add_bar(x=begins, y=list(rates.buckets), marker_color=data, showlegend=False)
    for height in (GOOD, MOST):
        found.add_hline(y=height, line={"color": reference, "dash": "dash", "width": 1})
    found.update_layout(yaxis_range=[0, max(MOST, rates.most) * 1.1], bargap=0.15, xaxis_tickformat="%H:%M")
    return graph("alarms-course", found, words, HEIGHT)


def _local(moment: datetime, words: Words) -> datetime:
    """On the co-op's clocks, without the zone, which plots do not know."""
    return moment.astimezone(words.zone).replace(tzinfo=None)


def _sources(view: AlarmsView, words: Words) -> Component:
    rows = [
        [f"{one.rule} · {words(RULES[one.rule].name)}", _source(one, view.names, words), number(one.count, words, 0),
         words("{n} %", n=number(100 * one.share, words, 0))]
        for one in view.rates.sources
    ]  # fmt: skip
    if not rows:
        return html.P(words("No alarm in 24 hours."), className="quiet", role="status")
    return text_table([words("Alarm"), words("About"), words("Count"), words("Share")], rows)


def _source(one: Source, names: Mapping[str, str], words: Words) -> str:
    if one.rule == SYSTEM:
        return words(SYSTEM_SAYS[one.name][0]) if one.name in SYSTEM_SAYS else one.name
    return one.name or names.get(one.courier or "", one.courier or DASH)


def _floods(rates: Rates, words: Words) -> Component:
    rows = [
        [when(one.began, words), words.minutes((one.ended or rates.until) - one.began), number(one.alarms, words, 0)]
        for one in rates.floods
    ]  # fmt: skip
    if not rows:
        return html.P(words("None in 24 hours."), className="quiet", role="status")
    return text_table([words("Began"), words("Lasted"), words("Alarms")], rows)


def _rules(words: Words) -> Component:
    rows = [
        [f"{rule.id} · {words(rule.name)}", words(PRIORITY_NAMES[rule.priority]), words(rule.condition),
         html.Span(_delays(rule.on_delay, rule.off_delay, words), className="nowrap"), _ask(rule.response, words),
         words(rule.consequence),
         html.Span(words("{n} min", n=rule.minutes), className="nowrap")]
        for rule in RULES.values()
    ]  # fmt: skip
    heads = [words("Alarm"), words("Priority"), words("When"), words("After, until"), words("What to do"),
             words("Else"), words("Within")]  # fmt: skip
    return text_table(heads, rows)


def _ask(response: str, words: Words) -> str:
    return words(response, name=words("the courier"), place=words("the restaurant"))


def _delays(on_delay: timedelta, off_delay: timedelta, words: Words) -> str:
    return words("{n} s", n=f"{on_delay.seconds} / {off_delay.seconds}")


def _limits(view: AlarmsView, words: Words) -> list[Component]:
    if not view.may_set:
        rows = [
            [words(MEANINGS[name]), str(getattr(view.limits, name)), str(SETTINGS[name].usual)] for name in MEANINGS
        ]
        return [text_table([words("Number"), words("Now"), words("Usual")], rows)]
    inputs = [
        dmc.NumberInput(
            id=ids.alarm_limit(name), label=words(text), value=getattr(view.limits, name), min=SETTINGS[name].least,
            max=SETTINGS[name].most, allowDecimal=False, hideControls=True,
            description=words("usually {n}", n=SETTINGS[name].usual),
        )
        for name, text in MEANINGS.items()
    ]  # fmt: skip
    return [html.Div(inputs, className="change-numbers"),
            html.Div(button(ids.ALARM_LIMITS_SAVE, words("Save the numbers"), is_main=True))]  # fmt: skip
