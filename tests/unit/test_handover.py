"""Handing the desk over, as plain values: what is gathered, who may take it, and what has changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dashboard.domain.alarm_rules import RULES
from dashboard.domain.alarms import Alarm
from dashboard.domain.board import Board
from dashboard.domain.couriers import Courier
from dashboard.domain.events import Entry, Fact, Head, seal
from dashboard.domain.handover import (
    NOTES,
    Around,
    Duty,
    Handover,
    compared,
    duties,
    gather,
    given,
    handovers,
    may_take,
    may_withdraw,
    noted,
    notes_since,
    taken,
    withdrawn,
)  # fmt: skip
from dashboard.domain.orders import Order, Place
from dashboard.domain.recurring import Missed, Recurring
from dashboard.domain.refusals import Invalid, NotFound, Refusal, WrongState
from dashboard.domain.restaurants import Restaurant
from layouts.handover import HandoverView, handover_page
from layouts.words import Words

NOW = datetime(2026, 11, 29, 16, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def journal(*said: tuple[Fact, str]) -> list[Entry]:
    """Facts by somebody, a minute apart from NOW on."""
    return [
        seal(fact, Head(n), coop="acme", id=str(n), at=NOW + n * MINUTE, actor=by) for n, (fact, by) in enumerate(said)
    ]


def order(id: str, **more: Any) -> Order:
    return Order(id, "acme", id, Place(60.1, 24.9, "Toscana"), Place(60.2, 24.9, address="Home 1"), NOW, **more)


def board(*orders: Order, **more: Any) -> Board:
    return Board("acme", 1, {one.id: one for one in orders}, **more)


GIVEN = given("h1", (), "", "")


def test_what_lies_open_is_gathered() -> None:
    """Alarms, waiting orders, problems, couriers on break or near their end, kitchens, rain and notes: nothing else."""
    couriers = {
        "lea": Courier("lea", "acme", "Léa", "break", NOW, NOW, break_until=NOW + 20 * MINUTE),
        "noe": Courier("noe", "acme", "Noé", "on", NOW),
        "zoe": Courier("zoe", "acme", "Zoé", "on", NOW),
        "max": Courier("max", "acme", "Max"),
    }
    shelved = Alarm("A2.w", "A2", "w", "high", NOW, NOW, order="w", ref="w", acknowledged_by="Ada", shelved_by="Ada")
    over = replace(shelved, id="A2.x", cleared_at=NOW, closed_at=NOW)
    flood = Alarm("flood", "flood", "flood", "high", NOW, NOW)  # how many there are, none by itself
    busy = {"t": Restaurant("t", NOW + MINUTE, 20), "u": Restaurant("u", NOW - MINUTE, 20)}
    full = board(
        order("w"), order("p", courier="noe", problem="call"), order("ok", courier="noe"),
        order("d", state="delivered"), couriers=couriers,
        alarms={one.id: one for one in (shelved, over, flood)}, restaurants=busy,
    )  # fmt: skip
    around = Around(NOW, {"noe": NOW + 30 * MINUTE, "zoe": NOW + 300 * MINUTE, "max": NOW + MINUTE})
    items = gather(full, journal((noted(" The gate is shut "), "Ada")), around, NOW)
    assert [(one.section, one.about) for one in items] == [
        ("alarms", "A2.w"), ("waiting", "w"), ("problems", "p"), ("couriers", "lea"), ("couriers", "noe"),
        ("kitchens", "t"), ("rain", "rain"), ("notes", "1"),
    ]  # fmt: skip
    assert items[0].facts["acknowledged_by"] == "Ada"
    assert (items[3].facts["what"], items[4].facts["what"]) == ("break", "ends")
    assert items[-1].facts["text"] == "The gate is shut"
    assert gather(board(), (), Around(), NOW) == ()


def test_a_missed_day_stands_there_once() -> None:
    """As missed, with all that is known of it, and no more as the alarm that it was not there."""
    order = {"pickup": {"name": "Toscana"}, "dropoff": {"address": "Home 2"}, "ready_at": "12:00"}
    rule = Recurring("r", order, "FREQ=DAILY", date(2026, 11, 1), None, "Ada", NOW)
    refs = {"r.2026-11-29": "2026-11-29 12:00", "r.2026-11-30": "2026-11-30 12:00"}
    absent = [Alarm(f"A11.{about}", "A11", about, "medium", NOW, NOW, ref=ref) for about, ref in refs.items()]
    items = gather(
        board(alarms={one.id: one for one in absent}), (), Around(missed=[Missed(rule, date(2026, 11, 29))]), NOW
    )
    assert [(one.section, one.about) for one in items] == [("alarms", "A11.r.2026-11-30"), ("missed", "r.2026-11-29")]
    said = str(handover_page(HandoverView(NOW, items, (), (), (), "Bo"), Words()))
    assert "Mon 30 Nov, 12:00" in said, "as people say it"
    assert "2026-11-30 12:00" not in said


def test_every_line_can_be_read() -> None:
    """Each kind of line has its words, one of a later release included, and a list without lines says so."""
    notes = journal((noted("The gate is shut"), "Ada"))
    couriers = {
        "lea": Courier("lea", "acme", "Léa", "break", NOW, NOW),
        "noe": Courier("noe", "acme", "Noé", "on", NOW),
    }
    alarms = {rule: Alarm(rule, rule, rule, "high", NOW, NOW, shelved_by="Ada") for rule in (*RULES, "Z99")}
    full = board(order("w", problem="missing: tofu"), couriers=couriers, alarms=alarms,
                 restaurants={"t": Restaurant("t", NOW + MINUTE, 20)})  # fmt: skip
    items = gather(full, notes, Around(NOW, {"noe": NOW + MINUTE}), NOW)
    one = Handover("h", "Ada", NOW, "Bo", "All quiet", items)
    for read, by in ((None, "Bo"), (one, "Bo"), (one, "Ada")):
        view = HandoverView(NOW, items, [one], [one], [Duty("Ada", None, NOW)], by, read=read,
                            compared=compared(items, items[1:]))  # fmt: skip
        said = str(handover_page(view, Words()))
        assert "The gate is shut" in said
        assert "An item is missing: tofu" in said
        assert "Z99" in said
    assert "a quiet desk" in str(handover_page(HandoverView(NOW, (), (), (), (), "Bo"), Words()))


def test_what_has_changed_since_is_marked() -> None:
    """Beside the list of now: what is as it was, what is otherwise, what is no longer, and what has come."""
    then = gather(board(order("a"), order("b"), order("c")), (), Around(), NOW)
    now = gather(board(order("a"), order("b", problem="call"), order("d")), (), Around(), NOW)
    found = {(one.item.section, one.item.about): one.became for one in compared(then, now)}
    assert found == {("waiting", "a"): "same", ("waiting", "b"): "changed", ("waiting", "c"): "gone",
                     ("waiting", "d"): "new", ("problems", "b"): "new"}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "by", "refusal", "names"),
    [
        ([], "Bo", NotFound, ""),
        ([(GIVEN, "Ada")], "Ada", WrongState, "somebody else"),
        ([(GIVEN, "Ada"), (taken("h1"), "Cy")], "Bo", WrongState, "Cy"),
        ([(GIVEN, "Ada"), (taken("h1"), "Bo")], "Bo", WrongState, "Bo"),
        ([(GIVEN, "Ada"), (withdrawn("h1"), "Ada")], "Bo", WrongState, "Ada"),
    ],
)
def test_who_may_not_take_over(said: list[tuple[Fact, str]], by: str, refusal: type[Refusal], names: str) -> None:
    """Not what is not there, one's own, what somebody has taken (oneself included), or what was taken back."""
    with pytest.raises(refusal) as why:
        may_take(journal(*said), by)
    assert names in str(why.value)


