"""Rules of pay, proposals and what-if over HTTP: by whom, and what comes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dashboard.api import answers_rules as answers
from dashboard.domain.whole_periods import last_month as whole_month
from dashboard.domain.whole_periods import last_weeks
from tests.app.conftest import Desk
from tests.app.pages.test_account_pages import last_month, worked
from tests.today import today

MONTH = dict(zip(("from", "to"), map(str, whole_month(today())), strict=True))


def day(days: int) -> str:
    """So many days from now."""
    return (today() + timedelta(days=days)).isoformat()


def rule(rate: str, since: str) -> dict[str, Any]:
    """So much for each order."""
    return {"name": "per_order", "measure": "order", "rate": rate, "since": since}


def made(desk: Desk, **change: Any) -> Any:
    """A member's proposal about the last week."""
    first, last = last_weeks(today(), 1)
    body = {"title": "By the order", "from": str(first), "to": str(last), **change}
    return desk.post("/proposals", body, token=desk.token("member", name="Mia"))


def test_a_proposal_is_made_voted_and_closed(desk: Desk) -> None:
    """Counts stay hidden until the administrator closes; then the rule is there, from its day, decided by a vote."""
    worked(desk, 6)
    proposal = made(desk, rules=[rule("1.50", day(20))])
    assert proposal.status_code == 201, proposal.text
    id = proposal.json["id"]  # noqa: A001  the contract's word
    answers.Proposal.model_validate(proposal.json)
    courier, member = desk.token("courier", scope="ada"), desk.token("member", name="Mia")
    for token, choice in ((courier, "yes"), (member, "abstain")):
        assert desk.post(f"/proposals/{id}/votes", {"choice": choice}, token=token).status_code == 200
    again = desk.post(f"/proposals/{id}/votes", {"choice": "no"}, token=courier)
    assert (again.status_code, again.json["errors"][0]["field"]) == (422, "member")
    seen = desk.get(f"/proposals/{id}", token=courier).json
    assert (seen["voted"], seen["own"], seen["counts"]) == (2, "yes", None)
    closed = desk.post(f"/proposals/{id}/close", {"minutes": "AG"}, token=desk.token("admin")).json
    assert (closed["carried"], closed["counts"]) == (True, {"yes": 1, "no": 0, "abstain": 1})
    rules = desk.get("/rules", token=member).json
    (written,) = [one for one in rules["rules"] if one["name"] == "per_order"]
    assert (written["since"], written["decision"]["by"]) == (day(20), "general assembly")
    frozen = desk.get(f"/proposals/{id}/snapshot", token=courier).json
    answers.Frozen.model_validate(frozen)
    assert frozen["agrees"]
    assert [one["id"] for one in desk.get("/proposals", token=member).json["proposals"]] == [id]


def test_notice_and_names(desk: Desk) -> None:
    """A change that comes too soon is refused, and so is a vote by a token that could be anybody's."""
    assert made(desk, rules=[rule("1", day(3))]).json["errors"][0]["field"] == "since"
    id = made(desk, notice_days=2).json["id"]  # noqa: A001
    named = desk.token("member", coop="acme", scope=None)
    assert desk.post(f"/proposals/{id}/votes", {"choice": "yes"}, token=named).status_code == 200
    unnamed = desk.token("courier", scope=None, name="courier")
    refused = desk.post(f"/proposals/{id}/votes", {"choice": "yes"}, token=unnamed)
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "member")


