"""What the assign dialog showed, kept with the choice: sealed on its way through the page, so that nobody edits it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from dashboard.domain.candidates import Candidate
from dashboard.domain.times import to_wire
from dashboard.reports import OrderEffect

MOST = 12
"""Couriers kept in the journal; whoever got the order is kept in any case, with the place in the list."""


def seal(
    order: str, found: Sequence[Candidate], effects: Mapping[str, OrderEffect], find: str, at: datetime
) -> str:  # fmt: skip
    """The list as it was shown at that moment, in its order, signed."""
    rows = [_row(place, one, effects.get(one.courier.id)) for place, one in enumerate(found, 1)]
    giver = next((one.effect.giver_cents for one in effects.values() if one.giver), None)
    shown = {"at": to_wire(at), "candidates": rows, "find": find or None, "giver_cents": giver}
    sealed = _serializer().dumps({"order": order, "shown": {k: v for k, v in shown.items() if v is not None}})
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
    kept = [row for row in rows if row["place"] <= MOST or row["courier"] == taker]
    left_off = {"left_off": len(rows) - len(kept)} if len(kept) < len(rows) else {}
    return {**held["shown"], "candidates": kept, **left_off}


def _row(place: int, one: Candidate, effect: OrderEffect | None) -> dict[str, Any]:
    row: dict[str, Any] = {"place": place, "courier": one.courier.id, "load": one.load, "obstacle": one.obstacle}
    row["metres"] = None if one.metres is None else round(one.metres)
    if effect is not None:
        row |= {"pay_cents": effect.effect.taker_cents, "coop_cents": effect.effect.coop_cents, "level": effect.level}
    return {name: value for name, value in row.items() if value is not None}


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="assign-menu")
