"""What other programs fetch: the live board, a job's way, calendars, the list of orders, the API to read, tokens."""

from __future__ import annotations

import csv
import io
import json
import time
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from dashboard.access import digest
from dashboard.api.routes import CALLS
from dashboard.ports import Token
from live.fixes import Fix
from tests.app.conftest import Desk
from tests.running import PATIENCE, until

GPX = "{http://www.topografix.com/GPX/1/1}"
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Lunch\r\nDTSTART:{0}T100000Z\r\n"
    "DTEND:{0}T140000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def fetch(desk: Desk, path: str, token: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token or desk.token()}"}
    return desk.flask.test_client().get(path, headers=headers)


def tomorrow() -> str:
    return f"{datetime.now(UTC) + timedelta(days=1):%Y%m%d}"


def test_the_live_board_as_geojson(desk: Desk) -> None:
    """Couriers on shift where they are, both ends of each open order, longitude first; closed orders are not in it."""
    desk.courier("lea")
    desk.courier("max", on_shift=False)
    order = desk.given("lea")
    closed = desk.placed()
    desk.post(f"/orders/{closed['id']}/cancel")
    feed = desk.application.feed
    feed.start()
    try:
        until(lambda: _knows(desk, order["id"]), PATIENCE, "the feed does not know the board")
        feed.fleet("acme").accept(Fix("lea", 60.1695, 24.945, time.time()), time.time())
        answer = fetch(desk, "/live/board.geojson")
        assert fetch(desk, "/live/board.geojson", desk.token("courier", scope="lea")).status_code == 403
    finally:
        feed.stop()
    assert answer.mimetype == "application/geo+json"
    found = {feature["id"]: feature for feature in answer.json["features"]}
    assert found["courier:lea"]["geometry"]["coordinates"] == pytest.approx([24.945, 60.1695])
    assert found[f"pickup:{order['id']}"]["geometry"]["coordinates"] == [24.94, 60.17]
    assert set(found) == {"courier:lea", f"pickup:{order['id']}", f"dropoff:{order['id']}"}
    assert answer.json["type"] == "FeatureCollection"


def _knows(desk: Desk, order: str) -> bool:
    try:
        found = desk.application.feed.board("acme").orders.get(order)
    except KeyError:
        return False
    return found is not None


def test_a_job_as_gpx(desk: Desk) -> None:
    """Both ends with their times and the way through the streets; others' jobs do not exist for a courier."""
    desk.courier("lea")
    desk.courier("max")
    order = desk.given("lea", dropoff={"lat": 60.168, "lon": 24.95, "name": "<b>&Ann\ufffe</b>"})
    desk.post(f"/orders/{order['id']}/picked-up")
    answer = fetch(desk, f"/exports/job/{order['id']}.gpx", desk.token("courier", scope="lea"))
    assert answer.mimetype == "application/gpx+xml"
    root = ElementTree.fromstring(answer.data)
    pickup, dropoff = root.findall(f"{GPX}wpt")
    assert (pickup.get("lat"), pickup.get("lon")) == ("60.170000", "24.940000")
    assert pickup.find(f"{GPX}time") is not None
    assert dropoff.find(f"{GPX}time") is None
    assert dropoff.find(f"{GPX}name").text == "<b>&Ann</b>"  # type: ignore[union-attr]
    assert len(root.findall(f"{GPX}rte/{GPX}rtept")) > 5
    assert fetch(desk, f"/exports/job/{order['id']}.gpx", desk.token("courier", scope="max")).status_code == 404
    assert fetch(desk, f"/exports/job/{order['id']}.gpx", desk.token(coop="other")).status_code == 404
    assert fetch(desk, f"/exports/job/{order['id']}.gpx", desk.token("restaurant", scope="k")).status_code == 403


def test_a_calendar_comes_in_and_goes_out(desk: Desk) -> None:
    """A planning's file becomes planned shifts; the courier subscribes to them by a secret link that can be renewed."""
    desk.courier("lea")
    own = desk.token("courier", scope="lea")
    taken = desk.post("/couriers/lea/planned-shifts", {"ics": ICS.format(tomorrow())})
    assert taken.status_code == 200, taken.text
    assert [each["note"] for each in taken.json["shifts"]] == ["Lunch"]
    desk.post("/couriers/lea/planned-shifts", {"ics": ICS.format(tomorrow())})
    assert desk.get("/couriers/lea/planned-shifts", token=own).json["shifts"] == taken.json["shifts"]
    links = [desk.post("/couriers/lea/calendar", token=own).json["url"] for _ in range(2)]
    paths = [link.removeprefix("http://localhost:8050") for link in links]
    stranger = desk.flask.test_client()
    assert stranger.get(paths[0]).status_code == 404
    answer = stranger.get(paths[1])
    assert answer.mimetype == "text/calendar"
    summaries = [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]
    assert summaries == ["On shift", "Lunch"]
    assert desk.post("/couriers/lea/calendar", token=desk.token("courier", scope="max")).status_code == 404
    assert desk.post("/couriers/lea/planned-shifts", {"ics": "x"}, token=own).status_code == 403


