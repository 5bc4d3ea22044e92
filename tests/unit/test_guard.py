"""The guard of working time at the moment of assigning: red needs a reason and the courier's consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from dashboard.dispatch import Dispatch
from dashboard.domain.refusals import Invalid
from dashboard.domain.working_time import Finding
from tests.unit.desk_script import COOP, Desk
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
