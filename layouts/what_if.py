"""What other rules of pay would have meant for the same days: who gains, who loses, what it costs. Nobody's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.rules import Scheme
from dashboard.reports_pay import WhatIf
from layouts import ids
from layouts.account_page import DASH, day, figure, figures, month_name, number
from layouts.aria import aria
from layouts.change_form import button, change_form, day_input, said_line
from layouts.plots import changes_plot
from layouts.words import Words

PERIODS = (7, 28, 91)
BEAT_MS = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: days, a pack and numbers as they were typed; ``is_asked`` when there is a question.

    ``weights`` are other ones of the suggestions, by the setting's name: a question of its own.
    """

    first: date
    last: date
    pack: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_asked(self) -> bool:
        """Whether anything is to be other than it is."""
        return bool(self.pack or self.numbers)

    def query(self) -> str:
        """The same as a query string."""
        return self.over({"from": self.first, "to": self.last})

    def over(self, days: Mapping[str, Any]) -> str:
        """The same about other days, as a query string."""
        pack = {"pack": self.pack} if self.pack else {}
        return urlencode({**days, **pack, **self.numbers, **self.weights})


def what_if(
    asked: Asked, scheme: Scheme, words: Words, months: Sequence[date] = (), weights: Component | None = None
) -> list[Any]:
    """The content of the page; ``months`` are those to choose from for whoever may not ask about any days.

    ``weights`` is the question about the suggestions, which stands first once it was asked.
    """
    rules, other = _rules(asked, scheme, words), [weights] if weights else []
    return [
        html.H1(words("What if the rules of pay had been others?")),
        html.P(words("Arithmetic on the past: nobody would have worked the same under other rules."),
               className="caution", id="what-if-caution"),
        _period(asked, months, words),
        *([*other, said_line(), *rules] if asked.weights else [rules[0], said_line(), *rules[1:], *other]),
    ]  # fmt: skip


def _rules(asked: Asked, scheme: Scheme, words: Words) -> list[Component]:
    return [
        html.Section([
            change_form(ids.WHAT_IF, scheme, asked.last, words, pack=asked.pack, given=asked.numbers),
            button(ids.WHAT_IF_ASK, words("Compute"), is_main=True),
        ], className="form-card no-print"),
        dcc.Store(id=ids.WHAT_IF_QUESTION, data=asked.query() if asked.is_asked else None),
        dcc.Interval(id=ids.WHAT_IF_BEAT, interval=BEAT_MS, disabled=not asked.is_asked),
        html.Div(progress(0.0, words) if asked.is_asked else [], id=ids.WHAT_IF_RESULT, **aria(live="polite")),
    ]  # fmt: skip


def progress(share: float, words: Words) -> list[Any]:
    """How far it is."""
    text = words("Computing: {n} %", n=round(100 * share))
    bar = html.Div(html.Div(className="progress-done", style={"width": f"{100 * share:.0f}%"}), className="progress",
                   role="progressbar", **aria(valuenow=str(round(100 * share)), valuemin="0", valuemax="100",
                                              label=text))  # fmt: skip
    return [html.P(text, className="quiet"), bar]


def failed(words: Words) -> list[Any]:
    """It could not be computed."""
    return [html.P(words("That could not be computed, and the fault is ours."), className="answer")]


def result(found: WhatIf, rows: list[tuple[str, str, str, str]], asked: Asked, theme: str, words: Words) -> list[Any]:
    """The answer; without figures for fewer than five."""
    words = words.paying(found.currency)
    propose = html.P(html.A(words("Propose this to the assembly"), href=f"/assembly?{asked.query()}",
                            id="what-if-propose", className="page-button is-main"), className="no-print")  # fmt: skip
    other = html.Section([html.H2(words("What would have been other")), _changes(rows, words)])
    if found.too_few:
        few = words("Fewer than five couriers worked in this time: figures would point at persons, so none are shown.")
        return [html.P(few, className="answer", id="what-if-answer"), other, propose]
    each = html.Section([html.H2(words("What would have changed for each courier")),
                         changes_plot(found.changes, theme, words)], className="plot-card")  # fmt: skip
    return [
        other, html.Div([html.P(said) for said in in_words(found, words)], className="answer", id="what-if-answer"),
        _figures(found, words), *([each] if found.changes else []), propose,
    ]  # fmt: skip


