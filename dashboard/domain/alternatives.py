"""What the assign menu showed when an order was given, as a courier may read it: without anybody else's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.domain.decisions import Given
from dashboard.domain.suggesting import DOMINATED

ANOTHER = "another courier"
"""Stands for every courier but the reader."""
PAY = ("pay_cents", "coop_cents", "rate_cents")
"""What would be somebody else's pay: not told to a courier."""
FACTS = ("place", "metres", "load", "level", "obstacle", "standing", "why", "late_minutes", "detour_m", *PAY)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One courier as the menu showed them: ``facts`` are those of FACTS that were recorded."""

    courier: str
    is_taker: bool
    facts: Mapping[str, Any]


def alternatives(given: Given) -> tuple[Alternative, ...]:
    """The couriers that the menu showed, in its order; none where nothing was recorded."""
    return _alternatives(given.shown or {}, given.taker)


def seen_by(courier: str, given: Given) -> Given:
    """The same as that courier may know it: every other courier is ANOTHER, and their pay nobody's business."""
    rows = told(given.shown or {}, given.taker, courier)
    shown = {"candidates": rows} if rows else None
    return replace(given, giver=veiled(given.giver, courier), taker=veiled(given.taker, courier), shown=shown)


def told(shown: Mapping[str, Any], taker: str | None, courier: str) -> list[dict[str, Any]]:
    """What was shown, as ``courier`` may know it."""
    return [_told(one, courier) for one in _alternatives(shown, taker)]


def concerns(courier: str, given: Sequence[Given]) -> bool:
    """Whether the order was ever that courier's."""
    return any(courier in (one.giver, one.taker) for one in given)


def veiled(who: str | None, courier: str) -> str | None:
    """Nobody and oneself as they are, everybody else as ANOTHER."""
    return who if who in (None, courier) else ANOTHER


def _alternatives(shown: Mapping[str, Any], taker: str | None) -> tuple[Alternative, ...]:
    return tuple(
        Alternative(courier, bool(row.get("taken", courier == taker)), _facts(row))
        for courier, row in _rows(shown)
        if courier
    )


def _told(one: Alternative, courier: str) -> dict[str, Any]:
    told = {name: fact for name, fact in one.facts.items() if one.courier == courier or name not in PAY}
    if one.facts.get("standing") == DOMINATED:
        told["why"] = veiled(told.get("why"), courier)
    return {**told, "courier": veiled(one.courier, courier), "taken": one.is_taker}


def _rows(shown: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    rows = shown.get("candidates")
    for row in rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ():
        if isinstance(row, Mapping):
            yield str(row.get("courier", "")), row


def _facts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in FACTS if row.get(name) is not None}
