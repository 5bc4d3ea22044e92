"""What the assign menu showed when an order was given, as a courier may read it: without anybody else's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.domain.decisions import Given

ANOTHER = "another courier"
"""Stands for every courier but the reader."""
FACTS = ("place", "metres", "load", "pay_cents", "coop_cents", "level", "obstacle")


@dataclass(frozen=True, slots=True)
class Alternative:
    """One courier as the menu showed them: ``facts`` are those of FACTS that were recorded."""

    courier: str
    is_taker: bool
    facts: Mapping[str, Any]


def alternatives(given: Given) -> tuple[Alternative, ...]:
    """The couriers that the menu showed, in its order; none where nothing was recorded."""
    return tuple(
        Alternative(courier, bool(row.get("taken", courier == given.taker)), _facts(row))
        for courier, row in _rows(given.shown or {})
        if courier
    )


def seen_by(courier: str, given: Given) -> Given:
    """The same as that courier may know it: every other courier is ANOTHER."""
    rows = [
        {**one.facts, "courier": veiled(one.courier, courier), "taken": one.is_taker} for one in alternatives(given)
    ]
    shown = {"candidates": rows} if rows else None
    return replace(given, giver=veiled(given.giver, courier), taker=veiled(given.taker, courier), shown=shown)


def concerns(courier: str, given: Sequence[Given]) -> bool:
    """Whether the order was ever that courier's."""
    return any(courier in (one.giver, one.taker) for one in given)


def veiled(who: str | None, courier: str) -> str | None:
    """Nobody and oneself as they are, everybody else as ANOTHER."""
    return who if who in (None, courier) else ANOTHER


def _rows(shown: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    rows = shown.get("candidates")
    for row in rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ():
        if isinstance(row, Mapping):
            yield str(row.get("courier", "")), row


def _facts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in FACTS if row.get(name) is not None}
