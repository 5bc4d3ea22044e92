"""The assign dialog: who could take the order, best first, and the other steps that it can make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.orders import MOVES, NEEDS_COURIER, WAITING_STATES, Order
from dashboard.domain.overrides import REOPEN, possible_overrides
from dashboard.domain.together import refs
from dashboard.reports_day import OrderEffect
from dashboard.suggestions import Beside, Suggestion
from layouts import ids
from layouts.aria import DECORATION
from layouts.card import more_to_ride
from layouts.effect_words import effect_text, is_all_the_same
from layouts.frame import dialog, held_line
from layouts.suggestion_words import dropoff_of, late_text, reason
from layouts.words import N_, Words
from layouts.working_time import warning

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
        dcc.Store(id=ids.MENU_ORDER), dcc.Store(id=ids.MENU_SHOWN), held_line(), find,
        html.Div(id=ids.MENU_COURIERS, className="candidates"), _overrides(words),
    ]  # fmt: skip
    return dialog(ids.MENU, words("Assign"), content, words)


def dialog_title(order: Order, words: Words, along: Sequence[Order] = ()) -> str:
    """What the dialog is about: 1042, from where to where; or 1042, 1043 and the pickup that they share."""
    if along:
        return words("{refs} from {pickup}: one pickup, {n} drop-offs", refs=refs((order, *along)),
                     pickup=order.pickup.name or order.pickup.address, n=len(along) + 1)  # fmt: skip
    return words("{ref} from {pickup} to {dropoff}", ref=order.ref, pickup=order.pickup.name or order.pickup.address,
                 dropoff=order.dropoff.address or order.dropoff.name)  # fmt: skip


def candidate_list(beside: Beside, find: str, giver: str | None, words: Words) -> list[Component]:
    """The couriers whose name contains ``find``, then the other steps. ``giver`` is who has the order now (a name)."""
    found = matching(beside, find)
    effects = [one.effect for one in found if one.effect]
    same = is_all_the_same(effects)
    rows = [_row(one, beside, giver, same, words) for one in found]
    return [
        html.Div([_heads(words), *(rows or [_nobody(words)])], className="candidate-rows"),
        *([html.P(words("Whoever gets it: nobody's pay changes, and the co-op pays the same."), className="quiet")]
          if same else []),
        html.P(_ordered_by(beside, words), className="quiet"),
        _steps(beside.order, words),
    ]  # fmt: skip


def matching(beside: Beside, find: str) -> list[Suggestion]:
    """Those whose name contains what was typed; those off shift show only when looked for."""
    wanted = find.strip().casefold()
    if not wanted:
        return [one for one in beside.found if one.candidate.obstacle != "off"]
    return [one for one in beside.found if wanted in one.candidate.courier.name.casefold()]


def first_able(beside: Beside, find: str) -> Suggestion | None:
    """Whom Enter means."""
    return next((one for one in matching(beside, find) if one.candidate.obstacle is None), None)


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


def _ordered_by(beside: Beside, words: Words) -> str:
    if not beside.terms.is_on:
        return words("Suggestions are off: couriers stand by their names.")
    if beside.terms.weights.are_decided:
        return words(
            "By the members’ weights; grey: somebody else is better and in nothing worse. The choice is yours."
        )
    return words("Least late first, then lowest paid, then the shortest way; grey: somebody else is better and in "
                 "nothing worse. The choice is yours.")  # fmt: skip


def _heads(words: Words) -> Component:
    names = (words("Name"), words("Orders"), words("With the customer"), words("More to ride"), words("Pay so far"))
    return html.Div([html.Span(name) for name in names], className="candidate candidate-heads",
                    **DECORATION)  # fmt: skip


def _row(one: Suggestion, beside: Beside, giver: str | None, same: bool, words: Words) -> Component:
    cells: list[Component] = [html.Span(text, className=name) for name, text in _cells(one, beside, words)]
    if why := reason(one, beside, words):
        cells.append(html.Span(why, className="candidate-why"))
    if one.effect is not None and one.candidate.obstacle is None:
        cells += _changes(one.effect, None if same else effect_text(one.effect, giver, words), words)
    courier: Any = {"data-courier": one.candidate.courier.id}
    return html.Button(
        cells, id=ids.menu_courier(one.candidate.courier.id), className=f"candidate is-{one.standing}", type="button",
        disabled=one.candidate.obstacle is not None, **courier,
    )  # fmt: skip


def _cells(one: Suggestion, beside: Beside, words: Words) -> Sequence[tuple[str, Any]]:
    name = ("candidate-name", one.candidate.courier.name)
    if one.candidate.obstacle is not None:
        return [name]
    visit = dropoff_of(one, beside.order.id)
    text, tone = late_text(visit, words) if visit else (words("not located"), "")
    clock = f"{words.clock(visit.arrives)} · " if visit else ""
    return [
        name,
        ("candidate-load", str(one.candidate.load)),
        (f"candidate-late is-{tone or 'plain'}", f"{clock}{text}"),
        ("candidate-metres", more_to_ride(one.before, one.after, words)),
        ("candidate-pay", words.money(one.effect.so_far_cents) if one.effect else ""),
    ]  # fmt: skip


def _changes(effect: OrderEffect, text: str | None, words: Words) -> list[Component]:
    lines: list[Component] = [] if text is None else [html.Span(text, className="candidate-effect")]
    limits = warning(effect.working_time, effect.level, words)
    return lines if limits is None else [*lines, limits]


def override_buttons(order: Order, words: Words) -> list[Component]:
    """Steps that the rules do not have from here."""
    names = {**STEPS, REOPEN: N_("Open it again")}
    return [
        html.Button(words(names[step]), id=ids.menu_override(step), className="step", type="button")
        for step in possible_overrides(order)
    ] or [html.P(words("There is none from here."), className="quiet")]


def _overrides(words: Words) -> Component:
    reason = dmc.TextInput(id=ids.MENU_REASON, label=words("Reason"), value="", autoComplete="off",
                           description=words("It stays in the journal, with your name."),
                           inputProps={"maxLength": 300})  # fmt: skip
    head = html.Summary(words("It went otherwise: override the rules"))
    return html.Details([head, reason, html.Div(id=ids.MENU_OVERRIDES, className="steps")], className="overrides")


def _steps(order: Order, words: Words) -> Component:
    names = {"unassign": words("Take it back"), **{step: words(name) for step, name in STEPS.items()}}
    buttons = [
        html.Button(names[step], id=ids.menu_step(step), className="step", type="button")
        for step in possible_steps(order)
    ]
    return html.Div([html.H3(words("Other steps")), html.Div(buttons, className="steps")])
