"""Calendars in and out: what a planning program writes is read, what is no shift is said in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from dashboard.domain.couriers import Courier, Shift
from dashboard.domain.refusals import Invalid
from dashboard.exports.calendars import LARGEST, Planned, Read, read_calendar, write_calendar

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")


def calendar(*events: str) -> bytes:
    inner = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{inner}END:VCALENDAR\r\n".encode()


def read(*events: str) -> Read:
    return read_calendar(calendar(*events), HELSINKI, NOON, NOON + timedelta(days=30))


def test_times_are_read_in_their_zone() -> None:
    """UTC as UTC, a named zone as that, a time without one as the city's."""
    found = read(
        "UID:a\r\nDTSTART:20261125T160000Z\r\nDTEND:20261125T200000Z\r\nSUMMARY:Evening",
        "UID:b\r\nDTSTART;TZID=Europe/Paris:20261126T170000\r\nDTEND;TZID=Europe/Paris:20261126T210000",
        "UID:c\r\nDTSTART:20261127T180000\r\nDTEND:20261127T220000",
    )
    assert [each.starts_at.hour for each in found.shifts] == [16, 16, 16]
    assert found.shifts[0].note == "Evening"
    assert found.skipped == []


def test_what_repeats_is_each_shift() -> None:
    """A weekly event gives each week's shift within the time that is read, without the one that is left out."""
    weekly = (
        "UID:w\r\nDTSTART:20261125T160000Z\r\nDTEND:20261125T200000Z\r\nRRULE:FREQ=WEEKLY\r\nEXDATE:20261202T160000Z"
    )
    found = read(weekly)
    assert [each.starts_at.day for each in found.shifts] == [25, 9, 16, 23]
    assert len({each.id for each in found.shifts}) == 4


def test_what_is_no_shift_is_left_out_with_the_reason() -> None:
    """Holidays, events that end before they begin and week-long ones; the rest of the file is taken."""
    found = read(
        "UID:h\r\nSUMMARY:Holiday\r\nDTSTART;VALUE=DATE:20261126\r\nDTEND;VALUE=DATE:20261127",
        "UID:l\r\nSUMMARY:Camp\r\nDTSTART:20261126T080000Z\r\nDTEND:20261128T080000Z",
        "UID:g\r\nSUMMARY:Good\r\nDTSTART:20261126T080000Z\r\nDTEND:20261126T120000Z",
    )
    assert [each.note for each in found.shifts] == ["Good"]
    assert dict(found.skipped) == {"Holiday": "it has no hours", "Camp": "it is longer than 16 hours"}


def test_what_is_over_is_not_planned() -> None:
    """An event of yesterday is neither a shift nor an error."""
    assert read("UID:o\r\nDTSTART:20261123T080000Z\r\nDTEND:20261123T120000Z") == Read([], [])


@pytest.mark.parametrize(("text", "said"), [
    (b"<html>sign in</html>", "begins with BEGIN:VCALENDAR"),
    (b"", "begins with BEGIN:VCALENDAR"),
    (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "no event"),
    (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "damaged"),
    (b"BEGIN:VCALENDAR" + b" " * LARGEST, "larger than"),
    (calendar("UID:s\r\nDTSTART:20261125T160000Z\r\nDTEND:20261125T160001Z\r\nRRULE:FREQ=SECONDLY"), "repeats"),
])  # fmt: skip
def test_bad_files_are_refused_in_words(text: bytes, said: str) -> None:
    """Each says what is wrong with it, and names the field."""
    with pytest.raises(Invalid, match=said) as refused:
        read_calendar(text, HELSINKI, NOON, NOON + timedelta(days=30))
    assert refused.value.facts["field"] == "ics"


LINES = st.sampled_from([
    "UID:a", "DTSTART:20261125T160000Z", "DTSTART:99999999T999999Z", "DTEND:20261125T200000Z", "DTEND:x",
    "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=XX", "DTSTART;VALUE=DATE:20261125",
    "RRULE:FREQ=DAILY", "RRULE:FREQ=NEVER", "RRULE:FREQ=DAILY;COUNT=-1", "EXDATE:x", "SUMMARY:=1+1",
    "DTSTART;TZID=Moon:1",
    "RECURRENCE-ID:20261125T160000Z", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "\x00", "RDATE:20261126T160000Z",
])  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=8).map("\r\n".join))
def test_nothing_that_somebody_sends_is_an_error_of_ours(event: str) -> None:
    """Whatever lines an event is made of: shifts, or a refusal in words."""
    try:
        found = read(event)
    except Invalid:
        return
    assert all(each.ends_at > each.starts_at for each in found.shifts)


def test_what_is_written_can_be_read() -> None:
    """Worked and planned shifts, as any calendar program reads them; a name cannot break out of its line."""
    lea = Courier("lea", "acme", "Léa\r\nEND:VCALENDAR")
    worked = [Shift("lea", NOON - timedelta(days=1), NOON - timedelta(hours=20)), Shift("lea", NOON, None)]
    planned = [Planned("x-1", NOON + timedelta(days=1), NOON + timedelta(days=1, hours=4), "Lunch")]
    written = write_calendar(lea, worked, planned, NOON + timedelta(hours=1))
    events = Calendar.from_ical(written).walk("VEVENT")
    assert [(event["SUMMARY"], event["DTSTART"].dt) for event in events] == [
        ("On shift", NOON - timedelta(days=1)), ("On shift", NOON), ("Lunch", NOON + timedelta(days=1)),
    ]  # fmt: skip
    assert written.count(b"\r\nEND:VCALENDAR\r\n") == 1
