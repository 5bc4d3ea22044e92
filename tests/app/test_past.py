"""The board of a past moment over HTTP: as it was, in slices, within what a role sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.domain.coop_settings import KIND, SUBJECT, TRACE
from dashboard.domain.events import Fact
from dashboard.domain.times import to_wire
from dashboard.ports import Coop
from dashboard.retention import Point
from tests.app.conftest import Desk, settings_for

NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
"""At noon in Helsinki."""
MINUTE = timedelta(minutes=1)


@dataclass
class Hour:
    """A desk whose clock is put forward by hand."""

    desk: Desk
    now: list[datetime] = field(default_factory=lambda: [NOON])

    def go_on(self, span: timedelta) -> None:
        self.now.append(self.now[-1] + span)

    def get(self, path: str, role: str = "dispatcher", scope: str | None = None, status: int = 200) -> Any:
        headers = {"Authorization": f"Bearer {self.desk.token(role, scope=scope)}"}
        answer = self.desk.flask.test_client().get(path, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json

    def at(self, moment: datetime, **more: Any) -> Any:
        return self.get(f"/live/past?at={to_wire(moment)}", **more)


@pytest.fixture
def hour(home: Path) -> Iterator[Hour]:
    """Léa is on shift at noon, has an order from 12:10 on, and delivers it too late at 12:30."""
    now: list[datetime] = [NOON]
    application = create_app(settings_for(home), clock=lambda: now[-1])
    application.store.add_coop(Coop("acme", "Acme"))
    hour = Hour(Desk(application, home), now)
    hour.desk.courier("lea")
    hour.go_on(10 * MINUTE)
    ends = {"pickup": {"lat": 60.17, "lon": 24.94},
            "dropoff": {"lat": 60.168, "lon": 24.95, "before": to_wire(NOON + 20 * MINUTE)}}  # fmt: skip
    order = hour.desk.given("lea", **ends)["id"]
    hour.go_on(20 * MINUTE)
    for step in ("picked-up", "delivered"):
        assert hour.desk.post(f"/orders/{order}/{step}").status_code == 200
    hour.go_on(30 * MINUTE)
    yield hour
    application.store.close()


def test_the_board_as_it_was(hour: Hour) -> None:
    """Before, while and after an order was in hand, in both ways to write a time; the co-op's clock is two hours on."""
    before, during = hour.at(NOON + 5 * MINUTE), hour.at(NOON + 29 * MINUTE)
    assert (before["orders"], before["couriers"][0]["shift"]) == ([], "on")
    assert [(one["state"], one["courier"]) for one in during["orders"]] == [("accepted", "lea")]
    after = hour.get("/live/past?at=2026-11-24T12:31")
    assert [one["state"] for one in after["orders"]] == ["delivered"]
    assert after["closed_at"] == {after["orders"][0]["id"]: to_wire(NOON + 30 * MINUTE)}
    assert hour.at(NOON + 59 * MINUTE)["orders"] == []  # closed more than a quarter of an hour before
    assert hour.at(NOON - MINUTE)["seq"] == 0


def test_orders_of_one_pickup_are_known_for_it(hour: Hour) -> None:
    """As long as they shared it, and no longer: on the board of a moment and in what follows it."""
    orders = [hour.desk.placed()["id"] for _ in range(2)]
    placed = hour.desk.application.store.head("acme").seq
    hour.go_on(MINUTE)
    assert hour.desk.post(f"/orders/{orders[1]}/attach", {"to": orders[0]}).status_code == 200
    shared, attached = hour.now[-1], hour.desk.application.store.head("acme").seq
    hour.go_on(MINUTE)
    assert hour.desk.post(f"/orders/{orders[1]}/detach", {}).status_code == 200

    def groups(moment: datetime) -> list[str | None]:
        return [one.get("group") for one in hour.at(moment)["orders"] if one["id"] in orders]

    assert groups(shared - MINUTE) == groups(hour.now[-1]) == [None, None]
    assert len(set(groups(shared))) == 1
    assert None not in groups(shared)
    asked = f"after={placed}&from={to_wire(shared - MINUTE)}&until={to_wire(shared)}"
    entries = hour.get(f"/live/past/entries?{asked}")["entries"]
    assert len(entries) == attached - placed
    assert all(one["data"]["changes"]["group"] for one in entries)


def test_what_follows_comes_in_slices(hour: Hour) -> None:
    """From a board on, the entries up to a moment lead to the board of that moment; a slice says where to go on."""
    head = hour.desk.application.store.head("acme").seq
    span = f"from={to_wire(NOON)}&until={to_wire(NOON + 29 * MINUTE)}"
    whole = hour.get(f"/live/past/entries?after=0&{span}")
    assert [entry["kind"] for entry in whole["entries"]][-1] == "order.assigned"
    assert whole["next"] is None
    part = hour.get(f"/live/past/entries?after=0&limit=2&{span}")
    assert (len(part["entries"]), part["next"]) == (2, 2)
    rest = hour.get(f"/live/past/entries?after=2&from={to_wire(NOON)}&until={to_wire(NOON + 59 * MINUTE)}")
    assert [entry["seq"] for entry in rest["entries"]] == list(range(3, head + 1))


