"""What suggestions go by, as the members decided, and what the journal keeps of each: shown, then taken or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dashboard.domain.coop_settings import CARGO_LOAD, DESK, LOAD, SUGGEST, WEIGHTS, held
from dashboard.domain.events import Entry, Fact
from dashboard.domain.tradeoff import NO_WEIGHTS, Weights
from dashboard.domain.vehicles import BICYCLE, CARGO

SHOWN, ACCEPTED, OVERRIDDEN = "suggestion.shown", "suggestion.accepted", "suggestion.overridden"
OPEN, DOMINATED, IMPOSSIBLE = "open", "dominated", "impossible"
STANDINGS = (OPEN, DOMINATED, IMPOSSIBLE)
COMPARED = ("late_minutes", "rate_cents", "detour_m", "pay_cents")
"""What a row of the list has to have for the list to be ordered anew."""
GRAMS = 1000


@dataclass(frozen=True, slots=True)
class Terms:
    """Whether anything is suggested at all, by which weights, and how many grams fit on each vehicle (0: no limit)."""

    is_on: bool = True
    weights: Weights = NO_WEIGHTS
    most_g: Mapping[str, int] = field(default_factory=dict)


def terms(entries: Iterable[Entry], on: date) -> Terms:
    """Those in force on a day, from the entries about the co-op's settings."""
    known = tuple(entries)
    return terms_of({name: held(known, name, on).value for name in DESK})


def terms_of(settings: Mapping[str, int]) -> Terms:
    """Those that follow from the values of coop_settings.DESK."""
    weights = Weights(*(settings[name] for name in WEIGHTS))
    loads = {BICYCLE: settings[LOAD] * GRAMS, CARGO: settings[CARGO_LOAD] * GRAMS}
    return Terms(settings[SUGGEST] > 0, weights, loads)


def subject_of(order: str) -> str:
    """What the entries about an order's suggestions are about."""
    return f"suggestion:{order}"


def notes(order: str, giver: str | None, taker: str, shown: Mapping[str, Any]) -> tuple[Fact, ...]:
    """What was shown before ``taker`` got the order, and whether that was the first of the list; the latter not where
    suggestions are off: then nothing was suggested."""
    who = {"order": order, "courier": taker, **({"from": giver} if giver else {})}
    found = (Fact(SHOWN, subject_of(order), 0, {**who, **shown}),)
    if not shown.get("is_on", True):
        return found
    rows: Sequence[Mapping[str, Any]] = shown.get("candidates", ())
    row = next((one for one in rows if one["courier"] == taker), {})
    is_first = row.get("place") == 1 and row.get("standing") == OPEN
    first = next((one["courier"] for one in rows if one.get("place") == 1), None)
    taken = {name: row[name] for name in ("place", "standing", "why") if row.get(name) is not None}
    outcome = {**who, **taken, **({} if is_first else {"first": first})}
    return *found, Fact(ACCEPTED if is_first else OVERRIDDEN, subject_of(order), 0, outcome)
