"""What the calls of the desk's acts take and answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from dashboard.api.answers import Answer, Courier, Order, Problem
from dashboard.api.fields import Body, Id, Instant, LongText, ShortText, Version
from dashboard.domain.desk_changes import LONGEST_NOTE, LONGEST_TAG, MOST_TAGS

Tags = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=LONGEST_TAG)], ...], Field(max_length=MOST_TAGS)]
Day = Annotated[date, BeforeValidator(lambda value: date.fromisoformat(value) if isinstance(value, str) else value)]


class Target(Body):
    """An order, and the version that the decision was made on."""

    order: Id
    expected_version: Version | None = None


class BulkGiven(Body):
    """The same to each of these orders; what it needs besides goes by ``verb``.

    ``assign``: ``courier``; ``delay``: ``minutes``; ``tag``, ``untag``: ``tags``; ``reschedule``: ``day`` or
    ``minutes``; ``attach``: ``to``.
    """

    verb: Literal["assign", "unassign", "delay", "tag", "untag", "reschedule", "attach", "detach", "cancel"]
    orders: Annotated[tuple[Target, ...], Field(min_length=1, max_length=200)]
    courier: Id | None = None
    minutes: Annotated[int | None, Field(ge=-10_080, le=10_080)] = None
    day: Day | None = None
    tags: Tags = ()
    reason: LongText = ""
    to: Id | None = None

    @model_validator(mode="after")
    def says_what_its_verb_needs(self) -> Self:
        """Refuses what would be refused for each order alike."""
        needs = {"assign": "courier", "tag": "tags", "untag": "tags", "attach": "to"}
        if self.verb in needs and not getattr(self, needs[self.verb]):
            raise ValueError(f"{self.verb} needs {needs[self.verb]}")
        if self.verb == "delay" and not 1 <= (self.minutes or 0) <= 240:
            raise ValueError("delay needs minutes, from 1 to 240")
        if self.verb == "reschedule" and (self.day is None) == (not self.minutes):
            raise ValueError("reschedule needs either day or minutes")
        return self


class TagsGiven(Body):
    """Tags, and the version of the order that they were chosen on."""

    tags: Tags
    expected_version: Version | None = None


class RescheduleGiven(Body):
    """To the same times of another ``day``, or so many ``minutes`` later (below 0: earlier)."""

    day: Day | None = None
    minutes: Annotated[int | None, Field(ge=-10_080, le=10_080)] = None
    expected_version: Version | None = None
    reason: LongText = ""

    @model_validator(mode="after")
    def says_when(self) -> Self:
        """Refuses neither, and both."""
        if (self.day is None) == (not self.minutes):
            raise ValueError("give either day or minutes")
        return self


class NoteGiven(Body):
    """What dispatchers tell each other; empty takes the note away."""

    text: Annotated[str, Field(max_length=LONGEST_NOTE)]
    expected_version: Version | None = None


class OverrideGiven(Body):
    """A step that the rules do not have from there, and why; ``reopen`` leads back to before it was closed."""

    step: Literal["ready", "pick_up", "deliver", "fail", "cancel", "reopen"]
    reason: Annotated[str, Field(min_length=1, max_length=300)]
    expected_version: Version | None = None


class CommandGiven(Body):
    """Which command to take back; without it the last one."""

    command: ShortText = ""


class Outcome(Answer):
    """What became of one order (or courier): how it is now, or why nothing was done."""

    id: str
    ref: str
    outcome: Literal["done", "refused"]
    order: Order | None = None
    courier: Courier | None = None
    problem: Problem | None = None


class Outcomes(Answer):
    """Of each, in turn; ``complete`` when none was refused. ``command`` is what POST /undo takes it back by."""

    command: str
    complete: bool
    outcomes: list[Outcome]


class CommandLine(Answer):
    """Something that the caller did: ``kind`` is its (first) entry's, ``subjects`` what it changed."""

    command: str
    at: Instant
    kind: str
    subjects: list[str]


class Commands(Answer):
    """The caller's last 20 commands, the newest first: those that can be undone, and those that can be done again."""

    done: list[CommandLine]
    undone: list[CommandLine]
