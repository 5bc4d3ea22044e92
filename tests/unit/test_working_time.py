"""The guard of working time: limits, midnight, split shifts, and nights of 23 and 25 hours, all in Paris."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dashboard.domain.refusals import Invalid
from dashboard.domain.spans import Span, local_date
from dashboard.domain.working_time import AMBER, OK, RED, Finding, check, permit, worst
from dashboard.domain.working_time_limits import FRANCE, TRANSPORT_FRANCE
from dashboard.domain.working_time_record import Record, Worked
from tests.unit.pay_work import PARIS, when


def shift(start: str, end: str, *breaks: tuple[str, str]) -> Worked:
    """From ``2026-05-12 08:00`` to ``16:00``, or to ``2026-05-13 02:00``; breaks are on the first date."""
    first = when(start)
    pauses = tuple(Span(_clock(start, one), _clock(start, other)) for one, other in breaks)
    edges = [first, *(edge for pause in pauses for edge in (pause.start, pause.end)), _clock(start, end)]
    work = tuple(Span(one, other) for one, other in zip(edges[::2], edges[1::2], strict=True))
    return Worked(first, work, pauses)


def _clock(day: str, text: str) -> datetime:
    return when(text if "-" in text else f"{day[:10]} {text}")


def days(first: str, n: int, start: str, end: str, *breaks: tuple[str, str]) -> Record:
    """The same shift on ``n`` days running."""
    dates = [(date.fromisoformat(first) + timedelta(days=day)).isoformat() for day in range(n)]
    return tuple(shift(f"{day} {start}", f"{day} {end}", *breaks) for day in dates)


def finding(rule: str, record: Record, until: str, **options: Any) -> Finding:
    """How a rule stands if work goes on from the end of the last shift until then."""
    now = record[-1].work[-1].end
    (found,) = [one for one in check(record, now, when(until), PARIS, **options) if one.rule == rule]
    return found


def at(found: Finding) -> str | None:
    """When the limit is crossed, on the wall."""
    return found.crosses_at and found.crosses_at.astimezone(PARIS).strftime("%m-%d %H:%M")  # type: ignore[return-value]


NOON = ("12:00", "12:30")


@pytest.mark.parametrize(
    ("record", "until", "level", "crossing"),
    [
        # 10 h of work on one day; the half-hour at noon is a break and no work
        ((shift("2026-05-12 08:00", "17:00", NOON),), "2026-05-12 17:59", OK, "05-12 18:30"),
        ((shift("2026-05-12 08:00", "17:00", NOON),), "2026-05-12 18:00", OK, "05-12 18:30"),
        ((shift("2026-05-12 08:00", "17:00", NOON),), "2026-05-12 18:01", AMBER, "05-12 18:30"),
        ((shift("2026-05-12 08:00", "17:00", NOON),), "2026-05-12 18:30", AMBER, "05-12 18:30"),
        ((shift("2026-05-12 08:00", "17:00", NOON),), "2026-05-12 18:31", RED, "05-12 18:30"),
        # a break of 19 minutes is work, one of 20 is not
        ((shift("2026-05-12 08:00", "17:00", ("12:00", "12:19")),), "2026-05-12 17:00", OK, "05-12 18:00"),
        ((shift("2026-05-12 08:00", "17:00", ("12:00", "12:20")),), "2026-05-12 17:00", OK, "05-12 18:20"),
        # split shifts of one date add up
        (
            (shift("2026-05-12 07:00", "14:00"), shift("2026-05-12 18:00", "20:00")),
            "2026-05-12 21:01", RED, "05-12 21:00",
        ),
        # past midnight the shift still belongs to its first date
        ((shift("2026-05-12 16:00", "2026-05-13 01:00"),), "2026-05-13 02:01", RED, "05-13 02:00"),
        # and the next evening starts from zero
        (
            (shift("2026-05-12 16:00", "2026-05-13 01:00"), shift("2026-05-13 18:00", "19:00")),
            "2026-05-13 20:00", OK, "05-14 04:00",
        ),
        # the night of 23 hours: from 20:00 to 05:30 are 8 h 30, so the tenth hour ends at 7:00 on the wall
        ((shift("2026-03-28 20:00", "2026-03-29 05:30"),), "2026-03-29 07:01", RED, "03-29 07:00"),
        # the night of 25 hours: from 20:00 to 04:00 are 9 h
        ((shift("2026-10-24 20:00", "2026-10-25 04:00"),), "2026-10-25 05:00", AMBER, "10-25 05:00"),
        ((shift("2026-10-24 20:00", "2026-10-25 04:00"),), "2026-10-25 05:01", RED, "10-25 05:00"),
    ],
)  # fmt: skip
def test_ten_hours_a_day(record: Record, until: str, level: str, crossing: str) -> None:
    """Amber from half an hour before the tenth hour is over, red after it, by time that really passed."""
    found = finding("day", record, until)
    assert (found.level, at(found)) == (level, crossing)


SATURDAY = (*days("2026-05-11", 5, "08:00", "17:00"), shift("2026-05-16 08:00", "10:00"))
"""47 hours since Monday."""
FROM_SUNDAY = (*days("2026-05-10", 5, "08:00", "17:00"), shift("2026-05-15 08:00", "10:00"))
"""38 hours since Monday, and 9 on the Sunday before."""
QUIET = (*days("2026-05-12", 5, "08:00", "15:48"), shift("2026-05-17 17:00", "22:00"))
"""44 hours on Sunday at 22:00."""
FULL = (*days("2026-05-12", 5, "08:00", "16:24"), shift("2026-05-17 17:00", "22:00"))
"""47 hours on Sunday at 22:00."""
SPRING = (*days("2026-03-23", 5, "08:00", "16:48"), shift("2026-03-28 23:00", "2026-03-29 03:00"))
"""47 hours on the Sunday on which the hour from two to three is missing, at 3:00."""


@pytest.mark.parametrize(
    ("record", "until", "level", "crossing"),
    [
        (SATURDAY, "2026-05-16 10:30", OK, "05-16 11:00"),
        (SATURDAY, "2026-05-16 10:31", AMBER, "05-16 11:00"),
        (SATURDAY, "2026-05-16 11:01", RED, "05-16 11:00"),
        (FROM_SUNDAY, "2026-05-15 12:00", OK, "05-15 20:00"),
        (QUIET, "2026-05-17 23:59", OK, None),  # the week ends before the 48th hour
        (FULL, "2026-05-18 00:30", RED, "05-17 23:00"),  # a ride into Monday does not hide Sunday
        (SPRING, "2026-03-29 03:45", AMBER, "03-29 04:00"),
    ],
)
def test_forty_eight_hours_a_week(record: Record, until: str, level: str, crossing: str | None) -> None:
    """Monday to Sunday on the wall; where the week ends first there is nothing to cross."""
    found = finding("week", record, until)
    assert (found.level, at(found)) == (level, crossing)


def test_forty_four_hours_over_twelve_weeks() -> None:
    """Eleven weeks of 45 hours leave 33 for the twelfth; one of the eleven at 34 leaves room again."""
    monday = date(2026, 3, 2)
    weeks = [(monday + timedelta(weeks=n)).isoformat() for n in range(11)]
    busy = tuple(one for week in weeks for one in days(week, 5, "08:00", "17:00"))
    last = (*days("2026-05-18", 3, "08:00", "18:00"), shift("2026-05-21 08:00", "10:00"))
    found = finding("average", busy + last, "2026-05-21 11:01")
    assert (found.level, at(found)) == (RED, "05-21 11:00")
    rested = tuple(one for one in busy if one.start not in {busy[0].start, busy[1].start})
    assert finding("average", rested + last, "2026-05-21 11:01").level == OK
    # the twelve weeks slide: a long week thirteen weeks ago does not count
    assert (
        at(finding("average", days("2026-02-23", 6, "08:00", "20:00") + busy + last, "2026-05-21 11:01"))
        == "05-21 11:00"
    )


SPLIT = (shift("2026-05-12 09:00", "12:00"), shift("2026-05-12 18:00", "21:00"))
AUTUMN = (shift("2026-10-24 16:00", "18:00"), shift("2026-10-24 23:00", "2026-10-25 03:30"))
"""The hour from two to three comes twice."""


@pytest.mark.parametrize(
    ("record", "until", "level", "crossing"),
    [
        (SPLIT, "2026-05-12 21:30", OK, "05-12 22:00"),
        (SPLIT, "2026-05-12 21:31", AMBER, "05-12 22:00"),
        (SPLIT, "2026-05-12 22:01", RED, "05-12 22:00"),
        (AUTUMN, "2026-10-25 04:01", RED, "10-25 04:00"),
    ],
)
def test_thirteen_hours_from_first_to_last(record: Record, until: str, level: str, crossing: str) -> None:
    """A split day may span 13 hours of real time."""
    found = finding("span", record, until)
    assert (found.level, at(found)) == (level, crossing)


def morning(*breaks: tuple[str, str]) -> Record:
    """Five hours from eight o'clock."""
    return (shift("2026-05-12 08:00", "13:00", *breaks),)


