"""What assistive technology is told."""

from __future__ import annotations

from typing import Any


def aria(**said: str) -> dict[str, Any]:
    """``aria(label="Orders")`` as the attributes that a component takes."""
    return {f"aria-{name}": text for name, text in said.items()}


DECORATION = aria(hidden="true")
"""For what is said in words beside it."""
