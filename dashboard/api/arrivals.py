"""The call about arrivals: when couriers will be where they are awaited."""

from __future__ import annotations

from typing import Any

from dashboard.api.answers import Answer
from dashboard.api.answers_kitchen import Arrival, Counter
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Instant, Nothing
from dashboard.domain.times import to_wire


class Forecast(Answer):
    """An order's ends that are ahead, and what is usual at the counter before the pickup."""

    pickup: Arrival | None = None
    dropoff: Arrival | None = None
    counter: Counter | None = None


class Forecasts(Answer):
    """By the ids of the orders in couriers' hands; null where nobody knows where the courier is."""

    at: Instant
    orders: dict[str, Forecast | None]


def arrivals(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """All of the co-op, as the desk's rows show them."""
    return Reply({"at": to_wire(asked.at), "orders": desk.arriving.to_wire(asked.by.coop, asked.at)})


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/arrivals", "get_arrivals", "When couriers arrive", "see_desk", arrivals, Forecasts),
)
