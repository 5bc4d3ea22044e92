"""Hard jobs that each courier had against those that were to be expected; nobody's name."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard.domain.workload_hard import HardShare
from layouts.account_page import number
from layouts.plots import INK, blank, graph
from layouts.words import Words


def hard_plot(shares: Sequence[HardShare], theme: str, words: Words) -> Component:
    """One mark a courier; on the line is who had as many as expected, diamonds are beyond chance, z on hover."""
    _, _, data, reference = INK[theme]
    top = 1.08 * max([1.0, *(max(one.expected, one.observed) for one in shares)])
    found = blank(theme, words("Hard jobs expected"), words("Hard jobs observed"))
    found.add_scatter(x=[0, top], y=[0, top], mode="lines", name=words("As expected"), hoverinfo="skip",
                      line={"color": reference, "dash": "dash", "width": 2})  # fmt: skip
    for flagged, name in ((False, words("Chance explains it")), (True, words("Beyond chance"))):
        some = [one for one in shares if one.flagged is flagged]
        if some:
            found.add_scatter(
                x=[one.expected for one in some], y=[one.observed for one in some], mode="markers", name=name,
                marker={"size": 11, "color": reference if flagged else data,
                        "symbol": "diamond" if flagged else "circle"},
                hovertext=[f"z = {number(one.z, words, 1)}" for one in some], hoverinfo="text",
            )  # fmt: skip
    found.update_layout(xaxis_range=[0, top], yaxis_range=[0, top])
    return graph("fairness-hard-plot", found, words)
