"""A courier objects, and every why is in the journal."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest

from dashboard.beside import one_at_a_time
from dashboard.decisions import Decisions
from dashboard.domain.refusals import Invalid, NotFound
from tests.unit.desk_script import COOP, Desk
from tests.unit.test_accounts import accounts_of, afternoon, ended


def decisions_of(desk: Desk) -> Decisions:
    """On the desk's own record, with counted ids."""
    ids = count(1)
    return Decisions(desk.store, desk.dispatch, accounts_of(desk), lambda: f"d{next(ids)}", one_at_a_time())


def test_an_objection_has_a_clock_and_one_answer_by_name() -> None:
    """Due after 14 days, red from day 10 until somebody answers; a second answer is refused."""
    desk = ended(afternoon(2))
    made = decisions_of(desk)
    raised = made.raise_objection(COOP, "c0", "order:c0-0", "That was my turn", by="c0", at=desk.at(200))
    assert raised.due - raised.at == timedelta(days=14)
    assert [raised.is_red(raised.at + timedelta(days=days)) for days in (9, 10, 15)] == [False, True, True]
    answer = made.answer_objection(COOP, raised.id, "You were right", upheld=True, by="eva", at=desk.at(300))
    assert (answer.answered_by, answer.upheld, answer.is_red(answer.due)) == ("eva", True, False)
    with pytest.raises(Invalid):
        made.answer_objection(COOP, raised.id, "Again", upheld=False, by="tom", at=desk.at(301))
    with pytest.raises(NotFound):
        made.answer_objection(COOP, "no such", "What?", upheld=False, by="tom", at=desk.at(302))
    assert [one.id for one in made.objections(COOP, "c0")] == [raised.id]
    assert made.objections(COOP, "c1") == ()


def test_why_tells_each_hand_over() -> None:
    """Who gave the order to whom, when, with which reason and after seeing what."""
    desk = afternoon(2)
    desk.places("o", 150)
    desk.dispatch.assign(
        COOP,
        "o",
        "c0",
        expected_version=None,
        by="eva",
        at=desk.at(151),
        reason="nearest",
        shown={"candidates": [{"courier": "c0", "place": 1, "standing": "open"}]},
    )
    desk.gives("o", "c1", 155)
    first, second = decisions_of(desk).why(COOP, "o")
    assert (first.by, first.giver, first.taker, first.reason) == ("eva", None, "c0", "nearest")
    assert first.shown
    assert first.shown["candidates"][0]["courier"] == "c0"
    assert (first.followed, second.followed) == (True, None)
    assert (second.by, second.giver, second.taker, second.shown) == ("desk", "c0", "c1", None)
