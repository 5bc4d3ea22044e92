"""Recorded hand-overs under other weights: another order of the same lists, added up, and nobody pointed at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dashboard.domain.events import Entry
from dashboard.domain.other_weights import OtherWeights, hand_overs, nobodys_choices, under
from dashboard.domain.suggesting import SHOWN
from dashboard.domain.tradeoff import NO_WEIGHTS, Weights

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PAY = Weights(late=1, pay=10)
COURIERS = ("lea", "noe", "mia", "ida", "tom")


def row(place: int, courier: str, late: int, rate: int, metres: int, standing: str = "open") -> dict[str, Any]:
    """As the journal keeps it; each order brings 300 cents."""
    return {"place": place, "courier": courier, "standing": standing, "late_minutes": late, "rate_cents": rate,
            "detour_m": metres, "pay_cents": 300}  # fmt: skip


def shown(rows: Sequence[Mapping[str, Any]], taken: str, by: str = "ana", **more: Any) -> Entry:
    """The entry that goes with a hand-over."""
    data = {"order": "o1", "courier": taken, "candidates": rows, "is_on": True, **more}
    return Entry("acme", 1, "", NOON, by, SHOWN, "suggestion:o1", 0, data, "", "")


def three(turn: int = 0, taken: int = 0) -> Entry:
    """The quick one first, the low paid one second, a third whom the first beats; ``turn`` says who is who."""
    a, b, c = (COURIERS[(turn + n) % 5] for n in range(3))
    rows = [row(1, a, 0, 1500, 1000), row(2, b, 3, 1000, 1600), row(3, c, 4, 1600, 2000, "dominated")]
    return shown(rows, (a, b, c)[taken])


EACH = [three(turn) for turn in range(5)]
FACTS = OtherWeights(5, 0, 1, too_few=False)


@pytest.mark.parametrize(
    ("entries", "weights", "found"),
    [
        (EACH, NO_WEIGHTS, replace(FACTS, changed=0, late_minutes=0, metres=0, lower_paid_cents=0, taken_then=5,
                                   taken_now=5)),
        (EACH, PAY, replace(FACTS, changed=5, late_minutes=15, metres=3000, lower_paid_cents=1500, taken_then=5,
                            taken_now=0)),
        ([*EACH[:4], three(4, taken=1)], PAY, replace(FACTS, changed=5, late_minutes=15, metres=3000,
                                                      lower_paid_cents=1500, taken_then=4, taken_now=1)),
        (EACH[:2], PAY, OtherWeights(2, 0, 1, too_few=True)),
        ([], PAY, OtherWeights(0, 0, 0, too_few=True)),
    ],
)  # fmt: skip
def test_other_weights_order_the_same_lists(
    entries: Sequence[Entry], weights: Weights, found: OtherWeights
) -> None:  # fmt: skip
    """What would have changed in all is added up over those lists where another would have stood first."""
    assert under(weights, hand_overs(entries)) == found


def test_what_one_or_two_would_have_gained_is_not_told() -> None:
    """Where two couriers alone would have changed places, how often is told, and no amount."""
    alike = [row(place, one, 0, 1200, 0) for place, one in enumerate(sorted(COURIERS), 1)]
    found = under(PAY, hand_overs([three(), shown(alike, "lea")]))
    assert (found.changed, found.late_minutes, found.metres, found.lower_paid_cents) == (1, None, None, None)


@pytest.mark.parametrize(
    ("entry", "n", "left_out"),
    [
        (three(), 1, 0),
        (shown(three().data["candidates"], "lea", is_on=False), 0, 0),
        (shown(three().data["candidates"], "lea", left_off=9), 0, 1),
        (shown(three().data["candidates"], "lea", left_off=9, median_rate_cents=1500), 1, 0),
        (shown([{"place": 1, "courier": "lea", "standing": "open"}], "lea"), 0, 1),
        (shown([], "lea"), 0, 1),
    ],
)
def test_what_cannot_be_compared_is_left_out(entry: Entry, n: int, left_out: int) -> None:
    """Nothing suggested counts nowhere; a list that was cut without its median, or without positions, is left out."""
    found = under(PAY, hand_overs([entry]))
    assert (found.n, found.left_out) == (n, left_out)


def test_how_two_people_choose_is_not_told_to_members() -> None:
    """Where fewer than three people gave the orders, a member does not read how often they took the first."""
    told = under(PAY, hand_overs(EACH))
    assert nobodys_choices(told) == replace(told, taken_then=None, taken_now=None)
    many = under(PAY, hand_overs([replace(one, actor=by) for one, by in zip(EACH, "abcde", strict=True)]))
    assert nobodys_choices(many) == many
