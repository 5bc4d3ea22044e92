"""What-if: the question becomes an address, and is looked at until its answer is there."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks import buttons, changing, rule_pages, session
from callbacks.given import Given
from dashboard import access
from dashboard.access import Visitor
from dashboard.domain.coop_settings import WEIGHTS
from dashboard.domain.rules_numbers import from_day, read_number, revised
from dashboard.trials import Question, asked_of
from layouts import ids, rule_words, what_if
from layouts.words import Words


def register(app: Dash, given: Given) -> None:
    """Ask, and look how far it is."""

    @app.callback(
        Output(ids.ADDRESS, "href", allow_duplicate=True), Input(ids.WHAT_IF_ASK, "n_clicks"),
        State(ids.WHAT_IF_FIRST, "value"), State(ids.WHAT_IF_LAST, "value"), *changing.states(ids.WHAT_IF),
        prevent_initial_call=True, on_error=changing.on_page(given),
    )  # fmt: skip
    @access.guarded("ask_what_if")
    def ask(clicks: int | None, first: Any, last: Any, pack: str | None, values: list[Any], names: list[Any]) -> str:
        buttons.pressed(clicks)
        return f"/what-if?{changing.query_of(first, last, pack, changing.typed(values, names))}"

    @app.callback(
        Output(ids.ADDRESS, "href", allow_duplicate=True), Input(ids.WHAT_IF_WEIGH, "n_clicks"),
        State(ids.WHAT_IF_FIRST, "value"), State(ids.WHAT_IF_LAST, "value"),
        *(State(ids.what_if_setting(name), "value") for name in WEIGHTS),
        prevent_initial_call=True, on_error=changing.on_page(given),
    )  # fmt: skip
    @access.guarded("ask_what_if")
    def weigh(clicks: int | None, first: Any, last: Any, *values: Any) -> str:
        buttons.pressed(clicks)
        return f"/what-if?{changing.weights_query(first, last, dict(zip(WEIGHTS, values, strict=True)))}"

    @app.callback(
        Output(ids.WHAT_IF_RESULT, "children"), Output(ids.WHAT_IF_BEAT, "disabled"),
        Input(ids.WHAT_IF_BEAT, "n_intervals"), State(ids.WHAT_IF_QUESTION, "data"), prevent_initial_call=True,
        on_error=changing.on_page(given),
    )  # fmt: skip
    @access.guarded("ask_what_if")
    def look(beats: int | None, query: Any) -> tuple[list[Any], bool]:
        if not beats or not query:
            raise PreventUpdate
        by = access.visitor()
        return _seen(by, str(query), beats == 1, given, given.words(by.coop))


def _seen(by: Visitor, query: str, is_first: bool, given: Given, words: Words) -> tuple[list[Any], bool]:
    coop, scheme = by.coop, given.accounts.scheme(by.coop)
    asked = rule_pages.asked_in(query, given.today(coop), scheme, by)
    wanted = {key: read_number(text, key) for key, text in asked.numbers.items()}
    question = Question(asked.first, asked.last, asked.pack or None, asked_of(wanted))
    trial = (given.trials.begin if is_first else given.trials.look)(coop, question)
    if trial.found:
        rows = _rows(question, wanted, given, coop, words)
        return what_if.result(trial.found, rows, asked, session.theme(), words), True
    return (what_if.failed(words), True) if trial.is_over else (what_if.progress(trial.share, words), False)


def _rows(
    question: Question, wanted: dict[str, Any], given: Given, coop: str, words: Words
) -> list[tuple[str, str, str, str]]:
    """What was other, in words: the pack, or each number."""
    scheme = given.accounts.scheme(coop)
    day = question.last.isoformat()
    change = {"pack": question.pack, "since": day} if question.pack else from_day(
        revised(scheme, question.last, wanted), question.last
    )  # fmt: skip
    return rule_words.change_rows(change, scheme, words)
