"""Orders that come again, over HTTP and by the page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.repeating import Repeating
from tests.app.conftest import LEAST, Desk
from tests.app.pages.page import Page, texts
from tests.today import today

ORDER = {**LEAST, "ready_at": "12:00"}


def test_set_left_out_and_ended(desk: Desk) -> None:
    """A rule with its next days; one day less; ended; all of it in the journal."""
    first = today() + timedelta(days=1)
    made = desk.post("/recurring", {"order": ORDER, "rrule": "FREQ=DAILY", "first": first.isoformat()})
    assert made.status_code == 201, made.text
    path, coming = f"/recurring/{made.json['id']}", [(first + timedelta(days=n)).isoformat() for n in range(4)]
    assert made.json["next"] == coming[:3]
    left = desk.post(f"{path}/skip", {"day": coming[1]})
    assert (left.json["next"], left.json["skipped"]) == ([coming[0], coming[2], coming[3]], [coming[1]])
    assert desk.post(f"{path}/skip", {"day": "2020-01-01"}).status_code == 422
    assert desk.post(f"{path}/end").json["ended_by"] == "dispatcher of acme"
    assert desk.post(f"{path}/end").status_code == 409
    assert desk.post("/recurring/none/end").status_code == 404
    assert [one["next"] for one in desk.get("/recurring").json["recurring"]] == [[]]
    kinds = [one["kind"] for one in desk.get("/journal").json["entries"] if one["subject"].startswith("recurring:")]
    assert kinds == ["recurring.set", "recurring.skipped", "recurring.ended"]


@pytest.mark.parametrize(
    "wrong",
    [{"rrule": "FREQ=HOURLY"}, {"order": LEAST}, {"first": "9999-01-01"}, {"until": "2020-01-01"},
     {"order": {**ORDER, "ready_at": "25:00"}}, {"order": {**ORDER, "tags": [" "]}},
     {"order": {**LEAST, "pickup": {**LEAST["pickup"], "after": "14:00", "before": "13:00"}}}],
)  # fmt: skip
def test_what_cannot_come_again(desk: Desk, wrong: dict[str, object]) -> None:
    """No rule, no time, a day out of reach, an order that POST /orders would refuse: 422, and nothing is kept."""
    given = {"order": ORDER, "rrule": "FREQ=DAILY", "first": today().isoformat(), **wrong}
    assert desk.post("/recurring", given).status_code == 422
    assert desk.get("/recurring").json["recurring"] == []


def test_a_missed_day_is_on_the_page_and_in_the_handover_and_can_be_placed(desk: Desk) -> None:
    """Set three days ago by a desk that was off since: a button places the order now, once."""
    parts, long_ago = desk.application, datetime.now(UTC) - timedelta(days=3)
    repeating = Repeating(parts.store, parts.dispatch, lambda _: ZoneInfo("Europe/Helsinki"), lambda: "lunch")
    repeating.set("acme", ORDER, "FREQ=DAILY", long_ago.date(), by="Ada", at=long_ago)
    (rule,) = desk.get("/recurring").json["recurring"]
    day = rule["missed"][-1]
    page = Page(desk.flask.test_client(), "fr").sign_in(desk.token())
    assert "Manquées" in texts(page.show("/recurring"))
    assert "Commandes récurrentes manquées" in " ".join(texts(page.show("/handover")))
    page.fire([[({"type": "place-missed", "rule": rule["id"], "day": day}, "n_clicks", 1)]])
    entry = desk.get("/journal").json["entries"][-1]
    assert (entry["kind"], entry["data"]["day"], entry["data"]["recurring"]) == ("order.placed", day, "lunch")
    assert day not in desk.get("/recurring").json["recurring"][0]["missed"]
    assert desk.post(f"/recurring/{rule['id']}/place", {"day": day}).status_code == 409


def test_the_page_repeats_an_order(desk: Desk) -> None:
    """The form says what it would mean, or what is wrong, in the reader's language; set, it stands in the list."""
    order, first = desk.placed(pickup={**LEAST["pickup"], "name": "Kirja"}), today() + timedelta(days=1)
    page = Page(desk.flask.test_client(), "fr").sign_in(desk.token())
    assert f"Répéter la commande {order['ref']}" in texts(page.show("/recurring", f"?order={order['id']}"))
    typed = [("recur-days", ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), ("recur-weeks", "1"), ("recur-time", "12:30"),
             ("recur-first", first.isoformat()), ("recur-until", ""), ("recur-rule", "")]  # fmt: skip
    values = [(name, "value", value) for name, value in typed]
    which = ("recur-order", "data", order["id"])
    shown = page.fire(values, [which])["response"]["recur-preview"]["children"]
    assert texts(shown)[0] == "chaque jour à 12:30"
    assert len(texts(shown)) == 6
    bad = page.fire([*values[:-1], ("recur-rule", "value", "FREQ=SOMETIMES")], [which])
    assert "FREQ=SOMETIMES" in " ".join(texts(bad["response"]["recur-preview"]["children"]))
    page.fire([("recur-set", "n_clicks", 1)], [*values, which])
    (rule,) = desk.get("/recurring").json["recurring"]
    assert (rule["rrule"], rule["order"]["ready_at"]) == ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "12:30")
    assert "chaque jour à 12:30" in texts(page.show("/recurring"))
    skip = {"type": "skip-day", "rule": rule["id"], "day": rule["next"][0]}
    page.fire([[(skip, "n_clicks", 1)]])
    page.fire([[({"type": "end-recurring", "rule": rule["id"]}, "n_clicks", 1)]])
    (rule,) = desk.get("/recurring").json["recurring"]
    assert (rule["skipped"], rule["ended_by"]) == ([first.isoformat()], "dispatcher of acme")