LUNCH = (*morning(), shift("2026-05-12 13:20", "15:00"))
NO_LUNCH = (*morning(), shift("2026-05-12 13:10", "13:30"))


@pytest.mark.parametrize(
    ("record", "until", "limits", "level", "crossing"),
    [
        (morning(), "2026-05-12 13:30", FRANCE, OK, "05-12 14:00"),
        (morning(), "2026-05-12 13:45", FRANCE, AMBER, "05-12 14:00"),
        (morning(), "2026-05-12 14:01", FRANCE, RED, "05-12 14:00"),
        (morning(("11:00", "11:20")), "2026-05-12 14:01", FRANCE, OK, "05-12 17:20"),
        (morning(("11:00", "11:19")), "2026-05-12 14:01", FRANCE, RED, "05-12 14:00"),
        (morning(("11:00", "11:20")), "2026-05-12 14:01", TRANSPORT_FRANCE, RED, "05-12 14:00"),
        (morning(("11:00", "11:30")), "2026-05-12 14:01", TRANSPORT_FRANCE, OK, "05-12 17:30"),
        (LUNCH, "2026-05-12 15:30", FRANCE, OK, "05-12 19:20"),  # time off between shifts is a break too
        (NO_LUNCH, "2026-05-12 14:11", FRANCE, RED, "05-12 14:10"),
    ],
)
def test_a_break_at_six_hours(record: Record, until: str, limits: Any, level: str, crossing: str) -> None:
    """Red beyond six hours of work without 20 minutes' break, 30 in road transport."""
    found = finding("break", record, until, limits=limits)
    assert (found.level, at(found)) == (level, crossing)