def test_any_rule_of_any_pack_can_be_changed(desk: Desk) -> None:
    """Seattle's minimum per job becomes another one: packs, then the numbers, then the change are read and written."""
    admin = desk.token("admin")
    packs = desk.get("/rules/packs", token=admin).json
    answers.Packs.model_validate(packs)
    assert packs["packs"]["seattle"]["numbers"]["seattle.per_offer"] == "5.20"
    chosen = desk.post("/rules", {"pack": "seattle", "since": day(0), "reason": "moved"}, token=admin)
    assert chosen.status_code == 201, chosen.text
    floor = {"name": "seattle", "since": day(1), "per_minute": "0.50", "per_mile": "0.77", "per_offer": "6"}
    assert desk.post("/rules", {"offer_floors": [floor], "reason": "AG"}, token=admin).status_code == 201
    after = desk.get(f"/rules?on={day(1)}", token=admin).json
    answers.Rules.model_validate(after)
    assert after["numbers"]["seattle.per_offer"] == "6"
    assert desk.get(f"/rules?on={day(0)}", token=admin).json["numbers"]["seattle.per_offer"] == "5.20"


def test_the_past_is_not_changed(desk: Desk) -> None:
    """A rule from yesterday is refused; a correction with a reason is written, one without is not."""
    admin = desk.token("admin")
    past = desk.post("/rules", {"rules": [rule("1", day(-1))], "reason": "AG"}, token=admin)
    assert (past.status_code, past.json["errors"][0]["field"]) == (422, "since")
    desk.courier("lea")
    given = {"courier": "lea", "amount_cents": -250, "reason": "counted twice"}
    written = desk.post("/rules/corrections", given, token=admin)
    assert written.status_code == 201
    assert written.json["entries"][0]["version"] > 0
    assert desk.post("/rules/corrections", {**given, "reason": " "}, token=admin).status_code == 422


def test_what_if(desk: Desk) -> None:
    """One euro an hour more for six couriers of two hours each costs 12 €; a number that is none is refused."""
    worked(desk, 6, last_month())
    token = desk.token("member", name="Mia")
    asked = {**MONTH, "numbers": {"wage": "13.31"}}
    found = desk.post("/what-if", asked, token=token).json
    answers.Trial.model_validate(found)
    assert (found["n"], found["gainers"], found["losers"], found["cost_cents"]) == (6, 6, 0, 1200)
    assert desk.post("/what-if", {**asked, "numbers": {"none": "1"}}, token=token).status_code == 422
    assert desk.post("/what-if", {**asked, "numbers": {}}, token=token).status_code == 422
    shifted = desk.post("/what-if", {**asked, "to": day(-1)}, token=token).json
    assert shifted["errors"][0]["field"] == "to", "two such costs subtracted would be a day's"


def test_what_if_says_nothing_of_four(desk: Desk) -> None:
    """With four couriers no figure is answered, to the administrator neither: the cost would be four persons'."""
    worked(desk, 4, last_month())
    asked = {**MONTH, "numbers": {"wage": "13.31"}}
    for role in ("member", "admin"):
        found = desk.post("/what-if", asked, token=desk.token(role)).json
        answers.Trial.model_validate(found)
        assert (found.pop("n"), found.pop("too_few"), found.pop("changes")) == (4, True, [])
        assert (found.pop("few_gain"), found.pop("few_lose")) == (False, False)
        told = {name for name, value in found.items() if value is not None}
        assert told == {"coop", "first", "last", "seq", "currency"}


def test_the_half_life_is_put_to_the_vote(desk: Desk) -> None:
    """Over HTTP too; with a quorum that was reached, in force from its day. One proposal is about one thing."""
    worked(desk, 6)
    setting = {"setting": "half_life_days", "value": 28, "since": day(20)}
    assert made(desk, setting=setting, notice_days=3).status_code == 422
    assert made(desk, setting={**setting, "value": 0}).json["errors"][0]["field"] == "value"
    id = made(desk, setting=setting).json["id"]  # noqa: A001
    desk.post(f"/proposals/{id}/votes", {"choice": "yes"}, token=desk.token("courier", scope="ada"))
    closed = desk.post(f"/proposals/{id}/close", {"minutes": "AG"}, token=desk.token("admin")).json
    answers.Proposal.model_validate(closed)
    assert (closed["carried"], closed["quorum"], closed["since"]) == (True, 0, day(20))
    held = [desk.get(f"/rules?on={day(on)}", token=desk.token("member")).json["half_life_days"] for on in (19, 20)]
    assert held == [14, 28]
