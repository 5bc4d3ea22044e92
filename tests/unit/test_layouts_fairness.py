"""What the page says about time, work and hard jobs, and where names stand on the map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dashboard.domain.fairness import Comparison
from dashboard.domain.workload_hard import HardShare
from dashboard.reports import Fairness, Range
from layouts.fairness import in_words
from layouts.plots_hard import hard_plot
from layouts.plots_places import Wait, named_on_map
from layouts.words import Words

WORDS = Words("en")
LOST = Comparison(n=8, losers=3, share_who_lose=0.375, largest_loss=150.0, mean_change=10.0, missing=0)
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
    nobody = replace(FOUND, since_before=replace(LOST, losers=0, share_who_lose=0.0, largest_loss=0.0))
    assert "Nobody gets less per hour on shift than in the 28 days before." in in_words(nobody, WORDS)


def place(name: str, lat: float, lon: float) -> Wait:
    return Wait(name, lat, lon, 3, 3, timedelta(minutes=9), 100.0)


def test_names_on_the_map_do_not_overlap() -> None:
    """Of two neighbours the worse is named; one far away is named too."""
    worst, beside, far = place("A", 48.00, 2.00), place("B", 48.0005, 2.0005), place("C", 48.10, 2.10)
    assert named_on_map([worst, beside, far]) == [worst, far]


def test_hard_jobs_beyond_chance_have_their_own_mark() -> None:
    """Who is beyond chance is a diamond, with z on hover."""
    usual, beyond = HardShare(4, 5.0, 0.8, -0.5, False, 0), HardShare(20, 8.0, 2.5, 4.2, True, 0)
    traces = hard_plot([usual, beyond], "light", WORDS).figure.data  # type: ignore[attr-defined]
    assert [trace.marker.symbol for trace in traces[1:]] == ["circle", "diamond"]
    assert list(traces[2].hovertext) == ["z = 4.2"]
