"""Objections: sent by a courier, answered by name; and the page of those who answer."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, html, set_props

from callbacks import buttons, errors, session
from callbacks.given import Given
from callbacks.me import orders_of
from dashboard import access
from dashboard.access import Visitor
from dashboard.domain.refusals import Invalid, Refusal
from layouts import ids, objections
from layouts.states import refusal_text
from layouts.why import why
from layouts.words import Words


def register(app: Dash, given: Given) -> None:
    """Send and answer."""

    @app.callback(
        Output(ids.ADDRESS, "href", allow_duplicate=True), Input(ids.OBJECTION_SEND, "n_clicks"),
        State(ids.OBJECTION_ABOUT, "data"), State(ids.OBJECTION_TEXT, "value"),
        prevent_initial_call=True, on_error=_say(ids.OBJECTION_SAID, given),
    )  # fmt: skip
    @access.guarded("object")
    def send(clicks: int | None, about: Any, text: Any) -> str:
        buttons.pressed(clicks)
        by = access.visitor()
        made = given.decisions.raise_objection(
            by.coop, by.scope or "", str(about or ""), str(text or ""), by=by.name, at=given.now()
        )  # fmt: skip
        return f"/me?sent={made.id}"

    @app.callback(
        Output(ids.ADDRESS, "href", allow_duplicate=True), Input(ids.ANSWER_SEND, "n_clicks"),
        State(ids.ANSWER_OBJECTION, "data"), State(ids.ANSWER_UPHELD, "value"), State(ids.ANSWER_TEXT, "value"),
        prevent_initial_call=True, on_error=_say(ids.ANSWER_SAID, given),
    )  # fmt: skip
    @access.guarded("answer_objection")
    def answer(clicks: int | None, objection: Any, upheld: Any, text: Any) -> str:
        buttons.pressed(clicks)
        if upheld not in ("yes", "no"):
            raise Invalid("Say whether the objection is upheld: yes or no", field="upheld")
        by = access.visitor()
        found = given.decisions.answer_objection(
            by.coop, str(objection or ""), str(text or ""), upheld=upheld == "yes", by=by.name, at=given.now()
        )  # fmt: skip
        return f"/objections?id={found.id}"


def content(search: str, visitor: Visitor, given: Given, words: Words) -> list[Any]:
    """All objections; with ``id`` one of them, and the form for its answer."""
    asked = session.query_in(search).get("id", "")
    coop, names, now = visitor.coop, given.names(visitor.coop), given.now()
    if not asked:
        found = given.decisions.objections(coop)
        orders = given.orders(coop, orders_of(one.about for one in found))
        return objections.objections_page(found, orders, names, now, words)
    try:
        one = given.decisions.objection(coop, asked)
    except Refusal as refusal:
        return [html.P(refusal_text(refusal, words, {}), className="answer")]
    orders = given.orders(coop, orders_of([one.about]))
    reasons = [part for order in orders.values()
               for part in why(order, given.decisions.why(coop, order.id), None, names, words)[2:]]  # fmt: skip
    return objections.answer_page(one, orders, names, now, reasons, words)


def _say(where: str, given: Given) -> errors.OnError:
    def say(error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        set_props(where, {"children": refusal_text(error, given.words(access.visitor().coop), {})})

    return say
