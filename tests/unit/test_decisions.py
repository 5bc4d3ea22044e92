"""The assembly decides, a courier objects, and every why is in the journal."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest

from dashboard.decisions import Decisions
from dashboard.domain.refusals import Invalid, NotFound
from tests.unit.desk_script import COOP, Desk
from tests.unit.test_accounts import TODAY, accounts_of, afternoon, ended

TOMORROW = date(2026, 5, 13)


def decisions_of(desk: Desk) -> Decisions:
    """On the desk's own record, with counted ids."""
    ids = count(1)
    return Decisions(desk.store, desk.dispatch, accounts_of(desk), lambda: f"d{next(ids)}")


def test_a_vote_takes_effect_on_its_day() -> None:
    """Two yes against one no: the pack is in force from tomorrow, with the count in the minutes of the entry."""
    desk = ended(afternoon(5))
    made = decisions_of(desk)
    seen = made.snapshot(COOP, TODAY, TODAY)
    change = {"pack": "mdrp", "since": TOMORROW.isoformat()}
    proposal = made.propose(COOP, "Pay by the order", change, seen, by="eva", at=desk.at(200))
    for member, choice in (("lea", "yes"), ("tom", "yes"), ("ada", "no"), ("kim", "abstain")):
        made.vote(COOP, proposal.id, member, choice, by=member, at=desk.at(201))
    with pytest.raises(Invalid):
        made.vote(COOP, proposal.id, "lea", "no", by="lea", at=desk.at(202))
    closed = made.close(COOP, proposal.id, minutes="AG, 5 present", by="eva", at=desk.at(203))
    assert closed.carried
    assert [closed.count(choice) for choice in ("yes", "no", "abstain")] == [2, 1, 1]
    scheme = accounts_of(desk).scheme(COOP)
    assert scheme.name == "MDRP"
    assert {rule.name for rule in scheme.rules if rule.until is None} == {"per_order", "guarantee"}
    assert accounts_of(desk).pay(COOP, TODAY, TODAY).couriers[0].pay_cents == 3 * 1202, "today's rules held today"
    assert "2 yes, 1 no, 1 abstain" in desk.entries[-1].data["minutes"]
    with pytest.raises(Invalid):
        made.close(COOP, proposal.id, minutes="", by="eva", at=desk.at(204))
    assert [one.id for one in made.proposals(COOP)] == [proposal.id]


def test_what_is_not_carried_changes_nothing() -> None:
    """A tie is no majority."""
    desk = ended(afternoon(2))
    made = decisions_of(desk)
    change = {"pack": "mdrp", "since": TOMORROW.isoformat()}
    seen = made.snapshot(COOP, TODAY, TODAY)
    proposal = made.propose(COOP, "Pay by the order", change, seen, by="eva", at=desk.at(200))
    made.vote(COOP, proposal.id, "lea", "yes", by="lea", at=desk.at(201))
    made.vote(COOP, proposal.id, "tom", "no", by="tom", at=desk.at(201))
    assert made.close(COOP, proposal.id, minutes="", by="eva", at=desk.at(203)).carried is False
    assert accounts_of(desk).scheme(COOP).name == "co-op employee"


def test_a_snapshot_is_the_same_bit_for_bit() -> None:
    """Made again as of its entry after more has happened, the figures have the same digest."""
    desk = ended(afternoon(5))
    made = decisions_of(desk)
    seen = made.snapshot(COOP, TODAY, TODAY)
    desk.starts("c0", 300)
    desk.delivers("later", "c0", 301, 310, 320)
    desk.shift("c0", "end", 400)
    again = decisions_of(desk).snapshot(COOP, TODAY, TODAY, seen.seq)
    assert again.sha256 == seen.sha256
    assert made.snapshot(COOP, TODAY, TODAY).sha256 != seen.sha256


@pytest.mark.parametrize("change", [{}, {"pack": "none", "since": "2026-06-01"}, {"pack": "mdrp"}, {"rule": {}}])
def test_only_a_change_of_rules_can_be_proposed(change: dict[str, object]) -> None:
    """Nothing, an unknown pack, a pack without a day and an empty rule are refused."""
    desk = ended(afternoon(2))
    made = decisions_of(desk)
    with pytest.raises(Invalid):
        made.propose(COOP, "?", change, made.snapshot(COOP, TODAY, TODAY), by="eva", at=desk.at(200))


def test_an_objection_has_a_clock_and_one_answer_by_name() -> None:
    """Due after 14 days, red from day 10 until somebody answers; a second answer is refused."""
    desk = ended(afternoon(2))
    made = decisions_of(desk)
    raised = made.raise_objection(COOP, "c0", "c1-0", "That was my turn", by="c0", at=desk.at(200))
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
        COOP, "o", "c0", expected_version=None, by="eva", at=desk.at(151), reason="nearest", shown={"c0": {"cents": 0}}
    )
    desk.gives("o", "c1", 155)
    first, second = decisions_of(desk).why(COOP, "o")
    assert (first.by, first.giver, first.taker, first.reason) == ("eva", None, "c0", "nearest")
    assert first.shown == {"c0": {"cents": 0}}
    assert (second.by, second.giver, second.taker, second.shown) == ("desk", "c0", "c1", None)
