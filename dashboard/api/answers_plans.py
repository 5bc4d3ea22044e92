"""What the calls about plans and the order of stops take and answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dashboard.api.answers import Answer, Problem
from dashboard.api.fields import Body, Id, Instant, Version


class PlanLine(Answer):
    """One change: the order in the ``version`` that was seen, from its courier (null: nobody) to ``taker``.

    ``before`` and ``late_seconds_before`` are the drop-off as it stands, null where the order waits or nobody knows.
    """

    order: str
    ref: str
    version: int
    giver: str | None
    taker: str
    pickup_at: Instant
    dropoff_at: Instant
    late_seconds: int = Field(description="against the promise; 0 where nothing was promised")
    before: Instant | None
    late_seconds_before: int | None


class PlanStop(Answer):
    """A stop on somebody's way."""

    order: str
    end: Literal["pickup", "dropoff"]
    at: Instant


class PlanRound(Answer):
    """The way of a courier whom the plan concerns; ``rest_at``: a break that is due is taken then."""

    courier: str
    stops: list[PlanStop]
    rest_at: Instant | None
    guessed: bool = Field(description="some way is as the crow flies, times a factor: no road is known")


class Plan(Answer):
    """A proposal: nothing has changed. ``left`` are orders that nobody can bring in time."""

    id: str
    at: Instant
    expires_at: Instant
    lines: list[PlanLine]
    rounds: list[PlanRound]
    left: list[str]
    others_late_seconds_before: int = Field(description="of all other customers on these ways")
    others_late_seconds_after: int


class Struck(Body):
    """Orders whose lines shall not be carried out."""

    struck: Annotated[tuple[Id, ...], Field(max_length=1000)] = ()


class LineOutcome(Answer):
    """What became of a line. ``order`` null: the order of the courier's stops, which was refused."""

    order: str | None
    courier: str
    outcome: Literal["given", "struck", "refused"]
    version: int | None
    problem: Problem | None


class Committed(Answer):
    """Line by line; ``complete`` when nothing was refused."""

    complete: bool
    lines: list[LineOutcome]


class Discarded(Answer):
    """The plan that is forgotten."""

    discarded: str


class StopGiven(Body):
    """One end of an order."""

    order: Id
    end: Literal["pickup", "dropoff"]


class StopsGiven(Body):
    """In which order to ride; empty: as it comes. ``expected_version`` is the courier's."""

    stops: Annotated[tuple[StopGiven, ...], Field(max_length=200)]
    expected_version: Version | None = None


class StopOrder(Answer):
    """The stops as they are ridden to now, and in the best order; nothing has changed."""

    courier: str
    version: int
    stops: list[PlanStop]
    best: list[PlanStop]
    gain_seconds: int = Field(description="by which the last stop is left sooner")
    less_late_seconds: int = Field(description="by which all drop-offs together are less late")
