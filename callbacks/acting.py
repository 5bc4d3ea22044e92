"""What somebody at the desk wants done: carried out by one use case, said back in words."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from callbacks import acting_upon
from callbacks.given import Given
from callbacks.intents import RAIN_OFF, RAIN_ON, REDO, REMEMBER, UNDO, UPON_COURIER, Intent
from dashboard import access
from dashboard.domain.acts import Act
from dashboard.domain.orders import KITCHEN_STEPS
from dashboard.undoing import Undone
from layouts import outcomes, results
from layouts.words import Words


def carry_out(intent: Intent, given: Given, words: Words) -> Component:
    """Do it, and say what was done. BeyondLimit: the courier has to be asked first."""
    if intent.verb == REMEMBER:
        by = access.require("hand_over")
        given.handovers.note(by.coop, intent.text, by=by.name, at=given.now())
        return results.done(words("Noted for whoever has the desk next"), given.now(), words)
    if intent.verb in (RAIN_ON, RAIN_OFF):
        return results.done(_rain(intent.verb == RAIN_ON, given, words), given.now(), words)
    if intent.verb in (UNDO, REDO):
        return _taken_back(intent, given, words)
    if intent.orders:
        return _bulk(intent, given, words)
    if intent.verb in UPON_COURIER or (intent.courier and not intent.order):
        return acting_upon.courier(intent, given, words)
    return acting_upon.order(intent, given, words)


def _bulk(intent: Intent, given: Given, words: Words) -> Component:
    visitor = access.require(acting_upon.ACTION.get(intent.verb, intent.verb))
    act = Act(intent.verb, intent.courier, intent.minutes, intent.day, intent.tags, intent.reason, intent.to)
    command = given.acts.new_command()
    found = given.acts.bulk(
        visitor.coop, [(one.order, one.version) for one in intent.orders], act, by=visitor.name, at=given.now(),
        command=command, overlooked=KITCHEN_STEPS,
    )  # fmt: skip
    undo = command if any(one.refusal is None for one in found) else ""
    return outcomes.listed(intent.verb, act, found, given.names(visitor.coop), given.now(), words, undo=undo)


def _taken_back(intent: Intent, given: Given, words: Words) -> Component:
    visitor = access.require("take_back")
    who: Any = {"by": visitor.name, "at": given.now(), "who": access.person()}
    if intent.verb == UNDO:
        undone = given.undoing.undo(visitor.coop, command=intent.command, **who)
    else:
        undone = given.undoing.redo(visitor.coop, **who)
    return _say_undone(intent.verb, undone, given, words)


def _say_undone(verb: str, undone: Undone, given: Given, words: Words) -> Component:
    names, again = given.names(access.visitor().coop), undone.command.id if verb == REDO else ""
    if len(undone.outcomes) > 1:
        return outcomes.listed(verb, None, undone.outcomes, names, given.now(), words, undo=again)
    text = results.undone(verb == UNDO, undone.outcomes[0].ref, undone.command.kind, words)
    return results.done(text, given.now(), words, undo=again)


def _rain(begins: bool, given: Given, words: Words) -> str:
    visitor = access.require("record_weather")
    who: Any = {"by": visitor.name, "at": given.now()}
    if begins:
        since = given.weather.begins(visitor.coop, **who).since
        return words("Rain since {clock}: supplements for rain count from now on", clock=words.clock(since))
    spell = given.weather.ends(visitor.coop, **who)
    return words("Rain from {since} to {until} is in the journal", since=words.clock(spell.since),
                 until=words.clock(given.now()))  # fmt: skip
