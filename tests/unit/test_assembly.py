"""The assembly decides, and what it decided holds from its day: all of it in the journal."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

import pytest

from dashboard.assembly import Assembly
from dashboard.domain.coop_settings import HALF_LIFE, QUORUM, Held
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.rules import in_force
from tests.unit.desk_script import COOP, Desk
from tests.unit.test_accounts import TODAY, accounts_of, afternoon, ended

TOMORROW = date(2026, 5, 13)
PACK = {"pack": "mdrp", "since": TOMORROW.isoformat()}
WEEK = (date(2026, 5, 4), date(2026, 5, 10))
"""The last that is over."""
SEVEN_DAYS = {"setting": HALF_LIFE, "value": 7, "since": TOMORROW.isoformat()}
NOBODY = {"by": "", "on": None, "source": "", "confirmed": True}


def assembly_of(desk: Desk, notice_days: int = 0) -> Assembly:
    """On the desk's own record, with counted ids."""
    ids = count(len(desk.entries))
    return Assembly(desk.store, desk.dispatch, accounts_of(desk), lambda: f"p{next(ids)}", notice_days)


def price(rate: str, since: date = TOMORROW) -> dict[str, Any]:
    """So much for each order, beside the wage."""
    return {"rule": {"name": "per_order", "measure": "order", "rate": rate, "since": str(since), "decision": NOBODY}}


def voted(made: Assembly, desk: Desk, change: dict[str, Any], *choices: str, minute: int = 200) -> str:
    """A proposal with so many votes, still open."""
    seen = made.snapshot(COOP, *WEEK)
    proposal = made.propose(COOP, "Another pay", change, seen, by="eva", at=desk.at(minute))
    for number, choice in enumerate(choices):
        made.vote(COOP, proposal.id, f"m{number}", choice, by=f"m{number}", at=desk.at(minute + 1))
    return proposal.id


def test_a_vote_takes_effect_on_its_day() -> None:
    """Two yes against one no: the pack is in force from tomorrow, with the count in the minutes of the entry."""
    desk = ended(afternoon(5))
    made = assembly_of(desk)
    put = voted(made, desk, PACK, "yes", "yes", "no", "abstain")
    assert made.proposal(COOP, put).counts is None, "nobody votes by how the others did"
    with pytest.raises(Invalid):
        made.vote(COOP, put, "m0", "no", by="m0", at=desk.at(202))
    closed = made.close(COOP, put, minutes="AG, 5 present", by="eva", at=desk.at(203))
    assert (closed.carried, closed.since, closed.closed_by) == (True, TOMORROW, "eva")
    assert closed.counts == {"yes": 2, "no": 1, "abstain": 1}
    scheme = accounts_of(desk).scheme(COOP)
    assert {rule.name for rule in scheme.rules if in_force(rule, TOMORROW)} == {"per_order", "guarantee"}
    assert accounts_of(desk).pay(COOP, TODAY, TODAY).couriers[0].pay_cents == 3 * 1202, "today's rules held today"
    assert "2 yes, 1 no, 1 abstain" in desk.entries[-1].data["minutes"]
    assert desk.entries[-1].data["proposal"] == put
    with pytest.raises(Invalid):
        made.close(COOP, put, minutes="", by="eva", at=desk.at(204))
    assert [one.id for one in made.proposals(COOP)] == [put]


def test_what_is_not_carried_changes_nothing() -> None:
    """A tie is no majority."""
    desk = ended(afternoon(2))
    made = assembly_of(desk)
    put = voted(made, desk, PACK, "yes", "no")
    assert made.close(COOP, put, minutes="", by="eva", at=desk.at(203)).carried is False
    assert accounts_of(desk).scheme(COOP).name == "co-op employee"


def test_who_decided_stands_in_the_rule() -> None:
    """The new version of the rule says that the assembly decided it, on which day, about which proposal."""
    desk = ended(afternoon(2))
    made = assembly_of(desk)
    made.close(COOP, voted(made, desk, price("1.50"), "yes"), minutes="", by="eva", at=desk.at(203))
    (rule,) = [one for one in accounts_of(desk).scheme(COOP).versions("per_order") if one.since == TOMORROW]
    assert (str(rule.rate), rule.decision.by, rule.decision.on) == ("1.50", "general assembly", TODAY)
    assert rule.decision.source == "Another pay"


