"""Orders: what they are, which steps exist, and which step is possible from which state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from dashboard.domain.ground import Point
from dashboard.domain.refusals import WrongState
from dashboard.domain.times import from_wire, to_wire

STATES = (
    "placed", "accepted", "preparing", "ready", "picked_up", "delivered", "refused", "cancelled", "failed",
)  # fmt: skip
OPEN_STATES = frozenset({"placed", "accepted", "preparing", "ready", "picked_up"})
CLOSED_STATES = frozenset(STATES) - OPEN_STATES
WAITING_STATES = OPEN_STATES - {"picked_up"}


@dataclass(frozen=True, slots=True)
class Place:
    """An end of an order: degrees WGS 84; ``after`` and ``before`` are the window, None where it is open."""

    lat: float
    lon: float
    name: str = ""
    address: str = ""
    after: datetime | None = None
    before: datetime | None = None

    @property
    def point(self) -> Point:
        """Where it is, as (lon, lat)."""
        return self.lon, self.lat


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an order."""

    name: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Order:
    """One job. Money in cents, weight in grams; ``version`` grows by one with each change.

    ``note`` is for whoever cooks and carries ("allergic to nuts"); ``problem`` is what the restaurant has reported and
    nobody has solved yet: one of PROBLEMS, or that and more (``missing: no tofu left``). ``tags`` are the desk's own
    labels, in alphabetical order; ``desk_note`` is what dispatchers tell each other about it. Orders of one ``group``
    are drop-offs of one pickup (domain/together.py).
    """

    id: str
    coop: str
    ref: str
    pickup: Place
    dropoff: Place
    placed_at: datetime
    kind: str = "parcel"
    restaurant: str | None = None
    items: tuple[Item, ...] = ()
    weight_g: int | None = None
    price_cents: int | None = None
    delivery_fee_cents: int | None = None
    tip_cents: int | None = None
    ready_at: datetime | None = None
    state: str = "placed"
    courier: str | None = None
    version: int = 1
    note: str = ""
    problem: str | None = None
    tags: tuple[str, ...] = ()
    desk_note: str = ""
    group: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN_STATES


KITCHEN_STEPS = frozenset({"order.accepted", "order.preparing", "order.ready"})
"""What a kitchen does until the pickup (journal kinds): nothing about who carries the order."""


@dataclass(frozen=True, slots=True)
class Move:
    """A step: the journal's word for it, the states it starts from and the state it leads to."""

    kind: str
    sources: frozenset[str]
    target: str


MOVES: Mapping[str, Move] = {
    "accept": Move("order.accepted", frozenset({"placed"}), "accepted"),
    "refuse": Move("order.refused", frozenset({"placed"}), "refused"),
    "prepare": Move("order.preparing", frozenset({"accepted"}), "preparing"),
    "ready": Move("order.ready", frozenset({"accepted", "preparing"}), "ready"),
    "pick_up": Move("order.picked_up", frozenset({"accepted", "preparing", "ready"}), "picked_up"),
    "deliver": Move("order.delivered", frozenset({"picked_up"}), "delivered"),
    "fail": Move("order.failed", frozenset({"accepted", "preparing", "ready", "picked_up"}), "failed"),
    "cancel": Move("order.cancelled", frozenset(WAITING_STATES), "cancelled"),
}
PROBLEMS = ("missing", "closed", "cancel", "call", "other")
"""An item is missing, the house is closed, it has to be cancelled, please call, something else."""
OPTIONAL = ("note", "problem", "desk_note", "group")
NEEDS_COURIER = frozenset({"pick_up", "deliver"})


def move(order: Order, step: str) -> Order:
    """The order after ``step`` (a key of MOVES).

    Raises WrongState naming both states, or that nobody has the order. A parcel needs no kitchen: it may be
    ready as soon as it is placed.
    """
    rule = MOVES[step]
    sources = rule.sources | {"placed"} if step == "ready" and order.kind == "parcel" else rule.sources
    if order.state not in sources:
        raise WrongState(
            "{ref} is {state}: it cannot become {target}", ref=order.ref, state=order.state, target=rule.target
        )
    if step in NEEDS_COURIER and order.courier is None:
        raise WrongState(
            "{ref} is {state} and has no courier: assign it before it becomes {target}",
            ref=order.ref, state=order.state, target=rule.target,
        )  # fmt: skip
    return replace(order, state=rule.target, version=order.version + 1)


