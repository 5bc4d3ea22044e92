"""Figures that a person would want to look at: one template for each theme, told apart without colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]  # bare of types
from dash import dcc
from dash.development.base_component import Component

from dashboard.reports_fairness import Mark, Week
from layouts.frame import FONT
from layouts.rule_words import rule_name
from layouts.words import LOCALES, Words

INK: Mapping[str, tuple[str, str, str, str]] = {
    # text, grid, the data, the reference
    "light": ("#1c2127", "#dde0e4", "#1658b0", "#7a4b00"),
    "grey": ("#14181c", "#a9aeb4", "#0e3e84", "#5c3600"),
    "dark": ("#e6eaee", "#2b3139", "#7ab2fa", "#f2bb5c"),
}
CLEAR = "rgba(0,0,0,0)"
HEIGHT = 340
LEAST_SPAN = 0.15
"""Of the trend's axis: nearly equal pay has to look nearly equal."""


def lorenz_plot(points: Sequence[tuple[float, float]], theme: str, words: Words) -> Component:
    """The Lorenz curve below the line of equal pay."""
    text, _, data, reference = INK[theme]
    people, pay = zip(*points, strict=True)
    found = blank(theme, words("Share of couriers, lowest paid first (%)"), words("Share of all pay (%)"))
    found.add_scatter(x=[0, 100], y=[0, 100], mode="lines", name=words("All paid alike"),
                      line={"color": reference, "dash": "dash", "width": 2})  # fmt: skip
    found.add_scatter(x=[100 * x for x in people], y=[100 * y for y in pay], mode="lines+markers", fill="tonexty",
                      name=words("This co-op"), line={"color": data, "width": 3}, marker={"size": 7})  # fmt: skip
    found.update_layout(font_color=text, xaxis_range=[0, 100], yaxis_range=[0, 100])
    return graph("fairness-lorenz", found, words)


def rates_plot(rates: Sequence[float], floor: float | None, own: float | None, theme: str, words: Words) -> Component:
    """One bar a courier, without names, lowest first; the floor as a line, one's own bar in stripes."""
    _, _, data, reference = INK[theme]
    found = blank(
        theme, words("Couriers, lowest first (no names)"), words("Pay per hour on shift ({sign})", sign=words.sign())
    )
    stripes = ["/" if own is not None and abs(each - own) < 1e-6 else "" for each in rates]
    found.add_bar(x=[str(n) for n in range(1, len(rates) + 1)], y=[each / 100 for each in rates], marker_color=data,
                  marker_pattern_shape=stripes, showlegend=False)  # fmt: skip
    if floor is not None:
        found.add_hline(y=floor / 100, line={"color": reference, "dash": "dash", "width": 2},
                        annotation_text=words("Floor"), annotation_position="right")  # fmt: skip
        found.update_layout(margin_r=84)
    found.update_layout(xaxis_type="category")
    return graph("fairness-rates", found, words)


def trend_plot(weeks: Sequence[Week], marks: Sequence[Mark], theme: str, words: Words) -> Component:
    """The spread week by week with its interval, and what was decided when."""
    _, _, data, reference = INK[theme]
    known = [week for week in weeks if week.gini is not None]
    found = blank(theme, words("Week from Monday"), words("Gini of pay per hour"))
    error = {
        "array": [(week.high or week.gini or 0) - (week.gini or 0) for week in known],
        "arrayminus": [(week.gini or 0) - (week.low or week.gini or 0) for week in known],
        "symmetric": False, "color": data,
    }  # fmt: skip
    found.add_scatter(x=[week.monday.isoformat() for week in known], y=[week.gini for week in known], error_y=error,
                      mode="lines+markers", line={"color": data, "width": 3}, showlegend=False)  # fmt: skip
    for mark in marks:
        found.add_vline(x=mark.on.isoformat(), line={"color": reference, "dash": "dot"})
        found.add_annotation(x=mark.on.isoformat(), y=0.98, yref="paper", text=rule_name(mark.what, words),
                             showarrow=False, textangle=-90, xanchor="left", yanchor="top")  # fmt: skip
    weeks_shown = [week.monday.isoformat() for week in known]
    top = max([LEAST_SPAN, *(1.15 * (week.high or week.gini or 0) for week in known)])
    found.update_layout(yaxis_range=[0, top], xaxis_tickvals=weeks_shown, xaxis_tickformat="%d/%m")
    return graph("fairness-trend", found, words)


def changes_plot(changes: Sequence[int], theme: str, words: Words) -> Component:
    """One bar a courier, without names, from the largest loss to the largest gain; losses in stripes too."""
    _, _, data, reference = INK[theme]
    found = blank(theme, words("Couriers, from the largest loss to the largest gain (no names)"),
                    words("Change of pay ({sign})", sign=words.sign()))  # fmt: skip
    found.add_bar(
        x=[str(n) for n in range(1, len(changes) + 1)], y=[each / 100 for each in changes], showlegend=False,
        marker_color=[reference if each < 0 else data for each in changes],
        marker_pattern_shape=["/" if each < 0 else "" for each in changes],
    )  # fmt: skip
    found.update_layout(xaxis_type="category", yaxis_zerolinewidth=2)
    return graph("what-if-changes", found, words)


def blank(theme: str, across: str, up: str) -> Any:
    """An empty figure with its axes named."""
    text, grid, _, _ = INK[theme]
    axis: dict[str, Any] = {"gridcolor": grid, "linecolor": grid, "zerolinecolor": grid, "ticks": "outside"}
    found: Any = go.Figure()
    found.update_layout(
        template=None, paper_bgcolor=CLEAR, plot_bgcolor=CLEAR, font={"family": FONT, "size": 14, "color": text},
        margin={"l": 64, "r": 16, "t": 16, "b": 56}, xaxis={**axis, "title": across}, yaxis={**axis, "title": up},
        legend={"orientation": "h", "y": 1.12, "x": 0}, bargap=0.25,
    )  # fmt: skip
    return found


def graph(id: str, found: Any, words: Words, height: int = HEIGHT) -> Component:
    """The figure as it stands on a page; ``height`` in pixels."""
    decimal = ", " if words.language == "fr" else ".,"
    found.update_layout(separators=decimal)
    return dcc.Graph(id=id, figure=found, responsive=True, className="plot", style={"height": height},
                     config={"displayModeBar": False, "locale": LOCALES[words.language][:2]})  # fmt: skip
