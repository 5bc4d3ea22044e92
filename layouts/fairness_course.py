"""Pay over time: who lost since the time before, whether it is always the same, what the past weighs. No names."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.domain.coop_settings import Held
from dashboard.reports_fairness import Fairness, SinceBefore
from layouts.account_page import DASH, day, figure, figures, number, rate
from layouts.aria import aria
from layouts.words import Words

HALF_LIVES = (7, 14, 28)
"""Days, to choose from."""


def since_before(found: SinceBefore, shown: Fairness, words: Words) -> str:
    """Who gets less than in the time before, and how much at most: one sentence."""
    days = (shown.last - shown.first).days + 1
    if found.is_few:
        return words(
            "Somebody gets less per hour on shift than in the {days} days before. It is fewer than three of {n} "
            "couriers: how many and how much would point at them, so it is not shown.",
            days=days,
            n=found.n,
        )
    if not found.losers:
        return words("Nobody gets less per hour on shift than in the {days} days before.", days=days)
    return words("Less per hour on shift than in the {days} days before: {losers} of {n} couriers; the largest "
                 "loss is {loss}.", losers=found.losers, n=found.n, days=days,
                 loss=rate(found.largest_loss, words))  # fmt: skip


def over_time(found: Fairness, days: int, decided: Held, words: Words) -> Component:
    """The section."""
    since = found.since_before
    few = [] if since else [html.P(words("Fewer than five couriers worked in this time and in the time before: who "
                                         "lost is not shown."))]  # fmt: skip
    hidden = DASH if since is None or not since.is_few else words("fewer than 3")
    lost = hidden if since is None or since.share_who_lose is None else words(
        "{n} %", n=number(100 * since.share_who_lose, words, 0))  # fmt: skip
    shown = figures([
        figure(words("Couriers who get less"), lost,
               words("Of those who worked in both times: whose pay per hour on shift is lower than before."),
               value=since.share_who_lose if since else None),
        figure(words("Largest loss per hour"), rate(since.largest_loss if since else None, words),
               words("What the one who lost most gets less per hour on shift than before."),
               value=since.largest_loss if since else None),
        figure(words("Rigidity"), number(found.rigidity, words, 2),
               words("1: the same people are always behind; near 0: luck evens out over the days."),
               value=found.rigidity),
        figure(words("Gini, the past fading"), number(found.faded, words, 3),
               words("As the Gini, but a day counts half as much for every {n} days that it is old.",
                     n=round(found.half_life)), value=found.faded),
    ], by_four=True)  # fmt: skip
    return html.Section(
        [html.H2(words("Over time")), *few, shown, _half_lives(found, days, decided, words)], id="fairness-time"
    )


def _half_lives(found: Fairness, days: int, decided: Held, words: Words) -> Component:
    """Which half-life holds, by whose decision; others to look at, marked as such."""
    asked = {each: "" if each == decided.value else f"&half_life={each}" for each in {*HALF_LIVES, decided.value}}
    links = [
        html.A(words("{n} {n:day|days}", n=each), href=f"?days={days}{asked[each]}",
               className="switch is-current" if each == found.half_life else "switch")
        for each in sorted(asked)
    ]  # fmt: skip
    if decided.since:
        said = words("The past counts half as much after {n} days: the members decided so, since {day}.",
                     n=decided.value, day=day(decided.since, words))  # fmt: skip
    else:
        said = words("The past counts half as much after {n} days, until the members decide on another number.",
                     n=decided.value)  # fmt: skip
    vote = html.A(words("Propose another"), href="/assembly", className="take-away no-print")
    look = [] if found.half_life == decided.value else [
        html.P(words("You look at {n} days: only to see what it would be. What holds is {decided} days.",
                     n=round(found.half_life), decided=decided.value), className="caution", id="fairness-look"),
    ]  # fmt: skip
    choice = html.Div([html.P([said, " ", vote], className="quiet", id="fairness-half-life"),
                       html.Nav([html.Span(words("Look at:"), className="quiet"), *links], className="switches",
                                **aria(label=words("Half-life")))],
                      className="window")  # fmt: skip
    return html.Div([choice, *look])
