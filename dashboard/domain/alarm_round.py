"""One look around: from the board, positions and the time to the entries that are due. Nothing but values goes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dashboard.domain.alarm_findings import Ahead, Situation, findings, look_ahead
from dashboard.domain.alarm_senses import Senses, by_order, expect, recall, sense
from dashboard.domain.alarm_settings import USUAL, Limits
from dashboard.domain.alarm_watch import Watch, step
from dashboard.domain.alarms import Step
from dashboard.domain.board import Board
from dashboard.domain.ground import Point
from dashboard.domain.itinerary import Legs
from dashboard.domain.recurring import Absent

LOOK_AHEAD_EACH = timedelta(seconds=10)
"""Between two reckonings of who arrives when; they cost most of a look."""

type Fixes = Mapping[str, tuple[Point, datetime]]
"""Place and time of the newest fix of each courier who can be located."""
type Told = Mapping[str, tuple[str, datetime]]
"""By order: which courier said to be at the pickup, and when."""


@dataclass(frozen=True, slots=True)
class Mind:
    """What is remembered from one look to the next; ``ahead`` was reckoned at ``reckoned``."""

    watch: Watch = field(default_factory=Watch)
    senses: Senses = field(default_factory=Senses)
    ahead: Mapping[str, Ahead] = field(default_factory=dict)
    reckoned: datetime | None = None


def awake(board: Board) -> Mind:
    """The mind of whoever begins to look now."""
    return Mind(senses=recall(board.alarms.values()))


def look(
    mind: Mind, board: Board, fixes: Fixes, told: Told, down: frozenset[str], now: datetime, legs: Legs,
    limits: Limits = USUAL, absent: Sequence[Absent] = (),
) -> tuple[Mind, list[Step]]:  # fmt: skip
    """What is to be written now. ``down``: parts of the system that are away, names of alarm_rules; ``absent``:
    recurring orders that should be there and are not.
    """
    senses = sense(mind.senses, board, fixes, limits)
    if mind.reckoned is None or now - mind.reckoned >= LOOK_AHEAD_EACH:
        mind = replace(mind, ahead=look_ahead(board, senses.seen, now, legs), reckoned=now)
    senses = expect(senses, board, mind.ahead, told, now)
    situation = Situation(
        board, now, limits, senses.seen, mind.ahead, by_order(senses.planned), by_order(senses.doors),
        {courier: since for courier, (_, since) in senses.anchors.items()}, down, legs, absent,
    )  # fmt: skip
    watch, steps = step(mind.watch, findings(situation), board.alarms, now, limits)
    return replace(mind, watch=watch, senses=senses), steps
