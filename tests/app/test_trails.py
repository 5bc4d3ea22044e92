"""The way that couriers have come lately: what the map is told of it, and of whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask

from dashboard.access import identify_by
from dashboard.api.trails import register_trails
from dashboard.app import now
from dashboard.http import new_flask
from dashboard.looks import Looks
from dashboard.ports import Look
from dashboard.retention import Point
from tests.app.conftest import Desk


@dataclass
class Book:
    """Looks, as they were noted."""

    noted: list[Look] = field(default_factory=list)

    def add_look(self, look: Look, hour: datetime, keep_since: datetime) -> None:
        self.noted.append(look)

    def looks(self, coop: str, couriers: tuple[str, ...]) -> Sequence[Look]:
        return ()


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def trails(desk: Desk, book: Book) -> Flask:
    """The call alone, on what this installation keeps."""
    store = desk.application.store
    flask = new_flask("secret", identify_by(store))
    register_trails(flask, lambda coop: store.board(coop, now()), store.traces(Point), now, Looks(book, now))
    return flask


def rode(desk: Desk, courier: str, *seconds_ago: float) -> None:
    """Points that the co-op keeps, each farther to the east."""
    points = [Point(courier, now() - timedelta(seconds=ago), 60.17, 24.95 - ago / 1e5) for ago in seconds_ago]
    desk.application.store.traces(Point).add("acme", points)


def ask(desk: Desk, trails: Flask, query: str = "", token: str = "") -> tuple[int, dict[str, list[list[float]]]]:
    answer = trails.test_client().get(
        f"/live/trails{query}", headers={"Authorization": f"Bearer {token or desk.token()}"}
    )
    return answer.status_code, (answer.json or {}).get("trails", {}) if answer.is_json else {}


def test_a_quarter_of_an_hour_of_this_shift(desk: Desk, trails: Flask, book: Book) -> None:
    """Oldest first, nothing that is older than 15 minutes or than the shift; and it is kept that somebody looked."""
    desk.courier("lea")
    started = desk.application.store.board("acme", now()).couriers["lea"].shift_started_at
    assert started
    rode(desk, "lea", 0, -1)
    before = [Point("lea", started - timedelta(seconds=5), 60.17, 24.9)]
    desk.application.store.traces(Point).add("acme", before)
    status, found = ask(desk, trails, "?courier=lea")
    assert status == 200
    assert [lon for lon, _, _ in found["lea"]] == [24.95]
    assert [(look.courier, look.what) for look in book.noted] == [("lea", "trail")]


def test_nothing_of_who_is_off_shift(desk: Desk, trails: Flask, book: Book) -> None:
    """Whoever has left shift is in no answer, asked for by name or with all; a look at all is one at everybody."""
    for courier in ("lea", "max"):
        desk.courier(courier)
        rode(desk, courier, 0)
    desk.post("/couriers/lea/shift", {"action": "end"})
    assert ask(desk, trails, "?courier=lea") == (200, {})
    status, found = ask(desk, trails)
    assert (status, list(found)) == (200, ["max"])
    assert [look.courier for look in book.noted] == ["lea", "*"]


def test_whose_business_it_is(desk: Desk, trails: Flask) -> None:
    """The desk's alone; an unknown courier is a 404."""
    desk.courier("lea")
    assert ask(desk, trails, "?courier=nobody")[0] == 404
    assert ask(desk, trails, "?courier=lea", desk.token("courier", scope="lea"))[0] == 403
    assert ask(desk, trails, "", desk.token("restaurant", scope="kirja"))[0] == 403
