"""The plots of the accounts: what their axes say, what is marked on them, and that they name nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard.reports_fairness import Mark, Week
from dashboard.reports_work import WaitingRow
from layouts.fairness import NOWHERE
from layouts.plots import INK, LEAST_SPAN, changes_plot, lorenz_plot, rates_plot, trend_plot
from layouts.plots_places import NAMED, waiting_map, waits
from layouts.words import Words

EN, FR = Words("en", "Europe/Paris"), Words("fr", "Europe/Paris")
MONDAY = date(2026, 5, 4)
PLACES = {f"r{number}": (f"House {number}", 48.85 + number / 1000, 2.35) for number in range(8)}
WEEKS = (
    Week(MONDAY, 3, None, None, None, None),
    Week(MONDAY + timedelta(days=7), 6, 0.05, 0.02, 0.09, 1231.0),
    Week(MONDAY + timedelta(days=14), 6, 0.04, 0.02, 0.08, 1231.0),
)
PLOTS: dict[str, Callable[[str, Words], Component]] = {
    "lorenz": lambda theme, words: lorenz_plot([(0, 0), (0.5, 0.4), (1, 1)], theme, words),
    "rates": lambda theme, words: rates_plot([900, 1231, 1500], 1231, None, theme, words),
    "trend": lambda theme, words: trend_plot(WEEKS, [Mark(MONDAY, "wage", "Eva")], theme, words),
    "changes": lambda theme, words: changes_plot([-300, 0, 200], theme, words),
}  # fmt: skip


def drawn(plot: Component | None) -> Any:
    """The figure as it goes to the browser."""
    assert plot is not None
    return plot.figure.to_plotly_json()  # type: ignore[attr-defined]


def waited(house: str, minutes: float, known: int = 2) -> WaitingRow:
    """Two pickups at one restaurant, so many minutes lost together."""
    return WaitingRow(house, 12, 2, known, None, timedelta(minutes=minutes), 20.0 * minutes)


@pytest.mark.parametrize("theme", INK)
@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_has_the_themes_ink_and_both_axes_named(name: str, theme: str) -> None:
    """Text and grid are the theme's, the ground is clear, and each axis says what it shows."""
    layout = drawn(PLOTS[name](theme, EN))["layout"]
    text, grid, *_ = INK[theme]
    assert layout["font"]["color"] == text
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    for axis in (layout["xaxis"], layout["yaxis"]):
        assert axis["gridcolor"] == grid
        assert axis["title"]["text"]


@pytest.mark.parametrize("name", PLOTS)
def test_in_french_nothing_stays_english(name: str) -> None:
    """Both titles are translated, and the comma separates decimals."""
    english, french = (drawn(PLOTS[name]("light", words))["layout"] for words in (EN, FR))
    for axis in ("xaxis", "yaxis"):
        assert english[axis]["title"]["text"] != french[axis]["title"]["text"]
    assert (english["separators"][0], french["separators"][0]) == (".", ",")


def test_rates_have_numbers_instead_of_names_the_floor_and_ones_own_bar_in_stripes() -> None:
    """Bars are 1, 2, 3 in euros; the floor is a line at its height; only one's own bar is striped."""
    figure = drawn(rates_plot([900, 1231, 1500], 1231, 1500, "light", EN))
    (bars,) = figure["data"]
    assert (list(bars["x"]), list(bars["y"])) == (["1", "2", "3"], [9, 12.31, 15])
    assert list(bars["marker"]["pattern"]["shape"]) == ["", "", "/"]
    (floor,) = figure["layout"]["shapes"]
    assert floor["y0"] == floor["y1"] == 12.31
    assert not drawn(rates_plot([900], None, None, "light", EN))["layout"].get("shapes")


