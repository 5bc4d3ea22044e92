"""Pay rules as data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from dashboard.domain.events import Fact, Head, seal
from dashboard.domain.refusals import Invalid
from dashboard.domain.rules import NOBODY, Decision, OfferFloor, Rule, Scheme, in_force
from dashboard.domain.rules_packs import COOP_EMPLOYEE, PACKS
from dashboard.domain.rules_wire import changed, rule_from_wire, rule_to_wire, with_changes
from tests.unit.pay_work import when

VOTE = Decision("general assembly", date(2026, 3, 1), "minutes of 1 March")


def rate(pack: str, name: str, day: date) -> Decimal:
    """The one rate in force on a day."""
    (found,) = [rule.rate for rule in PACKS[pack].versions(name) if in_force(rule, day)]
    return found


@pytest.mark.parametrize(
    ("pack", "name", "day", "expected"),
    [
        ("coop_employee", "wage", date(2025, 12, 31), "11.88"),
        ("coop_employee", "wage", date(2026, 1, 1), "12.02"),
        ("coop_employee", "wage", date(2026, 5, 31), "12.02"),
        ("coop_employee", "wage", date(2026, 6, 1), "12.31"),
        ("coop_employee", "smic", date(2026, 11, 24), "12.31"),
        ("arpe", "arpe", date(2026, 11, 24), "11.75"),
        ("nyc", "nyc_trip", date(2026, 3, 31), "21.44"),
        ("nyc", "nyc_trip", date(2026, 4, 1), "22.13"),
        ("nyc", "nyc_all", date(2026, 4, 1), "22.13"),
        ("mdrp", "per_order", date(2018, 1, 1), "10"),
        ("mdrp", "guarantee", date(2026, 1, 1), "15"),
    ],
)
def test_packs_know_their_dates(pack: str, name: str, day: date, expected: str) -> None:
    """Each pack has just one version of each rule in force on a day, at the rate of that day."""
    assert rate(pack, name, day) == Decimal(expected)


def test_every_rule_says_who_decided_and_where_it_is_written() -> None:
    """No pack holds an unsourced figure, and those that nobody confirmed say so."""
    everything: list[Rule | OfferFloor] = [rule for pack in PACKS.values() for rule in pack.rules]
    everything += [floor for pack in PACKS.values() for floor in pack.offer_floors]
    assert all(rule.decision.by and rule.decision.source for rule in everything)
    assert {(rule.name, rule.since) for rule in everything if not rule.decision.confirmed} == {
        ("seattle", date(2026, 1, 1)), ("ontario", date(2025, 10, 1)),
    }  # fmt: skip


@pytest.mark.parametrize("pack", PACKS)
def test_versions_follow_one_another(pack: str) -> None:
    """Within a pack every version of a rule ends on the day on which the next begins, and the last is open."""
    scheme = PACKS[pack]
    series = [scheme.versions(name) for name in {rule.name for rule in scheme.rules}] + [scheme.offer_floors]
    for versions in series:
        assert [one.until for one in versions][:-1] == [one.since for one in versions][1:]
        assert all(one.until is None for one in versions[-1:])


def test_a_change_ends_the_version_before_it() -> None:
    """A new version closes the one that it follows on its own first day, and history stays as it was."""
    old = Rule("per_order", "order", Decimal(4), VOTE)
    scheme = Scheme("ours", "EUR", (old,)).plus(replace(old, rate=Decimal("4.50"), since=date(2026, 7, 1)))
    assert [(rule.rate, rule.since, rule.until) for rule in scheme.versions("per_order")] == [
        (Decimal(4), date.min, date(2026, 7, 1)),
        (Decimal("4.50"), date(2026, 7, 1), None),
    ]
    assert scheme.without("per_order").rules == ()
    with pytest.raises(Invalid, match="before"):
        scheme.plus(replace(old, since=date(2026, 6, 1)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"measure": "smile"}, {"when": "full moon"}, {"role": "fine"}, {"window": "year"}, {"scope": "world"},
        {"rate": Decimal(-1)}, {"rate": Decimal("NaN")},
    ],
)  # fmt: skip
def test_rules_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    """An unknown measure, condition, role, window or scope, or a rate that is none, is refused by name."""
    with pytest.raises(Invalid):
        Rule(**{"name": "r", "measure": "order", "rate": Decimal(1), "decision": NOBODY, **wrong})  # type: ignore[arg-type]


def test_rules_survive_the_wire() -> None:
    """Every rule of every pack, and one with everything set, comes back equal from JSON."""
    full = Rule(
        "night", "hour_on_shift", Decimal("25"), VOTE, date(2026, 1, 1), date(2027, 1, 1), "night", "pay", "wage",
        "week", "courier", 15_000, 60, 240_000, (time(21, 30), time(5)), ("delivered", "failed"),
        counts=False, after_shift=False,
    )  # fmt: skip
    for rule in (full, *(rule for pack in PACKS.values() for rule in pack.rules)):
        assert rule_from_wire(json.loads(json.dumps(rule_to_wire(rule)))) == rule


@pytest.mark.parametrize(
    "wire",
    [
        {"name": "r", "measure": "order", "rate": 12.31, "decision": {"by": "us"}},  # not exact
        {"name": "r", "measure": "order", "rate": "a lot", "decision": {"by": "us"}},
        {"name": "r", "measure": "order", "rate": "1"},
        {"name": "r", "measure": "order", "rate": "1", "decision": {"by": "us"}, "since": "tomorrow"},
        {"name": "r", "measure": "order", "rate": "1", "decision": {"by": "us"}, "colour": "red"},
        {"measure": "order", "rate": "1", "decision": {"by": "us"}},
    ],
)
def test_documents_that_are_no_rule_are_refused(wire: dict[str, object]) -> None:
    """A float for a rate, a missing or unknown part, or a date that is none gives a refusal, not a wrong pay."""
    with pytest.raises(Invalid):
        rule_from_wire(wire)


def test_the_journal_changes_the_rules() -> None:
    """A pay.rule_changed entry takes effect on its own date and ends the version before; other entries do nothing."""
    voted = replace(PACKS["mdrp"].rules[0], rate=Decimal(11), since=date(2026, 7, 1), decision=VOTE)
    first = seal(
        Fact("pay.rule_changed", "per_order", 1, {"rule": rule_to_wire(voted)}), Head(),
        coop="velo", id="1", at=when("2026-05-01 20:00"), actor="assembly",
    )  # fmt: skip
    other = seal(Fact("courier.added", "lea", 1, {"changes": {}}), Head(), coop="velo", id="2", at=first.at, actor="a")
    scheme = with_changes(PACKS["mdrp"], [first, other])
    assert [rule.rate for rule in scheme.versions("per_order") if in_force(rule, date(2026, 6, 30))] == [10]
    assert [rule.rate for rule in scheme.versions("per_order") if in_force(rule, date(2026, 7, 1))] == [11]
    assert scheme.versions("per_order")[1].decision == VOTE


def test_what_was_earned_stays_in_the_currency_of_its_time() -> None:
    """Euros until the day of the change, dollars from it on; what begins earlier takes its place."""
    scheme = changed(COOP_EMPLOYEE, {"pack": "nyc", "since": "2026-06-01"})
    assert [scheme.era(day).currency for day in (date(2026, 5, 31), date(2026, 6, 1))] == ["EUR", "USD"]
    earlier = changed(scheme, {"pack": "ontario", "since": "2026-03-01"})
    assert [earlier.era(day).currency for day in (date(2026, 2, 28), date(2026, 6, 1))] == ["EUR", "CAD"]
    assert [earlier.era(day).name for day in (date(2026, 2, 28), date(2026, 3, 1))] == ["co-op employee", "Ontario"]
