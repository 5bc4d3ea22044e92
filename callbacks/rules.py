"""Changing the rules of pay without a vote, and correcting a slip: looked at first, then confirmed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dash import Dash, Input, Output, State

from callbacks import buttons, changing
from callbacks.given import Given
from dashboard import access
from dashboard.domain.refusals import Invalid
from dashboard.domain.rules_changes import applied
from dashboard.domain.rules_numbers import read_number
from layouts import ids, rules

PAGE = "/rules"


def register(app: Dash, given: Given) -> None:
    """Look, then confirm: the form shows what it will change before it does."""
    answer: Any = {"prevent_initial_call": True, "on_error": changing.on_page(given)}
    address = Output(ids.ADDRESS, "href", allow_duplicate=True)

    @app.callback(
        Output(ids.RULES_PREVIEW, "children"), Output(ids.RULES_MEANT, "data"), Output(ids.SAID, "children"),
        Input(ids.RULES_LOOK, "n_clicks"), State(ids.RULES_REASON, "value"),
        State(ids.change_since(ids.RULES), "value"), *changing.states(ids.RULES), **answer,
    )  # fmt: skip
    @access.guarded("set_pay")
    def look(
        clicks: int | None, reason: Any, since: Any, pack: str | None, values: list[Any], names: list[Any]
    ) -> tuple[list[Any], Any, str]:
        buttons.pressed(clicks)
        coop = access.require("set_pay").coop
        scheme, said = given.accounts.scheme(coop), str(reason or "").strip()
        if not said:
            raise Invalid("A change of the rules needs a reason: say where it was decided", field="reason")
        numbers, day = changing.typed(values, names), changing.day_of(since, "since")
        change = changing.change_of(scheme, given.today(coop), pack, numbers, day)
        applied(scheme, change)
        return rules.meant(change, scheme, said, given.words(coop)), {"change": dict(change), "reason": said}, ""

    @app.callback(address, Input(ids.RULES_CONFIRM, "n_clicks"), State(ids.RULES_MEANT, "data"), **answer)
    @access.guarded("set_pay")
    def confirm(clicks: int | None, meant: Any) -> str:
        _has_looked(clicks, meant)
        by = access.require("set_pay")
        given.assembly.decide(by.coop, meant["change"], reason=str(meant["reason"]), by=by.name, at=given.now())
        return PAGE

    @app.callback(
        Output(ids.CORRECT_PREVIEW, "children"), Output(ids.CORRECT_MEANT, "data"), Input(ids.CORRECT_LOOK, "n_clicks"),
        State(ids.CORRECT_COURIER, "value"), State(ids.CORRECT_AMOUNT, "value"), State(ids.CORRECT_ABOUT, "value"),
        State(ids.CORRECT_REASON, "value"), **answer,
    )  # fmt: skip
    @access.guarded("set_pay")
    def look_at_correction(clicks: int | None, courier: Any, amount: Any, about: Any, reason: Any) -> tuple[Any, Any]:
        buttons.pressed(clicks)
        coop, cents = access.require("set_pay").coop, _cents(str(amount or ""))
        name = given.names(coop).get(str(courier))
        if name is None or not str(reason or "").strip():
            raise Invalid("A correction needs a courier, an amount and a reason: give all three", field="reason")
        meant = {"courier": courier, "cents": cents, "about": str(about or ""), "reason": str(reason)}
        return rules.meant_correction(name, cents, meant["about"], meant["reason"], given.words(coop)), meant

    @app.callback(address, Input(ids.CORRECT_CONFIRM, "n_clicks"), State(ids.CORRECT_MEANT, "data"), **answer)
    @access.guarded("set_pay")
    def correct(clicks: int | None, meant: Any) -> str:
        _has_looked(clicks, meant)
        by = access.require("set_pay")
        given.dispatch.correct_pay(
            by.coop, str(meant["courier"]), int(meant["cents"]), reason=str(meant["reason"]),
            corrects=str(meant["about"]), by=by.name, at=given.now(),
        )  # fmt: skip
        return f"/pay?courier={meant['courier']}"


def _has_looked(clicks: int | None, meant: Any) -> None:
    buttons.pressed(clicks)
    if not meant:
        raise Invalid("See first what would change, then confirm it")


def _cents(text: str) -> int:
    plain = text.strip().replace("−", "-")
    value = read_number(plain.removeprefix("-"), "amount") * (-1 if plain.startswith("-") else 1)
    if value * 100 != int(value * 100):
        raise Invalid("{text} has parts of a cent: write it as 12.50", text=text, field="amount")
    return int(value * Decimal(100))
