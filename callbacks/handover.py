"""The page of the handover, and the banner on the desk that asks the next dispatcher to read it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks import buttons, changing, session
from callbacks.given import Given
from dashboard import access
from dashboard.access import Visitor
from dashboard.domain.handover import compared, duties
from layouts import ids
from layouts.handover import PAGE, HandoverView, handover_banner, handover_page
from layouts.words import Words

SHOWN = datetime(1970, 1, 1, tzinfo=UTC)
NAMED = 12


def content(search: str, visitor: Visitor, given: Given, words: Words) -> list[Any]:
    """The page as this visitor sees it: the list of now, or the handover that the address names."""
    coop, now = visitor.coop, given.now()
    items, wanted = given.handovers.sheet(coop, now), session.query_in(search).get("id", "")
    found = given.handovers.all(coop, visitor.sees_since(now) or SHOWN)
    read = next((one for one in found if one.id == wanted), None)
    others = sorted({one.by for one in found} | {one.taken_by for one in found} - {"", visitor.name})[:NAMED]
    view = HandoverView(
        now, items, given.handovers.waiting(coop, now), found, duties(found), visitor.name, others, read,
        compared(read.items, items) if read else (),
    )  # fmt: skip
    return handover_page(view, words)


def register(app: Dash, given: Given) -> None:
    """Notes, giving, taking, taking back; each page is then read anew."""

    @app.callback(
        Output(ids.ADDRESS, "href", allow_duplicate=True), Input(ids.HANDOVER_NOTE_WRITE, "n_clicks"),
        State(ids.HANDOVER_NOTE, "value"), prevent_initial_call=True, on_error=changing.on_page(given),
    )  # fmt: skip
    @access.guarded("hand_over")
    def write(clicks: int | None, text: str | None) -> str:
        buttons.pressed(clicks)
        by = access.require("hand_over")
        given.handovers.note(by.coop, text or "", by=by.name, at=given.now())
        return PAGE

    @app.callback(
        Output(ids.ADDRESS, "href", allow_duplicate=True), Input(ids.HANDOVER_GIVE, "n_clicks"),
        State(ids.HANDOVER_WORD, "value"), State(ids.HANDOVER_TO, "value"), prevent_initial_call=True,
        on_error=changing.on_page(given),
    )  # fmt: skip
    @access.guarded("hand_over")
    def give(clicks: int | None, word: str | None, to: str | None) -> str:
        buttons.pressed(clicks)
        by = access.require("hand_over")
        done = given.handovers.give(by.coop, word or "", to or "", by=by.name, at=given.now())
        return f"{PAGE}?id={done.id}"

    @app.callback(
        Output(ids.ADDRESS, "href", allow_duplicate=True),
        Input(ids.handover_act(ALL, ALL), "n_clicks"),  # type: ignore[arg-type]  # Dash's wildcards
        prevent_initial_call=True, on_error=changing.on_page(given),
    )  # fmt: skip
    @access.guarded("hand_over")
    def act(_clicks: list[int | None]) -> str:
        asked, by = buttons.chosen(), access.require("hand_over")
        step = given.handovers.confirm if asked["act"] == "confirm" else given.handovers.withdraw
        step(by.coop, asked["handover"], by=by.name, at=given.now())
        return f"{PAGE}?id={asked['handover']}"

    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        ClientsideFunction("desk", "print"), Output(ids.HANDOVER_PRINT, "data-printed"),
        Input(ids.HANDOVER_PRINT, "n_clicks"), prevent_initial_call=True,
    )  # fmt: skip
    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        ClientsideFunction("desk", "handover"), Output(ids.HANDOVER_SEQ, "data"),
        Input(ids.DESK_RAIN_BEAT, "n_intervals"), State(ids.HANDOVER_SEQ, "data"), prevent_initial_call=True,
    )  # fmt: skip

    @app.callback(Output(ids.HANDOVER_BANNER, "children"), Input(ids.HANDOVER_SEQ, "data"), prevent_initial_call=True)
    @access.guarded("see_desk")
    def show_banner(_seq: Any) -> list[Component]:
        by = access.visitor()
        waiting = given.handovers.waiting(by.coop, given.now())
        return handover_banner(waiting, by.name, given.now(), given.words(by.coop))
