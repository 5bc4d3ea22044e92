"""Planned shifts: who rides when in the next two weeks, and one courier's with the ways in and out by calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import dash_mantine_components as dmc
import segno
from babel.dates import format_date
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.exports.calendars import BACKWARDS, LARGEST, NO_HOURS, TOO_LONG, Planned, Read
from dashboard.plans import READ_AHEAD
from layouts import ids
from layouts.aria import aria
from layouts.change_form import button, day_input, said_line, stored, text_table
from layouts.moments import on_day
from layouts.words import N_, Words

DAYS = 14
SCHEME = "https://"
REASONS: Mapping[str, str] = {
    NO_HOURS: N_("it has no hours"), BACKWARDS: N_("it ends before it begins"),
    TOO_LONG: N_("it is longer than 16 hours"),
}  # fmt: skip
MOST_SKIPPED = 30
"""So many are named; of a whole year's holidays the number says enough."""


@dataclass(frozen=True, slots=True)
class Rider:
    """A courier and what is planned for them, by the beginning."""

    id: str
    name: str
    shifts: Sequence[Planned]


def shifts_page(riders: Sequence[Rider], today: date, words: Words) -> list[Any]:
    """Everybody's two weeks, for the desk."""
    days = [today + timedelta(days=n) for n in range(DAYS)]
    nobody = html.P(words("There is no courier yet."), role="status")
    return [
        html.H1(words("Planned shifts")),
        html.P(words("Who is planned when. It binds nobody: a shift begins when the courier goes on shift. Choose a "
                     "name to plan by hand or by calendar.")),
        said_line(),
        _grid(sorted(riders, key=lambda one: one.name), days, words) if riders else nobody,
    ]  # fmt: skip


def courier_page(rider: Rider, today: date, words: Words, *, may_plan: bool, is_own: bool) -> list[Any]:
    """One courier's: what is planned, with ``may_plan`` the ways in, and the calendar to subscribe to."""
    back = [] if is_own else [html.P(html.A(words("Everybody’s shifts"), href="/shifts", className="plain-link"))]
    ways = [_by_hand(today, words), _by_calendar(words)] if may_plan else []
    return [
        *back, html.H1(words("My shifts") if is_own else words("{name}’s shifts", name=rider.name)),
        said_line(), dcc.Store(id=ids.SHIFTS_COURIER, data=rider.id),
        html.Div(shift_list(rider.shifts, words, may_plan=may_plan), id=ids.SHIFTS_LIST),
        html.Div([*ways, _calendar(words)], className="columns"),
    ]  # fmt: skip


def shift_list(shifts: Sequence[Planned], words: Words, *, may_plan: bool) -> list[Component]:
    """What is planned from now on."""
    if not shifts:
        return [html.P(words("Nothing is planned."), className="quiet", role="status")]
    heads = [words("Day"), words("From"), words("To"), words("Length"), words("Note"), *([""] if may_plan else [])]
    rows = [
        [on_day(one.starts_at, words), words.clock(one.starts_at), words.clock(one.ends_at),
         words.minutes(one.ends_at - one.starts_at), one.note, *([_remove(one, words)] if may_plan else [])]
        for one in shifts
    ]  # fmt: skip
    return [text_table(heads, rows)]


def taken_in(found: Read, words: Words) -> list[Any]:
    """What a calendar brought, and what was left out and why."""
    said = words("Shifts taken in: {n}. They replace what was planned from now on.", n=len(found.shifts))
    if not found.skipped:
        return [html.P(said, className="answer")]
    named = [html.Li(words("{event}: {why}", event=event, why=words(REASONS.get(why, why))))
             for event, why in found.skipped[:MOST_SKIPPED]]  # fmt: skip
    more = len(found.skipped) - len(named)
    rest = [html.Li(words("and {n} more", n=more))] if more else []
    return [
        html.P(said, className="answer"),
        html.P(words("Left out, because they are no shifts: {n}", n=len(found.skipped))),
        html.Ul([*named, *rest]),
    ]  # fmt: skip


def calendar_address(url: str, words: Words) -> Component:
    """The address, this once, and a code for the phone's camera."""
    picture = segno.make(url, error="m", micro=False).svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    return html.Div([
        html.P(words("Subscribe to this address in a calendar program; it is shown this once:")),
        html.Code(url, className="secret"),
        html.Img(src=picture, alt=words("Code with the calendar’s address"), className="qr"),
        html.P(words("Whoever has the address can read the calendar. It shows worked and planned shifts."),
               className="quiet"),
    ], className="answer handed")  # fmt: skip


