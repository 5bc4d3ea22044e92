"""The calls of a restaurant's screen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dashboard.access import Visitor
from dashboard.api import answers_kitchen as answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Nothing
from dashboard.api.requests import BusyGiven
from dashboard.domain.refusals import NotFound
from dashboard.domain.restaurants import Restaurant, restaurant_to_wire


def screen(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """All that the restaurant's screen shows."""
    return Reply(desk.kitchens.screen(asked.by.coop, asked.by.scope or "", asked.at))


def busy(desk: Desk, asked: Asked[BusyGiven, Nothing]) -> Reply:
    """The kitchen has more to do than usual."""
    restaurant = _own(asked.by, asked.id)
    until = asked.at + timedelta(minutes=asked.body.lasts)
    entry = desk.dispatch.busy(asked.by.coop, restaurant, asked.body.minutes, until, by=asked.by.name, at=asked.at)
    return Reply(entry.data["changes"])


def usual(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """The kitchen works as usual again."""
    restaurant = _own(asked.by, asked.id)
    desk.dispatch.usual(asked.by.coop, restaurant, by=asked.by.name, at=asked.at)
    return Reply(restaurant_to_wire(Restaurant(restaurant)))


def _own(by: Visitor, restaurant: str) -> str:
    if by.role == "restaurant" and by.scope != restaurant:
        raise NotFound("There is no restaurant {id}", id=restaurant)
    return restaurant


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/kitchen", "get_kitchen", "What the restaurant's screen shows", "see_kitchen", screen, answers.Screen),
    Call(
        "POST", "/restaurants/{id}/busy", "be_busy", "New orders take longer for a while", "busy", busy,
        answers.Restaurant, body=BusyGiven,
    ),
    Call(
        "POST", "/restaurants/{id}/usual", "be_usual", "New orders take as long as usual", "busy", usual,
        answers.Restaurant,
    ),
)  # fmt: skip
