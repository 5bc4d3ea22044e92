"""The assign dialog: who could take the order, best first, and the other steps that it can make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.candidates import Candidate
from dashboard.domain.orders import MOVES, NEEDS_COURIER, WAITING_STATES, Order
from dashboard.reports import OrderEffect
from layouts import ids
from layouts.aria import DECORATION
from layouts.effect_words import effect_text, is_all_the_same
from layouts.frame import dialog
from layouts.words import N_, Words
from layouts.working_time import warning

OBSTACLES = {
    "has it": N_("has this order already"),
    "break": N_("on break: wait for its end, or choose another"),
    "off": N_("off shift: choose somebody on shift"),
}
STEPS = {
    "accept": N_("Accept"), "refuse": N_("Refuse"), "prepare": N_("Preparing"), "ready": N_("Ready"),
    "pick_up": N_("Picked up"), "deliver": N_("Delivered"), "fail": N_("Failed"), "cancel": N_("Cancel the order"),
    "solve": N_("Problem solved"),
}  # fmt: skip


def assign_dialog(words: Words) -> Component:
    """The dialog, shut. Type a name, press Enter: the first who can take the order gets it."""
    find = dmc.TextInput(
        id=ids.MENU_FIND, label=words("Find a courier"), value="", autoComplete="off",
        description=words("Enter gives the order to the first in the list; Tab goes through it."),
        inputProps={"data-autofocus": True},
    )  # fmt: skip
    content = [
        dcc.Store(id=ids.MENU_ORDER), dcc.Store(id=ids.MENU_SHOWN), find,
        html.Div(id=ids.MENU_COURIERS, className="candidates"),
    ]  # fmt: skip
    return dialog(ids.MENU, words("Assign"), content, words)


def dialog_title(order: Order, words: Words) -> str:
    """What the dialog is about: 1042, from where to where."""
    return words("{ref} from {pickup} to {dropoff}", ref=order.ref, pickup=order.pickup.name or order.pickup.address,
                 dropoff=order.dropoff.address or order.dropoff.name)  # fmt: skip


def candidate_list(
    found: Iterable[Candidate], order: Order, giver: str | None, at: datetime, words: Words,
    effects: Mapping[str, OrderEffect] | None = None,
) -> list[Component]:  # fmt: skip
    """The couriers (those ``matching``), then the other steps. ``giver`` is the name of who has the order now.

    ``effects`` by courier: what giving them the order changes; empty where the accounts do not know the order.
    """
    known = effects or {}
    same = is_all_the_same(known.values())
    rows = [_row(one, known.get(one.courier.id), giver, same, at, words) for one in found]
    return [
        html.Div([_heads(words), *(rows or [_nobody(words)])], className="candidate-rows"),
        *([html.P(words("Whoever gets it: nobody's pay changes, and the co-op pays the same."), className="quiet")]
          if same else []),
        html.P(words("Fewest orders in hand first, then nearest to the pickup, then latest on shift. Pay without tips, "
                     "the guarantee included; changes are those at the end of a usual shift."), className="quiet"),
        _steps(order, words),
    ]  # fmt: skip


def matching(found: Iterable[Candidate], find: str) -> list[Candidate]:
    """Those whose name contains what was typed; those off shift show only when looked for."""
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
    if order.problem and order.is_open:
        steps = ["solve", *steps]
    return ["unassign", *steps] if order.courier and order.state in WAITING_STATES else steps


def _has_who(order: Order, step: str) -> bool:
    return order.courier is not None or step not in NEEDS_COURIER


def _nobody(words: Words) -> Component:
    return html.P(words("Nobody of that name: type less, or another name."))


def _heads(words: Words) -> Component:
    names = (words("Name"), words("Orders"), words("To the pickup"), words("On shift"), words("Pay so far"))
    return html.Div([html.Span(name) for name in names], className="candidate candidate-heads",
                    **DECORATION)  # fmt: skip


def _row(
    one: Candidate, effect: OrderEffect | None, giver: str | None, same: bool, at: datetime, words: Words
) -> Component:
    cells: list[Component] = [html.Span(text, className=name) for name, text in _cells(one, effect, at, words)]
    if effect is not None and one.obstacle is None:
        cells += _changes(effect, None if same else effect_text(effect, giver, words), words)
    return html.Button(
        cells, id=ids.menu_courier(one.courier.id), className="candidate", type="button",
        disabled=one.obstacle is not None,
    )  # fmt: skip


def _cells(one: Candidate, effect: OrderEffect | None, at: datetime, words: Words) -> Sequence[tuple[str, Any]]:
    started = one.courier.shift_started_at
    on_shift = effect.on_shift if effect else None if started is None else at - started
    cells = [
        ("candidate-name", one.courier.name),
        ("candidate-load", str(one.load)),
        ("candidate-metres", words("not located") if one.metres is None else words.distance(one.metres)),
        ("candidate-shift", "" if on_shift is None else words.minutes(on_shift)),
        ("candidate-pay", words.money(effect.so_far_cents) if effect else ""),
    ]
    return cells if one.obstacle is None else [cells[0], ("candidate-obstacle", words(OBSTACLES[one.obstacle]))]


def _changes(effect: OrderEffect, text: str | None, words: Words) -> list[Component]:
    lines: list[Component] = [] if text is None else [html.Span(text, className="candidate-effect")]
    limits = warning(effect.working_time, effect.level, words)
    return lines if limits is None else [*lines, limits]


def _steps(order: Order, words: Words) -> Component:
    names = {"unassign": words("Take it back"), **{step: words(name) for step, name in STEPS.items()}}
    buttons = [
        html.Button(names[step], id=ids.menu_step(step), className="step", type="button")
        for step in possible_steps(order)
    ]
    return html.Div([html.H3(words("Other steps")), html.Div(buttons, className="steps")])
