"""Reports as plain JSON: what the API answers and what a snapshot's digest is taken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from dashboard.domain.times import to_wire


def wire(value: Any) -> Any:
    """Reports as plain JSON: lengths in seconds, exact decimals as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: wire(getattr(value, field.name)) for field in fields(value)}
    match value:
        case datetime():
            return to_wire(value)
        case date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal():
            return str(value)
        case Mapping():
            return {str(name): wire(part) for name, part in value.items()}
        case tuple() | list():
            return [wire(part) for part in value]
        case _:
            return value
