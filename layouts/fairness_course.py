"""Pay over time: who lost since the time before, whether it is always the same, what the past weighs. No names."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.reports import Fairness, SinceBefore
from layouts.account_page import DASH, figure, figures, number, rate
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


def over_time(found: Fairness, days: int, words: Words) -> Component:
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
    return html.Section([html.H2(words("Over time")), *few, shown, _half_lives(found, days, words)], id="fairness-time")


def _half_lives(found: Fairness, days: int, words: Words) -> Component:
    links = [
        html.A(words("{n} days", n=each), href=f"?days={days}&half_life={each}",
               className="switch is-current" if each == found.half_life else "switch")
        for each in HALF_LIVES
    ]  # fmt: skip
    said = html.P(words("The past counts half as much after:"), className="quiet")
    return html.Div([said, html.Nav(links, className="switches")], className="window")
