"""Which page belongs to an address, for this visitor."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component
from flask import request

from callbacks import session
from callbacks.account_pages import KITCHEN, PATHS, account_page_for, pages_of
from callbacks.given import Given
from dashboard import access
from dashboard.domain.refusals import NotReady
from layouts import ids, replay
from layouts.desk_parts import PAGES
from layouts.kitchen import KitchenView, kitchen
from layouts.login import login, not_for, not_ready, nowhere
from layouts.parts import PARTS
from layouts.view import DeskView

FIRST = {"courier": "/me"}
DESK_PATHS = {"/": "all", **PARTS}


def register(app: Dash, given: Given) -> None:
    """The one callback that fills the page, and the language that the document says it is in."""
    untyped: Any = app
    document = untyped.interpolate_index

    def in_language(**parts: str) -> str:
        session.remember(request.query_string.decode("utf-8", "replace"))
        return str(document(**parts)).replace("<html>", f'<html lang="{session.language(given.language)}">', 1)

    untyped.interpolate_index = in_language

    @app.callback(Output(ids.PAGE, "children"), Input(ids.ADDRESS, "pathname"), State(ids.ADDRESS, "search"))
    @access.guarded(access.OPEN)
    def show_page(path: str, search: str) -> Component:
        session.remember(search)
        try:
            visitor = access.visitor()
        except access.NotSignedIn:
            return login(session.theme(), given.words())
        return page_for(path, visitor, given, search)


def page_for(path: str, visitor: access.Visitor, given: Given, search: str = "") -> Component:
    """The page at ``path``; one that says why not, where there is none for this visitor."""
    theme = session.theme()
    if path == "/login":
        return login(theme, given.words(), is_known=True)
    if path in ("/", KITCHEN) and KITCHEN in pages_of(visitor):
        return kitchen(kitchen_view(visitor, theme, given), given.words(visitor.coop))
    if path in PATHS and path in pages_of(visitor):
        return _accounts(path, search, visitor, given)
    if path == replay.PATH and visitor.may("see_past"):
        return replay.replay(desk_view(visitor, theme, given), given.words(visitor.coop))
    if path not in DESK_PATHS:
        return nowhere(theme, given.words())
    if not visitor.may("see_desk"):
        if path == "/" and pages_of(visitor):
            return _accounts(FIRST.get(visitor.role, "/fairness"), search, visitor, given)
        return not_for(visitor.role, theme, given.words())
    return PAGES[DESK_PATHS[path]](desk_view(visitor, theme, given), given.words(visitor.coop))


def _accounts(path: str, search: str, visitor: access.Visitor, given: Given) -> Component:
    try:
        return account_page_for(path, search, visitor, given)
    except NotReady as refusal:
        return not_ready(refusal, session.theme(), given.words(visitor.coop))


def kitchen_view(visitor: access.Visitor, theme: str, given: Given) -> KitchenView:
    """What the visitor's restaurant's screen is made of."""
    own = [one for one in given.board(visitor.coop).orders.values() if one.restaurant == visitor.scope]
    name = next((one.pickup.name for one in own if one.pickup.name), visitor.scope or "")
    return KitchenView(visitor.coop, visitor.scope or "", name, visitor.name, given.city(visitor.coop).time_zone,
                       given.bundles, theme, access.roles_to_try())  # fmt: skip


def desk_view(visitor: access.Visitor, theme: str, given: Given) -> DeskView:
    """What the visitor's desk is made of."""
    coop = given.coop(visitor.coop)
    name = coop.name if coop else visitor.coop
    return DeskView(visitor.coop, name, visitor.name, given.city(visitor.coop), given.bundles, theme,
                    pages_of(visitor), access.roles_to_try(), visitor.role, given.coopcycle(visitor.coop),
                    given.weather.rains_since(visitor.coop), given.now(), session.wants_suggestions(),
                    given.handovers.waiting(visitor.coop, given.now()))  # fmt: skip
