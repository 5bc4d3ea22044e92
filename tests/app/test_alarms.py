"""Alarms over HTTP, and from a phone: answered by name, refused with reason, kept in the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.alarms import Alarms
from dashboard.domain.alarm_settings import changed, limits
from dashboard.domain.alarms import Alarm, Step
from dashboard.domain.refusals import Invalid
from tests.app.conftest import Desk


@pytest.fixture
def now() -> datetime:
    """When the test begins: the desk's own clock is the real one, and counts what came within ten minutes."""
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def alarms(desk: Desk, now: datetime) -> Alarms:
    """The use cases of the desk's record."""
    return Alarms(desk.application.store, desk.application.dispatch, lambda: now, lambda _: UTC)


@pytest.fixture
def raised(desk: Desk, alarms: Alarms, now: datetime) -> Alarm:
    """One about an order of Léa's, as the worker writes it."""
    desk.courier("lea")
    order = desk.given("lea")
    found = Alarm(
        f"A2.{order['id']}", "A2", order["id"], "medium", now, now, order["id"], "lea", "1001", "Toscana", 7.0
    )
    assert alarms.write("acme", Step("raised", found), at=now) is not None
    desk.application.feed.catch_up("acme")
    return found


def test_an_alarm_is_listed_with_what_to_do(desk: Desk, raised: Alarm) -> None:
    """What it says and asks for, filled, and how many came within ten minutes."""
    found = desk.get("/alarms").json
    (only,) = found["alarms"]
    assert (only["id"], only["says"]) == (raised.id, "1001 from Toscana will be 7 min late")
    assert only["response"] == "Hand it over or call Lea; tell the customer."
    assert (found["rate"], found["flood_since"]) == (1, None)


def test_each_answer_is_by_name_and_once(desk: Desk, raised: Alarm) -> None:
    """Acknowledged by one, a second one gets 409 and who was first; put aside, taken back, resolved with a note."""
    said = desk.post(f"/alarms/{raised.id}/acknowledge").json
    assert said["acknowledged_by"]
    again = desk.post(f"/alarms/{raised.id}/acknowledge")
    assert (again.status_code, said["acknowledged_by"] in again.json["detail"]) == (409, True)
    assert desk.post(f"/alarms/{raised.id}/shelve", {"minutes": 7}).status_code == 422
    aside = desk.post(f"/alarms/{raised.id}/shelve", {"minutes": 15, "reason": "the bridge is up"}).json
    assert aside["shelved_until"] is not None
    assert desk.post(f"/alarms/{raised.id}/unshelve").json["shelved_by"] is None
    assert desk.post(f"/alarms/{raised.id}/resolve", {"note": "called"}).json["note"] == "called"
    kinds = [entry.kind for entry in desk.application.store.about("acme", f"alarm:{raised.id}")]
    assert kinds == [f"alarm.{word}" for word in ("raised", "acknowledged", "shelved", "unshelved", "resolved")]
    assert desk.post("/alarms/A2.nothing/acknowledge").status_code == 404


def test_what_the_worker_decided_upon_an_older_word_is_not_written(
    desk: Desk, alarms: Alarms, raised: Alarm, now: datetime
) -> None:
    """Two workers, or a worker and a dispatcher: the second finds that the journal has moved on."""
    assert alarms.write("acme", Step("raised", raised), at=now) is None
    assert alarms.write("acme", Step("cleared", raised), at=now) is None
    assert len(desk.application.store.about("acme", f"alarm:{raised.id}")) == 1


def test_a_call_for_help_is_raised_at_once_and_ends_by_hand_alone(desk: Desk, alarms: Alarms, now: datetime) -> None:
    """The same press sent again changes nothing, a second press is said again; it cannot be put aside; resolving ends
    it. A call that is older than an hour is none."""
    desk.courier("lea")
    pressed = now - timedelta(minutes=10)
    assert alarms.sos("acme", "lea", pressed, at=now) is not None
    assert alarms.sos("acme", "lea", pressed, at=now + timedelta(seconds=10)) is None
    again = alarms.sos("acme", "lea", now + timedelta(seconds=20), at=now + timedelta(seconds=21))
    assert again is not None
    assert (again.kind, again.data["changes"]["rings"]) == ("alarm.repeated", 1)
    assert desk.post("/alarms/A8.lea/shelve", {"minutes": 5}).status_code == 409
    assert desk.post("/alarms/A8.lea/resolve", {"note": "all well"}).json["closed_at"] is not None
    assert alarms.sos("acme", "lea", now - timedelta(hours=2), at=now) is None


def test_numbers_are_changed_by_administrators_and_stand_in_the_journal(desk: Desk) -> None:
    """In force at once, for this co-op; a number outside its bounds is refused and the bounds named."""
    admin = desk.token("admin")
    assert desk.get("/alarm-limits").json["limits"]["late_minutes"] == 5
    assert desk.post("/alarm-limits", {"limit": "late_minutes", "value": 8}, token=admin).status_code == 200
    assert desk.get("/alarm-limits").json["limits"]["late_minutes"] == 8
    wrong = desk.post("/alarm-limits", {"limit": "late_minutes", "value": 500}, token=admin)
    assert (wrong.status_code, "120" in wrong.json["detail"]) == (422, True)
    (entry,) = desk.application.store.about("acme", "coop-settings")
    assert (entry.kind, entry.data["setting"], entry.data["value"]) == ("coop.setting_changed", "alarm_late_minutes", 8)
    assert limits([entry]).late_minutes == 8
    with pytest.raises(Invalid):
        changed("no_such_minutes", 5, datetime.now(UTC).date())


def test_a_new_number_holds_from_the_co_ops_own_day_on(desk: Desk, now: datetime) -> None:
    """Late in the evening by Greenwich it is tomorrow in Helsinki."""
    parts = desk.application
    here = Alarms(parts.store, parts.dispatch, lambda: now, lambda _: ZoneInfo("Europe/Helsinki"))
    here.change_limit("acme", "late_minutes", 8, by="Ada", at=datetime(2026, 11, 24, 22, 30, tzinfo=UTC))
    (entry,) = parts.store.about("acme", "coop-settings")
    assert entry.data["since"] == "2026-11-25"
