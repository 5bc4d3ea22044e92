"""What is decided here is written there, and nothing newer there is overwritten."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dashboard.domain.board import Board, apply
from dashboard.domain.decisions import why
from dashboard.history import History
from dashboard.store import verify
from tests.app.coopcycle.conftest import COOP, Beside
from tests.coopcycle import Town


def taken_in(beside: Beside, assigned: str | None = None) -> tuple[str, Any]:
    """A job that both sides know, and a connector that reads only when it is asked; a minute later."""
    (drop,) = beside.town.deliver()
    if assigned:
        beside.town.assign(drop, assigned)
    beside.connector().turn()
    connector = beside.connector(poll=3600)
    connector.turn()
    for courier in ("lea", "tom"):
        if beside.store.courier(COOP, courier).shift == "off":  # type: ignore[union-attr]
            beside.dispatch.shift(COOP, courier, "start", by="anna", at=beside.clock())
    beside.clock.wait(minutes=1)
    return drop, connector


def both_have(beside: Beside, drop: str, courier: str | None) -> bool:
    """Whether order, pickup and drop-off are in the same hands, and nothing waits."""
    town = beside.town
    theirs = {town.pickup_of(drop)["assignedTo"], town.of(drop)["assignedTo"]}
    return theirs == {courier} == {beside.order(drop).courier} and not beside.store.coopcycle.waiting(COOP)


def test_assigned_here_is_assigned_there(beside: Beside) -> None:
    """Given, handed over and taken back here: both tasks follow within a turn, without another reading."""
    drop, connector = taken_in(beside)
    for courier in ("lea", "tom", None):
        beside.clock.wait(minutes=1)
        beside.assign(drop, courier)
        connector.turn()
        assert both_have(beside, drop, courier)
    assert beside.overruled() == []


def test_what_was_decided_while_nobody_ran_is_written_at_the_next_start(beside: Beside) -> None:
    """No connector, no memory: the record knows what has to be written."""
    drop, _ = taken_in(beside)
    beside.assign(drop, "lea")
    beside.connector().turn()
    assert both_have(beside, drop, "lea")


def test_taken_back_before_it_was_written_is_not_written(beside: Beside) -> None:
    """A decision that was undone during an outage leaves no trace over there."""
    drop, connector = taken_in(beside, "lea")
    beside.site.faults.is_down = True
    beside.assign(drop, "tom")
    connector.turn()
    beside.clock.wait(minutes=1)
    beside.assign(drop, "lea")
    beside.site.faults.is_down = False
    connector.turn()
    assert both_have(beside, drop, "lea")
    assert beside.town.writes == []


def test_a_newer_change_there_holds(beside: Beside) -> None:
    """Decided here, then otherwise there, before ours was written: theirs stands on both sides, and we are told."""
    drop, connector = taken_in(beside)
    beside.assign(drop, "lea")
    beside.clock.wait(seconds=5)
    beside.town.assign(drop, "tom")
    connector.turn()
    assert both_have(beside, drop, "tom")
    assert beside.town.writes == []
    (told,) = beside.overruled()
    assert told.subject == beside.order(drop).id
    assert {name: told.data[name] for name in ("kept", "theirs", "ours", "by")} == {
        "kept": "coopcycle", "theirs": "tom", "ours": "lea", "by": "anna",
    }  # fmt: skip


def test_a_newer_change_here_holds(beside: Beside) -> None:
    """Changed there, then otherwise here: ours is written, and the journal says what it replaced. Once."""
    drop, connector = taken_in(beside)
    beside.town.assign(drop, "tom")
    beside.clock.wait(seconds=5)
    beside.assign(drop, "lea")
    for _ in range(3):
        connector.turn()
    assert both_have(beside, drop, "lea")
    (told,) = beside.overruled()
    assert (told.data["kept"], told.data["theirs"], told.data["ours"]) == ("here", "tom", "lea")


def test_within_the_same_second_theirs_holds(beside: Beside) -> None:
    """Their times are whole seconds: where nobody can tell which came first, nothing of theirs is overwritten."""
    drop, connector = taken_in(beside)
    beside.town.assign(drop, "tom")
    beside.clock.wait(milliseconds=700)
    beside.assign(drop, "lea")
    connector.turn()
    assert both_have(beside, drop, "tom")


def test_a_change_that_is_not_about_the_courier_overwrites_nothing(beside: Beside) -> None:
    """A comment that was added there after our decision is no reason to undo it."""
    drop, connector = taken_in(beside, "lea")
    beside.assign(drop, "tom")
    beside.clock.wait(seconds=5)
    beside.town.mark(beside.town.of(drop)["id"], "TODO")
    connector.turn()
    assert both_have(beside, drop, "tom")
    assert beside.overruled() == []


def test_a_change_between_our_look_and_our_writing_is_found(beside: Beside) -> None:
    """They change it after we looked: where they keep versions (409) our writing is refused, and theirs holds."""
    drop, connector = taken_in(beside)
    beside.assign(drop, "lea")
    beside.clock.wait(seconds=5)
    town, give = beside.town, beside.town.give
    moved: list[int] = []

    def first_somebody_else(number: int, username: str | None) -> None:
        give(number, username)
        if not moved:
            moved.append(number)
            town.assign(drop, "tom")

    object.__setattr__(town, "give", first_somebody_else)
    for _ in range(3):
        connector.turn()
        beside.clock.wait(seconds=5)
    assert moved
    assert both_have(beside, drop, "tom")
    assert [entry.data["kept"] for entry in beside.overruled()] == ["coopcycle"]


@pytest.mark.parametrize("has_versions", [True, False])
def test_a_refusal_because_of_an_old_version_is_decided_anew(beside: Beside, has_versions: bool) -> None:
    """409: read again, decide again, written in the end."""
    beside.town.has_versions = has_versions
    drop, connector = taken_in(beside)
    beside.site.faults.kinds, beside.site.faults.every = ("stale",), 3
    beside.assign(drop, "lea")
    for _ in range(6):
        connector.turn()
        beside.clock.wait(seconds=5)
    assert beside.site.faults.happened["stale"] > 0
    assert both_have(beside, drop, "lea")


def test_what_is_done_there_holds(beside: Beside) -> None:
    """Handed over here after Tom had brought it there: Tom brought it, and the journal says so."""
    drop, connector = taken_in(beside, "tom")
    beside.town.finish(drop)
    beside.clock.wait(seconds=30)
    beside.assign(drop, "lea")
    connector.turn()
    beside.connector().turn()
    order = beside.order(drop)
    assert (order.state, order.courier) == ("delivered", "tom")
    assert [entry.data["kept"] for entry in beside.overruled()] == ["coopcycle"]
    assert beside.store.coopcycle.waiting(COOP) == []


def test_after_pickup_the_drop_off_alone_is_handed_over(beside: Beside) -> None:
    """A pickup that is done there stays whose it was."""
    drop, connector = taken_in(beside, "tom")
    beside.town.mark(beside.town.pickup_of(drop)["id"], "DONE")
    beside.connector().turn()
    beside.clock.wait(minutes=1)
    beside.assign(drop, "lea")
    connector.turn()
    assert (beside.town.pickup_of(drop)["assignedTo"], beside.town.of(drop)["assignedTo"]) == ("tom", "lea")
    assert beside.store.coopcycle.waiting(COOP) == []


def test_a_courier_whom_they_do_not_know_waits_with_the_reason(beside: Beside) -> None:
    """Given to somebody who rides here alone: it cannot be written, says why, and is when they are there too."""
    drop, connector = taken_in(beside)
    beside.dispatch.add_courier(COOP, "noor", "Noor", by="anna", at=beside.clock())
    beside.dispatch.shift(COOP, "noor", "start", by="anna", at=beside.clock())
    beside.assign(drop, "noor")
    connector.turn()
    (letter,) = beside.store.coopcycle.waiting(COOP)
    assert (letter.wanted, letter.by, letter.tries) == ("noor", "anna", 1)
    assert "noor is no courier in CoopCycle" in letter.problem
    beside.town.hire("noor")
    beside.clock.wait(minutes=1)
    beside.connector().turn()
    assert both_have(beside, drop, "noor")


def test_clocks_that_differ_are_allowed_for(beside: Beside) -> None:
    """Their clock is ten minutes ahead: a change there that came before ours is still the older one."""
    drop, connector = taken_in(beside)
    ahead = replace(beside.clock, at=beside.clock.at)
    ahead.wait(minutes=10)
    beside.town.clock = ahead
    beside.town.assign(drop, "tom")
    for clock in (beside.clock, ahead):
        clock.wait(seconds=30)
    beside.assign(drop, "lea")
    connector.turn()
    assert both_have(beside, drop, "lea")


def test_no_right_to_assign_is_said(beside: Beside) -> None:
    """A login that may not assign: it waits, and the reason is theirs."""
    drop, connector = taken_in(beside)
    beside.town.roles = ["ROLE_USER"]
    beside.assign(drop, "lea")
    connector.turn()
    (letter,) = beside.store.coopcycle.waiting(COOP)
    assert "403" in letter.problem
    assert "Access Denied" in letter.problem
    assert isinstance(beside.town, Town)


def test_the_accounts_and_the_board_go_on(beside: Beside) -> None:
    """An entry about two decisions is history: the replayed board is the stored one, and the chain is whole."""
    drop, connector = taken_in(beside)
    beside.assign(drop, "lea")
    beside.clock.wait(seconds=5)
    beside.town.assign(drop, "tom")
    connector.turn()
    beside.town.finish(drop)
    beside.connector().turn()
    assert beside.overruled()
    board = Board(COOP)
    for entry in beside.store.entries(COOP):
        board = apply(board, entry)
    assert board.orders[beside.order(drop).id] == beside.order(drop)
    assert verify(beside.store, COOP) is None
    tables = History(beside.store).tables(COOP)
    assert [tables.couriers[code] for code in tables.jobs["courier"]] == ["lea", "tom"], "a row for whoever had it"
    given = why(beside.store.about(COOP, beside.order(drop).id))
    assert [one.by for one in given] == ["anna", "coopcycle"]


def do_here(beside: Beside, drop: str, *steps: str) -> None:
    """Pressed here, by the courier or the dispatcher."""
    for step in steps:
        beside.dispatch.move(COOP, beside.order(drop).id, step, by="lea", at=beside.clock())


def states(beside: Beside, drop: str) -> tuple[str, str]:
    """Pickup and drop-off, as they are there."""
    return beside.town.pickup_of(drop)["status"], beside.town.of(drop)["status"]


def test_what_was_pressed_here_is_said_there(beside: Beside) -> None:
    """Picked up, then delivered: each end is done there within a turn, once, and the job is closed on both sides."""
    drop, connector = taken_in(beside, "lea")
    do_here(beside, drop, "ready", "pick_up")
    connector.turn()
    assert states(beside, drop) == ("DONE", "TODO")
    do_here(beside, drop, "deliver")
    connector.turn()
    connector.turn()
    assert states(beside, drop) == ("DONE", "DONE")
    assert [verb for verb, _, _ in beside.town.writes] == ["done", "done"]
    assert not beside.job(drop).is_open
    beside.connector().turn()
    assert beside.all_orders() == 1


@pytest.mark.parametrize(("steps", "said"), [(("ready", "fail"), ("FAILED", "TODO")),
                                             (("ready", "pick_up", "fail"), ("DONE", "FAILED"))])  # fmt: skip
def test_what_failed_here_failed_there(beside: Beside, steps: tuple[str, ...], said: tuple[str, str]) -> None:
    """Before the pickup it is the pickup that failed, afterwards the drop-off; nothing is taken in anew for it."""
    drop, connector = taken_in(beside, "lea")
    do_here(beside, drop, *steps)
    connector.turn()
    beside.connector().turn()
    assert states(beside, drop) == said
    assert not beside.job(drop).is_open
    assert beside.all_orders() == 1


def test_a_pickup_of_several_does_not_fail_for_one(beside: Beside) -> None:
    """It would fail the others as well: people are told instead."""
    one, other = beside.town.deliver(drops=2)
    beside.town.assign(one, "lea")
    beside.connector().turn()
    connector = beside.connector(poll=3600)
    connector.turn()
    do_here(beside, one, "ready", "fail")
    connector.turn()
    assert beside.town.pickup_of(other)["status"] == "TODO"
    assert "several drop-offs" in beside.status().aside[one]


def test_a_pickup_of_several_is_given_as_one_and_may_part_there(beside: Beside) -> None:
    """One of three given here: all three are with that courier on both sides. One that is given to somebody else there
    is so here, the others stay, and nobody hands them to and fro."""
    one, other, third = beside.town.deliver(drops=3)
    beside.connector().turn()
    connector = beside.connector(poll=3600)
    connector.turn()
    assert len({beside.order(drop).group for drop in (one, other, third)} - {None}) == 1
    for courier in ("lea", "tom"):
        beside.dispatch.shift(COOP, courier, "start", by="anna", at=beside.clock())
    beside.clock.wait(minutes=1)
    beside.assign(one, "lea")
    connector.turn()
    assert {beside.order(drop).courier for drop in (one, other, third)} == {"lea"}
    assert {beside.town.of(drop)["assignedTo"] for drop in (one, other, third)} == {"lea"}
    beside.clock.wait(minutes=1)
    beside.town.assign(other, "tom")
    for _ in range(3):
        beside.connector().turn()
    assert [beside.order(drop).courier for drop in (one, other, third)] == ["lea", "tom", "lea"]


def test_who_did_it_here_has_it_there_before_it_is_done(beside: Beside) -> None:
    """Given, picked up and delivered here while nobody ran: courier first, then done, in one go."""
    drop, _ = taken_in(beside)
    beside.assign(drop, "lea")
    do_here(beside, drop, "ready", "pick_up", "deliver")
    beside.connector(poll=3600).turn()
    assert states(beside, drop) == ("DONE", "DONE")
    assert beside.town.of(drop)["assignedTo"] == "lea"


def test_nothing_newer_there_is_overwritten_by_what_was_pressed(beside: Beside) -> None:
    """Meanwhile cancelled there: it stays so. Meanwhile given to another: nothing is said, and it is told why."""
    (gone, tom), connector = (taken_in(beside, "lea")[0], taken_in(beside, "lea")[0]), beside.connector(poll=3600)
    connector.turn()
    for drop in (gone, tom):
        do_here(beside, drop, "ready", "pick_up", "deliver")
    beside.clock.wait(seconds=5)
    beside.town.finish(gone, "CANCELLED")
    beside.town.assign(tom, "tom")
    connector.turn()
    assert states(beside, gone) == ("CANCELLED", "CANCELLED")
    assert states(beside, tom) == ("TODO", "TODO")
    assert not beside.town.writes
    assert not beside.job(gone).is_open
    assert "lea did it here, tom has it in CoopCycle" in beside.status().aside[tom]


def test_what_could_not_be_said_is_said_later(beside: Beside) -> None:
    """During an outage it waits, with the reason; afterwards, or by the next process, it is said."""
    drop, connector = taken_in(beside, "lea")
    beside.site.faults.is_down = True
    do_here(beside, drop, "ready", "pick_up")
    connector.turn()
    assert "broke off" in beside.status().aside[drop]
    beside.site.faults.is_down = False
    beside.clock.wait(seconds=30)
    connector.turn()
    assert states(beside, drop) == ("DONE", "TODO")
    assert drop not in beside.status().aside
