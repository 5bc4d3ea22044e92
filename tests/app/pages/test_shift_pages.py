"""The pages of planned shifts: by hand, by calendar, and to subscribe to; the desk plans, couriers see their own."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from tests.app.conftest import Desk
from tests.app.pages.page import Page, texts
from tests.app.pages.test_phones import manned, page_of  # noqa: F401  a fixture

LEA = ("shifts-courier", "data", "lea")
SOON = (datetime.now(UTC) + timedelta(days=2)).date()


def plan(page: Page, begins: str, ends: str, courier: str = "lea", day: str = str(SOON)) -> Any:
    state: list[Any] = [
        ("shifts-courier", "data", courier), ("shift-day", "value", day), ("shift-from", "value", begins),
        ("shift-to", "value", ends), ("shift-note", "value", "market"),
    ]  # fmt: skip
    return page.fire([("shift-add", "n_clicks", 1)], state)


def take_in(page: Page, text: str) -> Any:
    data = f"data:text/calendar;base64,{base64.b64encode(text.encode()).decode()}"
    return page.fire([("calendar-taken", "data", data), ("calendar-read", "n_clicks", None)],
                     [LEA, ("calendar-url", "value", "")])  # fmt: skip


def event(title: str, begins: datetime, hours: int) -> str:
    end = begins + timedelta(hours=hours)
    return "\r\n".join((
        "BEGIN:VEVENT", f"UID:{title}@x.example", f"SUMMARY:{title}", f"DTSTART:{begins:%Y%m%dT%H%M%SZ}",
        f"DTEND:{end:%Y%m%dT%H%M%SZ}", "END:VEVENT\r\n",
    ))  # fmt: skip


def test_a_shift_is_planned_by_hand_and_taken_away(manned: Desk) -> None:  # noqa: F811
    """It stands in both pages, over midnight too; another at the same time is refused; removed, nothing is planned."""
    page = page_of(manned, "dispatcher")
    assert {"18:00", "02:00", "8 h 00", "market"} <= set(
        texts(plan(page, "18:00", "02:00")["response"]["shifts-list"]["children"])
    )
    assert {"Lea", "18:00", "02:00"} <= set(texts(page.show("/shifts")))
    refused = plan(page, "20:00", "21:00")["sideUpdate"]["page-said"]["children"]
    assert "Another shift is planned at that time" in " ".join(texts(refused))
    (made,) = manned.application.store.plans(lambda *row: row).planned("acme", "lea", datetime.now(UTC))
    button = ({"type": "remove-shift", "shift": made[0].encode().hex()}, "n_clicks", 1)
    gone = page.fire([[button]], [LEA])["response"]["shifts-list"]["children"]
    assert "Nothing is planned." in texts(gone)


def test_what_is_no_shift_is_refused(manned: Desk) -> None:  # noqa: F811
    """No time, no day, 23 hours, long over, far away: the page says what is wrong, and nothing is planned."""
    page = page_of(manned, "dispatcher")
    for begins, ends, day in (
        ("6 pm", "22:00", str(SOON)), ("18:00", "", str(SOON)), ("18:00", "22:00", "tomorrow"),
        ("18:00", "17:00", str(SOON)), ("18:00", "22:00", "2020-01-01"), ("18:00", "22:00", "2999-01-01"),
    ):  # fmt: skip
        assert texts(plan(page, begins, ends, day=day)["sideUpdate"]["page-said"]["children"]), (begins, ends, day)
    assert "Nothing is planned." in texts(page.show("/shifts", "?courier=lea"))


def test_a_calendar_is_taken_in_and_says_what_it_left_out(manned: Desk) -> None:  # noqa: F811
    """A file of 700 kB: the shift is planned, the holiday is named with the reason, in French."""
    soon = datetime.now(UTC).replace(minute=0) + timedelta(days=3)
    padding = "X-NOTE:" + "x" * 60 + "\r\n"
    text = "BEGIN:VCALENDAR\r\n" + padding * 10_500 + event("Tour", soon, 4) + event("Vacances", soon, 80)
    answer = take_in(page_of(manned, "dispatcher", language="fr"), text + "END:VCALENDAR\r\n")["response"]
    said = " ".join(texts(answer["calendar-found"]["children"]))
    assert "Services repris\xa0: 1." in said
    assert "Vacances\xa0: il dure plus de 16 heures" in said
    assert "Tour" in texts(answer["shifts-list"]["children"])


def test_a_calendar_that_is_too_large_is_refused_in_words(manned: Desk) -> None:  # noqa: F811
    """More than a megabyte: how much may be, and what to do; by the API as well."""
    text = "BEGIN:VCALENDAR\r\n" + "X" * (1024 * 1024)
    said = take_in(page_of(manned, "dispatcher"), text)["sideUpdate"]["page-said"]["children"]
    assert "larger than 1024 kB" in " ".join(texts(said))
    assert manned.post("/couriers/lea/planned-shifts", {"ics": text[:-40]}).status_code == 422


def test_couriers_see_and_subscribe_to_their_own(manned: Desk) -> None:  # noqa: F811
    """Whatever the address says; they plan nothing, and the address of somebody else's calendar is not to be had."""
    page = page_of(manned, "courier", "lea")
    said = texts(page.show("/shifts", "?courier=max"))
    assert "My shifts" in said
    assert "Plan it" not in said
    shown = texts(page.fire([("calendar-make", "n_clicks", 1)], [LEA])["response"]["calendar-address"]["children"])
    url = next(text for text in shown if text.endswith(".ics"))
    assert manned.flask.test_client().get(urlsplit(url).path).status_code == 200
    other = page.post([("calendar-make", "n_clicks", 1)], [("shifts-courier", "data", "max")])
    assert ".ics" not in other.text
    state = [LEA, *((name, "value", "") for name in ("shift-day", "shift-from", "shift-to", "shift-note"))]
    assert page.post([("shift-add", "n_clicks", 1)], state).status_code == 403
