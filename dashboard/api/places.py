"""The call that finds streets, house numbers and places of the co-op's city."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import Field

from dashboard.api.answers import Answer
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Nothing, Query


class PlacesAsked(Query):
    """``q``: what somebody has typed so far, accents and case apart; a house number may stand first or last."""

    q: Annotated[str, Field(min_length=1, max_length=120)]
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class PlaceFound(Answer):
    """``kind``: a house number (``address``), a ``street``, a part of town (``quarter``), a place to eat (``eating``)
    or another one with a name (``spot``). ``detail``: where or what it is; may be empty."""

    name: str
    kind: Literal["address", "street", "quarter", "eating", "spot"]
    detail: str
    lat: float
    lon: float


class PlacesFound(Answer):
    """The best first."""

    places: list[PlaceFound]


def find(desk: Desk, asked: Asked[Nothing, PlacesAsked]) -> Reply:
    """Nothing is found where the city is invented."""
    gazetteer = desk.gazetteer(asked.by.coop)
    found = gazetteer.search(asked.query.q, asked.query.limit) if gazetteer else []
    return Reply({"places": [asdict(one) for one in found]})


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/places", "find_places", "Streets, house numbers and places of the city that begin so", "see_live",
         find, PlacesFound, query=PlacesAsked),
)  # fmt: skip