def in_words(found: WhatIf, words: Words) -> list[str]:
    """Who gains, who loses, what it costs: one sentence each."""
    said = [*_gained_and_lost(found, words), _cost(found.cost_cents, words)]
    if found.largest_loss_cents:
        said.append(words("The largest loss would have been {money}.", money=words.money(found.largest_loss_cents)))
    said.append(words("Whoever was on shift for less than an hour in this time is not compared."))
    return said


def _gained_and_lost(found: WhatIf, words: Words) -> list[str]:
    gain, lose = found.gainers, found.losers
    if gain is not None and lose is not None:
        return [words("{gain} of {n} couriers would have got more, {lose} less, {same} as much.", gain=gain, n=found.n,
                      lose=lose, same=found.n - gain - lose)]  # fmt: skip
    few = words("Fewer than three of {n} couriers: how many and how much would point at them, so it is not shown.",
                n=found.n)  # fmt: skip
    more = (words("Somebody would have got more.") if gain is None
            else words("{gain} of {n} couriers would have got more.", gain=gain, n=found.n))  # fmt: skip
    less = (words("Somebody would have got less.") if lose is None
            else words("{lose} of {n} couriers would have got less.", lose=lose, n=found.n))  # fmt: skip
    return [*([f"{more} {few}"] if gain is None else [more]), *([f"{less} {few}"] if lose is None else [less])]


def _cost(cents: int | None, words: Words) -> str:
    if cents is None:
        return words(
            "What it would have cost the co-op is not shown: it would be what one or two couriers get more or less."
        )
    if cents > 0:
        return words("It would have cost the co-op {money} more.", money=words.money(cents))
    if cents < 0:
        return words("It would have cost the co-op {money} less.", money=words.money(-cents))
    return words("It would have cost the co-op as much.")


def _period(asked: Asked, months: Sequence[date], words: Words) -> Component:
    links = [
        html.A(month_name(each, words), href=f"?{asked.over({'from': each})}",
               className="switch is-current" if each == asked.first else "switch")
        for each in months
    ] or [
        html.A(words("{n} {n:day|days}", n=each), href=f"?{asked.over({'days': each})}",
               className="switch is-current" if asked.last - asked.first == timedelta(days=each - 1) else "switch")
        for each in PERIODS
    ]  # fmt: skip
    span = words("{first} to {last}", first=day(asked.first, words), last=day(asked.last, words))
    whole = [html.P(words("Members ask about whole months that are over."), className="quiet")] if months else []
    return html.Div([
        html.P(span, className="quiet", id="what-if-window"),
        html.Nav(links, className="switches", **aria(label=words("Period"))), *whole,
        html.Div([day_input(ids.WHAT_IF_FIRST, words("From"), asked.first, words),
                  day_input(ids.WHAT_IF_LAST, words("To"), asked.last, words)],
                 className="days no-print", hidden=bool(months)),
    ], className="window")  # fmt: skip


def _changes(rows: list[tuple[str, str, str, str]], words: Words) -> Component:
    return html.Ul([html.Li(words("{rule}: {after} instead of {before}", rule=rule, before=before, after=after))
                    for rule, before, after, _ in rows])  # fmt: skip


def _figures(found: WhatIf, words: Words) -> Component:
    spread = words("before: {value}", value=number(found.gini_before, words, 3))
    top_up = words("before: {value}", value=words.money(found.top_up_before_cents or 0))
    lost = words("fewer than 3") if found.losers is None else words(
        "{n} %", n=number(100 * found.losers / found.n, words, 0))  # fmt: skip
    return figures([
        figure(words("Cost to the co-op"), _money(found.cost_cents, words),
               words("Pay under the other rules less the pay that was earned, tips left out.")),
        figure(words("Couriers who lose"), lost,
               words("The share of couriers who would have got less.")),
        figure(words("Largest gain"), _money(found.largest_gain_cents, words),
               words("What one courier would have got more, at most.")),
        figure(words("Largest loss"), _money(found.largest_loss_cents, words),
               words("What one courier would have got less, at most.")),
        figure(words("Gini"), number(found.gini_after, words, 3),
               words("0: all have the same rate; 1: one has all. Corrected for small groups."), spread),
        figure(words("Topped up"), _money(found.top_up_after_cents, words), words("What the minimums added."),
               top_up),
    ])  # fmt: skip


def _money(cents: int | None, words: Words) -> str:
    return DASH if cents is None else words.money(cents)
