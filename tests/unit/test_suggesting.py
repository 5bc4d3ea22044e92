"""What suggestions go by, what stands against somebody, and what the journal and a courier are told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.domain.alternatives import told
from dashboard.domain.fitting import Planned, in_the_way, planned_at
from dashboard.domain.suggesting import notes
from dashboard.domain.tradeoff import Offer, Weights, comparison, ranking
from tests.unit.desk_values import ORDER

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEA, NOE = Offer("lea", 0, 1200, 1500), Offer("noe", 3, 1100, 800)
ROWS = [
    {"courier": "lea", "place": 1, "standing": "open", "late_minutes": 0, "rate_cents": 1200, "pay_cents": 300},
    {"courier": "noe", "place": 2, "standing": "dominated", "why": "lea", "rate_cents": 1100, "pay_cents": 400},
]


def test_weights_decide_where_nobody_is_beaten() -> None:
    """Without weights the least late is first; where pay weighs much, the lowest paid; then nobody is worse in all."""
    assert [one.courier for one in ranking([NOE, LEA])] == ["lea", "noe"]
    assert [one.courier for one in ranking([NOE, LEA], Weights(late=1, pay=10))] == ["noe", "lea"]
    assert comparison(NOE, LEA) == (1, -1, -1)


@pytest.mark.parametrize(
    ("most_g", "done", "plan", "rule"),
    [
        (0, NOW, Planned(), None),
        (5000, NOW, Planned(), "room"),
        (9000, NOW + 2 * HOUR, Planned(NOW + HOUR), "shift_end"),
        (9000, NOW + HOUR, Planned(NOW + 2 * HOUR, NOW + 11 * HOUR), "rest_after"),
        (9000, None, Planned(NOW), None),
    ],
)
def test_what_stands_in_the_way(most_g: int, done: datetime | None, plan: Planned, rule: str | None) -> None:
    """No room with what is in hand, a drop-off after the planned end, or less than the rest before the next shift."""
    heavy = replace(ORDER, weight_g=3000)
    assert in_the_way(heavy, [heavy], most_g, done, plan, 11 * HOUR) == rule


def test_the_shift_that_runs_and_the_next_one() -> None:
    """Of planned shifts the running one's end and the next one's beginning count."""
    shifts = [(NOW + 15 * HOUR, NOW + 20 * HOUR), (NOW - HOUR, NOW + 3 * HOUR)]
    assert planned_at(shifts, NOW) == Planned(NOW + 3 * HOUR, NOW + 15 * HOUR)


def test_taken_or_not_is_in_the_journal() -> None:
    """The first of the list taken is accepted, another one overridden with its rank, and nothing where they are off."""
    shown = {"candidates": ROWS, "is_on": True}
    assert [fact.kind for fact in notes("o1", None, "lea", shown)] == ["suggestion.shown", "suggestion.accepted"]
    other = notes("o1", "mia", "noe", shown)[1]
    assert other.kind == "suggestion.overridden"
    assert (other.data["place"], other.data["why"], other.data["first"], other.data["from"]) == (2, "lea", "lea", "mia")
    assert [fact.kind for fact in notes("o1", None, "lea", {**shown, "is_on": False})] == ["suggestion.shown"]


def test_a_courier_reads_no_colleagues_pay() -> None:
    """One's own figures stay; of others neither name nor anything about pay is left."""
    lea, noe = told({"candidates": ROWS}, "lea", "noe")
    assert not {"rate_cents", "pay_cents"} & lea.keys()
    assert (lea["courier"], noe["courier"], noe["why"]) == ("another courier", "noe", "another courier")
    assert noe["pay_cents"] == 400
