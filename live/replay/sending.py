"""What the replay sends by Redis: orders to the intake, positions to the screens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec
from redis import Redis

from dashboard.domain.times import to_wire
from live import channels
from live.fixes import Fix
from live.replay.desk import DeskAway
from live.replay.hours import Hours
from live.replay.instance import Instance, Meal, Spot
from live.replay.origin import on_map

PATIENCE = timedelta(seconds=5)
"""The worker says its heartbeat each second."""


class Heartbeat(msgspec.Struct):
    """What the worker says each second; entries have no such field."""

    heartbeat: int


def order_document(instance: Instance, meal: Meal, hours: Hours) -> dict[str, Any]:
    """The order as the contract writes it. Its times are the clock's, so that they fit the speed of the replay."""
    wanted = meal.placement_time + instance.rules.target_click_to_door
    return {
        "ref": meal.id, "kind": "meal", "restaurant": meal.restaurant,
        "pickup": {**_place(instance.restaurants[meal.restaurant].spot), "name": f"Restaurant {meal.restaurant}"},
        "dropoff": {
            **_place(meal.spot), "name": f"Customer of {meal.id}", "before": to_wire(hours.moment(wanted)),
        },
        "placed_at": to_wire(hours.moment(meal.placement_time)), "ready_at": to_wire(hours.moment(meal.ready_time)),
    }  # fmt: skip


def send_order(redis: Redis, coop: str, document: dict[str, Any]) -> None:
    """Into the stream: acknowledged there by the worker once it is committed."""
    redis.xadd(channels.intake(coop), {"order": json.dumps(document)})


def send_positions(redis: Redis, coop: str, where: Iterable[tuple[str, Spot]], t: float) -> None:
    """Where couriers are at epoch seconds ``t``, in one message: a thousand of them have 90 kB."""
    fixes = [_fix(courier, spot, t) for courier, spot in where]
    if fixes:
        redis.publish(channels.positions(coop), msgspec.json.encode(fixes))


def newest_entry(redis: Redis, coop: str, clock: Callable[[], datetime]) -> int:
    """The newest seq of the co-op's journal, from the worker's heartbeat; DeskAway when none is heard."""
    until = clock() + PATIENCE
    with redis.pubsub(ignore_subscribe_messages=True) as heard:  # type: ignore[no-untyped-call]
        heard.subscribe(channels.journal(coop))
        while clock() < until:
            message = heard.get_message(timeout=0.5)
            seq = _heartbeat(message["data"]) if message else None
            if seq is not None:
                return seq
    raise DeskAway(f"No heartbeat for {coop}: start `roulement worker`, with the same Redis")


def _heartbeat(message: bytes) -> int | None:
    try:
        return msgspec.json.decode(message, type=Heartbeat).heartbeat
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _fix(courier: str, spot: Spot, t: float) -> Fix:
    lon, lat = on_map(spot)
    return Fix(courier, lat, lon, t)


def _place(spot: Spot) -> dict[str, float]:
    lon, lat = on_map(spot)
    return {"lat": round(lat, 6), "lon": round(lon, 6)}
