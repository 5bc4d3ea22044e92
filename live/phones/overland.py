"""Overland: batches of GeoJSON points; the token stands in the Authorization header.

Source: the README of aaronpk/Overland-iOS. With a long backlog the newest point comes beside the batch (``current``).
"""

from __future__ import annotations

from typing import Any

from live.phones.fix import Fix, Report, share
from live.phones.values import Malformed, document, instant, known, members, number, text

_PLUGGED = {"unplugged": False, "charging": True, "full": True}


def parse(body: bytes) -> Report:
    """The report in a request's body; Malformed when that is no JSON object."""
    batch = document(body)
    if not isinstance(batch, dict):
        raise Malformed("An Overland batch is a JSON object")
    listed = batch.get("locations")
    features = [*(listed if isinstance(listed, list) else []), *([batch["current"]] if "current" in batch else [])]
    points = [feature for feature in features if isinstance(feature, dict)]
    return Report(tuple(map(_fix, points)), skipped=("unreadable",) * (len(features) - len(points)))


def _fix(feature: dict[str, Any]) -> Fix:
    told = members(feature.get("properties"))
    lat, lon = _position(members(feature.get("geometry")).get("coordinates"))
    return Fix(
        "overland", instant(told.get("timestamp")), lat, lon, accuracy_m=known(told.get("horizontal_accuracy")),
        speed_mps=known(told.get("speed")), course_deg=known(told.get("course")),
        altitude_m=number(told.get("altitude")), battery_pct=share(known(told.get("battery_level"))),
        charging=_PLUGGED.get(text(told.get("battery_state")) or ""), activity=_activity(told.get("motion")),
    )  # fmt: skip


def _position(coordinates: Any) -> tuple[float | None, float | None]:
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        return None, None
    return number(coordinates[1]), number(coordinates[0])


def _activity(motion: Any) -> str | None:
    return text(motion[0]) if isinstance(motion, list) and motion else None