def assign(order: Order, courier: str) -> Order:
    """The order in the hands of ``courier``: a first assignment, or a hand-over when it had one."""
    if not order.is_open:
        raise WrongState("{ref} is {state}: it cannot be assigned any more", ref=order.ref, state=order.state)
    if order.courier == courier:
        raise WrongState("{ref} is already with {courier}", ref=order.ref, courier=courier)
    return replace(order, courier=courier, version=order.version + 1)


def unassign(order: Order) -> Order:
    """The order back among those that wait. Food that is on a bicycle cannot wait: hand it over instead."""
    if order.courier is None:
        raise WrongState("{ref} has no courier: there is nothing to take back", ref=order.ref)
    if not order.is_open:
        raise WrongState("{ref} is {state}: it cannot be taken back any more", ref=order.ref, state=order.state)
    if order.state not in WAITING_STATES:
        raise WrongState(
            "{ref} is {state}: hand it to another courier instead of taking it back", ref=order.ref, state=order.state
        )
    return replace(order, courier=None, version=order.version + 1)


def delay(order: Order, by: timedelta, at: datetime) -> Order:
    """The order ready later by so much (from now, if no time had been given)."""
    if order.state not in WAITING_STATES:
        raise WrongState("{ref} is {state}: it cannot be delayed any more", ref=order.ref, state=order.state)
    return replace(order, ready_at=(order.ready_at or at) + by, version=order.version + 1)


def amend(order: Order, pickup: Place, dropoff: Place) -> Order:
    """The order with other ends (places, windows). What is on a bicycle has left its pickup: that stays as it was."""
    if not order.is_open:
        raise WrongState("{ref} is {state}: its places cannot be changed any more", ref=order.ref, state=order.state)
    kept = order.pickup if order.state == "picked_up" else pickup
    if (kept, dropoff) == (order.pickup, order.dropoff):
        raise WrongState("{ref} has these places already", ref=order.ref)
    return replace(order, pickup=kept, dropoff=dropoff, version=order.version + 1)


def report(order: Order, problem: str | None) -> Order:
    """The order with a problem that somebody has to see to; None: it is solved."""
    if not order.is_open:
        raise WrongState("{ref} is {state}: there is nothing to solve any more", ref=order.ref, state=order.state)
    if order.problem == problem:
        raise WrongState("{ref} was reported so already", ref=order.ref)
    return replace(order, problem=problem, version=order.version + 1)


def order_to_wire(order: Order) -> dict[str, Any]:
    """The order as the contract writes it: plain JSON values; those of OPTIONAL only where there is one."""
    return {
        "id": order.id, "coop": order.coop, "ref": order.ref, "kind": order.kind, "restaurant": order.restaurant,
        "pickup": _place_to_wire(order.pickup), "dropoff": _place_to_wire(order.dropoff),
        "items": [{"name": item.name, "quantity": item.quantity} for item in order.items],
        "weight_g": order.weight_g, "price_cents": order.price_cents,
        "delivery_fee_cents": order.delivery_fee_cents, "tip_cents": order.tip_cents,
        "placed_at": to_wire(order.placed_at), "ready_at": _instant(order.ready_at),
        "state": order.state, "courier": order.courier, "version": order.version,
        **{name: value for name in OPTIONAL if (value := getattr(order, name))},
        **({"tags": list(order.tags)} if order.tags else {}),
    }  # fmt: skip


def order_from_wire(wire: Mapping[str, Any]) -> Order:
    """The order of such a document."""
    return Order(
        **{
            **wire,
            "pickup": _place_from_wire(wire["pickup"]),
            "dropoff": _place_from_wire(wire["dropoff"]),
            "items": tuple(Item(**item) for item in wire["items"]),
            "placed_at": from_wire(wire["placed_at"]),
            "ready_at": _moment(wire["ready_at"]),
            "note": wire.get("note") or "",
            "tags": tuple(wire.get("tags") or ()),
            "desk_note": wire.get("desk_note") or "",
        }
    )


def _place_to_wire(place: Place) -> dict[str, Any]:
    return {
        "name": place.name, "address": place.address, "lat": place.lat, "lon": place.lon,
        "after": _instant(place.after), "before": _instant(place.before),
    }  # fmt: skip


def _place_from_wire(wire: Mapping[str, Any]) -> Place:
    return Place(**{**wire, "after": _moment(wire["after"]), "before": _moment(wire["before"])})


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else to_wire(moment)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else from_wire(text)
