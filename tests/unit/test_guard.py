"""The guard of working time at the moment of assigning: red needs a reason and the courier's consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from dashboard.accounts import BookedAccounts, scheme_of
from dashboard.dispatch import Dispatch
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Invalid
from dashboard.domain.working_time import Finding
from dashboard.history import History
from dashboard.ledger import Ledger
from tests.unit.desk_script import COOP, Desk
from tests.unit.pay_work import PARIS
from tests.unit.test_accounts import accounts_of


def at_red(coop: str, order: str, courier: str, at: datetime) -> Sequence[Finding]:
    """Always an hour beyond the day's limit."""
    return (Finding("day", "red", at - timedelta(hours=1), timedelta(hours=-1)),)


def waiting() -> Desk:
    """A courier on shift, an order that waits, and a guard that says red."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.places("o", 1)
    desk.dispatch = Dispatch(desk.store, lambda entry: None, lambda: "id", guard=at_red)
    return desk


@pytest.mark.parametrize(("reason", "consent"), [("", True), ("storm", False), (" ", True)])
def test_red_without_reason_or_consent_is_refused_by_name(reason: str, consent: bool) -> None:
    """The refusal names the rule, and nothing is written."""
    desk = waiting()
    before = len(desk.entries)
    with pytest.raises(Invalid, match="day"):
        desk.dispatch.assign(
            COOP, "o", "lea", expected_version=None, by="eva", at=desk.at(2), reason=reason, consent=consent
        )
    assert len(desk.entries) == before


def test_with_both_it_is_in_the_journal() -> None:
    """Reason, consent and the limit that was crossed stand in the entry."""
    desk = waiting()
    desk.dispatch.assign(COOP, "o", "lea", expected_version=None, by="eva", at=desk.at(2), reason="storm", consent=True)
    data = desk.entries[-1].data
    assert (data["reason"], data["consent"]) == ("storm", True)
    assert [(each["rule"], each["level"]) for each in data["working_time"]] == [("day", "red")]


def test_who_cannot_ask_is_not_stopped_but_written_down() -> None:
    """A program that says nothing of consent gives the order, and the crossed limit is in the entry all the same."""
    desk = waiting()
    desk.gives("o", "lea", 2)
    data = desk.entries[-1].data
    assert [each["level"] for each in data["working_time"]] == ["red"]
    assert "consent" not in data


@pytest.mark.parametrize(("hours", "level"), [(5, "ok"), (9.4, "amber"), (9.9, "red")])
def test_the_days_limit_from_real_events(hours: float, level: str) -> None:
    """With a break after four hours, the day's ten hours of work turn amber 30 minutes before, and red beyond."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.shift("lea", "break", 240)
    desk.shift("lea", "resume", 300)
    found = accounts_of(desk).limits(COOP, "o", "lea", desk.at(60 + 60 * hours))
    assert next(one.level for one in found if one.rule == "day") == level


def test_each_further_drop_off_of_a_pickup_counts() -> None:
    """What one order may still be given, three of one pickup may not: the doors after the first take their time."""
    desk = Desk()
    desk.starts("lea", 0)
    desk.shift("lea", "break", 240)
    desk.shift("lea", "resume", 300)
    desk.places("alone", 600)
    for name in ("a", "b", "c"):
        desk.places(name, 600, group="g")
    asked = []

    def further(_coop: str, order: Order, along: Sequence[Order]) -> timedelta:
        asked.append((order.id, *(one.id for one in along)))
        return timedelta(minutes=10 * len(along))

    ledger = Ledger(desk.store, lambda _: PARIS, lambda coop: scheme_of(desk.store, coop), desk.store.shifts)
    accounts = BookedAccounts(desk.store, ledger, History(desk.store), lambda _: PARIS, further)

    def level(order: str) -> str:
        found = accounts.limits(COOP, order, "lea", desk.at(60 + 60 * 9.4))
        return next(one.level for one in found if one.rule == "day")

    assert [level(order) for order in ("", "alone", "a")] == ["amber", "amber", "red"]
    assert asked == [("a", "b", "c")]
    card = accounts.weighed(COOP, "a", ["lea"], desk.at(60 + 60 * 9.4), ["b", "c"]).effects["lea"]
    assert (card.level, card.minutes) == ("red", 45)
