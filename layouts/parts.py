"""The parts of the desk that can stand in a window of their own, and their addresses: plain facts, quick to import."""

from __future__ import annotations

from collections.abc import Mapping

from layouts.words import N_

WINDOWS: Mapping[str, str] = {
    "all": N_("Whole desk"), "map": N_("Map"), "board": N_("Lists"), "timeline": N_("Timeline"),
    "attention": N_("Attention"),
}  # fmt: skip
HINTS: Mapping[str, str] = {
    "timeline": N_("Drag a bar to another courier, or choose an order and press A."),
    "attention": N_("Enter shows it in your other windows, Q acknowledges, S puts aside, R resolves."),
}
"""What the result line says of the keys before anything has been done; elsewhere what it says of the whole desk."""
WHOLE = "all"
WITH_MAP = frozenset({WHOLE, "map"})


def path_of(part: str) -> str:
    """Where a part of WINDOWS stands."""
    return "/dispatch" if part == WHOLE else f"/dispatch/{part}"


def scripts_of(part: str) -> tuple[str, ...]:
    """The scripts that a part wants, by their names in BrowserCode.urls."""
    return ("desk", "socketio", *(("deck",) if part in WITH_MAP else ()))


PARTS: Mapping[str, str] = {path_of(part): part for part in WINDOWS}
"""The part by its address."""
