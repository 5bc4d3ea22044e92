"""What a courier rides, and how fast that goes."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.domain.ground import BICYCLE_SPEED

BICYCLE, CARGO = "bicycle", "cargo"
VEHICLES = (BICYCLE, CARGO)

CRUISING: Mapping[str, int] = {BICYCLE: 18, CARGO: 15}
"""Kilometres an hour on a flat street without a stop."""


def speed(vehicle: str) -> float:
    """Metres a second in town, stops at lights included."""
    return BICYCLE_SPEED * CRUISING[vehicle] / CRUISING[BICYCLE]