@pytest.mark.parametrize(
    ("until", "level"), [("2026-05-12 22:30", OK), ("2026-05-12 22:31", AMBER), ("2026-05-12 23:01", RED)]
)
def test_eleven_hours_to_the_next_shift(until: str, level: str) -> None:
    """The rest before a shift planned at ten in the morning begins at eleven at night."""
    record = (shift("2026-05-12 18:00", "22:00"),)
    assert finding("rest_after", record, until, next_start=when("2026-05-13 10:00")).level == level
    assert finding("rest_after", record, until) == Finding("rest_after", OK, None, None)


@pytest.mark.parametrize(
    ("night", "morning", "level"),
    [
        (("2026-05-12 18:00", "23:00"), ("2026-05-13 10:00", "11:00"), OK),
        (("2026-05-12 18:00", "23:01"), ("2026-05-13 10:00", "11:00"), RED),
        (("2026-05-12 18:00", "2026-05-13 01:00"), ("2026-05-13 11:30", "12:00"), RED),
        # the night of the change to summer time is an hour shorter than the wall says, that to winter time longer
        (("2026-03-28 18:00", "23:00"), ("2026-03-29 10:30", "11:00"), RED),
        (("2026-10-24 18:00", "23:00"), ("2026-10-25 09:00", "11:00"), OK),
    ],
)
def test_eleven_hours_since_the_day_before(night: tuple[str, str], morning: tuple[str, str], level: str) -> None:
    """A day that began too soon is red from its first job on, by time that really passed."""
    record = (shift(*night), shift(*morning))
    until = record[-1].work[-1].end.astimezone(PARIS) + timedelta(minutes=20)
    found = finding("rest_before", record, until.strftime("%Y-%m-%d %H:%M"))
    assert found.level == level
    if level == RED:
        assert found.crosses_at == record[-1].start


def test_who_signs_off_after_midnight_and_on_again_goes_on_with_the_same_day() -> None:
    """No rest is missing within two hours, the ten hours and the days running are counted as without the gap."""
    night = (*days("2026-05-07", 5, "18:00", "20:00"), shift("2026-05-12 18:00", "2026-05-13 00:05"))
    for start, level in (("2026-05-13 02:05", OK), ("2026-05-13 02:06", RED)):
        record = (*night, shift(start, "2026-05-13 03:00"))
        assert finding("rest_before", record, "2026-05-13 03:20").level == level
        assert finding("days", record, "2026-05-13 03:20").level == level
    record = (*night, shift("2026-05-13 00:10", "03:00"))
    assert at(finding("day", record, "2026-05-13 03:20")) == "05-13 04:05"


