"""Plans over HTTP: proposed, carried out with lines struck out, discarded; and what is refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dashboard.app import now
from dashboard.domain.ground import Point
from tests.app.conftest import Desk

NORTH = {"pickup": {"lat": 60.175, "lon": 24.94}, "dropoff": {"lat": 60.177, "lon": 24.945}}
SOUTH = {"pickup": {"lat": 60.166, "lon": 24.94}, "dropoff": {"lat": 60.167, "lon": 24.945}}
SPOTS: Mapping[str, Point] = {"lea": (24.94, 60.175), "noe": (24.94, 60.166)}


@pytest.fixture
def planning(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Léa in the north and Noé in the south, where they were last seen."""
    planner = desk.application.planner
    monkeypatch.setattr(planner, "_where", lambda _, courier: SPOTS[courier])
    monkeypatch.setattr(planner, "_board", lambda coop: desk.application.store.board(coop, now()))
    for courier in SPOTS:
        desk.courier(courier)
    return desk


def test_a_plan_is_proposed_and_carried_out(planning: Desk) -> None:
    """Each order to who is near; a struck line stays as it was, the other is given in its version."""
    north, south = planning.placed(**NORTH)["id"], planning.placed(**SOUTH)["id"]
    made = planning.post("/plans")
    assert made.status_code == 201
    assert {line["order"]: line["taker"] for line in made.json["lines"]} == {north: "lea", south: "noe"}
    assert [stop["end"] for stop in made.json["rounds"][0]["stops"]] == ["pickup", "dropoff"]
    done = planning.post(f"/plans/{made.json['id']}/commit", {"struck": [south]}).json
    assert done["complete"]
    assert {line["order"]: (line["outcome"], line["version"]) for line in done["lines"]} == {
        north: ("given", 2), south: ("struck", None),
    }  # fmt: skip
    assert planning.get(f"/orders/{south}").json["courier"] is None
    assert planning.post(f"/plans/{made.json['id']}/commit").status_code == 404


def test_a_half_failure_is_not_called_complete(planning: Desk) -> None:
    """A line that a colleague was quicker with comes back with the problem that names him."""
    north, south = planning.placed(**NORTH)["id"], planning.placed(**SOUTH)["id"]
    plan = planning.post("/plans").json["id"]
    planning.post(f"/orders/{north}/assign", {"courier": "noe", "expected_version": 1})
    done = planning.post(f"/plans/{plan}/commit").json
    assert not done["complete"]
    assert {line["order"]: line["outcome"] for line in done["lines"]} == {north: "refused", south: "given"}
    (problem,) = (line["problem"] for line in done["lines"] if line["problem"])
    assert (problem["status"], problem["type"]) == (409, "urn:roulement:problem:conflict")


def test_discarded_it_leaves_nothing(planning: Desk) -> None:
    """No entry is written, and the plan is not there any more."""
    planning.placed(**NORTH)
    before = planning.get("/journal").json
    plan = planning.post("/plans").json["id"]
    assert planning.call("DELETE", f"/plans/{plan}").json == {"discarded": plan}
    assert planning.call("DELETE", f"/plans/{plan}").status_code == 404
    assert planning.get("/journal").json == before


def test_the_order_of_stops(planning: Desk) -> None:
    """Read with its best order and version, set against that version, and shown with the courier."""
    order = planning.given("lea", **NORTH)["id"]
    found = planning.get("/couriers/lea/stops").json
    assert found["stops"] == found["best"]
    assert found["gain_seconds"] == 0
    stops = [{"order": order, "end": end} for end in ("pickup", "dropoff")]
    after = planning.post("/couriers/lea/stops", {"stops": stops, "expected_version": found["version"]})
    assert after.json["stops"] == stops
    again = planning.post("/couriers/lea/stops", {"stops": [], "expected_version": found["version"]})
    assert (again.status_code, again.json["courier"]["stops"]) == (409, stops)
    assert planning.post("/couriers/lea/stops", {"stops": stops[::-1]}).json["errors"][0]["field"] == "stops"
    assert planning.get("/couriers/noe/stops").status_code == 422