def test_who_may() -> None:
    """Whoever did not give it may take it, meant for them or not; the giver alone may take it back."""
    may_take(journal((given("h1", (), "", "Cy"), "Ada")), "Bo")
    may_withdraw(journal((GIVEN, "Ada")), "Ada")
    with pytest.raises(WrongState, match="Ada"):
        may_withdraw(journal((GIVEN, "Ada")), "Bo")


def test_who_had_the_desk_when() -> None:
    """From taking over to handing over; what nobody wrote is open, and what was taken back counts for nothing."""
    entries = journal(
        (GIVEN, "Ada"), (taken("h1"), "Bo"), (given("h2", (), "", ""), "Bo"), (withdrawn("h2"), "Bo"),
        (given("h3", (), "", ""), "Bo"), (taken("h3"), "Cy"),
    )  # fmt: skip
    found = handovers(entries)
    assert [(one.id, one.by, one.taken_by, one.is_open) for one in found] == [
        ("h3", "Bo", "Cy", False), ("h2", "Bo", "", False), ("h1", "Ada", "Bo", False),
    ]  # fmt: skip
    assert duties(found) == [
        Duty("Cy", NOW + 5 * MINUTE, None), Duty("Bo", NOW + MINUTE, NOW + 4 * MINUTE), Duty("Ada", None, NOW),
    ]  # fmt: skip
    assert notes_since(found, NOW + timedelta(hours=1)) == NOW + 5 * MINUTE
    assert notes_since((), NOW) == NOW - timedelta(hours=12)


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_a_note_says_something(text: str) -> None:
    """An empty one, and one that is a letter, are refused with what to do."""
    with pytest.raises(Invalid):
        noted(text)
    assert noted("ok").subject == NOTES
