"""What a list of candidates costs on real roads: 40 couriers who ride, 60 open orders, one call after the other."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from dashboard.access import digest
from dashboard.app import Application, create_app
from dashboard.domain.ground import METRES_PER_DEGREE
from dashboard.ports import Coop, Token
from dashboard.settings import Settings
from dashboard.store import migrate
from live.city.build import default_pack

COOP, SECRET = "bench", "a token that only the bench knows"
NOBODY = "redis://127.0.0.1:1/0"
COURIERS, ORDERS, GIVEN = 40, 60, 45
STEP = 9.0 / METRES_PER_DEGREE
"""Two seconds' ride, in degrees: so much later is the next question."""
HEADERS = {"Authorization": f"Bearer {SECRET}"}
Row = dict[str, Any]


def candidates(runs: int = 5, home: Path | None = None) -> list[Row]:
    """Milliseconds of `GET /orders/{id}/candidates`, of a process that has just started, and later."""
    cold: list[float] = []
    warm: list[float] = []
    for run in range(runs):
        with TemporaryDirectory(prefix="roulement-bench-") as folder:
            desk = Town(Path(folder), home, Random(run))
            cold += desk.ask(1)
            desk.ask(1)
            warm += desk.ask(3)
            desk.application.stop()
    return [{"state": name, "calls": len(took), **_figures(took)} for name, took in (("cold", cold), ("warm", warm))]


def _figures(took: list[float]) -> Row:
    ordered = sorted(took)
    return {"p50_ms": round(median(ordered), 1), "p95_ms": round(ordered[len(ordered) * 95 // 100], 1),
            "max_ms": round(ordered[-1], 1)}  # fmt: skip


class Town:
    """A desk in this process, with couriers on the road and orders open."""

    def __init__(self, folder: Path, home: Path | None, dice: Random) -> None:
        settings = Settings(home=folder, redis_url=NOBODY, secret_key="sixteen characters and more")
        (home or folder).mkdir(exist_ok=True)
        if home is not None:
            (folder / "cities").symlink_to(home / "cities")
        self._pack, self._dice = default_pack(folder), dice
        migrate(settings.database)
        self.application: Application = create_app(settings, async_mode="threading")
        store = self.application.store
        store.add_coop(Coop(COOP, "Bench"))
        store.add_token(Token("one", COOP, "dispatcher", digest(SECRET), "Ana"))
        self._client = self.application.flask.test_client()
        self._couriers = [f"c{n}" for n in range(COURIERS)]
        for courier in self._couriers:
            self._post("/couriers", {"id": courier, "name": courier.title()})
            self._post(f"/couriers/{courier}/shift", {"action": "start"})
        self._places = {courier: self._somewhere() for courier in self._couriers}
        self._orders = [self._placed() for _ in range(ORDERS)]
        for number, order in enumerate(self._orders[:GIVEN]):
            self._post(f"/orders/{order}/accept")
            self._post(f"/orders/{order}/assign", {"courier": self._couriers[number % 30], "expected_version": 2})
        self.application.feed.catch_up(COOP)

    def ask(self, rounds: int, *, is_open: bool = True) -> list[float]:
        """Each waiting order once a round, everybody having moved on meanwhile; milliseconds of each."""
        took = []
        for _ in range(rounds):
            for order in self._orders[GIVEN:]:
                self._ride()
                if is_open:
                    self.ahead.step()
                begun = time.perf_counter()
                answer = self._client.get(f"/api/v1/orders/{order}/candidates", headers=HEADERS)
                took.append(1000 * (time.perf_counter() - begun))
                assert answer.status_code == 200, answer.text
                self.last = answer.json
        return took

    def _ride(self) -> None:
        for courier, (lon, lat) in self._places.items():
            self._places[courier] = lon + self._dice.uniform(-2, 2) * STEP, lat + self._dice.uniform(-1, 1) * STEP
        fixes = [{"courier": one, "lat": lat, "lon": lon, "t": time.time()} for one, (lon, lat) in self._places.items()]
        self.application.feed._coop(COOP).hear_positions(json.dumps(fixes).encode(), time.time())

    def _somewhere(self) -> tuple[float, float]:
        place = self._dice.choice(self._pack.restaurants)
        return place.lon, place.lat

    def _placed(self) -> str:
        eat, door = self._dice.choice(self._pack.restaurants[:80]), self._dice.choice(self._pack.doors)
        before = (datetime.now(UTC) + timedelta(minutes=self._dice.randint(20, 60))).isoformat()
        order = self._post("/orders", {
            "kind": "meal", "restaurant": eat.id, "pickup": {"lat": eat.lat, "lon": eat.lon, "name": eat.name},
            "dropoff": {"lat": door.lat, "lon": door.lon, "address": door.address, "before": before},
        })  # fmt: skip
        return str(order["id"])

    def _post(self, path: str, document: Any = None) -> Any:
        answer = self._client.post(f"/api/v1{path}", json=document, headers=HEADERS)
        assert answer.status_code in (200, 201), answer.text
        return answer.json
