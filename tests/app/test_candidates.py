"""Who could take an order, over HTTP."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.domain.times import to_wire
from tests.app.conftest import Desk
from tests.running import PATIENCE, until


def ride(desk: Desk, courier: str, lat: float, lon: float) -> None:
    """The courier's phone says where it is."""
    fix = {"courier": courier, "lat": lat, "lon": lon, "t": time.time()}
    coop = desk.application.feed._coop("acme")
    coop.hear_positions(json.dumps(fix).encode(), time.time())


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Léa at the door, Noé far away with a meal on board, Mia off shift, and an order that is soon due."""
    for courier in ("lea", "noe"):
        desk.courier(courier)
    desk.courier("mia", on_shift=False)
    aboard = desk.given("noe")
    desk.post(f"/orders/{aboard['id']}/picked-up")
    desk.application.feed.catch_up("acme")
    ride(desk, "lea", 60.1701, 24.9401)
    ride(desk, "noe", 60.1772, 24.9562)
    return desk


def roads_are_known(desk: Desk, order: str) -> bool:
    """Whether nothing is guessed any more; each asking gives the roads a moment to be learnt."""
    return not any(row["arrivals"] and row["arrivals"]["guessed"] for row in ask(desk, order))


def ask(desk: Desk, order: str) -> list[dict[str, Any]]:
    """The candidates."""
    desk.application.feed.catch_up("acme")
    answer = desk.get(f"/orders/{order}/candidates")
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json["candidates"]
    return rows


def test_everybody_is_named_with_what_it_would_mean(busy: Desk) -> None:
    """Whoever is nearest stands first with times on real roads, pay, work and fairness; who cannot, with the rule."""
    soon = to_wire(datetime.now(UTC) + timedelta(minutes=12))
    order = busy.placed(dropoff={"lat": 60.168, "lon": 24.95, "before": soon})
    until(lambda: roads_are_known(busy, order["id"]), PATIENCE, "the roads were never learnt")
    rows = ask(busy, order["id"])
    assert [row["courier"] for row in rows] == ["lea", "noe", "mia"]
    lea, noe, mia = rows
    assert (lea["standing"], mia["standing"], mia["why"]) == ("open", "impossible", "off")
    assert lea["arrivals"]["pickup_at"] < noe["arrivals"]["pickup_at"]
    assert lea["arrivals"]["detour_metres"] > 400
    assert lea["arrivals"]["guessed"] is False
    assert lea["arrivals"]["late_seconds"] == 0
    assert lea["pay"].keys() >= {"taker_cents", "coop_cents", "per_hour_cents"}
    assert lea["workload"]["level"] == "ok"
    assert mia["pay"] is None


def test_what_shares_the_pickup_counts_too(busy: Desk) -> None:
    """The way is that of all drop-offs: the detour for one of them is that for any other, and longer than alone."""
    end, doors = {"lat": 60.17, "lon": 24.94}, (24.95, 24.93)
    drafts = [{"pickup": end, "dropoff": {"lat": 60.168, "lon": lon}} for lon in doors]
    one, other = busy.post("/orders/together", {"orders": drafts}).json["orders"]
    alone = busy.placed(**drafts[0])

    def detour(order: dict[str, Any]) -> float:
        until(lambda: roads_are_known(busy, order["id"]), PATIENCE, "the roads were never learnt")
        found: float = next(
            row["arrivals"]["detour_metres"] for row in ask(busy, order["id"]) if row["courier"] == "lea"
        )
        return found

    assert detour(one) == detour(other) > detour(alone)


def test_what_is_on_a_bicycle_is_fetched_there(busy: Desk) -> None:
    """An order that Noé has on board is for Léa a way to him first, and then to the customer."""
    aboard = busy.get("/orders?courier=noe").json["orders"][0]
    lea = next(row for row in ask(busy, aboard["id"]) if row["courier"] == "lea")
    assert lea["arrivals"]["pickup_at"] is not None
    assert lea["arrivals"]["detour_metres"] > 1200


def test_without_a_position_there_are_no_times(busy: Desk) -> None:
    """A courier whose phone is silent is named with pay and work, and without arrival times."""
    busy.courier("ida")
    row = next(row for row in ask(busy, busy.placed()["id"]) if row["courier"] == "ida")
    assert row["arrivals"] is None
    assert row["pay"] is not None


def test_what_is_closed_has_no_candidates(busy: Desk) -> None:
    """A cancelled order answers 409, an unknown one 404."""
    order = busy.placed()
    busy.post(f"/orders/{order['id']}/cancel")
    busy.application.feed.catch_up("acme")
    assert busy.get(f"/orders/{order['id']}/candidates").status_code == 409
    assert busy.get("/orders/nowhere/candidates").status_code == 404


def test_programs_are_told_the_arrivals_of_all(busy: Desk) -> None:
    """Of each order in somebody's hands the ends ahead, in order and none before now; null without a position."""
    busy.courier("ida")
    unseen = busy.given("ida")
    order = busy.given("lea")
    busy.application.feed.catch_up("acme")
    answer = busy.get("/arrivals")
    assert answer.status_code == 200, answer.text
    told, at = answer.json["orders"], answer.json["at"]
    assert told[unseen["id"]] is None
    lea = told[order["id"]]
    assert lea["pickup"]["here"] is True
    assert at < lea["dropoff"]["earliest"] <= lea["dropoff"]["expected"] <= lea["dropoff"]["latest"]
    (aboard,) = told.keys() - {order["id"], unseen["id"]}
    assert told[aboard].get("pickup") is None
