"""Why a job was given to a courier or taken away: read from the journal, with nobody else's name for couriers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.domain.alternatives import ANOTHER, Alternative, alternatives
from dashboard.domain.decisions import Given
from dashboard.domain.orders import Order
from dashboard.domain.suggesting import DOMINATED
from dashboard.domain.times import from_wire
from dashboard.domain.working_time import Finding
from layouts.moments import when
from layouts.suggestion_words import rule_text
from layouts.words import N_, Words
from layouts.working_time import LIMITS, limits_text

OBSTACLES = {"has it": N_("had it already"), "break": N_("was on break"), "off": N_("was off shift")}


def why(
    order: Order | None, given: Sequence[Given], own: str | None, names: Mapping[str, str], words: Words
) -> list[Any]:
    """Each hand-over, newest first. ``own`` is the courier who reads; ``names`` are those that may be said."""
    ref = order.ref if order else ""
    title = (words("Why was order {ref} given to me, or taken from me?", ref=ref) if own
             else words("Where did order {ref} go, and why?", ref=ref))  # fmt: skip
    place = order.pickup.name or order.pickup.address if order else ""
    steps = [_step(one, own, names, words) for one in reversed(given)]
    nothing = html.P(words("The order has been given to nobody yet."), className="answer")
    found = html.Ol(steps, className="hand-overs") if steps else nothing
    return [html.H1(title), html.P(place, className="quiet"), found]


def _step(one: Given, own: str | None, names: Mapping[str, str], words: Words) -> Component:
    facts = [html.P(text) for text in (_reason(one, words), *_plan(one, words), *_limits(one, words)) if text]
    return html.Li([
        html.P([html.B(_headline(one, own, names, words))]),
        html.P(when(one.at, words), className="quiet"), *facts, *_shown(one, own, names, words),
    ], className="hand-over")  # fmt: skip


def _headline(one: Given, own: str | None, names: Mapping[str, str], words: Words) -> str:
    giver, taker = (_who(each, own, names, words) for each in (one.giver, one.taker))
    if one.kind == "order.unassigned":
        return words("{by} took it back from {giver}", by=one.by, giver=giver)
    if one.giver:
        return words("{by} handed it over from {giver} to {taker}", by=one.by, giver=giver, taker=taker)
    return words("{by} gave it to {taker}", by=one.by, taker=taker)


def _who(courier: str | None, own: str | None, names: Mapping[str, str], words: Words) -> str:
    if courier is None:
        return "–"
    if courier == own:
        return words("you")
    return words("another courier") if courier == ANOTHER else names.get(courier, courier)


def _reason(one: Given, words: Words) -> str:
    return words("Reason: {reason}", reason=one.reason) if one.reason else words("No reason was written down.")


def _plan(one: Given, words: Words) -> list[str]:
    """That it was a line of a plan, and what that foresaw for the customer."""
    if not one.plan:
        return []
    part, seen = words("Part of a plan for several orders."), one.foreseen or {}
    if "at" not in seen:
        return [part]
    clock, late = words.clock(from_wire(seen["at"])), _late(seen.get("late_seconds", 0), words)
    if "before" not in seen:
        return [part, words("At that time the plan foresaw the drop-off at {clock}, {late}.", clock=clock, late=late)]
    before = words.clock(from_wire(seen["before"]))
    foreseen = words("At that time the plan foresaw the drop-off at {clock}, {late}; without it {before}.",
                     clock=clock, late=late, before=before)  # fmt: skip
    return [part, foreseen]


def _late(seconds: int, words: Words) -> str:
    late = timedelta(seconds=seconds)
    return words("{minutes} late", minutes=words.minutes(late)) if seconds >= 60 else words("on time")


def _limits(one: Given, words: Words) -> list[str]:
    near = [
        Finding(each["rule"], each["level"], each.get("crosses_at") and from_wire(each["crosses_at"]), None)
        for each in one.working_time
        if each.get("rule") in LIMITS
    ]
    agreed = words("The courier was asked, and agreed.") if one.consent else ""
    return [limits_text(near, words), agreed]


def _shown(one: Given, own: str | None, names: Mapping[str, str], words: Words) -> list[Component]:
    if one.kind == "order.unassigned" or one.plan:
        return []
    found = alternatives(one)
    if not found:
        return [html.P(words("What the screen showed was not recorded."), className="quiet")]
    rows = [html.Li(_row(each, own, names, words), className="is-taker" if each.is_taker else "") for each in found]
    return [
        html.P(_followed(one.followed, words)), html.P(words("This is what the screen showed, best first:")),
        html.Ol(rows, className="alternatives"),
    ]  # fmt: skip


def _followed(followed: bool | None, words: Words) -> str:
    if followed is None:
        return words("Nothing was suggested: somebody chose from the list.")
    return words("It was the first of the list.") if followed else words("Somebody decided otherwise than the list.")


def _row(one: Alternative, own: str | None, names: Mapping[str, str], words: Words) -> str:
    facts = one.facts
    obstacle, earned = OBSTACLES.get(facts.get("obstacle", "")), words.money(round(facts.get("pay_cents", 0)))
    parts = [_who(one.courier, own, names, words)]
    parts += [words("{distance} away", distance=words.distance(facts["metres"]))] if "metres" in facts else []
    parts += [_orders(int(facts["load"]), words)] if "load" in facts else []
    parts += [words("{money} of pay by it", money=earned)] if "pay_cents" in facts else []
    parts += [words(obstacle)] if obstacle else []
    parts += [words("customers {n} min later", n=facts["late_minutes"])] if facts.get("late_minutes", 0) > 0 else []
    parts += _behind(one, own, names, words)
    parts += [words("close to a limit of working time")] if facts.get("level") == "amber" else []
    parts += [words("beyond a limit of working time")] if facts.get("level") == "red" else []
    parts += [words("got it")] if one.is_taker else []
    return ", ".join(parts)


def _behind(one: Alternative, own: str | None, names: Mapping[str, str], words: Words) -> list[str]:
    """Behind whom, or which rule forbade it."""
    why = one.facts.get("why")
    if why is None:
        return []
    if one.facts.get("standing") != DOMINATED:
        return [rule_text(why, words)]
    return [words("behind {courier}, who was in nothing worse", courier=_who(why, own, names, words))]


def _orders(n: int, words: Words) -> str:
    return words("with {n} {n:order|orders}", n=n)
