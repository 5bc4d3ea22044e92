"""The conditions of the alarms as a table: what is looked at, and what comes of it, with the time passed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dashboard.domain.alarm_findings import Seen, Situation, findings, look_ahead
from dashboard.domain.alarm_rules import says
from dashboard.domain.alarm_senses import Senses, expect, recall, sense
from dashboard.domain.alarm_settings import Limits
from dashboard.domain.board import Board
from dashboard.domain.couriers import move_shift
from dashboard.domain.recurring import Absent
from tests.unit.alarm_values import LEA, ORDER, SEVEN, ahead, alarm, at, legs, north, situation

ALONE = replace(ORDER, courier=None)
READY = replace(ORDER, state="ready")
RIDING = replace(ORDER, state="picked_up")
LATER = timedelta(hours=3)
LUNCH = Absent("lunch.2026-11-24", at(-60), "2026-11-24 19:00", "Kirja")

# rule, whether it is on (None: not found at all), the situation
TABLE: dict[str, tuple[str, bool | None, Situation]] = {
    "A1: 13 min are left, for a way of 6, 2 at the door and 5 to come": ("A1", True, situation(-13, ALONE)),
    "A1: a minute earlier there is time": ("A1", None, situation(-14, ALONE)),
    "A1: somebody has it": ("A1", None, situation(-13)),
    "A1: without a promise, 20 min after it was placed": (
        "A1", True, situation(-20, replace(ALONE, dropoff=replace(ORDER.dropoff, before=None)))),
    "A1: without a promise, a booking waits for its window": (
        "A1", None, situation(-20, replace(ALONE, dropoff=replace(ORDER.dropoff, before=None),
                                           pickup=replace(ORDER.pickup, after=SEVEN)))),
    "A2: six minutes late": ("A2", True, situation(-9, RIDING, ahead=ahead(None, 6))),
    "A2: three are within the hysteresis": ("A2", False, situation(-9, RIDING, ahead=ahead(None, 3))),
    "A2: one is fine": ("A2", None, situation(-9, RIDING, ahead=ahead(None, 1))),
    "A2: whoever nobody sees is late when the promise is past": ("A2", True, situation(6, RIDING, seen={})),
    "A3: due at 18:40, six minutes ago, and a kilometre away": ("A3", True, situation(-14)),
    "A3: five minutes are given": ("A3", None, situation(-15)),
    "A3: it was given late, and is expected later": ("A3", None, situation(-14, planned={"o1": at(-16)})),
    "A3: 100 m away counts as within the hysteresis": (
        "A3", False, situation(-14, seen={"lea": Seen(north(100), at(-14))})),
    "A3: is there": ("A3", None, situation(-14, arrived={"o1": at(-18)})),
    "A4: there at 18:40, when it was to be ready; 11 min": ("A4", True, situation(-9, arrived={"o1": at(-20)})),
    "A4: came a quarter of an hour early, which counts for nothing": (
        "A4", None, situation(-11, arrived={"o1": at(-35)})),
    "A4: has it": ("A4", None, situation(-9, RIDING, arrived={"o1": at(-20)})),
    "A5: ready, nobody has it": ("A5", True, situation(-20, replace(ALONE, state="ready"))),
    "A5: ready, and 11 min away": ("A5", True, situation(-20, READY, ahead=ahead(-9, 0))),
    "A5: 9 min are within the hysteresis": ("A5", False, situation(-20, READY, ahead=ahead(-11, 0))),
    "A5: 5 min are near": ("A5", None, situation(-20, READY, ahead=ahead(-15, 0))),
    "A5: not ready": ("A5", None, situation(-20, ALONE)),
    "A6: no fix for 121 s": ("A6", True, situation(-9, seen={"lea": Seen(north(0), at(-9) - timedelta(seconds=121))})),
    "A6: two minutes are given": ("A6", None, situation(-9, seen={"lea": Seen(north(0), at(-11))})),
    "A6: one fix after a gap keeps it": ("A6", False, situation(-9, seen={"lea": Seen(north(0), at(-9), run=1)})),
    "A6: never heard of": ("A6", False, situation(-9, seen={})),
    "A7: carries it, nine minutes in one place": ("A7", True, situation(-5, RIDING, still={"lea": at(-14)})),
    "A7: seven": ("A7", None, situation(-5, RIDING, still={"lea": at(-12)})),
    "A7: carries nothing": ("A7", None, situation(-5, still={"lea": at(-14)})),
    "A9: a part is away": ("A9", True, situation(-30, down=frozenset({"redis"}))),
    "A11: five minutes after the order should have been there": ("A11", True, situation(-55, absent=[LUNCH])),
    "A11: four are given": ("A11", None, situation(-56, absent=[LUNCH])),
    "over: a delivered order raises nothing": ("A2", None, situation(30, replace(ORDER, state="delivered"))),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLE)
def test_conditions(case: str) -> None:
    """Each condition is met just beyond its limit, kept within its hysteresis, and not met before."""
    rule, is_on, seen = TABLE[case]
    found = [one for one in findings(seen).values() if one.rule == rule]
    assert [one.is_on for one in found] == ([] if is_on is None else [is_on])


def test_a_silent_courier_with_food_is_more_urgent() -> None:
    """A6 is low for whoever rides to a pickup, and medium for whoever carries an order."""
    gone = {"lea": Seen(north(0), at(-30))}
    assert findings(situation(-9, seen=gone))["A6.lea"].urgency == "low"
    assert findings(situation(-9, RIDING, seen=gone))["A6.lea"].urgency == "medium"


def test_a_pack_that_answers_for_the_routing_server_is_less_urgent_than_guesses() -> None:
    """A9 is high where times are guesses, and medium where only the server is away; each says what is so."""
    found = findings(situation(-30, down=frozenset({"routes", "pack"})))
    assert {key: one.urgency for key, one in found.items()} == {"A9.routes": "high", "A9.pack": "medium"}
    assert ["guesses" in says("A9", part)[0] for part in ("routes", "pack")] == [True, False]


def test_what_shares_a_pickup_raises_one_alarm_about_it() -> None:
    """Four bouquets that nobody has are one thing to do, the most urgent stands for it; two late doors are two."""
    soon = replace(ORDER.dropoff, before=at(-5))
    box = [replace(ALONE, id=f"o{n}", group="g", dropoff=soon if n == 2 else ORDER.dropoff) for n in range(4)]
    board = replace(situation(-9).board, orders={one.id: one for one in box})
    assert [each for each in findings(replace(situation(-9), board=board)) if each.startswith("A1")] == ["A1.o2"]
    rides = {one.id: replace(one, courier="lea", state="picked_up") for one in box[:2]}
    late = findings(replace(situation(6, seen={}), board=replace(board, orders=rides)))
    assert {"A2.o0", "A2.o1"} <= late.keys()


def test_nothing_is_looked_for_outside_working_time() -> None:
    """A courier on break has no position, and raises neither A6 nor A7."""
    board = Board("acme", 1, {"o1": RIDING}, {"lea": move_shift(LEA, "break", SEVEN)})
    found = findings(Situation(board, at(1), seen={}, still={"lea": at(-60)}, legs=legs))
    assert not {"A6.lea", "A7.lea"} & found.keys()


def test_the_limits_are_the_coops_own() -> None:
    """With other numbers the same evening raises other alarms."""
    late = situation(-9, RIDING, ahead=ahead(None, 6))
    assert not findings(replace(late, limits=Limits(late_minutes=10)))["A2.o1"].is_on
    assert "A1.o1" in findings(replace(situation(-20, ALONE), limits=Limits(approach_minutes=15)))


def test_arrivals_are_reckoned_for_orders_in_hand() -> None:
    """Six minutes to the pickup, two there, six to the door; of whom nobody sees nothing is reckoned."""
    board = situation(-30).board
    found = look_ahead(board, {"lea": Seen(north(1000), at(-30))}, at(-30), legs)
    assert found["o1"].pickup == at(-24)
    assert found["o1"].dropoff == at(-12)  # the food is ready at 18:40 only
    assert look_ahead(board, {}, at(-30), legs) == {}


def rides(*places: tuple[float, float], senses: Senses = Senses(), order: Any = RIDING) -> Senses:  # noqa: B008
    """After fixes: metres north of Toscana, minutes after seven."""
    for metres, minutes in places:
        senses = sense(senses, situation(0, order).board, {"lea": (north(metres), at(minutes))}, Limits())
    return senses


def test_who_trembles_stands_still_and_who_rides_does_not() -> None:
    """A position that jumps about by 40 m has not moved; 60 m are a move; at a stop of one's own nothing is counted."""
    assert rides((500, 0), (540, 3), (470, 6)).anchors["lea"][1] == at(0)
    assert rides((500, 0), (560, 3)).anchors["lea"][1] == at(3)
    assert rides((10, 0), (20, 9)).anchors["lea"][1] == at(9)


