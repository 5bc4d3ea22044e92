"""Proposals on the desk: a plan, or the best order of stops; carried out but for the lines struck out, or discarded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, no_update

from callbacks import buttons, errors
from callbacks.given import Given
from dashboard import access
from dashboard.domain.refusals import Invalid, NotFound
from layouts import ids, plan, results


def register(app: Dash, given: Given) -> None:
    """Propose, show on the map, carry out, discard."""
    answer: Any = {"prevent_initial_call": True, "on_error": errors.on_desk(given)}
    said = Output(ids.DESK_RESULT, "children", allow_duplicate=True)

    def shown(id: str, prop: str) -> Output:
        return Output(id, prop, allow_duplicate=True)

    panel = (
        shown(ids.PLAN, "hidden"), shown(ids.PLAN_CONTENT, "children"), shown(ids.PLAN_ID, "data"),
        shown(ids.PLAN_COMMIT, "hidden"),
    )  # fmt: skip

    # With an output, though nobody reads it: Dash fires one without only for what is there from the first moment.
    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        ClientsideFunction("desk", "plan"), Output(ids.PLAN, "data-ways"), Input(ids.PLAN_WAYS, "data"),
        prevent_initial_call=True,
    )  # fmt: skip

    @app.callback(
        *panel, Input(ids.PLAN_OPEN, "n_clicks"), running=[(Output(ids.PLAN_OPEN, "disabled"), True, False)], **answer
    )
    @access.guarded("plan")
    def propose(clicks: int | None) -> tuple[Any, ...]:
        buttons.pressed(clicks)
        by, at = access.visitor(), given.now()
        made, draft = given.planner.propose(by.coop, at)
        content = plan.plan(draft, given.names(by.coop), given.words(by.coop))
        return False, content, made, not draft.lines

    @app.callback(
        *panel, Input(ids.PLAN_STOPS, "n_clicks"), State(ids.DESK_SELECTION, "data"),
        running=[(Output(ids.PLAN_STOPS, "disabled"), True, False)], **answer,
    )  # fmt: skip
    @access.guarded("order_stops")
    def propose_order(clicks: int | None, selection: Any) -> tuple[Any, ...]:
        buttons.pressed(clicks)
        by, at = access.visitor(), given.now()
        board = given.board(by.coop)
        courier = _chosen(selection, board.orders)
        made, found = given.planner.propose_order(by.coop, courier, at)
        name = given.names(by.coop).get(courier, courier)
        content = plan.stop_order(found, board.orders, name, at, given.words(by.coop))
        return False, content, made, found.before == found.after

    @app.callback(Output(ids.PLAN_WAYS, "data"), Input(ids.PLAN_ID, "data"), **answer)
    @access.guarded("plan")
    def draw(proposal: Any) -> list[Any]:
        return given.planner.ways(access.visitor().coop, proposal) if isinstance(proposal, str) else []

    @app.callback(
        said, *panel, Input(ids.PLAN_COMMIT, "n_clicks"), State(ids.PLAN_ID, "data"),
        State(ids.plan_line(ALL), "checked"), State(ids.plan_line(ALL), "id"),  # type: ignore[arg-type]
        **answer,
    )  # fmt: skip
    @access.guarded("plan")
    def commit(clicks: int | None, proposal: Any, ticked: list[Any], lines: list[Any]) -> tuple[Any, ...]:
        buttons.pressed(clicks)
        by, at = access.visitor(), given.now()
        found = given.planner.commit(by.coop, _id(proposal), _struck(ticked, lines), by=by.name, at=at)
        words, board = given.words(by.coop), given.board(by.coop)
        if any(one.refusal for one in found):
            text = words("Not all of it was carried out: look at the plan")
            content = plan.outcome(found, board.orders, given.names(by.coop), words)
            return results.waiting(text, at, words), False, content, None, True
        return results.done(plan.carried_out(found, words), at, words), True, [], None, True

    @app.callback(said, *panel, Input(ids.PLAN_DISCARD, "n_clicks"), State(ids.PLAN_ID, "data"), **answer)
    @access.guarded("plan")
    def discard(clicks: int | None, proposal: Any) -> tuple[Any, ...]:
        buttons.pressed(clicks)
        by, words = access.visitor(), given.words(access.visitor().coop)
        text: Any = no_update
        if isinstance(proposal, str):
            _forget(given, by.coop, proposal)
            text = results.done(words("Discarded: nothing has changed"), given.now(), words)
        return text, True, [], None, True


def _chosen(selection: Any, orders: Mapping[str, Any]) -> str:
    """The chosen courier, or who has the chosen order."""
    known = selection if isinstance(selection, Mapping) else {}
    order = orders.get(str(known.get("order")))
    courier = known.get("courier") or (order.courier if order else None)
    if not isinstance(courier, str):
        raise Invalid("Choose a courier first: then the order of the stops can be proposed")
    return courier


def _id(proposal: Any) -> str:
    if not isinstance(proposal, str):
        raise NotFound("This plan is not there any more: have a new one proposed")
    return proposal


def _struck(ticked: Iterable[Any], lines: Iterable[Any]) -> set[str]:
    return {str(line["order"]) for line, is_on in zip(lines, ticked, strict=False) if is_on is False}


def _forget(given: Given, coop: str, proposal: str) -> None:
    """One that is too old is gone already."""
    try:
        given.planner.discard(coop, proposal)
    except NotFound:
        return
