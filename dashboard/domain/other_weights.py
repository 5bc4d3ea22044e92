"""What other weights would have put first at each hand-over of the record. Arithmetic on what was shown; no simulation.

Whoever had got an order instead would have been elsewhere afterwards: that chain is not replayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from dashboard.domain.events import Entry
from dashboard.domain.fairness_interval import FEWEST, points_at_persons
from dashboard.domain.suggesting import COMPARED, DOMINATED, OPEN, SHOWN
from dashboard.domain.tradeoff import Offer, Weights, ranking


@dataclass(frozen=True, slots=True)
class Line:
    """One courier as the list had them; ``pay_cents`` is what the order was expected to bring them."""

    offer: Offer
    pay_cents: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """What was shown when ``by`` gave an order to ``taken``: who stood ``first``, and all who could be compared.

    ``unbeaten``: no weights put anybody else first. ``median_cents`` is the median of the pay an hour on shift that
    those on the list could expect.
    """

    lines: Mapping[str, Line]
    unbeaten: tuple[Offer, ...]
    first: str
    taken: str
    by: str
    median_cents: float


@dataclass(frozen=True, slots=True)
class OtherWeights:
    """How other weights would have ordered ``n`` recorded hand-overs; ``left_out``: those that cannot be compared.

    In ``changed`` of them another would have stood first. Over these, what the list expected of the new first less
    what it expected of the old one: ``late_minutes`` of customers, ``metres`` to ride, and ``lower_paid_cents`` of
    pay for those below the median pay an hour on shift of the list. Whoever was taken had stood first in
    ``taken_then``, and would have stood first in ``taken_now``. ``hands`` people gave the orders.

    With fewer than five couriers on the lists ``too_few`` is True and every figure is None, for whoever asks. Where
    one or two couriers would have gained or lost a first place, the amounts are None; where one or two of these were
    below the median, their pay is.
    """

    n: int
    left_out: int
    hands: int
    too_few: bool
    changed: int | None = None
    late_minutes: int | None = None
    metres: int | None = None
    lower_paid_cents: int | None = None
    taken_then: int | None = None
    taken_now: int | None = None


def hand_overs(entries: Iterable[Entry]) -> Iterator[HandOver | None]:
    """One for each time that something was suggested; None where the record is too small to compare by."""
    shown = (entry for entry in entries if entry.kind == SHOWN and entry.data.get("is_on", True))
    return (_hand_over(entry) for entry in shown)


def under(weights: Weights, found: Iterable[HandOver | None]) -> OtherWeights:
    """The same lists by other weights."""
    every = tuple(found)
    known = [one for one in every if one is not None]
    hands, people = {one.by for one in known}, {courier for one in known for courier in one.lines}
    counted = OtherWeights(len(known), len(every) - len(known), len(hands), too_few=len(people) < FEWEST)
    if counted.too_few:
        return counted
    firsts = [_first(one, weights) for one in known]
    changes = [(one, first) for one, first in zip(known, firsts, strict=True) if first != one.first]
    counted = replace(
        counted, changed=len(changes), taken_then=sum(one.taken == one.first for one in known),
        taken_now=sum(one.taken == first for one, first in zip(known, firsts, strict=True)),
    )  # fmt: skip
    return _with_amounts(counted, changes)


def nobodys_choices(found: OtherWeights) -> OtherWeights:
    """What a member reads of it: how one or two people at the desk choose is nobody's business."""
    return replace(found, taken_then=None, taken_now=None) if points_at_persons(found.hands) else found


def _with_amounts(counted: OtherWeights, changes: Sequence[tuple[HandOver, str]]) -> OtherWeights:
    concerned, lower = set[str](), set[str]()
    late, metres, cents = 0, 0.0, 0
    for one, first in changes:
        for courier, sign in ((first, 1), (one.first, -1)):
            line = one.lines[courier]
            late += sign * line.offer.late_minutes
            metres += sign * line.offer.effort_metres
            concerned.add(courier)
            if line.offer.rate_cents < one.median_cents:
                lower.add(courier)
                cents += sign * line.pay_cents
    if points_at_persons(len(concerned)):
        return counted
    paid = None if points_at_persons(len(lower)) else cents
    return replace(counted, late_minutes=late, metres=round(metres), lower_paid_cents=paid)


def _first(one: HandOver, weights: Weights) -> str:
    return ranking(one.unbeaten, weights)[0].courier


def _hand_over(entry: Entry) -> HandOver | None:
    """None where whoever stood first had no position, or where the list was cut before the median was kept with it."""
    shown = entry.data
    rows: Sequence[Mapping[str, Any]] = shown.get("candidates", ())
    first = next((row["courier"] for row in rows if row.get("place") == 1 and row.get("standing") == OPEN), "")
    lines = {row["courier"]: _line(row) for row in rows if _is_compared(row)}
    middle = shown.get("median_rate_cents")
    if first not in lines or (middle is None and "left_off" in shown):
        return None
    if middle is None:
        middle = median(line.offer.rate_cents for line in lines.values())
    unbeaten = tuple(lines[row["courier"]].offer for row in rows if row["courier"] in lines and row["standing"] == OPEN)
    return HandOver(lines, unbeaten, first, shown["courier"], entry.actor, middle)


def _line(row: Mapping[str, Any]) -> Line:
    offer = Offer(row["courier"], row["late_minutes"], row["rate_cents"], row["detour_m"])
    return Line(offer, row["pay_cents"])


def _is_compared(row: Mapping[str, Any]) -> bool:
    return row.get("standing") in (OPEN, DOMINATED) and all(row.get(name) is not None for name in COMPARED)