@pytest.mark.parametrize(("since", "notice"), [("2026-05-11", 0), ("2026-05-13", 2), ("2026-05-25", 14)])
def test_nothing_is_proposed_at_too_short_notice(since: str, notice: int) -> None:
    """A day before today never, and none that comes sooner than the notice."""
    desk = ended(afternoon(2))
    with pytest.raises(Invalid):
        voted(assembly_of(desk, notice), desk, {"pack": "mdrp", "since": since})


def test_a_vote_that_comes_too_late_takes_effect_later() -> None:
    """Two days before its day a notice of three refuses the closing; a later day that is given counts."""
    desk = ended(afternoon(2))
    made = assembly_of(desk, 3)
    put = voted(made, desk, {"pack": "mdrp", "since": "2026-05-15"}, "yes")
    day = 24 * 60
    with pytest.raises(Invalid):
        made.close(COOP, put, minutes="", by="eva", at=desk.at(day))
    with pytest.raises(Invalid):
        made.close(COOP, put, minutes="", by="eva", at=desk.at(day), since=date(2026, 5, 14))
    closed = made.close(COOP, put, minutes="", by="eva", at=desk.at(day), since=date(2026, 5, 16))
    assert closed.since == date(2026, 5, 16)
    scheme = accounts_of(desk).scheme(COOP)
    assert {one.since for one in scheme.versions("per_order")} == {date(2026, 5, 16)}


def test_the_notice_is_the_coops_own() -> None:
    """14 days until the members decide on another number, which holds from the closing on."""
    desk = ended(afternoon(2))
    made = Assembly(desk.store, desk.dispatch, accounts_of(desk), lambda: "p")
    assert made.notice_days(COOP) == 14
    put = voted(made, desk, {"notice_days": 1}, "yes")
    made.close(COOP, put, minutes="", by="eva", at=desk.at(203))
    assert made.notice_days(COOP) == 1
    with pytest.raises(Invalid):
        made.propose(COOP, "?", {"notice_days": -1}, made.snapshot(COOP, *WEEK), by="eva", at=desk.at(204))


def test_the_half_life_holds_from_its_day() -> None:
    """Put to the vote like a rule, with notice; fairness goes by it from its day on, and before that by the old one."""
    desk = ended(afternoon(5))
    made = assembly_of(desk, notice_days=1)
    with pytest.raises(Invalid):
        made.propose(COOP, "?", {**SEVEN_DAYS, "since": str(TODAY)}, made.snapshot(COOP, *WEEK), by="eva",
                     at=desk.at(199))  # fmt: skip
    put = voted(made, desk, SEVEN_DAYS, "yes")
    made.close(COOP, put, minutes="", by="eva", at=desk.at(203))
    assert [made.setting(COOP, HALF_LIFE, day).value for day in (TODAY, TOMORROW)] == [14, 7]
    assert made.setting(COOP, HALF_LIFE, TOMORROW) == Held(7, TOMORROW, put, "eva")
    accounts = accounts_of(desk)
    assert [accounts.fairness(COOP, TODAY, day).half_life for day in (TODAY, TOMORROW)] == [14, 7]
    assert accounts.fairness(COOP, TODAY, TOMORROW, half_life=28).half_life == 28, "to look at"
    assert desk.entries[-1].kind == "coop.setting_changed"
    assert made.again(COOP, put).sha256 == made.proposal(COOP, put).snapshot["sha256"]


def test_a_vote_below_the_quorum_is_not_carried() -> None:
    """With a quorum of three, two yes are too few; an abstention counts towards it. The result says what was needed."""
    desk = ended(afternoon(5))
    made = assembly_of(desk)
    quorum = {"setting": QUORUM, "value": 3, "since": str(TODAY)}
    made.close(COOP, voted(made, desk, quorum, "yes"), minutes="", by="eva", at=desk.at(203))
    few = made.close(COOP, voted(made, desk, SEVEN_DAYS, "yes", "yes"), minutes="", by="eva", at=desk.at(204))
    assert (few.carried, few.has_quorum, few.quorum, few.since) == (False, False, 3, None)
    enough = voted(made, desk, SEVEN_DAYS, "yes", "yes", "abstain")
    closed = made.close(COOP, enough, minutes="", by="eva", at=desk.at(205))
    assert (closed.carried, closed.has_quorum, closed.quorum) == (True, True, 3)


