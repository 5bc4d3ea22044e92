"""The pages of the accounts over HTTP: what they say, and who sees what."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from dashboard.domain.couriers import Courier, courier_to_wire, move_shift
from dashboard.domain.events import Fact
from dashboard.domain.spans import wall_instant
from tests.app.conftest import Desk
from tests.app.pages.page import Page, texts
from tests.today import HERE, today

NAMES = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo")


def noon(day: date) -> datetime:
    """By UTC."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def last_week() -> datetime:
    """Wednesday noon of the last week that is over."""
    return noon(today() - timedelta(days=today().weekday() + 5))


def last_month() -> datetime:
    """Noon of the middle of the last month that is over."""
    return noon((today().replace(day=1) - timedelta(days=1)).replace(day=15))


def worked(desk: Desk, people: int, start: datetime | None = None) -> None:
    """So many couriers, each with a shift of two hours, in the last week."""
    start = start or last_week()
    with desk.application.store.change("acme") as change:
        for name in NAMES[:people]:
            hired = Courier(name.lower(), "acme", name)
            on = move_shift(hired, "start", start)
            off = move_shift(on, "end", start + timedelta(hours=2))
            kinds = ("courier.added", "courier.shift_started", "courier.shift_ended")
            for kind, now, at in zip(kinds, (hired, on, off), (start, start, start + timedelta(hours=2)), strict=True):
                fact = Fact(kind, now.id, now.version, {"changes": courier_to_wire(now)})
                change.record(now, fact, by="test", at=at)


def page_of(desk: Desk, role: str, scope: str | None = None, language: str = "en") -> Page:
    return Page(desk.flask.test_client(), language).sign_in(desk.token(role, scope=scope))


def test_fairness_says_the_answer_first(desk: Desk) -> None:
    """A member reads who is below the floor and whether it could be chance, and nobody's name."""
    worked(desk, 6)
    said = texts(page_of(desk, "member").show("/fairness", "?days=7"))
    assert "Nobody is below the floor of €12.31/h." in said
    assert not set(NAMES) & set(said)


def test_fairness_hides_small_groups(desk: Desk) -> None:
    """Four couriers: no figure, and the reason why."""
    worked(desk, 4)
    said = texts(page_of(desk, "member").show("/fairness"))
    assert any(text.startswith("Fewer than five couriers") for text in said)
    assert not any("€" in text for text in said)


def test_own_place_is_ones_own(desk: Desk) -> None:
    """A courier sees their own place, a member sees nobody's."""
    worked(desk, 6)
    of = "You alone see this"
    assert any(of in text for text in texts(page_of(desk, "courier", "ada").show("/fairness", "?days=7")))
    assert not any(of in text for text in texts(page_of(desk, "member").show("/fairness", "?days=7")))


def test_pay_by_role(desk: Desk) -> None:
    """The administrator sees everybody's pay, a member the sums, a courier their own slip whatever they ask for."""
    worked(desk, 6, last_month())
    month = f"?month={last_month():%Y-%m}"
    assert set(NAMES) <= set(texts(page_of(desk, "admin").show("/pay", month)))
    assert not set(NAMES) & set(texts(page_of(desk, "member").show("/pay", f"{month}&courier=bo")))
    own = texts(page_of(desk, "courier", "ada").show("/pay", f"{month}&courier=bo"))
    assert any("Ada" in text for text in own)
    assert not any("Bo" in text.split() for text in own)
    assert "€24.62" in own


@pytest.mark.parametrize(("people", "is_shown"), [(4, False), (5, True)])
def test_members_see_no_sums_of_fewer_than_five(desk: Desk, people: int, is_shown: bool) -> None:
    """Of four couriers a member reads that they are too few, of five the total; the administrator reads it of four."""
    worked(desk, people, last_month())
    month = f"?month={last_month():%Y-%m}"
    total = f"€{people * 24.62:.2f}"
    said = texts(page_of(desk, "member").show("/pay", month))
    assert (total in said) is is_shown
    assert any(text.startswith("Fewer than five couriers") for text in said) is not is_shown
    assert ("Pay per hour on shift" in said) is is_shown
    assert total in texts(page_of(desk, "admin").show("/pay", month))


