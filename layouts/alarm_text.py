"""What an alarm says, in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.domain.alarm_rules import ABSENT, says
from layouts.moments import on_the_wall
from layouts.words import Words


def alarm_text(rule: str, about: str, known: Mapping[str, Any], words: Words) -> str:
    """``known`` fills its gaps: see domain.alarm_order.facts."""
    ref = on_the_wall(known["ref"], words) if rule == ABSENT else known["ref"]
    return words(says(rule, about)[0], **{**known, "ref": ref})
