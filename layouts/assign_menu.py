"""The assign dialog: who could take the order, best first, and the other steps that it can make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.candidates import Candidate
from dashboard.domain.orders import MOVES, NEEDS_COURIER, WAITING_STATES, Order
from layouts import ids
from layouts.aria import DECORATION
from layouts.frame import dialog
from layouts.words import N_, Words

OBSTACLES = {
    "has it": N_("has this order already"),
    "break": N_("on break: wait for its end, or choose another"),
    "off": N_("off shift: choose somebody on shift"),
}
STEPS = {
    "accept": N_("Accept"), "refuse": N_("Refuse"), "prepare": N_("Preparing"), "ready": N_("Ready"),
    "pick_up": N_("Picked up"), "deliver": N_("Delivered"), "fail": N_("Failed"), "cancel": N_("Cancel the order"),
}  # fmt: skip


def assign_dialog(words: Words) -> Component:
    """The dialog, shut. Type a name, press Enter: the first who can take the order gets it."""
    find = dmc.TextInput(
        id=ids.MENU_FIND, label=words("Find a courier"), value="", autoComplete="off",
        description=words("Enter gives the order to the first in the list; Tab goes through it."),
        inputProps={"data-autofocus": True},
    )  # fmt: skip
    content = [dcc.Store(id=ids.MENU_ORDER), find, html.Div(id=ids.MENU_COURIERS, className="candidates")]
    return dialog(ids.MENU, words("Assign"), content, words)


def dialog_title(order: Order, words: Words) -> str:
    """What the dialog is about: 1042, from where to where."""
    return words("{ref} from {pickup} to {dropoff}", ref=order.ref, pickup=order.pickup.name or order.pickup.address,
                 dropoff=order.dropoff.address or order.dropoff.name)  # fmt: skip


def candidate_list(found: Iterable[Candidate], order: Order, find: str, at: datetime, words: Words) -> list[Component]:
    """The couriers whose name contains ``find``, then the other steps. Those off shift show only when looked for."""
    shown = matching(found, find)
    rows = [_row(one, at, words) for one in shown] or [
        html.P(words("Nobody of that name: type less, or another name."))
    ]
    return [
        html.Div([_heads(words), *rows], className="candidate-rows"),
        html.P(words("Fewest orders in hand first, then nearest to the pickup, then latest on shift."),
               className="quiet"),
        _steps(order, words),
    ]  # fmt: skip


def matching(found: Iterable[Candidate], find: str) -> list[Candidate]:
    """Those to show for what was typed."""
    wanted = find.strip().casefold()
    if not wanted:
        return [one for one in found if one.obstacle != "off"]
    return [one for one in found if wanted in one.courier.name.casefold()]


def first_able(found: Iterable[Candidate], find: str) -> Candidate | None:
    """Whom Enter means."""
    return next((one for one in matching(found, find) if one.obstacle is None), None)


def possible_steps(order: Order) -> list[str]:
    """The steps of MOVES that exist from here, and ``unassign`` where there is something to take back."""
    steps = [step for step, rule in MOVES.items() if order.state in rule.sources and _has_who(order, step)]
    return ["unassign", *steps] if order.courier and order.state in WAITING_STATES else steps


def _has_who(order: Order, step: str) -> bool:
    return order.courier is not None or step not in NEEDS_COURIER


def _heads(words: Words) -> Component:
    names = (words("Name"), words("Orders"), words("To the pickup"), words("On shift"))
    return html.Div([html.Span(name) for name in names], className="candidate candidate-heads",
                    **DECORATION)  # fmt: skip


def _row(one: Candidate, at: datetime, words: Words) -> Component:
    return html.Button(
        [html.Span(text, className=name) for name, text in _cells(one, at, words)],
        id=ids.menu_courier(one.courier.id), className="candidate", type="button", disabled=one.obstacle is not None,
    )  # fmt: skip


def _cells(one: Candidate, at: datetime, words: Words) -> Sequence[tuple[str, Any]]:
    started = one.courier.shift_started_at
    cells = [
        ("candidate-name", one.courier.name),
        ("candidate-load", str(one.load)),
        ("candidate-metres", words("not located") if one.metres is None else words.distance(one.metres)),
        ("candidate-shift", "" if started is None else words.minutes(at - started)),
    ]
    return cells if one.obstacle is None else [cells[0], ("candidate-obstacle", words(OBSTACLES[one.obstacle]))]


def _steps(order: Order, words: Words) -> Component:
    names = {"unassign": words("Take it back"), **{step: words(name) for step, name in STEPS.items()}}
    buttons = [
        html.Button(names[step], id=ids.menu_step(step), className="step", type="button")
        for step in possible_steps(order)
    ]
    return html.Div([html.H3(words("Other steps")), html.Div(buttons, className="steps")])
