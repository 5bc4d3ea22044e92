"""The kinds of values that come in from outside, each with its limits."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from dashboard.domain.refusals import N_
from dashboard.domain.times import from_wire

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$"
EARLIEST, LATEST = 2000, 2100  # years: what lies outside is a clock that is wrong, and would overflow later
ONE_MILLION = 1_000_000


UNPRINTABLE = N_("contains control characters")


class Body(BaseModel):
    """A JSON body: exactly these fields, of exactly these types."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)


class Query(BaseModel):
    """A query string: text that has to read as these types."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class Nothing(Body):
    """A call that takes no body, or no query."""


def _printable(text: str) -> str:
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text):
        raise ValueError(UNPRINTABLE)
    return text


def _instant(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("should be an RFC 3339 time such as 2026-11-24T10:42:11Z")
    if not value[:4].isdigit() or not EARLIEST <= int(value[:4]) < LATEST:
        raise ValueError(f"should be an RFC 3339 time between {EARLIEST} and {LATEST}")
    return from_wire(value)


Id = Annotated[str, Field(pattern=ID_PATTERN)]
Ref = Annotated[str, Field(min_length=1, max_length=32), AfterValidator(_printable)]
ShortText = Annotated[str, Field(max_length=200), AfterValidator(_printable)]
LongText = Annotated[str, Field(max_length=1000), AfterValidator(_printable)]
Name = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_printable)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Cents = Annotated[int, Field(ge=0, le=100 * ONE_MILLION)]
Grams = Annotated[int, Field(ge=0, le=ONE_MILLION)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Kind = Literal["meal", "parcel"]
State = Literal["placed", "accepted", "preparing", "ready", "picked_up", "delivered", "refused", "cancelled", "failed"]
Instant = Annotated[
    datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})
]  # fmt: skip
