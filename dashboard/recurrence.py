"""Rules of recurrence (RFC 5545, RRULE) as far as a co-op's calendar needs them: days, reckoned by dateutil.

What could never come, or would be reckoned for ever, is refused at the door: dateutil looks as far as the year 9999.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrule, rrulestr

from dashboard.domain.refusals import Invalid

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = WEEKDAYS[:5]
_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTHDAY = r"-?(?:[1-9]|[12]\d|3[01])"
PARTS: Mapping[str, str] = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY", "INTERVAL": r"[1-9]\d?", "COUNT": r"[1-9]\d{0,2}",
    "UNTIL": r"\d{8}", "WKST": _DAY,
    "BYDAY": rf"[+-]?[1-5]?{_DAY}(?:,[+-]?[1-5]?{_DAY})*",
    "BYMONTHDAY": f"{_MONTHDAY}(?:,{_MONTHDAY})*", "BYMONTH": r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*",
    "BYSETPOS": "-?[1-4]",
}  # fmt: skip
ALWAYS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})
OF_FREQ: Mapping[str, frozenset[str]] = {
    "DAILY": ALWAYS, "WEEKLY": ALWAYS | {"BYDAY"}, "MONTHLY": ALWAYS | {"BYDAY", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": ALWAYS | {"BYDAY", "BYMONTHDAY", "BYMONTH"},
}  # fmt: skip
LONGEST = 200
FAR = timedelta(days=366 * 5)
"""So far from today a first day may lie."""
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def weekly(days: Collection[str], weeks: int = 1) -> str:
    """The rule of boxes that were ticked. Invalid: none was, or no number of weeks."""
    chosen = [day for day in WEEKDAYS if day in days]
    if not chosen:
        raise Invalid("Choose at least one day of the week, or write a rule", field="days")
    if not 1 <= weeks <= 99:
        raise Invalid("Every how many weeks? Give a number from 1 to 99", field="weeks")
    return f"FREQ=WEEKLY{f';INTERVAL={weeks}' if weeks > 1 else ''};BYDAY={','.join(chosen)}"


def parts_of(text: str) -> dict[str, str]:
    """The parts of a rule by name, in capitals. Invalid says which part cannot be read, or goes with which rule."""
    line = text.strip().upper().removeprefix("RRULE:").strip(";")
    if not line or len(line) > LONGEST:
        raise Invalid("Write a rule such as FREQ=WEEKLY;BYDAY=MO,WE", field="rrule")
    found: dict[str, str] = {}
    for part in line.split(";"):
        name, _, value = part.partition("=")
        if name not in PARTS:
            raise Invalid("{part} is no part of a rule here: use {known}", part=part or ";", known=", ".join(PARTS),
                          field="rrule")  # fmt: skip
        if name in found:
            raise Invalid("{part} stands there twice: leave one out", part=name, field="rrule")
        if not re.fullmatch(PARTS[name], value):
            raise Invalid("{part} cannot be read: write it as in FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20270131",
                          part=part, field="rrule")  # fmt: skip
        found[name] = value
    _go_together(found)
    return found


def checked(text: str, first: date) -> str:
    """The rule as it is kept. Invalid: it cannot be read, or no day comes of it."""
    parts = parts_of(text)
    line = ";".join(f"{name}={parts[name]}" for name in PARTS if name in parts)
    if next(iter(_reckoned(line, first)), None) is None:
        raise Invalid("No day comes of this rule: change it, or the first day", field="rrule")
    return line


def days(
    line: str, first: date, until: date | None, skipped: Collection[date] = (), *, since: date, count: int
) -> Sequence[date]:
    """The next days of a checked rule, from ``since`` on: ``count`` at most."""
    return tuple(islice((day for day in _from(line, first, until, since) if day not in skipped), count))


def comes(line: str, first: date, until: date | None, skipped: Collection[date], day: date) -> bool:
    """Whether that day is one of a checked rule's."""
    return day not in skipped and next(_from(line, first, until, day), None) == day


def _from(line: str, first: date, until: date | None, since: date) -> Iterator[date]:
    for moment in _reckoned(line, first).xafter(datetime.combine(since, time()), inc=True):
        if until and moment.date() > until:
            return
        yield moment.date()


def _reckoned(line: str, first: date) -> rrule:
    """On the wall's calendar, without a zone: a day is a day."""
    try:
        found = rrulestr(line, dtstart=datetime.combine(first, time()))
    except ValueError as error:
        raise Invalid("This rule cannot be read: {why}", why=str(error), field="rrule") from error
    assert isinstance(found, rrule), "one line is one rule"
    return found


def _go_together(parts: Mapping[str, str]) -> None:
    freq = parts.get("FREQ")
    if freq is None:
        raise Invalid(
            "The rule does not say how often: begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY", field="rrule"
        )
    for name in parts:
        if name not in OF_FREQ[freq]:
            raise Invalid("{part} does not go with FREQ={freq}: leave it out", part=name, freq=freq, field="rrule")
    if "COUNT" in parts and "UNTIL" in parts:
        raise Invalid("COUNT and UNTIL exclude each other: leave one out", field="rrule")
    has_number = bool(re.search(r"\d", parts.get("BYDAY", "")))
    if has_number and (freq == "WEEKLY" or "BYSETPOS" in parts):
        raise Invalid("The first, second or last weekday (as 1MO) goes with months and years alone", field="rrule")
    if "BYSETPOS" in parts and ("BYDAY" not in parts or "BYMONTHDAY" in parts):
        raise Invalid("BYSETPOS goes with BYDAY alone", field="rrule")
    if "BYMONTH" in parts and "BYMONTHDAY" in parts:
        longest = max(LENGTHS[int(month) - 1] for month in parts["BYMONTH"].split(","))
        if all(abs(int(day)) > longest for day in parts["BYMONTHDAY"].split(",")):
            raise Invalid("No day comes of this rule: change it, or the first day", field="rrule")
