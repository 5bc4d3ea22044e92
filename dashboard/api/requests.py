"""What the calls take."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from dashboard.api.fields import (
    Body,
    Cents,
    Grams,
    Id,
    Instant,
    Kind,
    Latitude,
    Longitude,
    LongText,
    Name,
    Query,
    Ref,
    ShortText,
    State,
    Version,
)  # fmt: skip
from dashboard.domain.desk_changes import clean_tags
from dashboard.domain.refusals import N_, Invalid

NEVER_OPEN = N_("the window closes (before) earlier than it opens (after)")

type Vehicle = Literal["bicycle", "cargo"]


class PlaceAsked[Time](Body):
    """An end of an order, degrees WGS 84; the window is open where no time is given."""

    lat: Latitude
    lon: Longitude
    name: ShortText = ""
    address: LongText = ""
    after: Time | None = None
    before: Time | None = None


class ItemGiven(Body):
    """A line of an order."""

    name: ShortText
    quantity: Annotated[int, Field(ge=1, le=1000)] = 1


class OrderAsked[Place, Time](Body):
    """What is asked for: the two ends are enough. Money in integer cents, weight in grams."""

    pickup: Place
    dropoff: Place
    kind: Kind = "parcel"
    restaurant: Id | None = None
    items: Annotated[tuple[ItemGiven, ...], Field(max_length=100)] = ()
    weight_g: Grams | None = None
    price_cents: Cents | None = None
    delivery_fee_cents: Cents | None = None
    ready_at: Time | None = None
    note: ShortText = ""
    tags: Annotated[tuple[Name, ...], Field(max_length=20)] = ()

    @field_validator("tags")
    @classmethod
    def tags_are_clean(cls, tags: tuple[str, ...]) -> tuple[str, ...]:
        """In alphabetical order, each once."""
        try:
            return clean_tags(tags)
        except Invalid as refusal:
            raise ValueError(str(refusal)) from refusal


class PlaceGiven(PlaceAsked[Instant]):
    """An end of an order to place."""

    @model_validator(mode="after")
    def window_opens_before_it_closes(self) -> Self:
        """Refuses a window that is never open."""
        if self.after and self.before and self.before < self.after:
            raise ValueError(NEVER_OPEN)
        return self


class OrderGiven(OrderAsked[PlaceGiven, Instant]):
    """An order to place: the two ends are enough. Money in integer cents, weight in grams."""

    tip_cents: Cents | None = None
    ref: Ref | None = None
    placed_at: Instant | None = None


class Assignment(Body):
    """Who gets the order, and the version of the order that the decision was made on.

    ``consent``: the courier was asked, and agrees to work beyond a limit of working time (``reason`` says why).
    """

    courier: Id
    expected_version: Version
    reason: LongText = ""
    consent: bool = False


class Step(Body):
    """A step in an order's life; with ``expected_version`` it is refused when the order changed since."""

    expected_version: Version | None = None
    reason: LongText = ""


class KitchenStep(Step):
    """A step that a restaurant may take; ``pressed_at`` when the screen was without a network since."""

    pressed_at: Instant | None = None


class ProblemGiven(KitchenStep):
    """What is wrong: see PROBLEMS in dashboard/domain/orders.py; ``text`` says more."""

    kind: Literal["missing", "closed", "cancel", "call", "other"]
    text: ShortText = ""


class BusyGiven(Body):
    """New orders take ``minutes`` at least, for the next ``lasts`` minutes."""

    minutes: Annotated[int, Field(ge=5, le=120)]
    lasts: Annotated[int, Field(ge=10, le=240)]


class Delay(KitchenStep):
    """The kitchen needs so many minutes more."""

    minutes: Annotated[int, Field(ge=1, le=240)]


class CourierGiven(Body):
    """A new member who rides."""

    id: Id
    name: Name
    vehicle: Vehicle = "bicycle"


class VehicleGiven(Body):
    """What the courier rides from now on: routes and times are its."""

    vehicle: Vehicle


class ShiftStep(Body):
    """A step of a shift; ``minutes`` is about how long a break is to last."""

    action: Literal["start", "end", "break", "resume"]
    minutes: Annotated[int | None, Field(ge=1, le=240)] = None


class ArrivalGiven(Body):
    """The courier stands at an end of an order that they have."""

    order: Id
    place: Literal["pickup", "dropoff"]


def _comma_separated(value: Any) -> Any:
    return [part for text in value for part in text.split(",") if part]


class OrdersAsked(Query):
    """Which orders: by state (several with commas), courier, restaurant; ``after`` is the cursor of the last page."""

    state: Annotated[tuple[State, ...], BeforeValidator(_comma_separated)] = ()
    courier: Id | None = None
    restaurant: Id | None = None
    after: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:=\-]{1,200}$")] | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class EntriesAsked(Query):
    """The entries that follow ``after``."""

    after: Annotated[int, Field(ge=0, le=2**53)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


class PeriodAsked(Query):
    """Local days, both included; without ``from`` since the first of the month, without ``to`` until today.

    Members read sums of one whole month, members and couriers shares of whole weeks, that are over: else 422.
    """

    first: Annotated[date | None, Field(alias="from")] = None
    last: Annotated[date | None, Field(alias="to")] = None
    courier: Id | None = None
