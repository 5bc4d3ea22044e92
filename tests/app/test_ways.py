"""The way that lies ahead, for the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from dashboard.access import identify_by
from dashboard.api.ways import register_ways
from dashboard.app import now
from dashboard.domain.ground import DETOUR, Point, metres_between
from dashboard.domain.vehicles import BICYCLE
from dashboard.http import new_flask
from dashboard.looks import Looks
from dashboard.ports import Look, Matrix, Route
from live.city.build import default_pack
from live.routes import CityRouter
from tests.app.conftest import Desk

HERE = (24.9402, 60.1701)
PICKUP, DROPOFF = (24.94, 60.17), (24.95, 60.168)


class Nobody:
    """A book in which nothing is kept."""

    def add_look(self, look: Look, hour: datetime, keep_since: datetime) -> None: ...

    def looks(self, coop: str, couriers: tuple[str, ...]) -> Sequence[Look]:
        return ()


@dataclass
class Straight:
    """A router that remembers what it was asked."""

    asked: list[tuple[Point, ...]] = field(default_factory=list)
    knows: bool = True

    def route(self, coop: str, points: Sequence[Point], vehicle: str = BICYCLE) -> Route | None:
        self.asked.append(tuple(points))
        return Route(tuple(points), 100.0, 20.0) if self.knows else None

    def times(self, coop: str, sources: Sequence[Point], targets: Sequence[Point], vehicle: str = BICYCLE) -> Matrix:
        raise AssertionError("the map asks for no times")


@pytest.fixture
def ways(desk: Desk) -> tuple[Desk, Flask, Straight]:
    """The call alone, on a board read from the record, with Léa at HERE."""
    store, router = desk.application.store, Straight()
    flask = new_flask("secret", identify_by(store))

    def where(coop: str, courier: str) -> tuple[float, float] | None:
        return HERE if (coop, courier) == ("acme", "lea") else None

    register_ways(flask, lambda coop: store.board(coop, now()), where, router, Looks(Nobody(), now))
    return desk, flask, router


def ask(ways: tuple[Desk, Flask, Straight], query: str, token: str | None = "") -> Any:
    desk, flask, _ = ways
    secret = desk.token() if token == "" else token
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return flask.test_client().get(f"/live/route?{query}", headers=headers)


def test_the_way_of_an_order(ways: tuple[Desk, Flask, Straight]) -> None:
    """Waiting: pickup to drop-off. Given: from the courier on. Picked up: from the courier to the drop-off."""
    desk, _, router = ways
    desk.courier("lea")
    waiting, given = desk.placed(), desk.given("lea")
    answer = ask(ways, f"order={waiting['id']}")
    assert answer.json == {
        "points": [list(PICKUP), list(DROPOFF)], "metres": 100.0, "seconds": 20.0, "guessed": False,
        "ascent_metres": None,
    }  # fmt: skip
    ask(ways, f"order={given['id']}")
    desk.post(f"/orders/{given['id']}/picked-up")
    ask(ways, f"order={given['id']}")
    assert router.asked == [(PICKUP, DROPOFF), (HERE, PICKUP, DROPOFF), (HERE, DROPOFF)]


def test_the_way_of_a_courier(ways: tuple[Desk, Flask, Straight]) -> None:
    """From where they are over all pickups that lie ahead to all drop-offs; nothing to do is no way at all."""
    desk, _, router = ways
    desk.courier("lea")
    assert ask(ways, "courier=lea").json["points"] == []
    desk.post(f"/orders/{desk.given('lea')['id']}/picked-up")
    desk.given("lea")
    ask(ways, "courier=lea")
    assert router.asked == [(HERE, PICKUP, DROPOFF, DROPOFF)]


def test_a_way_that_nobody_knows_is_a_guess(ways: tuple[Desk, Flask, Straight]) -> None:
    """Where there is no road it is drawn as the crow flies, a third longer, and says so."""
    desk, _, router = ways
    router.knows = False
    found = ask(ways, f"order={desk.placed()['id']}").json
    assert found["guessed"] is True
    assert found["points"] == [list(PICKUP), list(DROPOFF)]
    assert found["metres"] == pytest.approx(DETOUR * metres_between(PICKUP, DROPOFF))


def test_whose_way_is_whose_business(ways: tuple[Desk, Flask, Straight]) -> None:
    """401 for nobody, 403 for a restaurant, 404 for what is another's or nowhere, 422 for no question at all."""
    desk, _, _ = ways
    for courier in ("lea", "max"):
        desk.courier(courier)
    order, lea = desk.given("max")["id"], desk.token("courier", scope="lea")
    assert ask(ways, "courier=max", None).status_code == 401
    assert ask(ways, "courier=max", desk.token("restaurant", scope="kirja")).status_code == 403
    assert ask(ways, "courier=lea", lea).status_code == 200
    assert ask(ways, "courier=max", lea).status_code == 404
    assert ask(ways, f"order={order}", lea).status_code == 404
    assert ask(ways, "courier=lea", desk.token(coop="other")).status_code == 404
    assert ask(ways, "order=none").status_code == 404
    assert ask(ways, "").status_code == 422


def test_the_way_goes_along_the_streets(desk: Desk, cities: Path) -> None:
    """In the default city it is longer than the crow flies, and at bicycle speed."""
    router = CityRouter(lambda _: default_pack(cities.parent))
    found = router.route("acme", [PICKUP, DROPOFF])
    assert found is not None
    assert 590 < found.metres < 1500
    assert 2 < found.metres / found.seconds < 8
    assert len(found.points) > 5