@pytest.mark.parametrize("body", [{"ics": "nothing"}, {}, {"ics": "x", "url": "https://x.example"},
                                  {"url": "http://127.0.0.1/"}, {"url": "https://localhost/"}])  # fmt: skip
def test_bad_calendars_are_refused_in_words(desk: Desk, body: dict[str, str]) -> None:
    """No calendar, neither, both, and an address inside: 422 and the field."""
    desk.courier("lea")
    answer = desk.post("/couriers/lea/planned-shifts", body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] in ("ics", "url")


def test_orders_as_a_spreadsheet_that_runs_nothing(desk: Desk) -> None:
    """Every text that a spreadsheet would take for a formula begins with an apostrophe; numbers stay numbers."""
    wicked = ["=cmd()", "+1+1", "-2+3", "@SUM(A1)", "\tx"]
    for text in wicked:
        desk.placed(
            ref=text.strip() + "r",
            note=text,
            tip_cents=250,
            pickup={"lat": 60.17, "lon": -24.94, "name": text, "address": text},
            items=[{"name": text, "quantity": 2}],
        )
    answer = fetch(desk, "/exports/orders.csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert len(rows) == len(wicked)
    for row, text in zip(rows, wicked, strict=True):
        assert {row["pickup_name"], row["pickup_address"], row["note"]} == {f"'{text}"}
        assert row["tip"] == "2.50"
        assert row["pickup_lon"] == "-24.94"
        assert not any(cell[:1] in ("=", "+", "@", "\t", "\r") for cell in row.values())
    assert (
        list(
            csv.DictReader(
                io.StringIO(
                    fetch(desk, "/exports/orders.csv?from=2020-01-01&to=2020-01-31", desk.token("admin")).get_data(
                        as_text=True
                    )
                )
            )
        )
        == []
    )
    for role, scope in (("courier", "lea"), ("restaurant", "k"), ("member", None)):
        assert fetch(desk, "/exports/orders.csv", desk.token(role, scope=scope)).status_code == 403


class Links(HTMLParser):
    """What a page loads, and where its links within the page lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.leads: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "link", "img", "iframe"):
            self.loads.append(tag)
        self.ids |= {given["id"] or ""} if "id" in given else set()
        if (href := given.get("href") or "").startswith("#"):
            self.leads.add(href[1:])


def test_the_api_can_be_read_without_anything_from_elsewhere(desk: Desk) -> None:
    """A page with every call and document, no script and nothing loaded, each link leads somewhere."""
    answer = desk.flask.test_client().get("/api/v1/reference")
    found = Links(answer.text)
    assert (answer.status_code, answer.mimetype, found.loads) == (200, "text/html", [])
    assert {call.name for call in CALLS} <= found.ids
    assert found.leads <= found.ids


def test_tokens_show_what_they_may_and_when_they_were_used(desk: Desk) -> None:
    """Scope, actions, last use to the hour (a phone's report counts too), and never a secret."""
    desk.courier("lea")
    store = desk.application.store
    for name, secret in (("idle", "s-idle"), ("phone", "s-phone")):
        store.add_token(Token(name, "acme", "courier", digest(secret), name, "lea"))
    desk.flask.test_client().post("/ingest/traccar?id=s-phone&lat=60.17&lon=24.94")
    answer = desk.get("/tokens", token=desk.token("admin"))
    found = {each["name"]: each for each in answer.json["tokens"]}
    assert found["idle"]["used_at"] is None
    assert found["phone"]["used_at"] is not None
    assert (found["phone"]["scope"], "pick_up" in found["phone"]["may"], "assign" in found["phone"]["may"]) == (
        "lea", True, False
    )  # fmt: skip
    assert digest("s-idle") not in json.dumps(answer.json)
    store.remove_token("acme", "phone")
    assert "phone" not in store.token_uses("acme")
