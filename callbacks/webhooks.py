"""The pages of the webhooks: all of them, and one with its log; each change ends with the page read anew."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks import buttons, changing, session
from callbacks.given import Given
from dashboard import access
from dashboard.access import Visitor
from dashboard.domain.refusals import Invalid, NotFound
from layouts import ids, webhooks
from layouts.webhooks import FILTERS, Log
from layouts.words import Words

PAGE = "/webhooks"
SHOWN = 50


def register(app: Dash, given: Given) -> None:
    """Add, change, switch, renew, send again, remove."""
    answer: Any = {"prevent_initial_call": True, "on_error": changing.on_page(given)}
    address = Output(ids.ADDRESS, "href", allow_duplicate=True)
    which = State(ids.WEBHOOK, "data")

    @app.callback(
        Output(ids.WEBHOOK_SECRET, "children"), Output(ids.SAID, "children", allow_duplicate=True),
        Input(ids.WEBHOOK_ADD, "n_clicks"), State(ids.WEBHOOK_URL, "value"), State(ids.WEBHOOK_EVENTS, "value"),
        State(ids.WEBHOOK_RESTAURANT, "value"), **answer,
    )  # fmt: skip
    @access.guarded("webhooks")
    def add(clicks: int | None, url: Any, events: Any, restaurant: Any) -> tuple[Component, str]:
        buttons.pressed(clicks)
        by = access.require("webhooks")
        made = given.webhooks.add(
            by.coop, _text(url), _events(events), secret=None, restaurant=_text(restaurant) or None, by=by.name,
            at=given.now(),
        )  # fmt: skip
        return webhooks.added(made, given.words(by.coop)), ""

    @app.callback(
        address, Input(ids.WEBHOOK_SAVE, "n_clicks"), which, State(ids.WEBHOOK_NEW_URL, "value"),
        State(ids.WEBHOOK_NEW_EVENTS, "value"), **answer,
    )  # fmt: skip
    @access.guarded("webhooks")
    def save(clicks: int | None, id: Any, url: Any, events: Any) -> str:
        buttons.pressed(clicks)
        coop = access.require("webhooks").coop
        given.webhooks.change(coop, _text(id), url=_text(url), events=_events(events), is_on=None)
        return _page(id)

    @app.callback(address, Input(ids.WEBHOOK_SWITCH, "n_clicks"), which, **answer)
    @access.guarded("webhooks")
    def switch(clicks: int | None, id: Any) -> str:
        buttons.pressed(clicks)
        coop = access.require("webhooks").coop
        is_on = given.webhooks.one(coop, _text(id)).is_on
        given.webhooks.change(coop, _text(id), url=None, events=None, is_on=not is_on)
        return _page(id)

    @app.callback(Output(ids.WEBHOOK_RENEWED, "children"), Input(ids.WEBHOOK_RENEW, "n_clicks"), which, **answer)
    @access.guarded("webhooks")
    def renew(clicks: int | None, id: Any) -> Component:
        buttons.pressed(clicks)
        coop = access.require("webhooks").coop
        renewed, words = given.webhooks.renew(coop, _text(id), None, given.now()), given.words(coop)
        return webhooks.secret_shown(renewed.secret, words("The new secret:"), words)

    every: Any = ids.redeliver(ALL)  # type: ignore[arg-type]  # Dash's wildcard

    @app.callback(address, Input(every, "n_clicks"), which, **answer)
    @access.guarded("webhooks")
    def again(_clicks: list[int | None], id: Any) -> str:
        delivery, coop = buttons.chosen()["delivery"], access.require("webhooks").coop
        given.webhooks.again(coop, _text(id), delivery, given.now())
        return _page(id)

    @app.callback(address, Input(ids.WEBHOOK_REMOVE, "n_clicks"), which, **answer)
    @access.guarded("webhooks")
    def remove(clicks: int | None, id: Any) -> str:
        buttons.pressed(clicks)
        given.webhooks.remove(access.require("webhooks").coop, _text(id))
        return PAGE


def content(search: str, visitor: Visitor, given: Given, words: Words) -> list[Any]:
    """All webhooks; with ``webhook`` one of them, its log limited by ``state`` and older than ``before``."""
    query, coop = session.query_in(search), visitor.coop
    try:
        one = given.webhooks.one(coop, query.get("webhook", ""))
    except NotFound:
        places = {known: place[0] for known, place in given.city(coop).places.items()}
        return webhooks.webhooks_page(given.webhooks.book.all(coop), places, words)
    state = query.get("state", "")
    state = state if state in FILTERS else ""
    before = int(query["before"]) if query.get("before", "").isdecimal() and len(query["before"]) < 16 else None
    found = given.webhooks.book.deliveries(coop, one.id, state or None, before, SHOWN + 1)
    older = found[SHOWN - 1].seq if len(found) > SHOWN else None
    return webhooks.webhook_page(one, Log(found[:SHOWN], state, older), given.now(), words)


def _page(id: Any) -> str:
    return f"{PAGE}?webhook={id}"


def _text(value: Any) -> str:
    return str(value or "").strip()


def _events(value: Any) -> list[str]:
    if not isinstance(value, list) or not value:
        raise Invalid("Choose what it is told of", field="events")
    return [str(each) for each in value]
