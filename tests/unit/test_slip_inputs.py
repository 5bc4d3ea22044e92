"""What went into a line of a slip, in words: no instant as machines write it, no bare id."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.domain.pay import Input
from layouts.slip_inputs import input_text
from layouts.words import Words
from tests.unit.desk_values import ORDER

WORDS = Words("en", "Europe/Helsinki")
SPAN = "2026-11-24T16:02:00.000Z/2026-11-24T19:40:00.000Z"


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (Input(SPAN, Decimal("3.6333"), "hours on shift"), "Tue 24 Nov, 18:02 – 21:40: 3.6333 hours on shift"),
        (Input(SPAN, Decimal(1), "window"), "Tue 24 Nov, 18:02 – 21:40"),
        (Input("required", Decimal("44.3")), "Needed for the minimum: €44.30"),
        (Input("Rain was forgotten", Decimal(1)), "Rain was forgotten"),
        (Input("", Decimal(1), "corrects"), ""),
        (Input("hour_on_shift", Decimal("2.5"), "hours on shift", Decimal("12.31")),
         "Counted: 2.5 hours on shift × 12.31"),
    ],
)  # fmt: skip
def test_inputs(one: Input, text: str) -> None:
    """Local times, counted quantities, money and reasons."""
    assert input_text(one, {}, WORDS) == text


def test_tips_name_the_order() -> None:
    """A tip says whose order it came with, by the number that people say."""
    assert input_text(Input(ORDER.id, Decimal("1.5")), {ORDER.id: ORDER}, WORDS).startswith(f"Order {ORDER.ref}")
