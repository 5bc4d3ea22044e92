"""The page of the alarms: its content, and other numbers for an administrator."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, State

from callbacks import buttons, changing, session
from callbacks.given import Given
from dashboard import access
from dashboard.access import Visitor
from dashboard.domain.refusals import Invalid
from layouts import ids
from layouts.alarms import AlarmsView, alarms_page
from layouts.words import Words

PAGE = "/alarms"


def content(visitor: Visitor, given: Given, words: Words) -> list[Any]:
    """The page as this visitor sees it."""
    coop = visitor.coop
    return alarms_page(
        AlarmsView(given.alarms.rates(coop, given.now()), given.alarms.limits(coop), given.names(coop),
                   visitor.may("set_alarms"), session.theme()), words,
    )  # fmt: skip


def register(app: Dash, given: Given) -> None:
    """Save what was changed; the page is then read anew."""

    @app.callback(
        Output(ids.ADDRESS, "href", allow_duplicate=True), Input(ids.ALARM_LIMITS_SAVE, "n_clicks"),
        State(ids.alarm_limit(ALL), "value"), State(ids.alarm_limit(ALL), "id"),  # type: ignore[arg-type]
        prevent_initial_call=True, on_error=changing.on_page(given),
    )  # fmt: skip
    @access.guarded("set_alarms")
    def save(clicks: int | None, values: list[Any], names: list[dict[str, str]]) -> str:
        buttons.pressed(clicks)
        by = access.require("set_alarms")
        now = given.alarms.limits(by.coop)
        wanted = {name["key"]: _whole(value) for name, value in zip(names, values, strict=True)}
        for name, value in wanted.items():
            if value != getattr(now, name, None):
                given.alarms.change_limit(by.coop, name, value, by=by.name, at=given.now())
        return PAGE


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid("{text} is no whole number: write it as 5", text=str(value or "–"), field="value")
    return value
