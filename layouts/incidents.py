"""Incidents of an order in words: in its history, and in the list of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dashboard.domain.incidents import Incident
from layouts.moments import on_day
from layouts.words import N_, Words

KINDS: Mapping[str, str] = {
    "damaged": N_("damaged"), "missing_items": N_("items are missing"), "nobody_there": N_("nobody there"),
    "wrong_address": N_("wrong address"), "accident": N_("accident"), "theft": N_("theft"),
    "other": N_("something else"),
}  # fmt: skip


def kind_name(kind: str, words: Words) -> str:
    """``missing_items`` as a person says it."""
    return words(KINDS.get(kind, kind))


def incident_kinds(words: Words) -> list[tuple[str, str]]:
    """Each kind with its name, to choose from."""
    return [(kind, words(name)) for kind, name in KINDS.items()]


def incident_lines(found: Sequence[Incident], now: datetime, words: Words) -> list[dict[str, Any]]:
    """``id``, ``text``, ``by``, ``note``, ``photo`` (address or ''), ``open``, ``ending``: open ones first."""
    ordered = sorted(found, key=lambda one: bool(one.resolved_by))
    return [
        {"id": one.id, "text": kind_name(one.kind, words), "note": one.note, "open": not one.resolved_by,
         "by": words("{when}, {name}", when=_when(one.at, now, words), name=one.by),
         "photo": f"/live/photo?order={one.order}&incident={one.id}" if one.photo else "",
         "ending": _ending(one, words)}
        for one in ordered
    ]  # fmt: skip


def _ending(one: Incident, words: Words) -> str:
    if not one.resolved_by:
        return ""
    if not one.ending:
        return words("resolved by {name}", name=one.resolved_by)
    return words("resolved by {name}: {how}", name=one.resolved_by, how=one.ending)


def _when(at: datetime, now: datetime, words: Words) -> str:
    clock = words.clock(at)
    return clock if on_day(at, words) == on_day(now, words) else f"{on_day(at, words)} {clock}"
