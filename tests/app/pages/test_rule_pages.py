"""What-if, assembly, rules and how, over HTTP: what they say, who may do what, and that it holds from its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard import accounts_day
from dashboard.app import create_app
from dashboard.domain.coop_settings import KIND, SUBJECT
from dashboard.domain.events import Fact
from dashboard.domain.rules_packs import PACKS
from dashboard.domain.whole_periods import last_weeks
from dashboard.ports import Coop
from layouts.rule_words import DECIDED, NAMES, PACK_NAMES, SCHEMES, SOURCES
from tests.app.conftest import Desk, settings_for
from tests.app.pages.page import Page, Slot, texts
from tests.app.pages.test_account_pages import NAMES as COURIERS
from tests.app.pages.test_account_pages import last_month, page_of, worked
from tests.running import PATIENCE, until
from tests.today import today

DESK = ("suggestions", "weight-late", "weight-pay", "weight-effort", "load-kg", "cargo-load-kg")
WAGE = {"type": "propose-number", "key": "per_order"}


class Clock:
    """A clock that a test can put on."""

    def __init__(self) -> None:
        self.on = timedelta()

    def __call__(self) -> datetime:
        """Now, or later."""
        return datetime.now(UTC) + self.on


@pytest.fixture
def clock() -> Clock:
    """Shows the present, until it is put on."""
    return Clock()


@pytest.fixture
def desk(home: Path, clock: Clock) -> Iterator[Desk]:
    """The program with one co-op, and a clock of the test's."""
    application = create_app(settings_for(home), clock=clock)
    application.store.add_coop(Coop("acme", "Acme"))
    yield Desk(application, home)
    application.store.close()


def asked(page: Page, search: str) -> list[str]:
    """What the page says once the answer is there."""
    tree = page.show("/what-if", search)
    question = next(each for each in walk(tree) if each.get("id") == "what-if-question")["data"]
    beats = [0]

    def look() -> Any:
        beats[0] += 1
        answer = page.fire(
            [("what-if-beat", "n_intervals", beats[0])], [("what-if-question", "data", question)]
        )["response"]  # fmt: skip
        found.append(answer["what-if-result"]["children"])
        return answer["what-if-beat"]["disabled"]

    found: list[Any] = []
    until(look, PATIENCE, "there is no answer")
    return texts(found[-1])


def walk(tree: Any) -> Iterator[dict[str, Any]]:
    """The properties of every component of a tree."""
    if isinstance(tree, list):
        for one in tree:
            yield from walk(one)
    elif isinstance(tree, dict) and "props" in tree:
        yield tree["props"]
        yield from walk(tree["props"].get("children"))


def test_what_if_says_who_gains_and_what_it_costs(desk: Desk) -> None:
    """Six couriers with two hours each at 1 € more: all gain, nobody is named, and the proposal is one link away."""
    worked(desk, 6, last_month())
    said = asked(page_of(desk, "member"), f"?from={last_month():%Y-%m-01}&wage=13.31")
    assert "6 of 6 couriers would have got more, 0 less, 0 as much." in said
    assert "It would have cost the co-op €12.00 more." in said
    assert not set(COURIERS) & set(said)
    assert "Propose this to the assembly" in said


def test_what_if_hides_small_groups(desk: Desk) -> None:
    """Four couriers: no figure, and the reason why."""
    worked(desk, 4)
    said = asked(page_of(desk, "dispatcher"), "?days=7&pack=mdrp")
    assert not any("€" in text for text in said)
    assert said[0].startswith("Fewer than five couriers")


def shown_at_the_desk(desk: Desk, n: int) -> None:
    """So many orders given to the first of a list of three; the second of each earns less and takes 3 minutes more."""
    for turn in range(n):
        three = [COURIERS[(turn + place) % n].lower() for place in range(3)]
        rows = [
            {"place": place, "courier": courier, "standing": "open", "late_minutes": late, "rate_cents": rate,
             "detour_m": 1000 * place, "pay_cents": 300}
            for place, courier, late, rate in zip((1, 2, 3), three, (0, 3, 4), (1500, 1000, 1500), strict=True)
        ]  # fmt: skip
        order = f"o{turn}"
        data = {"order": order, "courier": three[0], "candidates": rows, "is_on": True}
        fact = Fact("suggestion.shown", f"suggestion:{order}", 0, data)
        desk.application.dispatch.note("acme", fact, by="Ana", at=last_month())


