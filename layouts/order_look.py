"""What the form of an order says before it is sent: what is wrong, and what is to be expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from dashboard.domain.ground import metres_between
from dashboard.domain.orders import Order
from dashboard.domain.refusals import WrongField
from dashboard.drafting import Prospect
from layouts.states import refusal_text
from layouts.words import N_, Words

MINUTE = timedelta(minutes=1)
NEAR_M = 30.0
"""Metres between the ends, below which they are the same door."""


def wrong(fields: Iterable[WrongField], words: Words) -> list[dict[str, str]]:
    """Every wrong field by its dotted path, with what to do about it."""
    return [{"field": one.field, "text": refusal_text(one, words, {})} for one in fields]


def prospect(
    draft: Order, found: Prospect, bounds: tuple[float, float, float, float], names: Mapping[str, str], words: Words
) -> dict[str, Any]:
    """``way`` and ``when`` in words, ``warns`` about what is possible and yet odd."""
    way = words("{distance}, {minutes} by bicycle", distance=words.distance(found.metres),
                minutes=words.minutes(max(found.ride, MINUTE)))  # fmt: skip
    return {"way": way, "when": _when(found, names, words), "guessed": found.guessed,
            "warns": list(_warnings(draft, found, bounds, words))}  # fmt: skip


def _when(found: Prospect, names: Mapping[str, str], words: Words) -> str:
    if found.there is None:
        return words("Nobody is on shift with a position: when it can be there is not known")
    name = names.get(found.courier or "", found.courier)
    there = words.clock(found.there)
    if found.fetched is None:
        return words("At the drop-off about {there}, with {courier}", there=there, courier=name)
    return words("Fetched about {fetched}, at the drop-off about {there}, with {courier}",
                 fetched=words.clock(found.fetched), there=there, courier=name)  # fmt: skip


def _warnings(draft: Order, found: Prospect, bounds: tuple[float, float, float, float], words: Words) -> Iterable[str]:
    west, south, east, north = bounds
    for end, text in (("pickup", N_("The pickup lies outside of the city’s map")),
                      ("dropoff", N_("The drop-off lies outside of the city’s map"))):  # fmt: skip
        place = getattr(draft, end)
        if not (west <= place.lon <= east and south <= place.lat <= north):
            yield words(text)
    if metres_between(draft.pickup.point, draft.dropoff.point) < NEAR_M:
        yield words("Pickup and drop-off are at the same place")
    if found.late >= MINUTE and draft.dropoff.before:
        yield words("That is {minutes} after {clock}, which would be promised", minutes=words.minutes(found.late),
                    clock=words.clock(draft.dropoff.before))  # fmt: skip
