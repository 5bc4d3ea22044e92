"""Rules of orders that come again: which days, at what time, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboard.dispatch import Dispatch
from dashboard.domain import recurring
from dashboard.domain.orders import Item, Order, Place
from dashboard.domain.refusals import Invalid, WrongState
from dashboard.ports import Coop
from dashboard.recurrence import checked, days, weekly
from dashboard.repeating import Making, Repeating
from layouts.recurring import rule_text
from layouts.words import Words
from tests.memory_store import MemoryStore

ZONE = ZoneInfo("Europe/Helsinki")
MONDAY = date(2026, 3, 23)
NOON: dict[str, Any] = {
    "pickup": {"lat": 60.17, "lon": 24.94, "name": "Kirja"}, "dropoff": {"lat": 60.168, "lon": 24.95},
    "ready_at": "12:00",
}  # fmt: skip


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """By the wall in Helsinki."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def store() -> MemoryStore:
    """An empty record of one co-op."""
    store = MemoryStore()
    store.add_coop(Coop("acme", "Acme"))
    return store


def repeating(store: MemoryStore) -> Repeating:
    """As one process has it."""
    ids = iter(f"n{n}" for n in range(1, 99))
    return Repeating(store, Dispatch(store, lambda _: None, lambda: next(ids)), lambda _: ZONE, lambda: "lunch")


def test_noon_stays_noon_when_the_clocks_change() -> None:
    """On the day before and on the day of summer time the wall shows 12:00; in UTC there is an hour between."""
    found = [recurring.on_day(NOON, day, ZONE)["ready_at"] for day in (date(2026, 3, 28), date(2026, 3, 29))]
    assert found == ["2026-03-28T10:00:00.000Z", "2026-03-29T09:00:00.000Z"]


def test_boxes_make_a_rule_whose_days_can_be_left_out() -> None:
    """Monday and Wednesday each second week, without the one that is skipped, until the last day."""
    line = weekly(["WE", "MO"], 2)
    assert line == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"
    out, last = {date(2026, 3, 25)}, date(2026, 4, 20)
    found = days(line, MONDAY, last, out, since=MONDAY, count=9)
    assert found == (MONDAY, date(2026, 4, 6), date(2026, 4, 8), date(2026, 4, 20))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "Write a rule"), ("BYDAY=MO", "how often"), ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX"), ("FREQ=WEEKLY;BYHOUR=3", "BYHOUR=3"),
        ("FREQ=WEEKLY;BYDAY=2MO", "first, second"),
        ("FREQ=DAILY;BYDAY=MO", "does not go with"), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "No day comes"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "exclude"), ("FREQ=DAILY;FREQ=DAILY", "twice"),
        ("FREQ=DAILY;UNTIL=20271399", "cannot be read"), ("FREQ=DAILY;UNTIL=20200101", "No day comes"),
    ],
)  # fmt: skip
def test_a_bad_rule_is_refused_with_what_is_wrong(line: str, told: str) -> None:
    """Each with the part to mend, and none that would be reckoned until the year 9999."""
    with pytest.raises(Invalid, match=told):
        checked(line, MONDAY)


def test_a_calendars_own_words_are_understood() -> None:
    """The last workday of each month, with the prefix that calendars write."""
    line = checked("RRULE:freq=monthly;byday=MO,TU,WE,TH,FR;bysetpos=-1", MONDAY)
    assert days(line, MONDAY, None, since=MONDAY, count=2) == (date(2026, 3, 31), date(2026, 4, 30))


