"""MDRP days, played through the public doors into a running desk: the intake stream, the HTTP API, positions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from redis import Redis

from live.replay.desk import Desk, DeskAway, NotAllowed
from live.replay.hours import Hours
from live.replay.instance import Instance
from live.replay.loader import load
from live.replay.play import Play
from live.replay.policy import POLICIES
from live.replay.sending import newest_entry
from live.replay.table import BadInstance

__all__ = ["POLICIES", "BadInstance", "DeskAway", "NotAllowed", "Outcome", "replay"]

TICK = 0.25
"""Seconds between two steps, on the real clock."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the day went; ``click_to_door`` is the mean of the delivered ones, in minutes of the day."""

    orders: int
    delivered: int
    click_to_door: float | None

    def __str__(self) -> str:
        mean = "" if self.click_to_door is None else f", {self.click_to_door:.1f} min from click to door on average"
        return f"{self.delivered} of {self.orders} orders delivered{mean}"


def replay(
    directory: Path, *, base_url: str, token: str, coop: str, redis: Redis, speed: float, policy: str | None = None,
    clock: Callable[[], datetime], sleep: Callable[[float], None], progress: Callable[[float], None] = lambda _: None,
) -> Outcome:  # fmt: skip
    """Play the instance in ``directory`` at ``speed`` into the desk at ``base_url``; returns when the day is over.

    ``token`` is a dispatcher's of ``coop``. ``policy`` (one of POLICIES) hands orders out; without it whoever is at
    the desk does. ``progress`` is told the share of the day that is behind. Raises BadInstance, DeskAway (the desk or
    the worker does not answer at the beginning), NotAllowed, RedisError. Shifts are ended, however it ends.
    """
    instance, desk = load(directory), Desk(base_url, token)
    try:
        seq = newest_entry(redis, coop, clock)
        _hire(instance, desk)
        hours = Hours(clock(), instance.first_minute, speed)
        play = Play(instance, desk, redis, coop, hours, seq=seq, hand_out=policy == "nearest")
        try:
            while not play.is_over:
                play.step(clock())
                progress(play.share)
                sleep(TICK)
            progress(1.0)
        finally:
            play.send_home()
    finally:
        desk.close()
    return _outcome(instance, play)


def _hire(instance: Instance, desk: Desk) -> None:
    known = {courier["id"] for courier in desk.get("/couriers")["couriers"]}
    for courier in instance.couriers:
        if courier not in known:
            desk.post("/couriers", {"id": courier, "name": f"Courier {courier}"})


def _outcome(instance: Instance, play: Play) -> Outcome:
    waits = [minute - meal.placement_time for meal, minute in play.delivered_at.items()]
    return Outcome(len(instance.orders), len(waits), sum(waits) / len(waits) if waits else None)
