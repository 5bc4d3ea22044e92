"""Periods of which those read the figures who may not read each courier's: two of them subtracted are nobody's.

Sums of the 1st to the 15th less those of the 1st to the 14th are one day's, and that day may be one courier's. So
shares (fairness) are told of whole weeks, sums of one whole month of the co-op's calendar, once they are over: months
have no day in common, and a time in which some week had one to four couriers is not told at all.
"""

from __future__ import annotations

from datetime import date, timedelta

from dashboard.domain.refusals import Invalid

WEEK = timedelta(days=7)
USUAL_WEEKS = 4

type Days = tuple[date, date]
"""First and last, both included."""


def last_weeks(today: date, weeks: int = USUAL_WEEKS) -> Days:
    """So many weeks, Monday to Sunday, the last of which is over."""
    monday = today - timedelta(days=today.weekday())
    return monday - weeks * WEEK, monday - timedelta(days=1)


def last_month(today: date) -> Days:
    """The month before this one."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def month_of(day: date, today: date) -> Days:
    """The whole month that a day lies in, or the last one that is over."""
    after = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return (day.replace(day=1), after - timedelta(days=1)) if after <= today else last_month(today)


def are_weeks(first: date, last: date) -> bool:
    """Whether these are whole weeks."""
    return first.weekday() == 0 and last.weekday() == 6


def only_weeks(first: date, last: date, today: date) -> Days:
    """The days, when they are whole weeks that are over; Invalid otherwise."""
    if not are_weeks(first, last) or last >= today:
        usual = last_weeks(today)
        raise Invalid(
            "Shares are told of whole weeks that are over, Monday to Sunday: ask from {first} to {last}",
            first=str(usual[0]), last=str(usual[1]), field="to",
        )  # fmt: skip
    return first, last


def only_month(first: date, last: date, today: date) -> Days:
    """The days, when they are one whole month that is over; Invalid otherwise."""
    if (first, last) != month_of(first, today):
        usual = last_month(today)
        raise Invalid(
            "Members read sums of one whole month that is over: ask from {first} to {last}",
            first=str(usual[0]), last=str(usual[1]), field="to",
        )  # fmt: skip
    return first, last
