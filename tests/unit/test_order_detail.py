"""What the panel about an order is told, from plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.domain.orders import Order, Place
from layouts.order_detail import detail
from layouts.words import Words

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ALONE = Order("a", "acme", "1001", Place(60.17, 24.94), Place(60.16, 24.95), NOON, state="ready", courier="lea")
BOX = replace(ALONE, group="g")
OTHER = replace(BOX, id="b", ref="1002")


@pytest.mark.parametrize(
    ("order", "can", "why"),
    [
        (BOX, True, ""),
        (replace(BOX, state="picked_up"), False, "1001 is picked up: each drop-off goes by itself from here on"),
        (ALONE, False, ""),
    ],
)
def test_why_it_cannot_be_detached(order: Order, can: bool, why: str) -> None:
    """One that is on its way says why it stays as it is; where there is nothing to detach nothing is said."""
    told = detail(order, (), None, NOON, {}, Words(), (order, OTHER))
    assert (told["can_detach"], told["why_not_detach"]) == (can, why)