def test_other_weights_of_the_suggestions(desk: Desk) -> None:
    """What other weights would have put first, on the page and over HTTP, and without how one person chose."""
    shown_at_the_desk(desk, 6)
    page = page_of(desk, "member")
    weighed: list[Slot | list[Slot]] = [("what-if-weigh", "n_clicks", 1)]
    days: list[Slot] = [("what-if-first", "value", f"{last_month():%Y-%m-01}"),
                        ("what-if-last", "value", f"{last_month():%Y-%m-15}")]  # fmt: skip
    names = ("what-if-weight-late", "what-if-weight-pay", "what-if-weight-effort")
    values: list[Slot] = [(name, "value", value) for name, value in zip(names, ("", "10", ""), strict=True)]
    href = page.fire(weighed, [*days, *values])["response"]["page-address"]["href"]
    assert href.endswith("&weight_pay=10")
    said = texts(page.show("/what-if", href.removeprefix("/what-if")))
    assert {"In 6 of 6 assignments another courier would have stood first.", "+18 min", "+6.0 km", "+€18.00"} <= set(
        said
    )
    assert any(text.startswith("One or two people gave these orders") for text in said)
    assert "6 of 6" in texts(page_of(desk, "dispatcher").show("/what-if", href.removeprefix("/what-if")))
    assert not {*COURIERS, *(name.lower() for name in COURIERS)} & set(said)
    whole = {"from": f"{last_month():%Y-%m-01}", "to": str(today().replace(day=1) - timedelta(days=1))}
    answer = desk.post("/what-if/weights", {**whole, "weight_pay": 10}, token=desk.token("member")).json
    assert (answer["changed"], answer["metres"], answer["taken_then"]) == (6, 6000, None)
    assert desk.post("/what-if/weights", whole, token=desk.token("member")).status_code == 422
    proposed = page.show("/assembly", "?weight_pay=10")
    assert next(each for each in walk(proposed) if each.get("id") == "propose-weight-pay")["value"] == "10"
    wrong = page.fire(weighed, [*days, *((name, "value", "101") for name in names)])
    assert any("between 0 and 100" in text for text in texts(wrong["sideUpdate"]["page-said"]["children"]))


def test_the_whole_way_from_proposal_to_the_rule_in_force(desk: Desk, clock: Clock) -> None:
    """Proposed by a member, voted once by each, closed by the administrator, in force on its day and not before."""
    worked(desk, 6)
    member, admin = page_of(desk, "member"), page_of(desk, "admin")
    since, (first, last) = (today() + timedelta(days=20)).isoformat(), last_weeks(today(), 1)
    numbers: list[Slot] = [(WAGE, "value", "1,50")]
    state: list[Any] = [
        ("propose-title", "value", "A price for each order"), ("propose-notice", "value", ""),
        ("propose-half-life", "value", ""), ("propose-quorum", "value", ""),
        ("propose-trace", "value", ""),
        ("propose-since", "value", since), ("propose-first", "value", str(first)), ("propose-last", "value", str(last)),
        ("propose-pack", "value", ""), numbers, [(WAGE, "id", WAGE)],
        *((f"propose-{name}", "value", "") for name in DESK),
    ]  # fmt: skip
    put = member.fire([("propose-put", "n_clicks", 1)], state)
    assert put["response"]["page-address"]["href"] == "/assembly"
    (found,) = desk.application.assembly.proposals("acme")
    assert "A price for each order" in texts(member.show("/assembly"))
    yes: Slot = ({"type": "vote", "proposal": found.id, "choice": "yes"}, "n_clicks", 1)
    for _ in range(2):
        member.post([[yes]])
    assert desk.application.assembly.proposal("acme", found.id).votes == {"member of acme": "yes"}
    open_page = texts(member.show("/assembly"))
    assert "1 has voted." in open_page
    closing = [("close-now", "n_clicks", 1), ("close-minutes", "value", "AG"), ("close-since", "value", "")]
    slots: list[Any] = [[({"type": kind, "proposal": found.id}, name, value)] for kind, name, value in closing]
    name: Slot = ({"type": "close-minutes", "proposal": found.id}, "id", {"proposal": found.id})
    assert member.post([slots[0]], [slots[1], [name], slots[2]]).status_code == 403
    assert desk.application.assembly.proposal("acme", found.id).is_open, "closing is the administrator's"
    admin.fire([slots[0]], [slots[1], [name], slots[2]])
    minutes = texts(admin.show("/assembly", f"?proposal={found.id}"))
    assert {"Minutes of the assembly", "Yes", "1", "AG"} <= set(minutes)
    before = texts(member.show("/rules"))
    assert "Decided, not yet in force" in before
    clock.on = timedelta(days=21)
    after = texts(member.show("/rules"))
    assert "Decided, not yet in force" not in after
    assert "1.50 € per order" in after
    again: Slot = ({"type": "again", "proposal": found.id}, "n_clicks", 1)
    checked = texts(member.fire([[again]])["response"]["page-said"]["children"])
    assert "bit for bit" in checked[0]


