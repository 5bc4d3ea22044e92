"""The card before a hand-over: what it changes for the customer, both couriers, the co-op and fairness.

Plain texts, so that the page paints it at once: it is asked for all couriers when an order is taken up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from babel.numbers import format_decimal

from dashboard.domain.itinerary import Itinerary, lateness
from dashboard.domain.together import refs
from dashboard.domain.working_time import OK
from dashboard.reports_day import OrderEffect, Standing
from dashboard.suggestions import Beside, Suggestion
from layouts.account_page import DASH
from layouts.effect_words import coop_text
from layouts.suggestion_words import best_at, dropoff_of, late_text, reason
from layouts.words import N_, Words

MARGINS: Mapping[str, str] = {
    "break": N_("Break due in"),
    "day": N_("Left of the working day"),
    "rest_after": N_("Rest before the next shift"),
}
NOTICED = 0.0005
"""Of the spread: less is no change."""
MINUTE = timedelta(minutes=1)


def cards(beside: Beside, names: Mapping[str, str], words: Words) -> list[dict[str, Any]]:
    """One for each courier, in the order of the list."""
    return [card(one, beside, names, words) for one in beside.found]


def card(one: Suggestion, beside: Beside, names: Mapping[str, str], words: Words) -> dict[str, Any]:
    """``standing``, ``can`` (nobody and nothing refuses it outright), and the texts; ``rows`` are label, taker, giver.

    A text with a tone (late, good, amber, red, or none) is a pair.
    """
    order, taker, effect = beside.order, one.candidate.courier, one.effect
    giver = names.get(order.courier or "", "") if order.courier != taker.id else ""
    visit, gives = dropoff_of(one, order.id), bool(giver and effect and effect.left)
    return {
        "courier": taker.id, "name": taker.name, "standing": one.standing, "can": one.candidate.obstacle is None,
        "why": reason(one, beside, words), "best": best_at(one, beside, words) if beside.terms.is_on else "",
        "title": words("{ref} to {courier}", ref=refs((order, *beside.along)), courier=taker.name),
        "arrival": _about(visit.arrives, one.after, words) if visit else DASH,
        "late": late_text(visit, words) if visit else (words("not located"), ""),
        "others": _others(one, order.id, words),
        "says": _says(effect, taker.name, giver, words) if effect else "",
        "heads": [taker.name, *([giver] if gives else [])],
        "rows": _rows(one, beside, effect, gives, words) if effect else [],
        "coop": (coop_text(effect.effect, words), _cost_tone(effect.effect.coop_cents)) if effect else None,
        "fair": None if one.spread is None else fair_text(one.spread, words),
    }  # fmt: skip


def fair_text(change: float, words: Words) -> tuple[str, str, str]:
    """Arrow, text, tone: pay per hour on shift becomes more alike, or less."""
    size = format_decimal(abs(change), "0.000", locale=words.locale)
    if abs(change) < NOTICED:
        return "=", words("pay as equal as before"), ""
    if change < 0:
        return "▼", words("pay more equal: spread −{n}", n=size), "good"
    return "▲", words("pay less equal: spread +{n}", n=size), "late"


def _about(at: Any, way: Itinerary | None, words: Words) -> str:
    return words("about {time}", time=words.clock(at)) if way and way.guessed else words.clock(at)


def _others(one: Suggestion, order: str, words: Words) -> str:
    if one.before is None or one.after is None:
        return ""
    visit = dropoff_of(one, order)
    more = one.after.late - one.before.late - (lateness(visit) if visit else timedelta())
    minutes = round(more / MINUTE)
    return words("other customers {n} min later", n=minutes) if minutes > 0 else ""


def _says(effect: OrderEffect, taker: str, giver: str, words: Words) -> str:
    """Where the numbers alone would mislead."""
    found, said = effect.effect, []
    has, left = effect.taker, effect.left
    if found.taker_cents == 0 and has and has.short_after_cents < has.short_cents:
        said.append(words("{courier} gains no cash: under the guarantee", courier=taker))
    elif has and found.taker_cents > 0 and has.short_after_cents < has.short_cents:
        rest = words.money(has.short_cents - has.short_after_cents)
        said.append(words("{money} of it only make up the guarantee of {courier}", money=rest, courier=taker))
    if giver and left and found.giver_cents == 0 and left.short_after_cents > left.short_cents:
        said.append(words("{courier} loses no cash: under the guarantee", courier=giver))
    cost = [coop_text(found, words)] if found.coop_cents else []
    return " · ".join([*said, *cost]) if said else ""


def _rows(one: Suggestion, beside: Beside, effect: OrderEffect, gives: bool, words: Words) -> list[list[Any]]:
    both = [effect.taker, effect.left if gives else None]
    people = [each for each in both if each]
    ways = [(one.before, one.after), (beside.with_it, beside.without)][: len(people)]
    plain = [
        [words("Pay now"), *(words.money(each.so_far_cents) for each in people)],
        [words("Pay at shift end"), *(_change(each.end_cents, each.end_after_cents, words) for each in people)],
        [words("Top-up"), *(_change(each.short_cents, each.short_after_cents, words) for each in people)],
        [words("Way"), *(more_to_ride(before, after, words) for before, after in ways)],
        [words("Time"), *(_more_time(before, after, words) for before, after in ways)],
        [words("Shift ends"), *(words.clock(each.ends_at) if each.ends_at else DASH for each in people)],
    ]  # fmt: skip
    return [*plain, *_margins(people, words)]


def _margins(people: list[Standing], words: Words) -> list[list[Any]]:
    """How much is left before a limit of working time; not named where it concerns nobody."""
    rows = []
    for rule, label in MARGINS.items():
        found = [next((each for each in one.working_time if each.rule == rule), None) for one in people]
        cells = [
            (_left(each.margin, words), "" if each.level == OK else each.level) if each and each.margin is not None
            else DASH for each in found
        ]  # fmt: skip
        if any(cell != DASH for cell in cells):
            rows.append([words(label), *cells])
    return rows


def _left(margin: timedelta, words: Words) -> str:
    return words.minutes(margin) if margin > timedelta() else words("{span} over", span=words.minutes(-margin))


def _change(before: int, after: int, words: Words) -> Any:
    """48.00 €, or what it was and what it becomes: 7.26 → 5.34 €."""
    if before == after:
        return words.money(after)
    was = format_decimal(before / 100, "#,##0.00", locale=words.locale)
    return f"{was} → {words.money(after)}", "changed"


def more_to_ride(before: Itinerary | None, after: Itinerary | None, words: Words) -> str:
    """+720 m, −60 m."""
    if before is None or after is None:
        return DASH
    metres = after.metres - before.metres
    return f"{'+' if metres >= 0 else '−'}{words.distance(abs(metres))}"


def _more_time(before: Itinerary | None, after: Itinerary | None, words: Words) -> str:
    if before is None or after is None:
        return DASH
    minutes = round((after.seconds - before.seconds) / 60)
    sign = "+" if minutes > 0 else "−" if minutes < 0 else ""
    return f"{sign}{words.minutes(timedelta(minutes=abs(minutes)))}"


def _cost_tone(cents: int) -> str:
    return "good" if cents < 0 else ""
