"""What of a base map is enough to know a city by: its larger streets, and where land ends."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

type Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Lines of (longitude, latitude): the larger streets, and the outer edge of each area of water."""

    streets: tuple[Line, ...] = ()
    water: tuple[Line, ...] = ()


def read_outline(file: Path) -> Outline:
    """What ``write_outline`` kept."""
    kept = json.loads(file.read_text("utf-8"))
    return Outline(streets=tuple(map(_line, kept["streets"])), water=tuple(map(_line, kept["water"])))


def write_outline(file: Path, outline: Outline) -> None:
    """Keep an outline."""
    kept = {"streets": outline.streets, "water": outline.water}
    file.write_text(json.dumps(kept, separators=(",", ":")), "utf-8")


def _line(bends: list[list[float]]) -> Line:
    return tuple((lon, lat) for lon, lat in bends)
