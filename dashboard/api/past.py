"""What /replay asks for: the board at a past moment, the entries after it, and how much went on in a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, request

from dashboard.access import require
from dashboard.api.problems import answering
from dashboard.domain.events import Entry, entry_to_wire
from dashboard.domain.refusals import Invalid
from dashboard.domain.times import to_milliseconds, to_wire
from dashboard.past import Past, Then
from dashboard.retention import Point
from dashboard.roles import Visitor
from live.sight import alarms_seen, couriers_seen, orders_seen, restaurants_seen

MOST = 1000


def register_past(flask: Flask, past: Past) -> None:
    """``GET /live/past?at=`` (the co-op's clock, or RFC 3339): a snapshot as /live sends it, with ``closed_at`` by
    order, ``points`` (courier, at, lat, lon) and ``kept``: whether positions of that time can be. ``?seq=&step=1`` (or
    -1) instead: the board right after the next change beyond that entry, or the last before it; null: there is none.

    ``GET /live/past/entries?after=SEQ&from=&until=&limit=``: ``entries`` and ``points`` up to then, ``next`` to go on.

    ``GET /live/past/about?order=``: ``moments`` of an order, with ``seq``, ``at``, ``kind``, ``actor``, ``courier``.

    ``GET /live/past/day?day=``: orders ``placed`` and delivered ``late`` in each five minutes from ``start`` on.
    """

    def board() -> Mapping[str, Any] | None:
        by = require("see_past")
        if "seq" in request.args:
            then = past.beside(by, _whole("seq"), 1 if _whole("step") > 0 else -1)
        else:
            then = past.at(by, moment_in(request.args.get("at", ""), past.zone(by.coop)))
        return None if then is None else _snapshot(then, by)

    def entries() -> Mapping[str, Any]:
        by = require("see_past")
        zone, limit = past.zone(by.coop), min(MOST, _whole("limit", MOST))
        since, until = (moment_in(request.args.get(name, ""), zone) for name in ("from", "until"))
        found = past.following(by, _whole("after"), since, until, max(1, limit))
        return {"entries": [entry_to_wire(each) for each in found.entries], "points": _points(found.points),
                "next": found.next}  # fmt: skip

    def day() -> Mapping[str, Any]:
        by = require("see_past")
        found = past.day(by, _date(request.args.get("day", "")))
        return {"day": found.day.isoformat(), "start": to_wire(found.span.start), "end": to_wire(found.span.end),
                "since": to_wire(found.since), "placed": list(found.placed), "late": list(found.late)}  # fmt: skip

    def about() -> Mapping[str, Any]:
        by, order = require("see_past"), request.args.get("order", "")
        found, known = past.about(by, order), past.store.order(by.coop, order)
        return {"order": order, "ref": known.ref if known else order, "moments": [_moment(each) for each in found]}

    flask.add_url_rule("/live/past/about", "past_about", answering(about))
    flask.add_url_rule("/live/past", "past", answering(board))
    flask.add_url_rule("/live/past/entries", "past_entries", answering(entries))
    flask.add_url_rule("/live/past/day", "past_day", answering(day))


def moment_in(text: str, zone: ZoneInfo) -> datetime:
    """2026-11-29T12:30 on the co-op's clock, or an RFC 3339 time. Invalid: neither."""
    try:
        found = datetime.fromisoformat(text)
        return to_milliseconds(found if found.tzinfo else found.replace(tzinfo=zone))
    except (ValueError, OverflowError) as error:
        raise Invalid("{text} is no time: write it as 2026-11-29T12:30", text=text or "–", field="at") from error


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid("{text} is no day: write it as 2026-11-29", text=text or "–", field="day") from error


def _whole(name: str, usual: int = 0) -> int:
    text = request.args.get(name, str(usual))
    if not text.removeprefix("-").isdecimal() or len(text) > 16:
        raise Invalid("{text} is no whole number: write it as 5", text=text, field=name)
    return int(text)


def _snapshot(then: Then, by: Visitor) -> Mapping[str, Any]:
    board = then.board
    return {
        "coop": board.coop, "seq": board.seq, "at": to_wire(then.at), "orders": orders_seen(None, board),
        "couriers": couriers_seen(None, board), "restaurants": restaurants_seen(None, board),
        "alarms": alarms_seen(board), "closed_at": {order: to_wire(at) for order, at in board.closed_at.items()},
        "roster": [], "stale_since": None, "points": _points(then.points), "kept": then.kept,
        "visitor": {"name": by.name, "role": by.role},
    }  # fmt: skip


def _moment(entry: Entry) -> Mapping[str, Any]:
    courier = entry.data.get("changes", {}).get("courier")
    return {"seq": entry.seq, "at": to_wire(entry.at), "kind": entry.kind, "actor": entry.actor, "courier": courier}


def _points(points: Sequence[Point]) -> list[Mapping[str, Any]]:
    return [{"courier": each.courier, "at": to_wire(each.at), "lat": each.lat, "lon": each.lon} for each in points]
