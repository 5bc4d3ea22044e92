"""One courier's list of stops, and the shift so far, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.exports.calendars import Planned
from tests.app.conftest import Desk


@pytest.fixture
def at_work(desk: Desk) -> Desk:
    """Léa with one order done, one on the bicycle and one to fetch."""
    desk.courier("lea")
    done, aboard = desk.given(), desk.given(weight_g=900)
    desk.given()
    for order, steps in ((done, ("picked-up", "delivered")), (aboard, ("picked-up",))):
        for step in steps:
            assert desk.post(f"/orders/{order['id']}/{step}").status_code == 200
    return desk


def live(desk: Desk, path: str, role: str = "dispatcher", scope: str | None = None) -> Any:
    """What the desk asks beside the API."""
    desk.application.feed.catch_up("acme")
    headers = {"Authorization": f"Bearer {desk.token(role, scope=scope)}"}
    return desk.flask.test_client().get(f"/live/{path}", headers=headers)


def ends_of(found: Any) -> list[tuple[str, str]]:
    """The stops in their order."""
    return [(one["order"], one["end"]) for one in found["stops"]]


def test_the_list_and_another_order_of_it(at_work: Desk) -> None:
    """Three stops lie ahead, with versions to decide against; asked for another order it answers with that one."""
    found = live(at_work, "stops?courier=lea").json
    ends = ends_of(found)
    assert (len(ends), found["stops"][0]["load"]["grams"], found["stops"][0]["arrival"]) == (3, 0, None)
    turned = [*ends[1:], ends[0]]
    asked = ",".join(f"{order}:{end}" for order, end in turned)
    assert [
        (one["order"], one["end"]) for one in live(at_work, f"stops?courier=lea&stops={asked}").json["stops"]
    ] == turned
    stops = [{"order": order, "end": end} for order, end in turned]
    body = {"stops": stops, "expected_version": found["version"]}
    assert at_work.post("/couriers/lea/stops", body).status_code == 200
    again = live(at_work, "stops?courier=lea").json
    assert (ends_of(again), again["decided"]) == (turned, True)
    assert at_work.post("/couriers/lea/stops", body).status_code == 409


def test_what_cannot_be_is_said(at_work: Desk) -> None:
    """A drop-off before its pickup, a courier that nobody knows, and somebody who does not sit at the desk."""
    ends = ends_of(live(at_work, "stops?courier=lea").json)
    crossed = ",".join(f"{order}:{end}" for order, end in reversed(ends))
    refused = live(at_work, f"stops?courier=lea&stops={crossed}")
    assert (refused.status_code, "before its pickup" in refused.text) == (422, True)
    assert live(at_work, "stops?courier=noe").status_code == 404
    for path in ("stops?courier=lea", "timeline"):
        assert live(at_work, path, "courier", "lea").status_code == 403
        assert live(at_work, path, "restaurant", "toscana").status_code == 403


def test_the_shift_so_far(at_work: Desk) -> None:
    """Planned, worked, done and in hand, with the instants that the journal has; it is kept who looked."""
    now = datetime.now(UTC)
    plan = Planned("p1", now - timedelta(hours=1), now + timedelta(hours=2))
    at_work.application.store.plans(Planned).add("acme", "lea", plan)
    found = live(at_work, "timeline").json["couriers"]["lea"]
    assert (len(found["planned"]), found["ends_at"]) == (1, found["planned"][0][1])
    (worked,) = found["worked"]
    assert (worked["to"], worked["breaks"]) == (None, [])
    (done,) = found["done"]
    assert (done["outcome"], done["assigned_at"] <= done["picked_up_at"] <= done["closed_at"]) == ("delivered", True)
    assert [one["picked_up_at"] is not None for one in found["hands"]] == [True, False]
    assert [one.what for one in at_work.application.looks.of("acme", "lea")] == ["work"]
    at_work.post("/couriers/lea/shift", {"action": "break"})
    (worked,) = live(at_work, "timeline").json["couriers"]["lea"]["worked"]
    assert [ended for _, ended in worked["breaks"]] == [None]
