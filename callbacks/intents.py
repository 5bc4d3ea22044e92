"""What somebody at the desk wants done: read from the page, carried out by one use case, said back in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from callbacks.given import Given
from dashboard import access
from dashboard.domain.orders import MOVES, Order
from dashboard.domain.refusals import Invalid
from dashboard.shown import unseal
from layouts import results
from layouts.words import Words
from layouts.working_time import limits_text

MENU = "menu"
RAIN_ON, RAIN_OFF = "rain_on", "rain_off"
VERBS = frozenset({"assign", "unassign", "solve", MENU, RAIN_ON, RAIN_OFF, *MOVES})


@dataclass(frozen=True, slots=True)
class Intent:
    """A verb of VERBS upon an order, as the person saw it (``version``); ``courier`` is who shall have it.

    ``shown`` is what the assign dialog showed, sealed; ``consent`` whether the courier agreed to cross a limit.
    """

    verb: str
    order: str
    version: int | None
    courier: str = ""
    shown: str = ""
    reason: str = ""
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in words, and what to watch now: a limit of working time that is near."""

    text: str
    warning: str = ""


def read_intent(data: Any) -> Intent:
    """The intent in what the page sent; Invalid if it is none."""
    if not isinstance(data, Mapping) or data.get("verb") not in VERBS or not isinstance(data.get("order"), str):
        raise Invalid("The desk did not understand what to do: load the page again")
    version = data.get("version")
    return Intent(
        data["verb"], data["order"], version if isinstance(version, int) else None, str(data.get("courier") or ""),
        str(data.get("shown") or ""),
    )  # fmt: skip


def carry_out(intent: Intent, given: Given, words: Words) -> Done:
    """Do it, and say what was done. BeyondLimit: the courier has to be asked first."""
    if intent.verb in (RAIN_ON, RAIN_OFF):
        return Done(_rain(intent.verb == RAIN_ON, given, words))
    visitor = access.require(intent.verb)
    before = given.board(visitor.coop).orders.get(intent.order)
    holder = before.courier if before else None
    after = _do(intent, visitor, given)
    names = given.names(visitor.coop)
    if intent.verb == "assign":
        near = given.accounts.limits(visitor.coop, intent.order, intent.courier, given.now())
        return Done(results.handed(after, holder, names, words), limits_text(near, words))
    if intent.verb == "unassign":
        return Done(results.taken_back(after, holder, names, words))
    return Done(results.moved(after, words))


def _rain(begins: bool, given: Given, words: Words) -> str:
    visitor = access.require("record_weather")
    who: Any = {"by": visitor.name, "at": given.now()}
    if begins:
        since = given.weather.begins(visitor.coop, **who).since
        return words("Rain since {clock}: supplements for rain count from now on", clock=words.clock(since))
    spell = given.weather.ends(visitor.coop, **who)
    return words("Rain from {since} to {until} is in the journal", since=words.clock(spell.since),
                 until=words.clock(given.now()))  # fmt: skip


def _do(intent: Intent, visitor: access.Visitor, given: Given) -> Order:
    seen: Any = {"expected_version": intent.version, "by": visitor.name, "at": given.now()}
    match intent.verb:
        case "assign":
            return given.dispatch.assign(
                visitor.coop, intent.order, intent.courier, **seen, reason=intent.reason, consent=intent.consent,
                shown=unseal(intent.shown, intent.order, intent.courier),
            )  # fmt: skip
        case "unassign":
            return given.dispatch.unassign(visitor.coop, intent.order, **seen)
        case "solve":
            return given.dispatch.report(visitor.coop, intent.order, None, **seen)
        case step:
            return given.dispatch.move(visitor.coop, intent.order, step, **seen)