def test_the_lorenz_curve_is_in_percent_below_equality() -> None:
    """The dashed line goes from corner to corner, the curve through its points times a hundred."""
    equal, curve = drawn(PLOTS["lorenz"]("light", EN))["data"]
    assert (list(equal["x"]), list(equal["y"]), equal["line"]["dash"]) == ([0, 100], [0, 100], "dash")
    assert (list(curve["x"]), list(curve["y"])) == ([0, 50, 100], [0, 40, 100])


@pytest.mark.parametrize(("high", "top"), [(0.09, LEAST_SPAN), (0.4, 1.15 * 0.4)])
def test_the_trend_begins_at_zero_and_has_a_least_span(high: float, top: float) -> None:
    """Small spreads are drawn on the least span, large ones on a taller axis, both from 0."""
    week = Week(MONDAY, 6, 0.05, 0.02, high, 1231.0)
    bottom, found = drawn(trend_plot([week], [], "light", EN))["layout"]["yaxis"]["range"]
    assert (bottom, found) == (0, pytest.approx(top))


def test_the_trend_leaves_unknown_weeks_out_and_marks_decisions_without_who_decided() -> None:
    """The week of three people is no point; the interval reaches from low to high; the mark names the rule alone."""
    figure = drawn(PLOTS["trend"]("light", FR))
    (points,) = figure["data"]
    assert list(points["x"]) == [week.monday.isoformat() for week in WEEKS[1:]]
    assert list(points["error_y"]["array"]) == pytest.approx([0.04, 0.04])
    assert list(points["error_y"]["arrayminus"]) == pytest.approx([0.03, 0.02])
    (mark,) = figure["layout"]["annotations"]
    assert mark["x"] == figure["layout"]["shapes"][0]["x0"] == MONDAY.isoformat()
    assert mark["text"]
    assert "Eva" not in str(figure)


def test_losses_differ_from_gains_by_more_than_colour() -> None:
    """Who loses has stripes and the reference's colour, who does not neither."""
    (bars,) = drawn(PLOTS["changes"]("dark", EN))["data"]
    _, _, data, reference = INK["dark"]
    assert list(bars["marker"]["color"]) == [reference, data, data]
    assert list(bars["marker"]["pattern"]["shape"]) == ["/", "", ""]
    assert list(bars["y"]) == [-3, 0, 2]


def test_waits_are_added_up_by_house_costliest_first() -> None:
    """Hours of one restaurant are one wait; a pickup without a known arrival has no mean of its own."""
    first, second, third = waits([waited("r1", 2), waited("r2", 9), waited("r1", 4), waited("away", 0, 0)], PLACES)
    assert (first.name, first.pickups, first.each) == ("House 2", 2, 4.5)
    assert (second.name, second.pickups, second.known, second.each) == ("House 1", 4, 4, 1.5)
    assert (third.name, third.lat, third.each) == ("away", None, 0)


@pytest.mark.parametrize("rows", [[], [waited("away", 3)], [waited("r1", 3, known=0)]])
def test_without_known_places_or_arrivals_there_is_no_map(rows: Sequence[WaitingRow]) -> None:
    """Nothing known, no map: the page has the table alone."""
    assert waiting_map(waits(rows, PLACES), NOWHERE, "light", EN) is None


def test_the_map_names_the_longest_waits_alone_and_by_their_shape() -> None:
    """The first five have name and diamond; longer is larger; east is right and north is up."""
    found = waits([waited(f"r{number}", 20 - 2 * number) for number in range(8)], PLACES)
    figure = drawn(waiting_map(found, NOWHERE, "light", FR))
    (marks,) = figure["data"]
    assert [bool(text) for text in marks["text"]] == [True] * NAMED + [False] * 3
    assert list(marks["marker"]["symbol"]) == ["diamond"] * NAMED + ["circle"] * 3
    assert sorted(marks["marker"]["size"], reverse=True) == list(marks["marker"]["size"])
    assert list(marks["y"]) == [one.lat for one in found]
    assert figure["layout"]["xaxis"]["title"]["text"] != "West to east"