def test_an_order_is_kept_without_its_day_and_moved_with_its_windows() -> None:
    """Its times become those of the day, one after midnight of the day after; another time moves all of them."""
    evening = at(MONDAY, 23)
    order = Order(
        "o", "acme", "1042", Place(60.17, 24.94, "Kirja", after=evening),
        Place(60.16, 24.95, before=evening + timedelta(hours=2)),
        placed_at=evening, items=(Item("Soup", 2),), tip_cents=300, desk_note="private",
    )  # fmt: skip
    kept = recurring.repeated(order, ZONE)
    assert (kept["pickup"]["after"], kept["dropoff"]["before"]) == ("23:00", "01:00+1")
    assert kept.keys() == {"kind", "items", "pickup", "dropoff"}
    moved = recurring.moved_to(kept, "12:30")
    assert (moved["pickup"]["after"], moved["dropoff"]["before"]) == ("12:30", "14:30")
    assert recurring.on_day(kept, MONDAY, ZONE)["dropoff"]["before"] == "2026-03-23T23:00:00.000Z"


def test_each_day_is_made_once_whoever_makes_it(store: MemoryStore) -> None:
    """Nothing before 04:00, one order from then on, none more by a second worker or a new one, none once it is past."""
    first, second = repeating(store), repeating(store)
    first.set("acme", NOON, "FREQ=DAILY", MONDAY, by="Ada", at=at(MONDAY - timedelta(days=1), 15))
    assert first.make_due("acme", at(MONDAY, 3, 59)) == 0
    assert [each.make_due("acme", at(MONDAY, 4)) for each in (first, second, first, repeating(store))] == [1, 0, 0, 0]
    assert repeating(store).make_due("acme", at(MONDAY + timedelta(days=1), 12)) == 0
    (entry,) = store.about("acme", f"lunch.{MONDAY}")
    assert (entry.actor, entry.data["recurring"], entry.data["day"]) == ("recurring", "lunch", "2026-03-23")
    assert entry.data["changes"]["ready_at"] == "2026-03-23T10:00:00.000Z"


def test_a_day_on_which_the_desk_was_off_is_shown_until_it_is_placed_or_left_out(store: MemoryStore) -> None:
    """Back on Wednesday at 11:00: that day's is made, Monday's and Tuesday's are named; placed, it is for now."""
    desk, wednesday = repeating(store), MONDAY + timedelta(days=2)
    desk.set("acme", NOON, "FREQ=DAILY", MONDAY - timedelta(days=9), by="Ada", at=at(MONDAY - timedelta(days=1), 15))
    back = at(wednesday, 11)
    assert repeating(store).make_due("acme", back) == 1
    tuesday = MONDAY + timedelta(days=1)
    assert [one.day for one in desk.missed("acme", back)] == [MONDAY, tuesday]
    made = desk.place_missed("acme", "lunch", tuesday, by="Ada", at=back)
    assert (made.id, made.ready_at) == (f"lunch.{tuesday}", back)
    with pytest.raises(WrongState, match="there already"):
        desk.place_missed("acme", "lunch", tuesday, by="Bo", at=back)
    with pytest.raises(Invalid, match="not missed"):
        desk.place_missed("acme", "lunch", wednesday + timedelta(days=1), by="Bo", at=back)
    desk.skip("acme", "lunch", MONDAY, by="Ada", at=back)
    assert desk.missed("acme", back) == []


def test_what_should_be_there_is_absent_until_it_is_placed_left_out_or_ended(store: MemoryStore) -> None:
    """From 04:00 on, before and after its time; what was past when the rule was set never, and none after six days."""
    desk = repeating(store)
    desk.set("acme", NOON, "FREQ=DAILY", MONDAY - timedelta(days=9), by="Ada", at=at(MONDAY - timedelta(days=1), 15))
    assert desk.absent("acme", at(MONDAY, 3, 59)) == []
    (one,) = desk.absent("acme", at(MONDAY, 4))
    assert (one.order, one.due, one.when, one.place) == (
        "lunch.2026-03-23", at(MONDAY, 4), "2026-03-23 12:00", "Kirja",
    )  # fmt: skip
    tuesday = MONDAY + timedelta(days=1)
    assert [one.order[-2:] for one in desk.absent("acme", at(tuesday, 13))] == ["23", "24"]
    desk.place_missed("acme", "lunch", MONDAY, by="Ada", at=at(tuesday, 13))
    desk.skip("acme", "lunch", tuesday, by="Ada", at=at(tuesday, 13))
    assert desk.absent("acme", at(tuesday, 13)) == []
    later = at(MONDAY + timedelta(days=9), 13)
    assert [one.order[-2:] for one in desk.absent("acme", later)] == ["27", "28", "29", "30", "31", "01"]
    desk.end("acme", "lunch", by="Ada", at=later)
    assert desk.absent("acme", later) == []