def test_from_change_to_change(hour: Hour) -> None:
    """Forwards and back, one change at a time, with the moment of each; null at either end."""
    head = hour.desk.application.store.head("acme").seq
    last = hour.get(f"/live/past?seq={head + 1}&step=-1")
    assert (last["seq"], last["at"]) == (head, to_wire(NOON + 30 * MINUTE))
    one_back = hour.get(f"/live/past?seq={head}&step=-1")
    assert [order["state"] for order in one_back["orders"]] == ["picked_up"]
    assert hour.get(f"/live/past?seq={one_back['seq']}&step=1")["seq"] == head
    assert hour.get(f"/live/past?seq={head}&step=1") is None
    assert hour.get("/live/past?seq=1&step=-1") is None


def test_a_day_in_a_strip(hour: Hour) -> None:
    """Each five minutes of the co-op's day say how many orders were placed and how many were delivered late."""
    day = hour.get("/live/past/day?day=2026-11-24", role="admin")
    assert day["start"] == "2026-11-23T22:00:00.000Z"
    assert (len(day["placed"]), sum(day["placed"]), sum(day["late"])) == (288, 1, 1)
    assert (day["placed"][12 * 12 + 2], day["late"][12 * 12 + 6]) == (1, 1)


def test_how_far_back(hour: Hour) -> None:
    """A dispatcher sees a day back, in boards, slices and strips; an administrator everything."""
    hour.go_on(timedelta(hours=23, minutes=30))
    early, late = NOON + 5 * MINUTE, NOON + 31 * MINUTE
    assert hour.at(early, status=403)["type"].endswith("too-long-ago")
    assert hour.at(late)["orders"]
    assert hour.at(early, role="admin")["couriers"]
    span = f"from={to_wire(late)}&until={to_wire(late + MINUTE)}"
    assert hour.get(f"/live/past/entries?after=0&{span}", status=403)
    assert hour.get("/live/past/day?day=2026-11-23", status=403)
    assert sum(hour.get("/live/past/day?day=2026-11-24")["placed"]) == 0
    assert sum(hour.get("/live/past/day?day=2026-11-24", role="admin")["placed"]) == 1


@pytest.mark.parametrize(("role", "scope"), [("courier", "lea"), ("restaurant", "toscana"), ("member", None)])
def test_the_past_is_the_desks(hour: Hour, role: str, scope: str | None) -> None:
    """Nobody else looks at boards of the past: they hold other people's customers."""
    for path in (f"/live/past?at={to_wire(NOON)}", "/live/past/entries?after=0", "/live/past/day?day=2026-11-24"):
        hour.get(path, role=role, scope=scope, status=403)


def test_positions_as_long_as_they_are_kept(hour: Hour) -> None:
    """None where the co-op keeps none; else the newest of each courier, and those of a slice, and the look is noted."""
    store = hour.desk.application.store
    traces = store.traces(Point)
    traces.add("acme", [Point("lea", NOON + n * MINUTE, 60.17, 24.94 + n / 1000) for n in (10, 11, 12)])
    moment = NOON + 11 * MINUTE
    assert (hour.at(moment)["kept"], hour.at(moment)["points"]) == (False, [])
    assert store.looks("acme", ("*",)) == ()
    kept = Fact(KIND, SUBJECT, 0, {"setting": TRACE, "value": 1, "since": date(2026, 11, 1).isoformat()})
    hour.desk.application.dispatch.note("acme", kept, by="admin", at=hour.now[-1])
    now = hour.at(moment)
    assert now["kept"]
    assert [(one["courier"], one["lon"]) for one in now["points"]] == [("lea", 24.951)]
    span = f"from={to_wire(moment)}&until={to_wire(moment + MINUTE)}"
    assert len(hour.get(f"/live/past/entries?after={now['seq']}&{span}")["points"]) == 2
    assert [(look.by, look.what) for look in store.looks("acme", ("*",))] == [("dispatcher of acme", "past")]
    hour.go_on(timedelta(hours=30))
    assert not hour.at(moment, role="admin")["kept"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?at=noon", "2026-11-29T12:30"),
        ("?at=2027-01-01T12:00", "still to come"),
        ("?seq=x&step=1", "whole number"),
        ("/day?day=today", "2026-11-29"),
        ("/entries?after=0", "2026-11-29T12:30"),
    ],
)
def test_what_is_wrong_is_said(hour: Hour, query: str, says: str) -> None:
    """A time that is none, or lies ahead, is refused with how to write it."""
    assert says in hour.get(f"/live/past{query}", status=422)["detail"]
