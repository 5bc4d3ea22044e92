"""Suggestions in words: why somebody is behind another, what forbids it, how late it would be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from dashboard.domain.itinerary import DROPOFF, Visit
from dashboard.domain.suggesting import DOMINATED, IMPOSSIBLE, OPEN
from dashboard.domain.tradeoff import Offer, comparison
from dashboard.freed import Gain
from dashboard.suggestions import Beside, Suggestion
from layouts.words import N_, Words
from layouts.working_time import LIMITS

RULES: Mapping[str, str] = {
    "has it": N_("has this order already"),
    "break": N_("on break: wait for its end, or choose another"),
    "off": N_("off shift: choose somebody on shift"),
    "room": N_("no room: with what is in hand it is more than this vehicle carries"),
    "shift_end": N_("the drop-off would lie after the planned end of the shift"),
}
BETTER = (N_("less late"), N_("lower paid"), N_("nearer"))
EQUAL = (N_("no later"), N_("paid the same"), N_("as near"))
BEST = (N_("least late"), N_("lowest paid"), N_("shortest way"))
MINUTE = timedelta(minutes=1)


def rule_text(why: str, words: Words) -> str:
    """What forbids it: a rule of RULES, or a limit of working time."""
    if why in RULES and why != "break":
        return words(RULES[why])
    return words("beyond a limit: {limit}", limit=words(LIMITS[why]))


def reason(one: Suggestion, beside: Beside, words: Words) -> str:
    """Noé is no later, lower paid and nearer; the rule that forbids it; "" for who stands."""
    if one.standing == IMPOSSIBLE:
        why = one.why or ""
        return words(RULES[why]) if one.candidate.obstacle == why else rule_text(why, words)
    better = beside.of(one.why or "") if one.standing == DOMINATED else None
    if better is None or better.offer is None or one.offer is None:
        return ""
    return behind(better.candidate.courier.name, comparison(better.offer, one.offer), words)


def behind(name: str, compared: Iterable[int], words: Words) -> str:
    """Noé is no later, lower paid and nearer; ``compared`` has -1 where he is better, and else 0."""
    late, pay, way = (
        words(better if sign < 0 else equal) for sign, better, equal in zip(compared, BETTER, EQUAL, strict=True)
    )
    return words("{courier} is {late}, {pay} and {way}", courier=name, late=late, pay=pay, way=way)


def best_at(one: Suggestion, beside: Beside, words: Words) -> str:
    """What speaks for somebody who stands: least late, lowest paid, shortest way; "" where that says nothing."""
    known = [each.offer for each in beside.found if each.offer]
    if one.standing != OPEN or one.offer is None or len(known) < 2:
        return ""
    return " · ".join(words(text) for text, is_best in zip(BEST, _bests(one.offer, known), strict=True) if is_best)


def freed_text(found: Gain, words: Words) -> str:
    """Léa is free: 1042 would be 6 min earlier with her."""
    return words("{courier} is free: with this courier, {ref} would be {n} min earlier", courier=found.courier.name,
                 ref=found.order.ref, n=round(found.sooner / MINUTE))  # fmt: skip


def dropoff_of(one: Suggestion, order: str) -> Visit | None:
    """When the customer would have it."""
    return one.after.at(order, DROPOFF) if one.after else None


def late_text(visit: Visit, words: Words) -> tuple[str, str]:
    """4 min late, on time, or nothing where nothing was promised; and its tone."""
    promised = visit.stop.before
    if promised is None:
        return words("nothing promised"), ""
    minutes = round((visit.arrives - promised) / MINUTE)
    if minutes > 0:
        return words("{n} min late", n=minutes), "late"
    return (words("{n} min early", n=-minutes) if minutes else words("on time")), "good"


def _bests(one: Offer, known: Iterable[Offer]) -> tuple[bool, ...]:
    columns = zip(*(each.criteria for each in known), strict=True)
    return tuple(
        value == min(column) and min(column) < max(column)
        for value, column in zip(one.criteria, [tuple(each) for each in columns], strict=True)
    )
