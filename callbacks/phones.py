"""The page of the phones: everybody's for the desk, one's own for a courier, and a new key for one of them."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks import buttons, session
from callbacks.given import Given
from dashboard import access
from dashboard.access import Visitor
from dashboard.domain.couriers import Courier
from dashboard.domain.refusals import NotFound
from layouts import ids, phones
from layouts.phones import Codes
from layouts.words import Words


def register(app: Dash, given: Given) -> None:
    """A new key."""

    @app.callback(
        Output(ids.PHONE_CODES, "children"), Input(ids.PHONE_MAKE, "n_clicks"), State(ids.PHONE_COURIER, "data"),
        prevent_initial_call=True,
    )  # fmt: skip
    @access.guarded("set_up_phone")
    def make(clicks: int | None, courier: Any) -> list[Component]:
        buttons.pressed(clicks)
        by = access.visitor()
        known = _courier(by, str(courier or ""), given)
        access.require("set_up_phone", known)
        links = given.phones.new_key(by.coop, known)
        return phones.codes(Codes(links.traccar, links.owntracks, links.address, links.key), given.words(by.coop))


def content(search: str, visitor: Visitor, given: Given, words: Words) -> list[Any]:
    """All phones; with ``courier`` (and for a courier) one of them."""
    asked = visitor.scope if visitor.role == "courier" else session.query_in(search).get("courier")
    if not asked:
        return phones.phones_page(given.phones.seen(visitor.coop), given.now(), words)
    found = given.phones.seen(visitor.coop, _courier(visitor, asked, given).id)
    return phones.phone_page(
        found[0], given.now(), words, reached=given.phones.can_be_reached, is_own=visitor.role == "courier"
    )


def _courier(visitor: Visitor, id: str, given: Given) -> Courier:
    known = given.board(visitor.coop).couriers.get(id)
    if known is None or not visitor.owns(known):
        raise NotFound("There is no courier {id}", id=id)
    return known