def test_two_fixes_make_a_phone_heard_again() -> None:
    """After a gap one fix is not enough, and the same fix looked at twice is still one."""
    assert rides((500, 0), (500, 5)).seen["lea"].run == 1
    assert rides((500, 0), (500, 5), (500, 5)).seen["lea"].run == 1
    assert rides((500, 0), (500, 5), (500, 5.2)).seen["lea"].run == 2


def test_the_first_expectation_counts_and_another_courier_has_another() -> None:
    """What was expected when the order was given stays; after a hand-over it is reckoned anew."""
    board = situation(0).board
    first = expect(Senses(), board, ahead(-20, 0), {}, at(-30))
    again = expect(first, board, ahead(-5, 10), {}, at(-25))
    assert again.planned == {("o1", "lea"): at(-20)}
    given = replace(board, orders={"o1": replace(ORDER, courier="noe")})
    assert expect(again, given, ahead(-5, 10), {}, at(-25)).planned == {("o1", "noe"): at(-5)}


def test_arrival_is_believed_or_seen() -> None:
    """Whoever says to be there is there since then; whoever is seen within 60 m, since that was seen."""
    board = situation(0).board
    assert expect(Senses(), board, {}, {"o1": ("lea", at(-12))}, at(-10)).doors == {("o1", "lea"): at(-12)}
    assert expect(Senses(), board, {}, {"o1": ("noe", at(-12))}, at(-10)).doors == {}
    assert expect(rides((30, -10), order=ORDER), board, {}, {}, at(-10)).doors == {("o1", "lea"): at(-10)}


def test_a_worker_that_starts_anew_remembers_what_its_alarms_rest_on() -> None:
    """Since when somebody waits, stands still or is late is taken from the alarm itself."""
    known = recall([alarm("A4", value=12.0), alarm("A3", value=6.0), alarm("A7", "lea", value=9.0)])
    assert known.doors == {("o1", "lea"): at(-12)}
    assert known.planned == {("o1", "lea"): at(-6)}
    assert rides((500, 1), senses=known).anchors["lea"][1] == at(-9)
