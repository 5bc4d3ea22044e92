"""What the calls of a restaurant's screen answer."""

from __future__ import annotations

from typing import Literal

from dashboard.api.answers import Answer, Item
from dashboard.api.fields import Instant, Kind, State


class Restaurant(Answer):
    """Until when a kitchen is busy, and the least minutes that a new order takes until then."""

    id: str
    busy_until: Instant | None
    busy_minutes: int | None


class Arrival(Answer):
    """When the courier will be at the pickup: ``earliest`` to ``latest`` holds four of five; ``here``: stands there.

    ``expected`` in the past: so late. ``guessed``: some way was taken as the crow flies.
    """

    earliest: Instant
    expected: Instant
    latest: Instant
    here: bool
    guessed: bool


class Counter(Answer):
    """How long couriers usually stand at the counter once they and the food are there, and of how many pickups.

    ``own``: at this counter; else at all of the co-op's, because it has none.
    """

    seconds: int
    pickups: int
    own: bool


class Share(Answer):
    """Which drop-off of how many from one pickup it is; ``refs`` of the others."""

    nth: int
    of: int
    refs: list[str]


class KitchenOrder(Answer):
    """An order as its restaurant sees it: no pay, no address, of the courier the first name; ``share`` where several go
    from one pickup."""

    id: str
    ref: str
    state: State
    version: int
    kind: Kind
    items: list[Item]
    note: str
    problem: str | None
    placed_at: Instant
    ready_at: Instant | None
    courier: str | None
    arrival: Arrival | None
    waits_for: Literal["kitchen", "courier"] | None
    waits_seconds: int | None
    looked_at_by: str | None
    share: Share | None


class Screen(Answer):
    """All that the screen shows; ``dispatchers`` are at the desk now."""

    restaurant: str
    name: str
    at: Instant
    seq: int
    stale_since: Instant | None
    busy: Restaurant
    counter: Counter | None
    dispatchers: list[str]
    orders: list[KitchenOrder]
