"""What a phone wrote, read leniently: None stands for what is missing, unknown or makes no sense."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

LONGEST_TEXT = 64
SECONDS_BELOW = 2**31 - 1  # Traccar's own rule: a smaller whole number is seconds, a larger one milliseconds


class Malformed(ValueError):
    """Bytes that are not the client's format at all: damaged on the way, or not from a phone."""


def document(body: bytes) -> Any:
    """The JSON value of a body; Malformed when it is none."""
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"The body is no JSON document: {type(error).__name__}") from error


def members(value: Any) -> Mapping[str, Any]:
    """A JSON object's members; none when it is something else."""
    return value if isinstance(value, dict) else {}


def number(value: Any) -> float | None:
    """A finite number, also when it is written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        read = float(value)
    except (ValueError, OverflowError):
        return None
    return read if math.isfinite(read) else None


def known(value: Any) -> float | None:
    """A number that cannot be negative: the clients write -1 for unknown."""
    read = number(value)
    return None if read is None or read < 0 else read


def flag(value: Any) -> bool | None:
    """true, false, 1 or 0, as JSON or as text."""
    if not isinstance(value, bool | int | str):
        return None
    return {"true": True, "1": True, "false": False, "0": False}.get(str(value).lower())


def text(value: Any) -> str | None:
    """A short text; longer ones are cut, nothing becomes None."""
    return value[:LONGEST_TEXT] if isinstance(value, str) and value else None


def instant(value: Any) -> datetime | None:
    """Epoch seconds or milliseconds, ISO 8601, or ``yyyy-MM-dd HH:mm:ss``; without a zone it is UTC."""
    ticks = number(value)
    try:
        if ticks is not None:
            return datetime.fromtimestamp(ticks if ticks < SECONDS_BELOW else ticks / 1000, UTC)
        return _utc(datetime.fromisoformat(value)) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
