"""The way that couriers have come lately, for the map: read from what the co-op keeps, and noted as a look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, request

from dashboard.access import require
from dashboard.api.problems import answering
from dashboard.domain.board import Board
from dashboard.domain.couriers import Courier
from dashboard.domain.refusals import NotFound
from dashboard.looks import TRAIL, Looks
from dashboard.retention import Point, TraceBook

LASTS = timedelta(minutes=15)

type Step = tuple[float, float, float]
"""Longitude, latitude, epoch seconds."""


def register_trails(
    flask: Flask, board: Callable[[str], Board], traces: TraceBook, clock: Callable[[], datetime], looks: Looks
) -> None:
    """``GET /live/trails?courier=`` (all without one): ``{"trails": {courier: [[lon, lat, epoch s], …]}}``.

    Oldest first, the last 15 minutes of who can be located now, since their shift began. There is something in it only
    where the members have decided to keep traces; elsewhere positions are in no store, and a page has what it heard.
    """

    def found() -> Mapping[str, Any]:
        by = require("see_desk")
        now, couriers = clock(), board(by.coop).couriers
        wanted = request.args.get("courier")
        if wanted is not None and wanted not in couriers:
            raise NotFound("There is no courier {id}", id=wanted)
        looks.note(by, wanted, TRAIL)
        since = max(now - LASTS, by.sees_since(now) or now - LASTS)
        points = traces.between(by.coop, since, now) if wanted is None else traces.trace(by.coop, wanted, since, now)
        return {"trails": trails(points, couriers)}

    flask.add_url_rule("/live/trails", "trails", answering(found))


def trails(points: Iterable[Point], couriers: Mapping[str, Courier]) -> dict[str, Sequence[Step]]:
    """By courier; nothing of who cannot be located now, nor of a shift before this one."""
    found: dict[str, list[Step]] = {}
    for each in points:
        courier = couriers.get(each.courier)
        if courier is None or not courier.can_be_located:
            continue
        if courier.shift_started_at is None or each.at < courier.shift_started_at:
            continue
        found.setdefault(each.courier, []).append((each.lon, each.lat, each.at.timestamp()))
    return dict(found)