def _grid(riders: Sequence[Rider], days: Sequence[date], words: Words) -> Component:
    by_day = {rider.id: _by_day(rider, days, words) for rider in riders}
    heads = [html.Th(words("Courier"), scope="col"), *(_head(day, words) for day in days)]
    body = [
        html.Tr([html.Th(html.A(rider.name, href=f"/shifts?courier={rider.id}", className="plain-link"), scope="row"),
                 *(html.Td([_chip(one, words) for one in by_day[rider.id][day]]) for day in days)])
        for rider in riders
    ]  # fmt: skip
    counts = [sum(bool(by_day[rider.id][day]) for rider in riders) for day in days]
    foot = html.Tr([html.Th(words("Planned"), scope="row"), *(html.Td(str(n)) for n in counts)])
    return html.Div(
        html.Table([html.Thead(html.Tr(heads)), html.Tbody(body), html.Tfoot(foot)], className="account-table plan"),
        className="table-host", tabIndex=0, **aria(label=words("Planned shifts")), role="region",
    )  # fmt: skip


def _head(day: date, words: Words) -> Component:
    weekend = " is-weekend" if day.weekday() > 4 else ""
    name, number = (format_date(day, pattern, locale=words.locale) for pattern in ("EEE", "d MMM"))
    return html.Th([name, html.Small(number)], scope="col", className=f"plan-day{weekend}")


def _by_day(rider: Rider, days: Sequence[date], words: Words) -> Mapping[date, list[Planned]]:
    found: dict[date, list[Planned]] = {day: [] for day in days}
    for one in rider.shifts:
        day = max(one.starts_at.astimezone(words.zone).date(), days[0])  # one that is running began yesterday, maybe
        if day in found:
            found[day].append(one)
    return found


def _chip(one: Planned, words: Words) -> Component:
    return html.Span([html.Time(words.clock(one.starts_at)), "–", html.Time(words.clock(one.ends_at))],
                     className="plan-shift", title=one.note)  # fmt: skip


def _remove(one: Planned, words: Words) -> Component:
    return button(ids.remove_shift(one.id), words("Remove"))


def _by_hand(today: date, words: Words) -> Component:
    return html.Section([
        html.H2(words("Plan a shift")),
        html.Div([
            day_input(ids.SHIFT_DAY, words("Day"), today + timedelta(days=1), words),
            _time(ids.SHIFT_FROM, words("From"), "18:00"), _time(ids.SHIFT_TO, words("To"), "22:00"),
        ], className="days"),
        dmc.TextInput(id=ids.SHIFT_NOTE, label=words("Note"), value=""),
        html.P(words("An end before the beginning is on the next day."), className="quiet"),
        button(ids.SHIFT_ADD, words("Plan it"), is_main=True),
    ], className="form-card")  # fmt: skip


def _by_calendar(words: Words) -> Component:
    too_large = words("This file is larger than {n} kB: export the coming months alone", n=LARGEST // 1024)
    return html.Section([
        html.H2(words("Take shifts from a calendar")),
        html.P(words("An iCalendar file or its address, repeated events included, {n} days ahead. It replaces what is "
                     "planned from now on, shifts by hand too.", n=READ_AHEAD.days)),
        dcc.Upload(button(f"{ids.CALENDAR_FILE}-choose", words("Choose a file (.ics)")), id=ids.CALENDAR_FILE,
                   accept=".ics,text/calendar"),
        dcc.Store(id=ids.CALENDAR_TOO_LARGE, data=too_large), stored(ids.CALENDAR_TAKEN),
        html.Div([
            dmc.TextInput(id=ids.CALENDAR_URL, label=words("Or the calendar’s address"), value="",
                          placeholder=SCHEME, autoComplete="off", className="grows"),
            button(ids.CALENDAR_READ, words("Read it")),
        ], className="beside"),
        html.Div(id=ids.CALENDAR_FOUND, role="status"),
    ], className="form-card")  # fmt: skip


def _calendar(words: Words) -> Component:
    return html.Section([
        html.H2(words("The calendar to subscribe to")),
        html.P(words("A secret address at which a calendar program finds the worked and planned shifts. A new one ends "
                     "the one before.")),
        button(ids.CALENDAR_MAKE, words("Make a new address")),
        html.Div(id=ids.CALENDAR_ADDRESS, role="status"),
    ], className="form-card")  # fmt: skip


def _time(id: str, label: str, value: str) -> Component:
    return dmc.TextInput(id=id, label=label, value=value, className="time-input", inputProps={"type": "time"})
