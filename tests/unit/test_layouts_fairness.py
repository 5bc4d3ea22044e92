"""What the page says about time, work and hard jobs, and where names stand on the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dashboard.domain.fairness_change import CHANCE, LOSS_BY_CHANCE, LOSS_HARDLY_CHANCE, LOSS_UNKNOWN, TOO_FEW
from dashboard.domain.workload_hard import HardShare
from dashboard.reports_fairness import Fairness, Range, SinceBefore
from dashboard.reports_pay import WhatIf
from layouts import what_if
from layouts.fairness import answers, in_words
from layouts.plots_hard import hard_plot
from layouts.plots_places import Wait, sides_of_names, waiting_map
from layouts.view import City
from layouts.words import Words

WORDS = Words("en")
LOST = SinceBefore(8, False, 3, 150.0, 0.3, LOSS_BY_CHANCE)
FOUND = Fairness(
    "acme", date(2026, 5, 1), date(2026, 5, 28), 9, "EUR", 8, False, since_before=LOST, rigidity=0.4, faded=0.1,
    hours=Range(8, 4.0, 20.0, 31.5),
)  # fmt: skip


def test_the_answer_says_who_lost_and_how_much() -> None:
    """How many of how many, against what, and the largest loss; or that nobody did."""
    assert (
        "Less per hour on shift than in the 28 days before: 3 of 8 couriers; the largest loss is €1.50/h."
        in in_words(FOUND, WORDS)
    )
    nobody = replace(FOUND, since_before=SinceBefore(8, False, 0, 0.0))
    assert "Nobody gets less per hour on shift than in the 28 days before." in in_words(nobody, WORDS)


def test_one_or_two_who_lost_are_not_counted() -> None:
    """Neither how many nor how much: only that there are some, and why no figure is shown."""
    few = replace(FOUND, since_before=SinceBefore(8, True, None, None, 0.01, LOSS_HARDLY_CHANCE), verdict=CHANCE)
    (lost,) = [said for question, said in answers(few, WORDS) if question == "Has somebody lost?"]
    assert lost[0].startswith("Somebody gets less per hour on shift than in the 28 days before.")
    assert "€" not in lost[0]


def test_the_answer_says_whether_the_loss_could_be_chance() -> None:
    """Beside the sentence about the differences; once only where there are too few days for either."""
    questions = dict(answers(replace(FOUND, verdict=CHANCE), WORDS))
    assert questions["Could it be chance?"] == [LOSS_BY_CHANCE + ".", CHANCE + "."]
    unknown = replace(FOUND, since_before=replace(LOST, p=None, verdict=LOSS_UNKNOWN), verdict=TOO_FEW)
    assert dict(answers(unknown, WORDS))["Could it be chance?"] == [TOO_FEW + "."]


def test_what_if_does_not_point_at_the_one_who_loses() -> None:
    """Four gain and somebody loses: the four are counted, the other is not, and no amount is theirs."""
    trial = WhatIf(
        "acme", date(2026, 5, 1), date(2026, 5, 28), 9, "EUR", 6, False, cost_cents=900, gainers=4, losers=None,
        largest_gain_cents=500, largest_loss_cents=None, changes=(), gini_before=0.1, gini_after=0.1,
        top_up_before_cents=0, top_up_after_cents=0, few_lose=True,
    )  # fmt: skip
    said = " ".join(what_if.in_words(trial, WORDS))
    assert "4 of 6 couriers would have got more. Somebody would have got less. Fewer than three" in said
    assert "The largest loss" not in said


def place(name: str, lat: float, lon: float) -> Wait:
    return Wait(name, lat, lon, 3, 3, timedelta(minutes=9), 100.0)


def test_names_on_the_map_do_not_overlap() -> None:
    """A neighbour's name goes to another side of its mark, or away: never onto a name or a mark."""
    worst, beside, far = place("Toscana", 48.00, 2.05), place("Bistro", 48.0005, 2.0505), place("Zetor", 48.10, 2.10)
    found = sides_of_names([worst, beside, far])
    assert {"Toscana", "Zetor"} <= found.keys()
    assert found["Toscana"] != found.get("Bistro")
    crowd = [place(f"A rather long name {number}", 48.0 + number / 1e5, 2.0) for number in range(5)]
    assert len(sides_of_names([*crowd, far])) < 5


def test_the_city_lies_under_the_map() -> None:
    """Water first, then streets, each as one line with gaps; the restaurants above; nothing where there is no city."""
    city = City("Here", (2.0, 48.0, 2.2, 48.2), streets=[((2.0, 48.0), (2.1, 48.1))], water=[((2.0, 48.0),) * 3])
    drawn = waiting_map([place("Toscana", 48.0, 2.0)], city, "light", WORDS)
    assert drawn is not None
    water, streets, houses = drawn.figure.data  # type: ignore[attr-defined]
    assert (water.fill, list(streets.x), houses.text[0]) == ("toself", [2.0, 2.1, None], "Toscana")
    alone = waiting_map([place("Toscana", 48.0, 2.0)], City("", (0.0,) * 4), "light", WORDS)
    assert len(alone.figure.data) == 1  # type: ignore[union-attr]


def test_hard_jobs_beyond_chance_have_their_own_mark() -> None:
    """Who is beyond chance is a diamond, with z on hover."""
    usual, beyond = HardShare(4, 5.0, 0.8, -0.5, False, 0), HardShare(20, 8.0, 2.5, 4.2, True, 0)
    traces = hard_plot([usual, beyond], "light", WORDS).figure.data  # type: ignore[attr-defined]
    assert [trace.marker.symbol for trace in traces[1:]] == ["circle", "diamond"]
    assert list(traces[2].hovertext) == ["z = 4.2"]
