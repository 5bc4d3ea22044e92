"""Orders that cross a limit of working time are not given until there is a reason and the courier's consent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update, set_props
from dash.development.base_component import Component

from callbacks import acting, errors, intents
from callbacks.given import Given
from dashboard import access
from dashboard.domain.working_time import BeyondLimit
from layouts import consent, ids, results
from layouts.words import Words


def settle(intent: intents.Intent, given: Given, words: Words) -> Component:
    """Do what is wanted and say so; where a limit stands against it, ask first."""
    try:
        return acting.carry_out(intent, given, words)
    except BeyondLimit as limit:
        return _ask(intent, limit, given, words)


def register(app: Dash, given: Given) -> None:
    """Give it all the same, with reason and consent; or leave it."""
    shut = ClientsideFunction("desk", "shut")
    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        shut, Output(ids.CONSENT, "opened", allow_duplicate=True), Input(ids.CONSENT_LEAVE, "n_clicks"),
        prevent_initial_call=True,
    )  # fmt: skip

    @app.callback(
        Output(ids.DESK_RESULT, "children", allow_duplicate=True),
        Output(ids.CONSENT, "opened", allow_duplicate=True),
        Output(ids.CONSENT_REASON, "error"), Output(ids.CONSENT_AGREES, "error"),
        Input(ids.CONSENT_GIVE, "n_clicks"), Input(ids.CONSENT_REASON, "n_submit"),
        State(ids.CONSENT_ABOUT, "data"), State(ids.CONSENT_REASON, "value"), State(ids.CONSENT_AGREES, "checked"),
        prevent_initial_call=True, on_error=errors.on_desk(given),
    )  # fmt: skip
    @access.guarded("assign")
    def give(
        _clicks: int | None, _submits: int | None, about: Any, reason: str | None, agrees: bool | None
    ) -> tuple[Any, Any, Any, Any]:
        words, said = given.words(access.visitor().coop), str(reason or "")
        missing = consent.missing(said, agrees is True, words)
        if any(missing):
            return no_update, no_update, *missing
        intent = replace(_intent(about), reason=said.strip(), consent=True)
        return settle(intent, given, words), False, None, None


def _ask(intent: intents.Intent, limit: BeyondLimit, given: Given, words: Words) -> Component:
    coop = access.visitor().coop
    order, name = given.board(coop).orders.get(intent.order), given.names(coop).get(intent.courier, intent.courier)
    ref = order.ref if order else intent.order
    set_props(ids.CONSENT_ABOUT, {"data": asdict(intent)})
    set_props(ids.CONSENT_LIMITS, {"children": consent.crossed(name, limit.findings, words)})
    set_props(ids.CONSENT_REASON, {"value": "", "error": None})
    set_props(ids.CONSENT_AGREES, {"checked": False, "error": None})
    set_props(ids.CONSENT, {"opened": True, "title": consent.consent_title(ref, name, words)})
    return results.waiting(words("{ref} is not given yet: ask {courier} first", ref=ref, courier=name),
                           given.now(), words)  # fmt: skip


def _intent(about: Any) -> intents.Intent:
    return intents.read_intent({**(about if isinstance(about, Mapping) else {}), "verb": "assign"})
