"""The assign dialog: opened for an order, searched by name, and its choice carried out like any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks import errors, intents
from callbacks.given import Given
from dashboard import access
from dashboard.domain.candidates import Candidate, candidates
from dashboard.domain.orders import Order
from dashboard.domain.refusals import NotFound, Unavailable
from layouts import assign_menu, ids, results
from layouts.words import Words


def open_for(intent: intents.Intent, given: Given, words: Words) -> None:
    """Show the dialog for the intent's order; ``at`` makes each opening a new one, so that the list is fresh."""
    order = _order(intent.order, given)
    subject = {"order": order.id, "version": intent.version, "at": given.now().isoformat()}
    set_props(ids.MENU_FIND, {"value": ""})
    set_props(ids.MENU_ORDER, {"data": subject})
    set_props(ids.MENU, {"opened": True, "title": assign_menu.dialog_title(order, words)})


def register(app: Dash, given: Given) -> None:
    """Search, choose a courier, choose a step."""
    say = errors.on_desk(given)
    answer: Any = {"prevent_initial_call": True, "on_error": say}
    outcome = (
        Output(ids.DESK_RESULT, "children", allow_duplicate=True), Output(ids.MENU, "opened", allow_duplicate=True),
    )  # fmt: skip
    subject = State(ids.MENU_ORDER, "data")

    @app.callback(
        Output(ids.MENU_COURIERS, "children"), Input(ids.MENU_ORDER, "data"), Input(ids.MENU_FIND, "value"), **answer
    )
    @access.guarded("assign")
    def list_couriers(about: Any, find: str | None) -> list[Component]:
        order = _order(_intent(about, intents.MENU).order, given)
        words = given.words(order.coop)
        return assign_menu.candidate_list(_candidates(order, given), order, str(find or ""), given.now(), words)

    @app.callback(*outcome, Input(ids.menu_courier(ALL), "n_clicks"), subject, **answer)  # type: ignore[arg-type]
    @access.guarded("assign")
    def choose_courier(_clicks: list[int | None], about: Any) -> tuple[Component, bool]:
        return _settle(_intent(about, "assign", _chosen()["courier"]), given)

    @app.callback(*outcome, Input(ids.menu_step(ALL), "n_clicks"), subject, **answer)  # type: ignore[arg-type]
    @access.guarded("see_desk")
    def choose_step(_clicks: list[int | None], about: Any) -> tuple[Component, bool]:
        return _settle(_intent(about, _chosen()["step"]), given)

    @app.callback(*outcome, Input(ids.MENU_FIND, "n_submit"), State(ids.MENU_FIND, "value"), subject, **answer)
    @access.guarded("assign")
    def choose_first(_submits: int | None, find: str | None, about: Any) -> tuple[Component, bool]:
        order = _order(_intent(about, intents.MENU).order, given)
        first = assign_menu.first_able(_candidates(order, given), str(find or ""))
        if first is None:
            raise Unavailable("Nobody called {find} can take it: choose another name", find=find)
        return _settle(_intent(about, "assign", first.courier.id), given)


def _chosen() -> dict[str, str]:
    """The id of the button that was pressed; a button that has only just been drawn was not."""
    if not ctx.triggered or not ctx.triggered[0]["value"]:
        raise PreventUpdate
    chosen: dict[str, str] = ctx.triggered_id
    return chosen


def _intent(about: Any, verb: str, courier: str = "") -> intents.Intent:
    """What is wanted of the order that the dialog is about."""
    known = about if isinstance(about, Mapping) else {}
    return intents.read_intent({**known, "verb": verb, "courier": courier})


def _settle(intent: intents.Intent, given: Given) -> tuple[Component, bool]:
    words = given.words(access.visitor().coop)
    return results.done(intents.carry_out(intent, given, words), given.now(), words), False


def _order(id: str, given: Given) -> Order:
    visitor = access.require("assign")
    found = given.board(visitor.coop).orders.get(id)
    if found is None:
        raise NotFound("There is no order {id}", id=id)
    return found


def _candidates(order: Order, given: Given) -> tuple[Candidate, ...]:
    return candidates(given.board(order.coop), order, lambda courier: given.where(order.coop, courier))
