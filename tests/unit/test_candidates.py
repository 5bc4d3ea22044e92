"""Who could take an order, and in which order a dispatcher is shown them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.domain.candidates import candidates
from dashboard.domain.ground import metres_between
from dashboard.domain.orders import Order
from tests.unit.desk_values import BOARD, COURIERS, ORDER, WHERE, found


def with_load(*couriers: str) -> dict[str, Order]:
    return {f"x{k}": replace(ORDER, id=f"x{k}", courier=one) for k, one in enumerate(couriers)}


def test_nearest_first() -> None:
    """Of two with equal load the nearer one to the pickup comes first."""
    assert [one.courier.id for one in found()] == ["noe", "lea", "ida", "oto"]


def test_load_before_distance() -> None:
    """Who has fewer orders comes before who is nearer."""
    board = replace(BOARD, orders={**BOARD.orders, **with_load("noe")})
    assert [(one.courier.id, one.load) for one in found(board)][:2] == [("lea", 0), ("noe", 1)]


def test_closed_orders_weigh_nothing() -> None:
    """What is delivered is in nobody's hands."""
    done = {"x": replace(ORDER, id="x", courier="noe", state="delivered")}
    assert found(replace(BOARD, orders={**BOARD.orders, **done}))[0].load == 0


def test_unlocated_after_located() -> None:
    """Somebody whose place is unknown comes after those who are known to be near."""
    first, second = candidates(BOARD, ORDER, {"lea": WHERE["lea"]}.get)[:2]
    assert (first.courier.id, second.courier.id, second.metres) == ("lea", "noe", None)


def test_latest_on_shift_settles_a_tie() -> None:
    """With load and distance equal, who has been on shift for the shortest time comes first."""
    assert [one.courier.id for one in candidates(BOARD, ORDER, lambda _: (24.94, 60.17))][:2] == ["lea", "noe"]


@pytest.mark.parametrize(("courier", "obstacle"), [("lea", "has it"), ("ida", "break"), ("oto", "off"), ("noe", None)])
def test_obstacles(courier: str, obstacle: str | None) -> None:
    """Whoever cannot take it is listed with the reason."""
    order = replace(ORDER, courier="lea")
    reasons = {one.courier.id: one.obstacle for one in candidates(BOARD, order, WHERE.get)}
    assert len(reasons) == len(COURIERS)
    assert reasons[courier] == obstacle


def test_metres() -> None:
    """The flat rule agrees with the sphere: a hundredth of a degree at 60° north."""
    assert metres_between((24.94, 60.17), (24.94, 60.18)) == pytest.approx(1112, abs=3)
    assert metres_between((24.94, 60.17), (24.95, 60.17)) == pytest.approx(553, abs=3)
