"""What will become of an order: drawn from the seed and the order's number, so that nothing needs to be remembered."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from live.demo.pace import MINUTE


@dataclass(frozen=True, slots=True)
class Fate:
    """Seconds of the demo, unless said otherwise."""

    accepted_after: float
    is_refused: bool
    started_after: float
    cooking: float
    extra_minutes: int
    is_for_colleague: bool
    hand_out_after: float
    patience: float
    at_counter: float
    at_door: float


def fate_of(ref: str, seed: int, colleague_share: float) -> Fate:
    """The same order always has the same fate; ``colleague_share`` of all are the colleague's (0 to 1)."""
    dice = Random(f"{seed}:{ref}")  # noqa: S311 - a game of chance, not a secret
    return Fate(
        accepted_after=dice.uniform(15, 75),
        is_refused=dice.random() < 0.015,
        started_after=dice.uniform(10, 60),
        cooking=dice.uniform(7, 14) * MINUTE,
        extra_minutes=dice.choice((5, 5, 10)) if dice.random() < 0.08 else 0,
        is_for_colleague=dice.random() < colleague_share,
        hand_out_after=dice.uniform(45, 200),
        patience=dice.uniform(9, 15) * MINUTE,
        at_counter=dice.uniform(30, 100),
        at_door=dice.uniform(40, 140),
    )