def test_an_administrator_sees_what_changes_before_it_does(desk: Desk) -> None:
    """The change is shown in words first; confirmed, it holds; without a look nothing is written."""
    admin = page_of(desk, "admin")
    since = str(today())
    number = {"type": "rules-number", "key": "wage"}
    looked = admin.fire(
        [("rules-look", "n_clicks", 1)],
        [("rules-reason", "value", "new SMIC"), ("rules-since", "value", since), ("rules-pack", "value", ""),
         [(number, "value", "13")], [(number, "id", number)]],
    )["response"]  # fmt: skip
    said = texts(looked["rules-preview"]["children"])
    assert {"12.31 € per hour on shift", "13.00 € per hour on shift", "Reason: new SMIC"} <= set(said)
    assert "13.00 € per hour on shift" not in texts(admin.show("/rules"))
    admin.fire([("rules-confirm", "n_clicks", 1)], [("rules-meant", "data", looked["rules-meant"]["data"])])
    assert "13.00 € per hour on shift" in texts(admin.show("/rules"))
    refused = admin.fire([("rules-confirm", "n_clicks", 1)], [("rules-meant", "data", None)])
    assert any("See first" in text for text in texts(refused["sideUpdate"]["page-said"]["children"]))


def test_a_correction_is_a_line_of_its_own(desk: Desk) -> None:
    """Shown first, then written with its reason."""
    worked(desk, 2)
    admin = page_of(desk, "admin")
    state: list[Any] = [("correct-courier", "value", "ada"), ("correct-amount", "value", "-2,50"),
                        ("correct-about", "value", ""), ("correct-reason", "value", "counted twice")]  # fmt: skip
    meant = admin.fire([("correct-look", "n_clicks", 1)], state)["response"]
    assert "Ada gets €2.50 less." in texts(meant["correct-preview"]["children"])
    admin.fire([("correct-confirm", "n_clicks", 1)], [("correct-meant", "data", meant["correct-meant"]["data"])])
    entry = desk.application.store.about("acme", "ada")[-1]
    assert (entry.kind, entry.data["amount_cents"], entry.version > 0) == ("pay.corrected", -250, True)


@pytest.mark.parametrize("role", ["member", "dispatcher"])
def test_forms_are_for_administrators(desk: Desk, role: str) -> None:
    """Whoever may not change the rules reads them without a form, and cannot fire its callback."""
    page = page_of(desk, role)
    assert "Change the rules without a vote" not in texts(page.show("/rules"))
    change = {"pack": "mdrp", "since": "2099-01-01"}
    answer = page.post([("rules-confirm", "n_clicks", 1)], [("rules-meant", "data", {"change": change, "reason": "x"})])
    assert answer.status_code == 403
    assert not desk.application.store.about("acme", "pay-rules")


@pytest.mark.parametrize("search", ["?days=x", "?from=9999-01-01&to=1", "?pack=none", "?proposal=none", "?wage=a"])
def test_odd_addresses(desk: Desk, search: str) -> None:
    """Whatever the address says, there is a page."""
    page = page_of(desk, "admin")
    for path in ("/what-if", "/assembly", "/rules", "/how"):
        assert texts(page.show(path, search))


def test_how_is_the_configuration(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Criteria as the code has them until the members give weights, then those; another number is another page."""
    page = page_of(desk, "courier", "lea")
    before = texts(page.show("/how"))
    late = "who makes the customers least late, all orders in hand counted, in whole minutes"
    effort = "who has least more to ride, in hundreds of metres"
    assert before.index(late) < before.index(effort)
    assert {"10 h 00", "48 h 00", "25 min", "12.31 € per hour on shift"} <= set(before)
    weight = {"setting": "weight_late", "value": 3, "since": "2026-01-01"}
    desk.application.dispatch.note("acme", Fact(KIND, SUBJECT, 0, weight), by="eva", at=datetime.now(UTC))
    monkeypatch.setattr(accounts_day, "USUAL_JOB_MS", 31 * 60_000.0)
    after = texts(page.show("/how"))
    assert late not in after
    assert {"3 points for each minute that customers are later", "eva"} <= set(after)
    assert "31 min" in after
    assert "25 min" not in after


def test_every_pack_is_said_in_words() -> None:
    """No rule of a pack, nobody who decided one and no source is without words of the catalogue."""
    for key, scheme in PACKS.items():
        assert key in PACK_NAMES
        assert SCHEMES[scheme.name] == key
        for rule in (*scheme.rules, *scheme.offer_floors):
            assert rule.name in NAMES
            assert rule.decision.by in DECIDED
            assert rule.decision.source in SOURCES