def test_split_shifts_of_one_day_need_no_eleven_hours_between_them() -> None:
    """Lunch and dinner are one working day."""
    record = (shift("2026-05-12 11:00", "14:00"), shift("2026-05-12 18:00", "20:00"))
    assert finding("rest_before", record, "2026-05-12 21:00").level == OK


@pytest.mark.parametrize(
    ("until", "level", "crossing"),
    [
        ("2026-05-16 20:30", OK, "05-16 21:00"),
        ("2026-05-16 20:31", AMBER, "05-16 21:00"),
        ("2026-05-16 21:01", RED, "05-16 21:00"),
    ],
)
def test_thirty_five_hours_a_week(until: str, level: str, crossing: str) -> None:
    """From the first work after a weekly rest, at most 133 hours until the next rest begins."""
    record = (
        shift("2026-05-09 08:00", "20:00"),
        *days("2026-05-11", 5, "08:00", "18:00"),
        shift("2026-05-16 18:00", "20:00"),
    )
    found = finding("weekly_rest", record, until)
    assert (found.level, at(found)) == (level, crossing)


def test_a_day_off_of_less_than_thirty_five_hours_is_no_weekly_rest() -> None:
    """34 hours and 59 minutes between two days do not end the count, 35 hours do."""
    for start, since in (("06:59", "2026-05-11 08:00"), ("07:00", "2026-05-14 07:00")):
        record = (*days("2026-05-11", 2, "08:00", "20:00"), shift(f"2026-05-14 {start}", "09:00"))
        found = finding("weekly_rest", record, "2026-05-14 10:00")
        assert found.crosses_at == when(since) + timedelta(hours=133)


@pytest.mark.parametrize(("n", "level"), [(5, OK), (6, OK), (7, RED)])
def test_six_days_running(n: int, level: str) -> None:
    """The seventh day with work is red from its first job on, across weeks and a clock change."""
    record = days("2026-10-21", n, "18:00", "20:00")
    until = f"{local_date(record[-1].start, PARIS)} 20:30"
    assert finding("days", record, until).level == level


def test_a_day_off_starts_the_days_again() -> None:
    """A shift that ends after midnight does not make the next date a working day."""
    night = shift("2026-05-12 20:00", "2026-05-13 02:00")
    record = (*days("2026-05-06", 6, "18:00", "20:00"), night, shift("2026-05-14 18:00", "19:00"))
    assert finding("days", record, "2026-05-14 19:30").level == OK


def test_nobody_starts_the_day_beyond_a_limit() -> None:
    """A courier without a past has every limit in full."""
    now = when("2026-05-12 18:00")
    found = {one.rule: one for one in check((), now, now + timedelta(minutes=30), PARIS)}
    assert worst(found.values()) == OK
    assert found["day"].margin == timedelta(hours=9, minutes=30)
    assert found["span"].crosses_at == now + timedelta(hours=13)
    assert found["weekly_rest"].crosses_at == now + timedelta(hours=133)


def test_red_needs_a_reason_and_consent() -> None:
    """Without both the assignment is refused and the rule named; with both the journal gets what and why."""
    record = (shift("2026-05-12 08:00", "17:50", NOON),)
    found = check(record, record[-1].work[-1].end, when("2026-05-12 18:40"), PARIS)
    assert worst(found) == RED
    for given in ({}, {"reason": "storm"}, {"consent": True}, {"reason": " ", "consent": True}):
        with pytest.raises(Invalid, match="day"):
            permit(found, **given)
    written = permit(found, reason="nobody else near", consent=True)
    assert written["working_time"][0] == {"rule": "day", "level": RED, "crosses_at": "2026-05-12T16:30:00.000Z"}
    assert (written["reason"], written["consent"]) == ("nobody else near", True)


def test_amber_is_written_down_and_needs_nothing() -> None:
    """An assignment close to a limit leaves a trace; one far from all leaves none."""
    record = (shift("2026-05-12 08:00", "13:00"),)
    amber = check(record, when("2026-05-12 13:00"), when("2026-05-12 13:45"), PARIS)
    assert permit(amber) == {
        "working_time": [{"rule": "break", "level": AMBER, "crosses_at": "2026-05-12T12:00:00.000Z"}]
    }
    assert permit(check(record, when("2026-05-12 13:00"), when("2026-05-12 13:10"), PARIS)) == {}
