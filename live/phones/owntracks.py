"""OwnTracks, HTTP mode: one JSON message per request; who sends it stands in the Authorization header.

Both apps leave out members that are zero, and a ping carries the present time with an old position.
Source: the OwnTracks booklet, tech/json.md and tech/http.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from live.phones.fix import Fix, Report, kilometres_per_hour
from live.phones.values import Malformed, document, instant, known, number, text

_PLUGGED = {1: False, 2: True, 3: True}  # unplugged, charging, full; 0 is unknown


def parse(body: bytes) -> Report:
    """The report in a request's body; Malformed when that is no JSON object. An empty body is normal."""
    if not body.strip():
        return Report(skipped=("empty",))
    message = document(body)
    if not isinstance(message, dict):
        raise Malformed("An OwnTracks message is a JSON object")
    match message.get("_type"):
        case "location":
            return Report(fixes=(_fix(message),))
        case "encrypted":
            return Report(skipped=("encrypted",))
        case _:
            return Report(skipped=("not_a_position",))


def _fix(message: Mapping[str, Any]) -> Fix:
    ping = message.get("t") == "p"
    lat, lon = (None, None) if ping else _position(message)
    return Fix(
        "owntracks", instant(message.get("tst")), lat, lon, heartbeat=ping,
        accuracy_m=known(message.get("acc")), speed_mps=_speed(message), course_deg=known(message.get("cog")),
        altitude_m=number(message.get("alt")), battery_pct=known(message.get("batt")),
        charging=_PLUGGED.get(message["bs"]) if isinstance(message.get("bs"), int) else None,
        activity=_activity(message.get("motionactivities")), event=text(message.get("t")),
        raw_id=text(message.get("_id")),
    )  # fmt: skip


def _position(message: Mapping[str, Any]) -> tuple[float | None, float | None]:
    if not message.keys() & {"lat", "lon"}:
        return None, None
    return number(message.get("lat", 0)), number(message.get("lon", 0))


def _speed(message: Mapping[str, Any]) -> float | None:
    # a zero is left out like any other; without an accuracy there was no GPS that could have measured one
    standing = 0 if "acc" in message else None
    return kilometres_per_hour(known(message.get("vel", standing)))


def _activity(activities: Any) -> str | None:
    return text(activities[0]) if isinstance(activities, list) and activities else None
