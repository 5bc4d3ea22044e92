"""What a dispatcher was shown, kept with the choice: sealed on its way through the page, so that nobody edits it."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from dashboard.domain.suggesting import OPEN
from dashboard.domain.times import to_wire
from dashboard.suggestions import Beside, Suggestion

MOST = 12
"""Couriers kept in the journal. Kept in any case, with the place in the list: whoever got the order, and all whom
nobody beats, for other weights could have put any of them first."""


def seal(beside: Beside, find: str = "") -> str:
    """The list as it was shown at that moment, in its order, signed; ``find`` is what was typed."""
    rows = [_row(place, one) for place, one in enumerate(beside.found, 1)]
    giver = next((one.effect.effect.giver_cents for one in beside.found if one.effect and one.effect.giver), None)
    weights = beside.terms.weights
    rates = [round(one.rate_cents) for one in beside.found if one.rate_cents is not None]
    shown = {
        "at": to_wire(beside.at), "candidates": rows, "find": find or None, "giver_cents": giver,
        "is_on": beside.terms.is_on,
        "median_rate_cents": median(rates) if rates else None,
        "weights": [weights.late, weights.pay, weights.effort] if weights.are_decided else None,
    }  # fmt: skip
    sealed = _serializer().dumps({"order": beside.order.id, "shown": _known(shown)})
    return sealed.decode() if isinstance(sealed, bytes) else sealed


def unseal(sealed: Any, order: str, taker: str) -> Mapping[str, Any] | None:
    """What was shown before ``taker`` was chosen for the order; None where that was nothing, or not ours."""
    try:
        held = _serializer().loads(sealed) if isinstance(sealed, str) and sealed else {}
    except BadSignature:
        return None
    if held.get("order") != order:
        return None
    rows = held["shown"]["candidates"]
    kept = [row for row in rows if row["place"] <= MOST or row["courier"] == taker or _could_be_first(row)]
    left_off = {"left_off": len(rows) - len(kept)} if len(kept) < len(rows) else {}
    return {**held["shown"], "candidates": kept, **left_off}


def _row(place: int, one: Suggestion) -> dict[str, Any]:
    offer, known, effect = one.offer, one.candidate, one.effect
    row = {
        "place": place, "courier": known.courier.id, "load": known.load, "obstacle": known.obstacle,
        "metres": None if known.metres is None else round(known.metres),
        "standing": one.standing, "why": None if one.why == known.obstacle else one.why,
    }  # fmt: skip
    if offer is not None:
        row |= {"late_minutes": offer.late_minutes, "detour_m": offer.effort_metres, "rate_cents": offer.rate_cents}
    if effect is not None:
        row |= {"pay_cents": effect.effect.taker_cents, "coop_cents": effect.effect.coop_cents, "level": effect.level}
    return _known(row)


def _could_be_first(row: Mapping[str, Any]) -> bool:
    return bool(row["standing"] == OPEN and "late_minutes" in row)


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="assign-menu")
