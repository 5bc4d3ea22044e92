"""What goes on at a desk while it is hurt: orders handed from one courier to the other, couriers riding."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Any

from redis.exceptions import RedisError

from dashboard.domain.events import Entry, entry_to_wire
from tests.running import COOP, Desk, until
from tests.viewer import WatchingViewer


class Busy:
    """Does something again and again in a thread of its own, until the end of the ``with`` block."""

    def __init__(self, step: Callable[[], None], every: float) -> None:
        self._step, self._every = step, every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self.failure: BaseException | None = None

    def __enter__(self) -> Busy:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join(timeout=20)
        if self.failure:
            raise self.failure

    def _work(self) -> None:
        try:
            while not self._stopped.wait(self._every):
                self._step()
        except BaseException as failure:  # raised again where the block ends
            self.failure = failure


class HandOvers:
    """An order that goes back and forth between two couriers; ``acknowledged`` is every answer 200 that came."""

    def __init__(self, desk: Desk, port: int | None = None) -> None:
        self._desk, self._port = desk, port
        self._order = desk.place()
        self.acknowledged: list[tuple[str, int, str]] = []

    def busily(self, every: float = 0.05) -> Busy:
        """Hand over again and again."""
        return Busy(self.hand_over, every)

    def hand_over(self) -> None:
        """Once; a desk that does not answer is asked again next time."""
        to = "c1" if self._order["courier"] == "c0" else "c0"
        wish = {"courier": to, "expected_version": self._order["version"]}
        try:
            status, answer = self._desk.call("POST", f"/orders/{self._order['id']}/assign", wish, port=self._port)
        except OSError:
            return
        if status == 200:
            self.acknowledged.append((answer["id"], answer["version"], answer["courier"]))
            self._order = answer
        else:  # a hand-over whose answer was lost did happen
            self._order = self._desk.call("GET", f"/orders/{self._order['id']}", port=self._port)[1]


class Riding:
    """Couriers who send fixes straight to Redis, ``at_once`` of them at a time; ``padding`` makes messages large."""

    def __init__(self, desk: Desk, couriers: int, at_once: int = 2, padding: int = 0) -> None:
        self._redis = desk.redis.client()
        self._turns = cycle([range(first, first + at_once) for first in range(0, couriers, at_once)])
        self._padding = "x" * padding

    def busily(self, every: float = 0.1) -> Busy:
        """Ride on and on."""
        return Busy(self.ride, every)

    def ride(self) -> None:
        """A fix of those whose turn it is; what Redis does not take is lost, as with any phone."""
        now = time.time()
        fixes = [
            {"courier": f"c{number}", "lat": 60.17, "lon": 24.94 + now % 60 / 1e4, "t": now, "note": self._padding}
            for number in next(self._turns)
        ]
        try:
            self._redis.publish(f"positions:{{{COOP}}}", json.dumps(fixes))
        except (RedisError, OSError):
            return


def journal(desk: Desk) -> Sequence[Entry]:
    """All of it."""
    entries: list[Entry] = []
    while more := desk.store.entries(COOP, after=len(entries)):
        entries += more
    return entries


def lost(desk: Desk, hand_overs: HandOvers) -> list[tuple[str, int, str]]:
    """The acknowledged hand-overs that the journal does not have."""
    kept = {(entry.subject, entry.version, entry.data["changes"].get("courier")) for entry in journal(desk)}
    return [each for each in hand_overs.acknowledged if each not in kept]


def wait_until_all_know(desk: Desk, viewers: Sequence[WatchingViewer], patience: float) -> float:
    """Until every viewer has the newest entry and says that it is up to date; how long that took (s)."""

    def all_know() -> bool:
        head = desk.store.head(COOP).seq
        return all(viewer.seq >= head and not viewer.is_stale() for viewer in viewers)

    return until(all_know, patience, f"not right again: {[(v.seq, v.is_stale(), v.heartbeat) for v in viewers]}")


def difference(desk: Desk, viewer: WatchingViewer) -> list[Any]:
    """What the viewer saw that the journal has not, or the other way round, since its first snapshot; in order."""
    assert viewer.first is not None
    happened = [entry_to_wire(entry) for entry in journal(desk)[viewer.first["seq"] :]]
    if viewer.entries == happened:
        return []
    return [pair for pair in zip(viewer.entries, happened, strict=False) if pair[0] != pair[1]] or [
        len(viewer.entries), len(happened),
    ]  # fmt: skip
