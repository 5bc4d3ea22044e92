"""What became of each order of a command upon several: a line that counts, and the list behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.domain.acts import Act, Outcome
from dashboard.domain.orders import MOVES, Order
from layouts.results import line
from layouts.states import refusal_text, state_name
from layouts.words import N_, Words

COUNTED = {
    "assign": N_("{done} of {all} given to {courier}"), "unassign": N_("{done} of {all} taken back"),
    "delay": N_("{done} of {all} delayed by {minutes} min"), "tag": N_("{done} of {all} tagged {tags}"),
    "untag": N_("{done} of {all} no longer tagged {tags}"), "cancel": N_("{done} of {all} cancelled"),
    "attach": N_("{done} of {all} share a pickup now"), "detach": N_("{done} of {all} have a pickup for themselves"),
    "undo": N_("{done} of {all} undone"), "redo": N_("{done} of {all} done again"),
}  # fmt: skip
MOVED_ON = N_("{done} of {all} now {state}")
MOVED_DAY, MOVED_TIME = N_("{done} of {all} moved to {day}"), N_("{done} of {all} moved by {minutes} min")


def listed(
    verb: str, act: Act | None, outcomes: Sequence[Outcome], couriers: Mapping[str, str], at: datetime, words: Words, *,
    undo: str = "",
) -> Component:  # fmt: skip
    """The result line of a command upon several, with the outcome of each below; unfolded where one was refused."""
    refused = sum(one.refusal is not None for one in outcomes)
    kind, sign = ("is-done", "✓") if not refused else ("is-partly", "!")
    if refused == len(outcomes):
        kind, sign = "is-refused", "✕"
    facts = {"done": len(outcomes) - refused, "all": len(outcomes), **_said(act, couriers, words)}
    head = line(sign, words(_counted(verb, act), **facts), kind, at, words, undo=undo)
    refused_first = sorted(outcomes, key=lambda one: one.refusal is None)
    rows = html.Ul([_row(one, couriers, words) for one in refused_first], className="outcomes")
    each = html.Details([html.Summary(words("What happened to each")), rows], open=bool(refused),
                        className="outcome-list")  # fmt: skip
    return html.Div([head, each], className="result-of-many")


def _counted(verb: str, act: Act | None) -> str:
    if verb == "reschedule" and act:
        return MOVED_DAY if act.day else MOVED_TIME
    return COUNTED.get(verb, MOVED_ON)


def _said(act: Act | None, couriers: Mapping[str, str], words: Words) -> dict[str, Any]:
    if act is None:
        return {}
    return {
        "courier": couriers.get(act.courier, act.courier), "minutes": act.minutes, "tags": ", ".join(act.tags),
        "day": act.day and act.day.isoformat(),
        "state": state_name(MOVES[act.verb].target, words) if act.verb in MOVES else "",
    }  # fmt: skip


def _row(one: Outcome, couriers: Mapping[str, str], words: Words) -> Component:
    text = _now(one, couriers, words) if one.refusal is None else refusal_text(one.refusal, words, couriers)
    mark: Any = {"data-order": one.id}
    kind = "is-refused" if one.refusal else "is-done"
    go = html.Button([html.B(one.ref), " ", html.Span(text)], type="button", className="outcome-go")
    return html.Li(go, className=f"outcome-row {kind}", **mark)


def _now(one: Outcome, couriers: Mapping[str, str], words: Words) -> str:
    """How it is now: ready, with Léa."""
    if not isinstance(one.now, Order):
        return state_name(one.now.shift, words) if one.now else ""
    facts = [state_name(one.now.state, words)]
    if one.now.courier:
        facts.append(words("with {courier}", courier=couriers.get(one.now.courier, one.now.courier)))
    if one.now.ready_at and one.now.is_open:
        facts.append(words("ready at {clock}", clock=words.clock(one.now.ready_at)))
    if one.now.tags:
        facts.append(", ".join(one.now.tags))
    return " · ".join(facts)
