"""Theirs, ours and what was agreed on → what has to be done; as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.coopcycle import Job, Rider
from dashboard.domain import orders
from dashboard.domain.couriers import Courier
from dashboard.domain.orders import Order, Place
from live.coopcycle.backoff import Backoff
from live.coopcycle.documents import Shift, Task
from live.coopcycle.pairs import Pair
from live.coopcycle.reconcile import (
    FOR_WORK,
    Agree,
    Close,
    Import,
    Move,
    Ours,
    Take,
    Write,
    plan,
    settle,
    shift_moves,
    steps,
)

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
JOB = Job("/api/tasks/2", "/api/tasks/1", "o1", at=NOON)


def pair(assigned: str | None = None, *, at: float = 0, pickup: str = "TODO", dropoff: str = "TODO") -> Pair:
    """Their job, changed ``at`` seconds after noon."""
    changed = NOON + timedelta(seconds=at)
    return Pair(
        Task("/api/tasks/1", "PICKUP", pickup, 60.1, 24.9, changed),
        Task("/api/tasks/2", "DROPOFF", dropoff, 60.1, 24.9, changed, assigned=assigned, previous="/api/tasks/1"),
    )


def ours(courier: str | None = None, *, at: float | None = None, state: str = "placed") -> Ours:
    """Our order, its courier chosen ``at`` seconds after noon."""
    decided = None if at is None else NOON + timedelta(seconds=at)
    return Ours("o1", state, courier, decided, state in orders.OPEN_STATES)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "result"),
    [
        (None, pair(None), ours(None), "agree"),
        ("lea", pair("lea"), ours("lea"), "agree"),
        (None, pair("lea", at=5), ours("lea", at=9), "agree"),
        # one side changed it
        (None, pair("lea", at=5), ours(None), "take"),
        ("lea", pair(None, at=5), ours("lea"), "take"),
        ("lea", pair("tom", at=5), ours("lea"), "take"),
        (None, pair(None), ours("lea", at=5), "write"),
        ("lea", pair("lea"), ours(None, at=5), "write"),
        ("lea", pair("lea", at=99), ours("tom", at=5), "write"),  # they changed something else, later
        # both did: the newer one, to the second, in doubt theirs
        (None, pair("lea", at=5), ours("tom", at=4), "take, told"),
        (None, pair("lea", at=5), ours("tom", at=5.9), "take, told"),
        (None, pair("lea", at=5), ours("tom", at=6), "write, told"),
        (None, pair("lea", at=0), ours("tom", at=6), "take, told"),  # their time does not tell of the change
        (None, pair("lea", at=5), ours("tom"), "take, told"),
        # over there it is over
        ("lea", pair("lea", at=9, pickup="DONE", dropoff="DONE"), ours("tom", at=99), "take, told"),
        ("lea", pair("lea", at=9, pickup="DONE"), ours("tom", at=99), "write"),
        # done there by nobody in particular
        ("lea", pair(None, at=9, pickup="DONE"), ours("lea"), "agree"),
    ],
)
def test_who_shall_have_it(base: str | None, theirs: Pair, mine: Ours, result: str) -> None:
    """The rule where both, one or none changed the courier."""
    found = settle(theirs, replace(JOB, assigned=base), mine)
    told = ", told" if getattr(found, "is_told", False) else ""
    assert type(found).__name__.lower() + told == result


NAMES = st.sampled_from([None, "lea", "tom", "noor"])


@given(NAMES, NAMES, NAMES, st.integers(0, 9), st.integers(0, 90))
def test_nothing_newer_of_theirs_is_ever_overwritten(
    base: str | None, theirs: str | None, mine: str | None, changed: int, tenths: int
) -> None:
    """Whatever was agreed and decided: ours is written over a change of theirs only if it is of a later second."""
    found = settle(pair(theirs, at=changed), replace(JOB, assigned=base), ours(mine, at=tenths / 10))
    if isinstance(found, Write) and theirs != base:
        assert tenths // 10 > changed
    if isinstance(found, Take) and mine != base:
        assert found.is_told
    assert isinstance(found, Agree) == (theirs == mine)


@pytest.mark.parametrize(
    ("theirs", "job", "mine", "kinds"),
    [
        (pair(), None, None, [Import]),
        (pair(dropoff="DONE"), None, None, []),
        (pair(dropoff="CANCELLED"), None, None, []),
        (pair("lea", at=-5), JOB, ours("tom"), []),  # an old reading
        (pair("lea", at=5), JOB, None, []),
        (pair("lea", at=5, pickup="DONE"), JOB, ours(None), [Take, Move]),
        (pair(None, at=5, dropoff="CANCELLED"), JOB, ours("lea"), [Move]),
        (pair(None, at=5, pickup="DONE", dropoff="DONE"), JOB, ours(None), [Move]),
        (pair("lea", at=5, pickup="DONE", dropoff="DONE"), JOB, ours("lea", state="delivered"), [Close]),
        (pair(None), JOB, ours(None, state="cancelled"), []),  # cancelled here alone
        (pair(None, at=5), replace(JOB, progress="cancelled"), ours(None, state="cancelled"), [Import]),  # restored
        (pair(None, at=0), replace(JOB, progress="cancelled"), ours(None, state="cancelled"), []),
        (pair(dropoff="DONE"), replace(JOB, is_open=False), ours(None, state="delivered"), []),
    ],
)
def test_what_is_to_be_done(theirs: Pair, job: Job | None, mine: Ours | None, kinds: list[type[Any]]) -> None:
    """Import, settle, follow, close, or nothing."""
    done = plan([theirs], {job.task: job} if job else {}, {"o1": mine} if mine else {})
    assert [type(action) for action in done if not (type(action) is Agree and Agree not in kinds)] == kinds


@pytest.mark.parametrize(
    ("came", "since", "assigned", "dropoff", "is_taken"),
    [
        (5, 0, "lea", "DONE", True), (0, 0, "lea", "DONE", True), (5, 0, "lea", "FAILED", True),
        (5, 9, "lea", "DONE", False), (5, None, "lea", "DONE", False), (5, 0, None, "DONE", False),
        (5, 0, "lea", "CANCELLED", False),
    ],
)  # fmt: skip
def test_what_was_missed_between_two_readings_is_made_good(
    came: int, since: int | None, assigned: str | None, dropoff: str, is_taken: bool
) -> None:
    """Work that came in and was done unseen counts; what was over before the first reading does not."""
    found = pair(assigned, at=20, pickup="DONE", dropoff=dropoff)
    found = replace(found, dropoff=replace(found.dropoff, created_at=NOON + timedelta(seconds=came)))
    begun = None if since is None else NOON + timedelta(seconds=since)
    assert plan([found], {}, {}, begun) == ((Import(found),) if is_taken else ())


def test_a_restored_job_is_the_next_generation() -> None:
    """So that its key has not been used yet."""
    (action,) = plan([pair(None, at=5)], {JOB.task: replace(JOB, progress="failed", generation=2)},
                     {"o1": ours(None, state="failed")})  # fmt: skip
    assert action == Import(pair(None, at=5), 3)


@pytest.mark.parametrize("progress", ["waiting", "picked_up", "delivered", "failed", "cancelled"])
@pytest.mark.parametrize("state", sorted(orders.OPEN_STATES))
def test_the_steps_can_be_taken(state: str, progress: str) -> None:
    """From every open state our own rules allow them, and they lead where theirs is."""
    place = Place(60.1, 24.9)
    order = Order("o1", "acme", "1", place, place, NOON, state=state, courier="lea")
    for step in steps(state, progress):
        order = orders.move(order, step)
    if progress == "waiting":
        assert order.state == state
    else:
        assert order.state == ("failed" if (state, progress) == ("picked_up", "cancelled") else progress)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("shift", "rider", "planned", "busy", "moves"),
    [
        ("off", None, True, False, [("start", "/api/shifts/1")]),
        ("off", "/api/shifts/1", True, False, []),  # sent home by a person
        ("off", "/api/shifts/0", True, False, [("start", "/api/shifts/1")]),
        ("on", None, False, False, []),  # began here: it is not ours to end
        ("on", "/api/shifts/0", False, False, [("end", None)]),
        ("break", "/api/shifts/0", False, False, [("end", None)]),
        ("on", "/api/shifts/0", False, True, []),
        ("on", FOR_WORK, False, False, [("end", None)]),
        ("on", FOR_WORK, True, False, [("keep", "/api/shifts/1")]),
        ("off", FOR_WORK, False, False, []),
    ],
)
def test_shifts_follow_the_plan(
    shift: str, rider: str | None, planned: bool, busy: bool, moves: list[tuple[str, str | None]]
) -> None:
    """Started and ended as planned, never against a person, never with an order in hand."""
    plans = [Shift("/api/shifts/1", NOON - HOUR, NOON + HOUR, ("/api/users/1",))] if planned else []
    known = Rider("léa", "lea", rider, NOON - 2 * HOUR)
    found = shift_moves(
        plans, [known], {"/api/users/1": "léa"}, {"lea": Courier("lea", "acme", "Léa", shift)},
        {"lea"} if busy else set(), NOON,
    )  # fmt: skip
    assert [(action, name) for _, action, name in found] == moves


def test_whoever_was_put_on_shift_for_work_stays_an_hour() -> None:
    """After the last order, not at once."""
    known, couriers = Rider("léa", "lea", FOR_WORK, NOON), {"lea": Courier("lea", "acme", "Léa", "on")}
    for minutes, ends in ((59, False), (60, True)):
        at = NOON + timedelta(minutes=minutes)
        assert bool(shift_moves([], [known], {}, couriers, set(), at)) is ends


def test_waits_grow_and_differ() -> None:
    """Twice as long after each failure up to the longest, never less than half of that."""
    low, high = Backoff(lambda: 0.0, 1.0, 60.0), Backoff(lambda: 1.0, 1.0, 60.0)
    assert [high.seconds(n) for n in (1, 2, 3, 7, 1000)] == [1, 2, 4, 60, 60]
    assert [low.seconds(n) for n in (1, 2, 3, 7, 1000)] == [0.5, 1, 2, 30, 30]
