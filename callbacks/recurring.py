"""The page of the recurring orders: the list, and the form that has an order come again, with what it would mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from dash import ALL, Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks import buttons, changing, errors, session
from callbacks.given import Given
from dashboard import access
from dashboard.access import Visitor
from dashboard.domain.recurring import Recurring, moved_to
from dashboard.domain.refusals import Invalid, NotFound, Refusal
from dashboard.recurrence import weekly
from layouts import ids, recurring
from layouts.recurring import PAGE, PREVIEWED, RecurringView
from layouts.words import Words

TYPED = (ids.RECUR_DAYS, ids.RECUR_WEEKS, ids.RECUR_TIME, ids.RECUR_FIRST, ids.RECUR_UNTIL, ids.RECUR_RULE)


def content(search: str, visitor: Visitor, given: Given, words: Words) -> list[Any]:
    """All rules; with ``order`` the form that repeats it."""
    coop, now = visitor.coop, given.now()
    rules = [(one, given.repeating.next(coop, one, now)) for one in given.repeating.all(coop)]
    wanted = session.query_in(search).get("order", "")
    order = given.orders(coop, [wanted]).get(wanted) if wanted else None
    chosen = (order.id, order.ref, given.repeating.template(order)) if order else None
    missed = given.repeating.missed(coop, now)
    return recurring.recurring_page(RecurringView(rules, given.today(coop), chosen, missed), words)


def register(app: Dash, given: Given) -> None:
    """Preview, set, leave a day out, end; each change ends with the page read anew."""
    answer: Any = {"prevent_initial_call": True, "on_error": changing.on_page(given)}
    address = Output(ids.ADDRESS, "href", allow_duplicate=True)

    @app.callback(
        Output(ids.RECUR_PREVIEW, "children"), *(Input(each, "value") for each in TYPED), State(ids.RECUR_ORDER, "data")
    )
    @access.guarded("recur")
    def show(*typed: Any) -> Any:
        by = access.require("recur")
        if not typed[-1]:
            raise PreventUpdate
        try:
            rule = _rule(by, given, *typed)
        except Refusal as refusal:
            return errors.line(refusal, given)
        days = given.repeating.next(by.coop, rule, given.now(), PREVIEWED)
        return recurring.preview(rule, days, given.words(by.coop))

    @app.callback(
        address, Input(ids.RECUR_SET, "n_clicks"), *(State(each, "value") for each in TYPED),
        State(ids.RECUR_ORDER, "data"), **answer,
    )  # fmt: skip
    @access.guarded("recur")
    def keep(clicks: int | None, *typed: Any) -> str:
        buttons.pressed(clicks)
        by = access.require("recur")
        rule = _rule(by, given, *typed)
        given.repeating.set(by.coop, rule.order, rule.rrule, rule.first, rule.until, by=by.name, at=given.now())
        return PAGE

    def upon_day(button: Callable[[Any, Any], Any], do: Callable[..., Any]) -> None:
        """What a button does with one day of a rule."""

        @app.callback(address, Input(button(ALL, ALL), "n_clicks"), **answer)
        @access.guarded("recur")
        def pressed(_clicks: list[int | None]) -> str:
            asked, by = buttons.chosen(), access.require("recur")
            do(by.coop, asked["rule"], changing.day_of(asked["day"], "day"), by=by.name, at=given.now())
            return PAGE

    upon_day(ids.skip_day, given.repeating.skip)
    upon_day(ids.place_missed, given.repeating.place_missed)

    @app.callback(
        address, Input(ids.end_recurring(ALL), "n_clicks"),  # type: ignore[arg-type]  # Dash's wildcard
        **answer,
    )  # fmt: skip
    @access.guarded("recur")
    def end(_clicks: list[int | None]) -> str:
        asked, by = buttons.chosen(), access.require("recur")
        given.repeating.end(by.coop, asked["rule"], by=by.name, at=given.now())
        return PAGE


def _rule(
    by: Visitor, given: Given, days: Any, weeks: Any, clock: Any, first: Any, until: Any, by_hand: Any, id: Any
) -> Recurring:
    """What the form says. Invalid; NotFound: the order is not there."""
    order = given.orders(by.coop, [str(id)]).get(str(id))
    if order is None:
        raise NotFound("There is no order {id}", id=str(id))
    whole = moved_to(given.repeating.template(order), str(clock or "")[:5])
    line = str(by_hand or "").strip() or weekly(days if isinstance(days, list) else [], _weeks(weeks))
    last = changing.day_of(until, "until") if until else None
    return given.repeating.check(by.coop, whole, line, _first(first), last, given.now())


def _weeks(text: Any) -> int:
    if not str(text or "").strip().isdecimal() or len(str(text)) > 4:
        raise Invalid("Every how many weeks? Give a number from 1 to 99", field="weeks")
    return int(str(text).strip())


def _first(text: Any) -> date:
    return changing.day_of(text, "first")