@pytest.mark.parametrize(
    "change",
    [
        {"setting": "half_life_days", "value": 0, "since": str(TOMORROW)},
        {"setting": "half_life_days", "value": 7.5, "since": str(TOMORROW)},
        {"setting": "quorum", "value": -1, "since": str(TOMORROW)},
        {"setting": "colour", "value": 1, "since": str(TOMORROW)},
    ],
)
def test_a_setting_that_is_none_is_refused(change: dict[str, Any]) -> None:
    """No such name, or a number out of bounds."""
    desk = ended(afternoon(1))
    made = assembly_of(desk)
    with pytest.raises(Invalid):
        made.propose(COOP, "?", change, made.snapshot(COOP, *WEEK), by="eva", at=desk.at(200))


def test_of_several_decisions_the_newest_day_counts() -> None:
    """A later day that was decided earlier waits for its day; on one day the newest entry counts."""
    desk = ended(afternoon(1))
    made = assembly_of(desk)
    for value, since in ((21, date(2026, 6, 1)), (10, TOMORROW), (9, TOMORROW)):
        put = voted(made, desk, {"setting": HALF_LIFE, "value": value, "since": str(since)}, "yes")
        made.close(COOP, put, minutes="", by="eva", at=desk.at(203))
    assert [made.setting(COOP, HALF_LIFE, on).value for on in (TODAY, TOMORROW, date(2026, 6, 2))] == [14, 9, 21]


def test_a_carried_change_that_cannot_follow_is_not_closed() -> None:
    """When meanwhile the same rule was changed for the same day, the closing is refused and the vote stays open."""
    desk = ended(afternoon(2))
    made = assembly_of(desk)
    put = voted(made, desk, price("13.00"), "yes")
    made.decide(COOP, price("12.50"), reason="minimum wage", by="eva", at=desk.at(202))
    with pytest.raises(Invalid):
        made.close(COOP, put, minutes="", by="eva", at=desk.at(203))
    assert made.proposal(COOP, put).is_open


def test_a_snapshot_is_the_same_bit_for_bit() -> None:
    """Made again as of its entry after more has happened, the figures have the same digest."""
    desk = ended(afternoon(5))
    made = assembly_of(desk)
    put = voted(made, desk, PACK)
    written = made.proposal(COOP, put).snapshot["sha256"]
    desk.starts("c0", 300)
    desk.delivers("later", "c0", 301, 310, 320)
    desk.shift("c0", "end", 400)
    assert assembly_of(desk).again(COOP, put).sha256 == written
    assert made.again(COOP, put).sha256 == written
    assert made.snapshot(COOP, TODAY, TODAY).sha256 != written


@pytest.mark.parametrize(
    "change", [{}, {"all": []}, {"pack": "none", "since": "2026-06-01"}, {"pack": "mdrp"}, {"rule": {}},
               {"rule": {"name": "x", "measure": "order", "rate": "1", "decision": None}}],
)  # fmt: skip
def test_only_a_change_of_rules_can_be_proposed(change: dict[str, Any]) -> None:
    """Nothing, an unknown pack, a pack without a day and an empty rule are refused."""
    desk = ended(afternoon(2))
    with pytest.raises(Invalid):
        voted(assembly_of(desk), desk, change)


def test_without_a_vote_a_reason_and_no_past() -> None:
    """The administrator's change begins today or later, and says where it was decided."""
    desk = ended(afternoon(2))
    made = assembly_of(desk)
    with pytest.raises(Invalid):
        made.decide(COOP, price("13", TODAY), reason=" ", by="eva", at=desk.at(200))
    with pytest.raises(Invalid):
        made.decide(COOP, price("13", date(2026, 5, 11)), reason="law", by="eva", at=desk.at(200))
    (entry,) = made.decide(COOP, price("13", TODAY), reason="law", by="eva", at=desk.at(200))
    assert (entry.data["rule"]["decision"]["by"], entry.data["rule"]["decision"]["source"]) == ("eva", "law")


def test_there_is_no_such_proposal() -> None:
    """Votes and closings about nothing are refused."""
    desk = ended(afternoon(2))
    made = assembly_of(desk)
    with pytest.raises(NotFound):
        made.vote(COOP, "none", "m0", "yes", by="m0", at=desk.at(200))
    with pytest.raises(NotFound):
        made.close(COOP, "none", minutes="", by="eva", at=desk.at(200))


def test_figures_to_vote_by_are_of_whole_weeks() -> None:
    """A snapshot can be read by everybody: of days that members could not ask for, nothing is put to the vote."""
    desk = ended(afternoon(5))
    made = assembly_of(desk)
    for days in ((TODAY, TODAY), (date(2026, 5, 11), date(2026, 5, 17))):
        with pytest.raises(Invalid):
            made.propose(COOP, "?", PACK, made.snapshot(COOP, *days), by="eva", at=desk.at(200))
