"""The pages of planned shifts: everybody's for the desk, one courier's to plan by hand or by calendar."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dash import ALL, ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks import buttons, changing, session
from callbacks.given import Given
from dashboard import access
from dashboard.access import Visitor
from dashboard.domain.couriers import Courier
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.spans import local_day
from layouts import ids, shifts
from layouts.shifts import DAYS, Rider
from layouts.words import Words


def register(app: Dash, given: Given) -> None:
    """Plan, remove, take in, and a new address of the calendar."""
    answer: Any = {"prevent_initial_call": True, "on_error": changing.on_page(given)}
    shown = Output(ids.SHIFTS_LIST, "children", allow_duplicate=True)
    cleared = Output(ids.SAID, "children", allow_duplicate=True)
    which = State(ids.SHIFTS_COURIER, "data")

    @app.callback(
        shown, cleared, Input(ids.SHIFT_ADD, "n_clicks"), which, State(ids.SHIFT_DAY, "value"),
        State(ids.SHIFT_FROM, "value"), State(ids.SHIFT_TO, "value"), State(ids.SHIFT_NOTE, "value"), **answer,
    )  # fmt: skip
    @access.guarded("plan_shifts")
    def add(
        clicks: int | None, courier: Any, day: Any, begins: Any, ends: Any, note: Any
    ) -> tuple[list[Component], str]:  # fmt: skip
        buttons.pressed(clicks)
        by, known = _asked("plan_shifts", courier, given)
        words = given.words(by.coop)
        start, end = _span(day, begins, ends, words.zone)
        given.plans.add(by.coop, known.id, start, end, str(note or ""), given.now())
        return _list(by, known, given, words), ""

    every: Any = ids.remove_shift(ALL)  # type: ignore[arg-type]  # Dash's wildcard

    @app.callback(shown, cleared, Input(every, "n_clicks"), which, **answer)
    @access.guarded("plan_shifts")
    def remove(_clicks: list[int | None], courier: Any) -> tuple[list[Component], str]:
        shift = bytes.fromhex(buttons.chosen()["shift"]).decode()
        by, known = _asked("plan_shifts", courier, given)
        given.plans.remove(by.coop, known.id, shift)
        return _list(by, known, given, given.words(by.coop)), ""

    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own box takes no label
        ClientsideFunction("desk", "label"), Output(ids.CALENDAR_FOUND, "data-labelled"), Input(ids.CALENDAR_FILE, "id")
    )
    # What is too large for one request is said here; it would not reach Python.
    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        ClientsideFunction("desk", "file"), Output(ids.CALENDAR_TAKEN, "data"), cleared,
        Input(ids.CALENDAR_FILE, "contents"), State(ids.CALENDAR_TOO_LARGE, "data"), prevent_initial_call=True,
    )  # fmt: skip

    @app.callback(
        shown, Output(ids.CALENDAR_FOUND, "children"), cleared, Input(ids.CALENDAR_TAKEN, "data"),
        Input(ids.CALENDAR_READ, "n_clicks"), which, State(ids.CALENDAR_URL, "value"), **answer,
    )  # fmt: skip
    @access.guarded("plan_shifts")
    def take_in(file: Any, clicks: int | None, courier: Any, url: Any) -> tuple[list[Component], list[Any], str]:
        buttons.pressed(file or clicks)
        by, known = _asked("plan_shifts", courier, given)
        words, address = given.words(by.coop), str(url or "").strip()
        is_file = buttons.which() == ids.CALENDAR_TAKEN
        if not is_file and not address:
            raise Invalid("Give the address at which the calendar lies", field="url")
        found = given.plans.take_in(
            by.coop, known.id, _text(file) if is_file else None, None if is_file else address, given.now()
        )  # fmt: skip
        return _list(by, known, given, words), shifts.taken_in(found, words), ""

    @app.callback(Output(ids.CALENDAR_ADDRESS, "children"), Input(ids.CALENDAR_MAKE, "n_clicks"), which, **answer)
    @access.guarded("calendar")
    def make_address(clicks: int | None, courier: Any) -> Component:
        buttons.pressed(clicks)
        by, known = _asked("calendar", courier, given)
        url = given.plans.link(by.coop, known.id, given.now())
        return shifts.calendar_address(url, given.words(by.coop))


def content(search: str, visitor: Visitor, given: Given, words: Words) -> list[Any]:
    """Everybody's; with ``courier`` (and for a courier) one of them."""
    coop, now, today = visitor.coop, given.now(), given.today(visitor.coop)
    is_own = visitor.role == "courier"
    asked = visitor.scope if is_own else session.query_in(search).get("courier")
    if not asked:
        until = local_day(today + timedelta(days=DAYS - 1), words.zone).end
        found = given.plans.everybodys(coop, now, until)
        riders = [Rider(one, name, found.get(one, ())) for one, name in given.names(coop).items()]
        return shifts.shifts_page(riders, today, words)
    known = _courier(visitor, asked, given)
    rider = Rider(known.id, known.name, given.plans.planned(coop, known.id, now))
    return shifts.courier_page(rider, today, words, may_plan=visitor.may("plan_shifts"), is_own=is_own)


def _asked(action: str, courier: Any, given: Given) -> tuple[Visitor, Courier]:
    by = access.require(action)
    known = _courier(by, str(courier or ""), given)
    access.require(action, known)
    return by, known


def _courier(visitor: Visitor, id: str, given: Given) -> Courier:
    known = given.board(visitor.coop).couriers.get(id)
    if known is None or not visitor.owns(known):
        raise NotFound("There is no courier {id}", id=id)
    return known


def _list(by: Visitor, known: Courier, given: Given, words: Words) -> list[Component]:
    found = given.plans.planned(by.coop, known.id, given.now())
    return shifts.shift_list(found, words, may_plan=by.may("plan_shifts"))


def _span(day: Any, begins: Any, ends: Any, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Beginning and end on the co-op's clock; an end that is not after the beginning is on the next day."""
    on, first, last = changing.day_of(day, "day"), _clock(begins, "from"), _clock(ends, "to")
    return (datetime.combine(on, first, zone),
            datetime.combine(on + timedelta(days=last <= first), last, zone))  # fmt: skip


def _clock(text: Any, field: str) -> time:
    try:
        return time.fromisoformat(str(text or "")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise Invalid("{text} is no time: write it as 18:00", text=str(text or "–"), field=field) from error


def _text(file: Any) -> str:
    """What stands in a file as the page sends it: a data URL."""
    try:
        return base64.b64decode(str(file).partition(",")[2], validate=True).decode("utf-8-sig", "replace")
    except binascii.Error as error:
        raise Invalid("This file could not be read: choose it again", field="ics") from error