def test_what_the_worker_cannot_place_it_knows_as_absent(store: MemoryStore, caplog: pytest.LogCaptureFixture) -> None:
    """An order that is refused rings while there is time; one that is due when the worker comes is made first."""
    stopped, desk = Event(), repeating(store)
    stopped.set()
    making = Making(desk, store, lambda: at(MONDAY, 5), stopped)
    before = at(MONDAY - timedelta(days=1), 15)
    desk.set("acme", NOON, "FREQ=DAILY", MONDAY, by="Ada", at=before)
    bad = {**NOON, "dropoff": {"lat": 200.0, "lon": 24.95}}
    Dispatch(store, lambda _: None, lambda: "e1").note(
        "acme", recurring.was_set("bad", bad, "FREQ=DAILY", MONDAY, None), by="Ada", at=before
    )
    making.step()
    assert store.order("acme", "lunch.2026-03-23")
    assert [one.order for one in making.absent("acme")] == ["bad.2026-03-23"]
    assert "bad" in caplog.text


def test_an_order_whose_pickup_is_past_is_not_made_but_missed(store: MemoryStore) -> None:
    """Its drop-off would still be open; but nobody hands it out any more."""
    desk, pickup = repeating(store), {**NOON["pickup"], "after": "11:00", "before": "11:30"}
    order = {"pickup": pickup, "dropoff": {**NOON["dropoff"], "before": "13:00"}}
    desk.set("acme", order, "FREQ=DAILY", MONDAY, by="Ada", at=at(MONDAY - timedelta(days=1), 15))
    assert desk.make_due("acme", at(MONDAY, 12)) == 0
    assert [one.day for one in desk.missed("acme", at(MONDAY, 12))] == [MONDAY]


def test_what_is_ahead_today_is_made_when_the_rule_is_set(store: MemoryStore) -> None:
    """At 11:00 for 12:00; ended or left out, no more comes, and what is there already has to be cancelled."""
    desk, morning = repeating(store), at(MONDAY, 11)
    desk.set("acme", NOON, "FREQ=DAILY", MONDAY, by="Ada", at=morning)
    assert store.order("acme", f"lunch.{MONDAY}")
    with pytest.raises(WrongState, match="cancel 1001"):
        desk.skip("acme", "lunch", MONDAY, by="Ada", at=morning)
    tomorrow, after = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    desk.skip("acme", "lunch", tomorrow, by="Ada", at=morning)
    with pytest.raises(WrongState, match="already"):
        desk.skip("acme", "lunch", tomorrow, by="Ada", at=morning)
    rule = desk.one("acme", "lunch")
    assert desk.next("acme", rule, morning, 2) == [MONDAY, after]
    assert repeating(store).make_due("acme", at(tomorrow, 5)) == 0
    desk.end("acme", "lunch", by="Bo", at=morning)
    assert repeating(store).make_due("acme", at(after, 5)) == 0
    with pytest.raises(WrongState, match="Bo has ended"):
        desk.end("acme", "lunch", by="Ada", at=morning)


def test_rules_are_said_in_words() -> None:
    """As a dispatcher would say them, in both languages."""
    said = [rule_text(line, NOON, Words()) for line in (weekly(["MO", "TU", "WE", "TH", "FR"]), weekly(["SA"], 2))]
    assert said == ["every weekday at 12:00", "every 2 weeks, Saturday, at 12:00"]
    assert rule_text(weekly(["MO", "WE"]), NOON, Words("fr")) == "chaque lundi et mercredi à 12:00"
