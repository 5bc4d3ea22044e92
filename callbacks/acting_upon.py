"""Intents upon one order or one courier. What can be taken back has a button that does so in its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash.development.base_component import Component

from callbacks.given import Given
from callbacks.intents import UPON_COURIER, Intent
from dashboard import access
from dashboard.dispatch import Dispatch
from dashboard.domain.orders import KITCHEN_STEPS, Order
from dashboard.domain.refusals import WrongState
from dashboard.shown import unseal
from layouts import results
from layouts.words import Words
from layouts.working_time import limits_text

ACTION: Mapping[str, str] = {"swap": "assign", "untag": "tag", **dict.fromkeys(UPON_COURIER, "shift")}
"""What access is asked for, where it is not the verb itself."""


def order(intent: Intent, given: Given, words: Words) -> Component:
    """Do it, and say what was done."""
    visitor = access.require(ACTION.get(intent.verb, intent.verb))
    before = given.board(visitor.coop).orders.get(intent.order)
    names, holder = given.names(visitor.coop), before.courier if before else None
    if intent.verb == "swap" and before and holder != intent.giver:
        raise WrongState("{ref} is not with {giver}: look at who has it", ref=before.ref,
                         giver=names.get(intent.giver, intent.giver))  # fmt: skip
    command = given.acts.new_command()
    dispatch = given.dispatch.under(command)
    after = _do(intent, visitor, given, dispatch, command)
    near = ""
    if intent.verb in ("assign", "swap"):
        near = limits_text(given.accounts.limits(visitor.coop, intent.order, intent.courier, given.now()), words)
    others = [one for one in dispatch.moved.values() if one.id != after.id]
    to = given.board(visitor.coop).orders.get(intent.to)
    text = _said(intent, after, holder, others, to.ref if to else intent.to, names, words)
    return results.done(text, given.now(), words, near, undo=command)


def courier(intent: Intent, given: Given, words: Words) -> Component:
    """Do it, and say what was done."""
    visitor, command = access.require(ACTION.get(intent.verb, intent.verb)), given.acts.new_command()
    who: Any = {"by": visitor.name, "at": given.now()}
    if intent.verb == "note":
        noted = given.acts.note_courier(
            visitor.coop, intent.courier, intent.text, expected_version=intent.version, command=command, **who
        )
        return results.done(results.noted(noted.name, noted.desk_note, words), given.now(), words, undo=command)
    after = given.dispatch.under(command).shift(
        visitor.coop, intent.courier, intent.verb, minutes=intent.minutes, **who
    )
    return results.done(results.shifted(after, words), given.now(), words, undo=command)


def _do(intent: Intent, visitor: access.Visitor, given: Given, dispatch: Dispatch, command: str) -> Order:
    who = {"by": visitor.name, "at": given.now(), "expected_version": intent.version}
    seen: Any = {**who, "reason": intent.reason}
    acting: Any = {**who, "command": command}
    coop, about, acts = visitor.coop, intent.order, given.acts
    who_carries = dispatch.overlooking(KITCHEN_STEPS)
    match intent.verb:
        case "assign" | "swap":
            shown = unseal(intent.shown, about, intent.courier)
            return who_carries.assign(coop, about, intent.courier, **seen, consent=intent.consent, shown=shown)
        case "unassign":
            return who_carries.unassign(coop, about, **seen)
        case "attach":
            return acts.attach(dispatch, coop, about, intent.to, **seen)
        case "detach":
            return acts.attaching.detach(dispatch, coop, about, **who)  # type: ignore[arg-type]
        case "delay":
            return dispatch.delay(coop, about, intent.minutes or 0, **seen)
        case "solve":
            return dispatch.report(coop, about, None, **who)  # type: ignore[arg-type]  # a version, a name and a moment
        case "tag":
            return acts.tag(coop, about, intent.tags, **acting)
        case "untag":
            return acts.untag(coop, about, intent.tags, **acting)
        case "reschedule":
            return acts.reschedule(coop, about, day=intent.day, minutes=intent.minutes, reason=intent.reason, **acting)
        case "note":
            return acts.note(coop, about, intent.text, **acting)
        case "override":
            return acts.override(coop, about, intent.text, reason=intent.reason, **acting)
        case step:
            return dispatch.move(coop, about, step, **seen)


def _said(
    intent: Intent, after: Order, holder: str | None, others: Sequence[Order], other: str, names: Mapping[str, str],
    words: Words,
) -> str:  # fmt: skip
    """``others`` were changed with it, for they share its pickup; ``other`` is what it was attached to."""
    match intent.verb:
        case "assign" | "swap":
            return results.with_company(results.handed(after, holder, names, words), others, words)
        case "unassign":
            return results.with_company(results.taken_back(after, holder, names, words), others, words)
        case "pick_up" | "ready":
            return results.with_company(results.moved(after, words), others, words)
        case "attach":
            return results.attached(after, other, names, words)
        case "detach":
            return results.detached(after, names, words)
        case "delay":
            return results.delayed(after, intent.minutes or 0, words)
        case "tag" | "untag":
            return results.tagged(after, words)
        case "reschedule":
            return results.rescheduled(after, holder, names, words)
        case "note":
            return results.noted(after.ref, after.desk_note, words)
        case "override":
            return results.overridden(after, words)
        case _:
            return results.moved(after, words)
