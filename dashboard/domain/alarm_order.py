"""Alarms as people read them: the most urgent first, and what each says and asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.domain.alarm_rules import RANK, says
from dashboard.domain.alarms import Alarm
from dashboard.domain.texts import fill_english


def most_urgent_first(alarms: Iterable[Alarm]) -> list[Alarm]:
    """By priority, then by age; what is over comes after all that is not. As in assets/desk/attention_rows.js."""
    return sorted(alarms, key=lambda one: (not one.is_active, RANK[one.priority], one.raised_at, one.id))


def facts(alarm: Alarm, name: str) -> dict[str, Any]:
    """What fills its texts; ``name`` is its courier's."""
    return {"ref": alarm.ref, "place": alarm.place or "–", "name": name, "minutes": round(alarm.value)}


def said(alarm: Alarm, name: str) -> tuple[str, str]:
    """What it says, and what to do, in English."""
    text, response = says(alarm.rule, alarm.about)
    known = facts(alarm, name)
    return fill_english(text, known), fill_english(response, known)