def test_me_is_for_couriers(desk: Desk) -> None:
    """A courier's record is there for the courier, and no page for anybody else."""
    worked(desk, 6)
    month = f"?month={last_week():%Y-%m}"
    said = texts(page_of(desk, "courier", "ada").show("/me", month))
    assert {"My record", "2 h 00", "€24.62"} <= set(said)
    assert "There is no such page" in texts(page_of(desk, "admin").show("/me"))


@pytest.mark.parametrize("search", ["?month=now", "?month=9999-12", "?days=x", "?month=2026-13"])
def test_odd_addresses(desk: Desk, search: str) -> None:
    """Whatever the address says, there is a page."""
    page = page_of(desk, "admin")
    assert texts(page.show("/pay", search))
    assert texts(page.show("/fairness", search))


def test_token_decides_the_role(desk: Desk) -> None:
    """Choosing a role is for guests of the demo: a token's role stays."""
    page = page_of(desk, "member")
    page.show("/fairness", "?role=admin")
    assert "There is no such page" not in texts(page.show("/fairness"))
    assert not set(NAMES) & set(texts(page.show("/pay", "?role=admin")))


def test_panel_shows_the_day(desk: Desk) -> None:
    """Opened beside the map, the panel has a row for each courier at work; shut, it has nothing."""
    desk.courier("lea")
    page = page_of(desk, "dispatcher")
    opened = page.fire([("desk-pay", "hidden", False), ("desk-pay-seq", "data", None)])
    assert {"Lea", "Pay so far"} <= set(texts(opened["response"]["desk-pay-content"]["children"]))
    shut = page.fire([("desk-pay", "hidden", True), ("desk-pay-seq", "data", None)])
    assert shut["response"]["desk-pay-content"]["children"] == []


def test_another_half_life_is_a_look(desk: Desk) -> None:
    """The page goes by the one in force, and says when it shows another one only to be looked at."""
    worked(desk, 6)
    member = page_of(desk, "member")
    usual, looked = (texts(member.show("/fairness", f"?days=7{asked}")) for asked in ("", "&half_life=28"))
    assert "The past counts half as much after 14 days, until the members decide on another number." in usual
    assert "You look at 28 days: only to see what it would be. What holds is 14 days." in looked
    assert not any(text.startswith("You look at") for text in usual)


def test_the_running_week_and_month_are_not_told_to_members(desk: Desk) -> None:
    """Figures that grow day by day would tell each day's: a member reads none of this week's or this month's work."""
    worked(desk, 6, wall_instant(today(), time(0, 30), HERE))
    member, month = page_of(desk, "member"), f"?month={today():%Y-%m}"
    assert not any("€" in text for text in texts(member.show("/fairness", "?days=7")))
    assert f"€{6 * 24.62:.2f}" not in texts(member.show("/pay", month))


def test_a_week_of_one_is_not_to_be_subtracted(desk: Desk) -> None:
    """One worked in the week before last, five in the last: two weeks less one would be one courier's."""
    start = last_week() - timedelta(days=7)
    with desk.application.store.change("acme") as change:
        hired = Courier("gus", "acme", "Gus")
        on = move_shift(hired, "start", start)
        for kind, now, hours in (
            ("courier.added", hired, 0), ("courier.shift_started", on, 0),
            ("courier.shift_ended", move_shift(on, "end", start + timedelta(hours=2)), 2),
        ):  # fmt: skip
            fact = Fact(kind, now.id, now.version, {"changes": courier_to_wire(now)})
            change.record(now, fact, by="test", at=start + timedelta(hours=hours))
    worked(desk, 5)
    both = texts(page_of(desk, "member").show("/fairness", "?days=28"))
    assert any(text.startswith("In the week from") for text in both)
    assert not any("€" in text for text in both)
    assert any("€" in text for text in texts(page_of(desk, "member").show("/fairness", "?days=7")))
