"""Traccar Client in its three wire formats: query string (up to 8, and OsmAnd), JSON (9.x), form body (10.x).

Told apart as the Traccar server does it: a JSON content type, else the query string, else the form body.
The device id is the only identification that the protocol has: here it is the courier's secret token.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from live.phones.fix import Fix, Report, knots, share
from live.phones.values import Malformed, document, flag, instant, known, members, number, text

MOST_FIELDS = 100


def parse(query: str, content_type: str, body: bytes, received: datetime) -> Report:
    """The report in a request, with its token. ``received`` stands in for a time that the phone left out.

    Malformed when it is neither of the three formats. A report without an id has the token None.
    """
    if content_type.lower().startswith("application/json") and body.strip():
        return _batch(document(body), received)
    fields = _fields(query) or _fields(body.decode("utf-8", "replace"))
    return _batch(fields, received)


def _fields(encoded: str) -> dict[str, str]:
    try:
        return dict(reversed(parse_qsl(encoded, keep_blank_values=True, max_num_fields=MOST_FIELDS)))
    except ValueError as error:
        raise Malformed("These are more fields than a phone sends") from error


def _batch(sent: Any, received: datetime) -> Report:
    items = sent if isinstance(sent, list) else [sent]
    reports = [_report(item, received) for item in items if isinstance(item, dict)]
    if not reports:
        raise Malformed("A Traccar report is a JSON object, or an array of them")
    token = reports[0].token
    own = [report for report in reports if report.token in (token, None)]
    skipped = tuple(word for report in own for word in report.skipped)
    return Report(
        tuple(fix for report in own for fix in report.fixes), token, skipped + ("unreadable",) * (len(items) - len(own))
    )


def _report(item: dict[str, Any], received: datetime) -> Report:
    located = item.get("location")
    token = _token(next((item[name] for name in ("device_id", "id", "deviceid") if name in item), None))
    if isinstance(located, dict | list):
        several = located if isinstance(located, list) else [located]
        return Report(tuple(_nested(one, received) for one in several if isinstance(one, dict)), token)
    if "notificationToken" in item and not item.keys() & {"lat", "lon", "location"}:
        return Report((), token, ("notification_token",))
    return Report((_flat(item, received),), token)


def _token(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value else None


def _flat(fields: Mapping[str, Any], received: datetime) -> Fix:
    """Query string, form body, or an item of a JSON array with the same names. Speeds are in knots."""
    lat, lon = _position(fields)
    return Fix(
        "traccar", instant(fields["timestamp"]) if "timestamp" in fields else received, lat, lon,
        heartbeat=not fields.keys() & {"lat", "lon", "location"},
        accuracy_m=known(fields.get("accuracy")), speed_mps=knots(known(fields.get("speed"))),
        course_deg=known(fields.get("bearing", fields.get("heading"))), altitude_m=number(fields.get("altitude")),
        battery_pct=known(fields.get("batt")), charging=flag(fields.get("charge")), alarm=text(fields.get("alarm")),
        mocked=flag(fields.get("mock")),
    )  # fmt: skip


def _position(fields: Mapping[str, Any]) -> tuple[float | None, float | None]:
    if flag(fields.get("valid")) is False:
        return None, None
    lat, _, lon = (text(fields.get("location")) or "").partition(",")
    return number(fields.get("lat", lat)), number(fields.get("lon", lon))


def _nested(location: Mapping[str, Any], received: datetime) -> Fix:
    """The JSON of 9.x. Speeds are in m/s, the battery level from 0 to 1."""
    coords, battery = members(location.get("coords")), members(location.get("battery"))
    return Fix(
        "traccar", instant(location["timestamp"]) if "timestamp" in location else received,
        number(coords.get("latitude")), number(coords.get("longitude")), heartbeat=not coords,
        accuracy_m=known(coords.get("accuracy")), speed_mps=known(coords.get("speed")),
        course_deg=known(coords.get("heading")), altitude_m=number(coords.get("altitude")),
        battery_pct=share(known(battery.get("level"))), charging=flag(battery.get("is_charging")),
        activity=text(members(location.get("activity")).get("type")), event=text(location.get("event")),
        alarm=text(location.get("alarm")), mocked=flag(location.get("mock")), raw_id=text(location.get("uuid")),
    )  # fmt: skip
