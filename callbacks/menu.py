"""The assign dialog: opened for an order, searched by name, and its choice carried out like any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, no_update, set_props
from dash.development.base_component import Component

from callbacks import buttons, consent, errors, intents, session
from callbacks.given import Given
from dashboard import access
from dashboard.domain.orders import Order
from dashboard.domain.refusals import NotFound, Unavailable
from dashboard.domain.together import companions
from dashboard.shown import seal
from dashboard.suggestions import Beside
from layouts import assign_menu, ids
from layouts.words import Words


def open_for(intent: intents.Intent, given: Given, words: Words) -> None:
    """Show the dialog for the intent's order; ``at`` makes each opening a new one, so that the list is fresh."""
    order = _order(intent.order, given)
    subject = {"order": order.id, "version": intent.version, "at": given.now().isoformat()}
    set_props(ids.MENU_FIND, {"value": ""})
    set_props(ids.MENU_SHOWN, {"data": None})
    set_props(ids.MENU_REASON, {"value": "", "error": None})
    set_props(ids.MENU_COURIERS, {"children": []})  # another order's couriers are no answer to this one
    set_props(ids.MENU_ORDER, {"data": subject})
    along = companions(order, given.board(order.coop).orders.values())
    set_props(ids.MENU, {"opened": True, "title": assign_menu.dialog_title(order, words, along)})


def register(app: Dash, given: Given) -> None:
    """Search, choose a courier, choose a step."""
    say = errors.on_desk(given)
    answer: Any = {"prevent_initial_call": True, "on_error": say}
    outcome = Output(ids.DESK_RESULT, "children", allow_duplicate=True)
    subject, shown = State(ids.MENU_ORDER, "data"), State(ids.MENU_SHOWN, "data")

    # Shut in the page at once: the next key that is pressed is meant for the desk, not for the dialog.
    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        ClientsideFunction("desk", "shut"), Output(ids.MENU, "opened", allow_duplicate=True),
        Input(ids.menu_courier(ALL), "n_clicks"),  # type: ignore[arg-type]
        Input(ids.menu_step(ALL), "n_clicks"),  # type: ignore[arg-type]
        Input(ids.MENU_FIND, "n_submit"), prevent_initial_call=True,
    )  # fmt: skip

    @app.callback(
        Output(ids.MENU_COURIERS, "children"), Output(ids.MENU_SHOWN, "data"), Output(ids.MENU_OVERRIDES, "children"),
        Input(ids.MENU_ORDER, "data"), Input(ids.MENU_FIND, "value"), **answer,
    )  # fmt: skip
    @access.guarded("assign")
    def list_couriers(about: Any, find: str | None) -> tuple[list[Component], str, list[Component]]:
        order, wanted = _order(_intent(about, intents.MENU).order, given), str(find or "")
        beside = _beside(order, given)
        giver = given.names(order.coop).get(order.courier or "")
        words = given.words(order.coop)
        return (
            assign_menu.candidate_list(beside, wanted, giver, words),
            seal(beside, wanted),
            assign_menu.override_buttons(order, words),
        )

    @app.callback(outcome, Input(ids.menu_courier(ALL), "n_clicks"), subject, shown, **answer)  # type: ignore[arg-type]
    @access.guarded("assign")
    def choose_courier(_clicks: list[int | None], about: Any, sealed: Any) -> Component:
        return _settle(_intent(about, "assign", buttons.chosen()["courier"], sealed), given)

    @app.callback(outcome, Input(ids.menu_step(ALL), "n_clicks"), subject, **answer)  # type: ignore[arg-type]
    @access.guarded("see_desk")
    def choose_step(_clicks: list[int | None], about: Any) -> Component:
        return _settle(_intent(about, buttons.chosen()["step"]), given)

    @app.callback(
        outcome, Output(ids.MENU, "opened", allow_duplicate=True), Output(ids.MENU_REASON, "error"),
        Input(ids.menu_override(ALL), "n_clicks"), State(ids.MENU_REASON, "value"), subject, **answer,  # type: ignore[arg-type]
    )  # fmt: skip
    @access.guarded("override")
    def choose_override(_clicks: list[int | None], reason: str | None, about: Any) -> tuple[Any, Any, Any]:
        step, said = buttons.chosen()["step"], str(reason or "").strip()
        if not said:
            return no_update, no_update, given.words(access.visitor().coop)("Say why: give a reason.")
        return _settle(_intent(about, "override", reason=said, text=step), given), False, None

    @app.callback(outcome, Input(ids.MENU_FIND, "n_submit"), State(ids.MENU_FIND, "value"), subject, shown, **answer)
    @access.guarded("assign")
    def choose_first(_submits: int | None, find: str | None, about: Any, sealed: Any) -> Component:
        order = _order(_intent(about, intents.MENU).order, given)
        first = assign_menu.first_able(_beside(order, given), str(find or ""))
        if first is None:
            raise Unavailable("Nobody called {find} can take it: choose another name", find=find)
        return _settle(_intent(about, "assign", first.candidate.courier.id, sealed), given)


def _intent(about: Any, verb: str, courier: str = "", sealed: Any = None, **more: str) -> intents.Intent:
    """What is wanted of the order that the dialog is about, and what it showed."""
    known = about if isinstance(about, Mapping) else {}
    return intents.read_intent({**known, "verb": verb, "courier": courier, "shown": sealed, **more})


def _settle(intent: intents.Intent, given: Given) -> Component:
    return consent.settle(intent, given, given.words(access.visitor().coop))


def _order(id: str, given: Given) -> Order:
    visitor = access.require("assign")
    found = given.board(visitor.coop).orders.get(id)
    if found is None:
        raise NotFound("There is no order {id}", id=id)
    return found


def _beside(order: Order, given: Given) -> Beside:
    return given.suggestions.beside(order.coop, order.id, given.now(), is_wanted=session.wants_suggestions())
