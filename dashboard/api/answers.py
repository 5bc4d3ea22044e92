"""What the calls answer."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.fields import Instant, Kind, State


class Answer(BaseModel):
    """A JSON document that the desk writes."""

    model_config = ConfigDict(extra="forbid")


class Place(Answer):
    """An end of an order, degrees WGS 84."""

    name: str
    address: str
    lat: float
    lon: float
    after: Instant | None
    before: Instant | None


class Item(Answer):
    """A line of an order."""

    name: str
    quantity: int


class Company(Answer):
    """Another order of the same pickup, as an act has left it."""

    id: str
    ref: str
    version: int


class Order(Answer):
    """One job."""

    id: str
    coop: str
    ref: str
    kind: Kind
    restaurant: str | None
    pickup: Place
    dropoff: Place
    items: list[Item]
    weight_g: int | None
    price_cents: int | None
    delivery_fee_cents: int | None
    tip_cents: int | None
    placed_at: Instant
    ready_at: Instant | None
    state: State
    courier: str | None
    version: int
    note: str = Field(default="", description="For whoever cooks and carries; not there when empty")
    problem: str | None = Field(default=None, description="What the restaurant reported; not there when nothing is")
    tags: list[str] = Field(default=[], description="The desk's labels, in alphabetical order; not there when none")
    desk_note: str = Field(default="", description="What dispatchers tell each other; for the desk alone")
    group: str | None = Field(default=None, description="Orders of one group share a pickup; not there when by itself")
    together: list[Company] = Field(
        default=[], description="What an act changed besides, for it shares the pickup; not there when nothing"
    )


class Orders(Answer):
    """A page of orders; ``next`` is what to send as ``after``, null at the end."""

    orders: list[Order]
    next: str | None


class Together(Answer):
    """The drop-offs of one pickup, in the order in which they were given."""

    orders: list[Order]


class WantedStop(Answer):
    """One end of an order."""

    order: str
    end: Literal["pickup", "dropoff"]


class Courier(Answer):
    """A member who rides."""

    id: str
    coop: str
    name: str
    shift: Literal["off", "on", "break"]
    shift_started_at: Instant | None
    break_started_at: Instant | None
    version: int
    vehicle: Literal["bicycle", "cargo"]
    stops: list[WantedStop] = Field(default=[], description="in which order to ride to them, where that was decided")
    desk_note: str = Field(default="", description="What dispatchers tell each other, and the courier can read")
    break_until: Instant | None = Field(default=None, description="about when the break ends, where somebody said so")


class Couriers(Answer):
    """All couriers that the caller may know of."""

    couriers: list[Courier]


class Entry(Answer):
    """One fact of the journal."""

    coop: str
    seq: int
    id: str
    at: Instant
    actor: str
    kind: str
    subject: str
    version: int
    data: dict[str, Any]
    prev: str
    hash: str


class Entries(Answer):
    """A page of the journal, in order, gapless; ``next`` is what to send as ``after``, null at the end."""

    entries: list[Entry]
    next: int | None


class Figures(Answer):
    """Figures of a period: cents of ``currency``, seconds, metres; null is unknown, or too few people.

    The other members are those of dashboard/reports.py, each described there.
    """

    model_config = ConfigDict(extra="allow")

    coop: str
    first: str
    last: str
    seq: int


class WrongField(Answer):
    """A field that has to be mended: its path in the body, or the name of the parameter."""

    field: str
    detail: str


class Problem(Answer):
    """RFC 9457: what was refused, why, and what to do next."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    errors: list[WrongField] = Field(default=[], description="422: every wrong field")
    order: Order | None = Field(default=None, description="409: the order as it is now")
    courier: Courier | None = Field(default=None, description="409: the courier as it is now")
    changed_by: str | None = Field(default=None, description="409: who changed it last")
    changed_at: Instant | None = Field(default=None, description="409: and when")
