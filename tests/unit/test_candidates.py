"""Who could take an order, and what stands in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.domain.candidates import candidates
from dashboard.domain.ground import metres_between
from dashboard.domain.orders import Order
from tests.unit.desk_values import BOARD, COURIERS, ORDER, WHERE, found


def with_load(*couriers: str) -> dict[str, Order]:
    return {f"x{k}": replace(ORDER, id=f"x{k}", courier=one) for k, one in enumerate(couriers)}


def test_load_and_distance() -> None:
    """Each courier is there with the orders in hand and the metres to the pickup, if anybody knows a position."""
    board = replace(BOARD, orders={**BOARD.orders, **with_load("noe")})
    beside = {one.courier.id: one for one in candidates(board, ORDER, {"noe": WHERE["noe"]}.get)}
    assert (beside["noe"].load, beside["lea"].load, beside["lea"].metres) == (1, 0, None)
    assert beside["noe"].metres == pytest.approx(111, abs=1)


def test_closed_orders_weigh_nothing() -> None:
    """What is delivered is in nobody's hands."""
    done = {"x": replace(ORDER, id="x", courier="noe", state="delivered")}
    assert not any(one.load for one in found(replace(BOARD, orders={**BOARD.orders, **done})))


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
