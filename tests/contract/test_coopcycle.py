"""What is kept about a CoopCycle beside us, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard.coopcycle import Job, Rider, Status, Waiting
from tests.contract.desk import MARTELA, NOON, TAILLEFERRE, SqlDesk

LATER = NOON + timedelta(minutes=1)


def job(desk: SqlDesk, **fields: object) -> Job:
    """A drop-off that is a new order here."""
    return replace(Job("/api/tasks/2", "/api/tasks/1", desk.order().id, at=NOON), **fields)  # type: ignore[arg-type]


def letter(desk: SqlDesk, **fields: object) -> Waiting:
    """An assignment to be written, decided at noon."""
    order = desk.order().id
    return replace(Waiting(order, "/api/tasks/2", "lea", "anna", NOON, NOON), **fields)  # type: ignore[arg-type]


def test_what_is_kept_reads_back_as_it_was(desk: SqlDesk) -> None:
    """Riders, jobs and the status survive with every field, and the newest word replaces the one before."""
    books = desk.store.coopcycle
    rider = Rider("léa", desk.rider("lea"), "/api/shifts/1", NOON)
    for each in (Rider("léa", "lea"), rider):
        books.keep_rider(TAILLEFERRE, each)
    assert list(books.riders(TAILLEFERRE)) == [rider]
    assert list(books.riders(MARTELA)) == []
    kept = job(desk, assigned="léa", progress="picked_up")
    books.keep_job(TAILLEFERRE, kept)
    assert books.jobs(TAILLEFERRE, [kept.task, "/api/tasks/9"]) == {kept.task: kept}
    assert books.jobs(MARTELA, [kept.task]) == {}
    assert books.status(TAILLEFERRE) is None
    status = Status(LATER, True, "no answer", {"/api/tasks/7": "no drop-off"}, ({"ref": "1"},), NOON)
    for said in (Status(), status):
        books.keep_status(TAILLEFERRE, said)
    assert books.status(TAILLEFERRE) == status


def test_closed_jobs_are_known_and_not_open(desk: SqlDesk) -> None:
    """What is closed is found by its drop-off, so that it is not taken in again, and is watched no more."""
    books, kept = desk.store.coopcycle, job(desk)
    books.keep_job(TAILLEFERRE, kept)
    assert list(books.open_jobs(TAILLEFERRE)) == [kept]
    closed = replace(kept, is_open=False, progress="delivered")
    books.keep_job(TAILLEFERRE, closed)
    assert list(books.open_jobs(TAILLEFERRE)) == []
    assert books.jobs(TAILLEFERRE, [kept.task]) == {kept.task: closed}


def test_an_earlier_generation_has_no_say(desk: SqlDesk) -> None:
    """A job that came back to life is not overwritten by a process that still holds its former life."""
    books, first = desk.store.coopcycle, job(desk)
    again = replace(first, order=desk.order().id, generation=1)
    for each in (first, again, replace(first, is_open=False)):
        books.keep_job(TAILLEFERRE, each)
    assert books.jobs(TAILLEFERRE, [first.task])[first.task] == again


def test_the_first_to_take_a_job_in_counts(desk: SqlDesk) -> None:
    """A second process that takes the same job in changes nothing; a new life of it does."""
    books, first = desk.store.coopcycle, job(desk, assigned="léa")
    for each in (first, replace(first, assigned=None)):
        books.add_job(TAILLEFERRE, each)
    assert books.jobs(TAILLEFERRE, [first.task])[first.task] == first
    books.add_job(TAILLEFERRE, replace(first, assigned=None, generation=1))
    assert books.jobs(TAILLEFERRE, [first.task])[first.task].generation == 1


@pytest.mark.parametrize("late", [NOON, NOON - timedelta(seconds=1)])
def test_the_last_decision_waits(desk: SqlDesk, late: object) -> None:
    """One letter an order: a later decision replaces it and its tries, an earlier or the same one does not."""
    books, first = desk.store.coopcycle, letter(desk, tries=3, problem="no answer")
    books.post(TAILLEFERRE, first)
    books.post(TAILLEFERRE, replace(first, wanted="tom", decided_at=late, tries=0))  # type: ignore[arg-type]
    assert list(books.waiting(TAILLEFERRE)) == [first]
    newer = replace(first, wanted=None, decided_at=LATER, tries=0, problem="")
    books.post(TAILLEFERRE, newer)
    assert list(books.waiting(TAILLEFERRE)) == [newer]
    assert list(books.waiting(MARTELA)) == []


def test_one_of_many_takes_a_letter_in_hand(desk: SqlDesk) -> None:
    """Of several processes that want to write the same, one may."""
    books, mine = desk.store.coopcycle, letter(desk)
    books.post(TAILLEFERRE, mine)
    with ThreadPoolExecutor(4) as hands:
        took = list(hands.map(lambda _: books.claim(TAILLEFERRE, mine, LATER), range(4)))
    assert sorted(took) == [False, False, False, True]
    assert list(books.waiting(TAILLEFERRE)) == [replace(mine, due_at=LATER)]


def test_what_was_decided_meanwhile_is_neither_postponed_nor_dropped(desk: SqlDesk) -> None:
    """Whoever comes back from writing an old decision leaves the new one alone; of its own it drops the letter."""
    books, old = desk.store.coopcycle, letter(desk)
    books.post(TAILLEFERRE, old)
    postponed = replace(old, due_at=LATER, tries=1, problem="no answer")
    books.postpone(TAILLEFERRE, postponed)
    assert list(books.waiting(TAILLEFERRE)) == [postponed]
    newer = replace(old, decided_at=LATER)
    books.post(TAILLEFERRE, newer)
    books.postpone(TAILLEFERRE, postponed)
    books.drop(TAILLEFERRE, old.order, old.decided_at)
    assert list(books.waiting(TAILLEFERRE)) == [newer]
    books.drop(TAILLEFERRE, old.order, newer.decided_at)
    assert list(books.waiting(TAILLEFERRE)) == []


def test_a_nudge_said_twice_waits_once(desk: SqlDesk) -> None:
    """A webhook that is sent again makes nothing grow; taken, it is gone."""
    books = desk.store.coopcycle
    for at in (NOON, LATER):
        books.nudge(TAILLEFERRE, "/api/deliveries/1", "delivery.assigned", at)
    books.nudge(TAILLEFERRE, "/api/deliveries/2", "delivery.picked", NOON)
    assert books.take_nudges(MARTELA) == 0
    assert books.take_nudges(TAILLEFERRE) == 2
    assert books.take_nudges(TAILLEFERRE) == 0
