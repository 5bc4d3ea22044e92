"""When a courier will be at a restaurant, and who is waited for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.domain.arrivals import Arrival, arrival_at_pickup, bottleneck
from dashboard.domain.orders import Order, Place

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DOOR = Place(60.17, 24.94)
ORDER = Order("o1", "acme", "1042", DOOR, Place(60.16, 24.95), NOON, courier="lea")
ABOARD = Order("o2", "acme", "1041", DOOR, Place(60.18, 24.94), NOON, state="picked_up", courier="lea")
AWAY = (24.94, 60.161006)  # a kilometre to the south


def test_nobody_knows_where() -> None:
    """Without a position there is no arrival: never a made-up one."""
    assert arrival_at_pickup(ORDER, [], None, NOON) is None


def test_at_the_door() -> None:
    """Within sixty metres the courier is there."""
    assert arrival_at_pickup(ORDER, [ABOARD], (24.94, 60.1702), NOON) == Arrival(NOON, NOON, here=True)


def test_a_kilometre_away() -> None:
    """A kilometre is between 4.5 and 6.4 minutes at 15 km/h."""
    found = arrival_at_pickup(ORDER, [ORDER], AWAY, NOON)
    assert found
    assert not found.here
    assert (found.earliest - NOON).total_seconds() == pytest.approx(1000 * 1.15 / 4.2, rel=0.01)
    assert (found.latest - NOON).total_seconds() == pytest.approx(1000 * 1.6 / 4.2, rel=0.01)


def test_what_is_on_the_bicycle_comes_first() -> None:
    """A meal on board makes the latest arrival later by its way and its door, the earliest not."""
    alone, laden = (arrival_at_pickup(ORDER, hands, AWAY, NOON) for hands in ([], [ABOARD]))
    assert alone
    assert laden
    assert laden.earliest == alone.earliest
    assert laden.latest - alone.latest > 10 * MINUTE


EARLY = Arrival(NOON + 4 * MINUTE, NOON + 6 * MINUTE)
TABLE = [
    ("nobody knows when the courier comes", NOON, True, None, None),
    ("food is ready, courier under way", NOON, True, EARLY, ("courier", timedelta(0))),
    ("food is ready, courier there", NOON, True, Arrival(NOON, NOON, here=True), None),
    ("courier comes long before the food", NOON + 15 * MINUTE, False, EARLY, ("kitchen", 10 * MINUTE)),
    ("food long before the courier", NOON + MINUTE, False, EARLY, ("courier", 4 * MINUTE)),
    ("both in time", NOON + 5 * MINUTE, False, EARLY, None),
    ("courier there, no time given", None, False, Arrival(NOON, NOON, here=True), ("kitchen", timedelta(0))),
]


@pytest.mark.parametrize(("ready_at", "is_ready", "arrival", "found"), [row[1:] for row in TABLE],
                         ids=[row[0] for row in TABLE])  # fmt: skip
def test_the_bottleneck(
    ready_at: datetime | None, is_ready: bool, arrival: Arrival | None, found: tuple[str, timedelta] | None
) -> None:
    """It is said which of the two is waited for, and for how long."""
    assert bottleneck(ready_at, is_ready, arrival) == found
