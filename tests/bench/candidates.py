"""What a list of candidates costs on real roads: 40 couriers who ride, 60 open orders, asked of a running desk."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from dashboard.domain.ground import METRES_PER_DEGREE
from live.city.build import default_pack
from live.city.pack import CityPack
from tests.bench.desk import server_pids
from tests.bench.measure import cpu_seconds
from tests.running import COOP, Desk, until
from tests.viewer import WatchingViewer

COURIERS, ORDERS, GIVEN = 40, 60, 45
PACE = 4.5 / METRES_PER_DEGREE
"""Degrees of latitude that somebody rides in a second."""
GLANCE = 0.7
"""Seconds between two questions: somebody who looks from order to order."""
Row = dict[str, Any]


def candidates(runs: int = 5) -> list[Row]:
    """Each waiting order once in a process that knows no way, then ``runs`` times while the desk is open."""
    with on_the_road(COURIERS, ORDERS, GIVEN) as (desk, waiting):
        cold = _row("cold", desk, waiting)
        viewer = WatchingViewer(desk.url(), desk.token).start()
        until(lambda: not _guesses(desk, waiting), 60, "the roads were not learnt")
        warm = _row("warm", desk, waiting * runs)
        viewer.stop()
    return [cold, warm]


@contextmanager
def on_the_road(couriers: int, orders: int, given: int) -> Iterator[tuple[Desk, list[str]]]:
    """A running desk in Helsinki, everybody riding; with the orders that wait, all but the ``given`` ones."""
    with TemporaryDirectory(prefix="roulement-bench-") as folder:
        home = Path(folder)
        pack, dice = default_pack(home), Random(1)
        desk = Desk(home, couriers=couriers)
        try:
            desk.start()
            waiting = _orders(desk, pack, dice, orders, given)
            with _riding(desk, pack, dice, couriers):
                yield desk, waiting
        finally:
            desk.stop()


def _row(state: str, desk: Desk, orders: list[str]) -> Row:
    """Milliseconds of each call over HTTP, those of the web process's CPU, and the share of guessed rows."""
    took, guessed, rows = [], 0, 0
    web = server_pids(desk)
    for order in orders:
        time.sleep(GLANCE)
        begun = time.perf_counter()
        answer = _ask(desk, order)
        took.append(1000 * (time.perf_counter() - begun))
        guessed += sum(one["arrivals"]["guessed"] for one in answer if one["arrivals"])
        rows += len(answer)
    before, begun = cpu_seconds(web), time.monotonic()
    for order in orders[:15]:
        _ask(desk, order)
    spent = 1000 * (cpu_seconds(web) - before) / min(15, len(orders))
    ordered = sorted(took)
    return {"state": state, "calls": len(took), "p50_ms": round(median(ordered), 1),
            "p95_ms": round(ordered[len(ordered) * 95 // 100], 1), "max_ms": round(ordered[-1], 1),
            "cpu_ms": round(spent, 1), "guessed": round(guessed / rows, 3)}  # fmt: skip


def _ask(desk: Desk, order: str) -> list[Row]:
    status, answer = desk.call("GET", f"/orders/{order}/candidates")
    assert status == 200, answer
    found: list[Row] = answer["candidates"]
    return found


def _guesses(desk: Desk, orders: list[str]) -> bool:
    return any(one["arrivals"] and one["arrivals"]["guessed"] for order in orders for one in _ask(desk, order))


@contextmanager
def _riding(desk: Desk, pack: CityPack, dice: Random, couriers: int) -> Iterator[None]:
    """Everybody on the road, a fix a second."""
    places = {f"c{n}": (eat.lon, eat.lat) for n, eat in enumerate(dice.sample(pack.restaurants, couriers))}
    redis, ended = desk.redis.client(), threading.Event()

    def ride() -> None:
        while not ended.wait(1.0):
            for one, (lon, lat) in places.items():
                places[one] = lon + dice.choice((-2, 2)) * PACE * 0.7, lat + dice.choice((-1, 1)) * PACE * 0.7
            fixes = [{"courier": one, "lat": lat, "lon": lon, "t": time.time()} for one, (lon, lat) in places.items()]
            redis.publish(f"positions:{{{COOP}}}", json.dumps(fixes))

    thread = threading.Thread(target=ride, daemon=True)
    thread.start()
    time.sleep(2.5)
    yield
    ended.set()
    thread.join()


def _orders(desk: Desk, pack: CityPack, dice: Random, orders: int, given: int) -> list[str]:
    """So many orders of eighty restaurants, the first ``given`` of them with couriers; those that wait."""
    placed = []
    for number in range(orders):
        eat, door = dice.choice(pack.restaurants[:80]), dice.choice(pack.doors)
        before = (datetime.now(UTC) + timedelta(minutes=dice.randint(20, 60))).isoformat()
        order = desk.place(
            kind="meal", restaurant=eat.id, pickup={"lat": eat.lat, "lon": eat.lon, "name": eat.name},
            dropoff={"lat": door.lat, "lon": door.lon, "address": door.address, "before": before},
        )["id"]  # fmt: skip
        if number < given:
            desk.call("POST", f"/orders/{order}/accept")
            status, answer = desk.call(
                "POST", f"/orders/{order}/assign", {"courier": f"c{number % 30}", "expected_version": 2}
            )
            assert status == 200, answer
        placed.append(str(order))
    return placed[given:]
