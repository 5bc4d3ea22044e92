"""The calls about the weather: that it rains, until when it did, and what was written wrongly."""

from __future__ import annotations

from typing import Any, Self

from pydantic import model_validator

from dashboard.api.answers import Answer
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Body, Instant, Nothing, ShortText
from dashboard.domain.times import to_wire
from dashboard.domain.weather import Spell


class WeatherGiven(Body):
    """``rain`` true: it rains since ``since`` (default: now), or rained until ``until``; false: it stopped then.

    ``corrects`` is the id of a spell: its times become ``since`` and ``until``; with ``rain`` false it did not rain.
    """

    rain: bool
    since: Instant | None = None
    until: Instant | None = None
    corrects: ShortText | None = None

    @model_validator(mode="after")
    def whole(self) -> Self:
        """Refuses a correction without a beginning, and a beginning of what ends."""
        if self.corrects and self.rain and self.since is None:
            raise ValueError("a correction needs since")
        if not self.rain and self.since is not None:
            raise ValueError("what ends has until, and no since")
        return self


class SpellRead(Answer):
    """A spell of rain; ``until`` null while it rains, ``by`` whom and ``at`` when it was written down."""

    id: str
    since: Instant
    until: Instant | None
    by: str
    at: Instant


class WeatherRead(Answer):
    """The spells that stand after all corrections, oldest first."""

    spells: list[SpellRead]


def everything(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """Whoever is paid by the weather may read what is written about it."""
    return Reply({"spells": [_document(one) for one in desk.weather.spells(asked.by.coop)]})


def record(desk: Desk, asked: Asked[WeatherGiven, Nothing]) -> Reply:
    """A new entry, whatever it says."""
    given, coop = asked.body, asked.by.coop
    who: Any = {"by": asked.by.name, "at": asked.at}
    if given.corrects:
        _correct(desk, given, coop, who)
    elif given.rain:
        desk.weather.begins(coop, given.since, given.until, **who)
    else:
        desk.weather.ends(coop, given.until, **who)
    return Reply({"spells": [_document(one) for one in desk.weather.spells(coop)]}, 201)


def _correct(desk: Desk, given: WeatherGiven, coop: str, who: Any) -> None:
    known = {one.id: one.since for one in desk.weather.spells(coop)}
    since = given.since or known.get(given.corrects or "", who["at"])
    desk.weather.correct(coop, given.corrects or "", since, given.until if given.rain else since, **who)


def _document(one: Spell) -> dict[str, Any]:
    return {
        "id": one.id, "since": to_wire(one.since), "until": one.until and to_wire(one.until), "by": one.by,
        "at": to_wire(one.at),
    }  # fmt: skip


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/weather", "list_weather", "When it rained", "see_pay", everything, WeatherRead),
    Call("POST", "/weather", "record_weather", "Write down that it rains, or until when it did", "record_weather",
         record, WeatherRead, body=WeatherGiven, statuses=(201,), names_others=True),
)  # fmt: skip
