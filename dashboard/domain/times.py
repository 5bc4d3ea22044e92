"""Instants on the wire: RFC 3339, UTC, milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime


def to_wire(moment: datetime) -> str:
    """``2026-11-24T10:42:11.000Z``. A time without a zone is a programming error (ValueError)."""
    return to_milliseconds(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_wire(text: str) -> datetime:
    """The aware UTC instant of an RFC 3339 text, cut to milliseconds; ValueError if it is none or has no zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone: end it with Z or an offset such as +02:00")
    return to_milliseconds(moment)


def to_milliseconds(moment: datetime) -> datetime:
    """The instant as the journal keeps it: UTC, whole milliseconds, so that what was written reads back equal.

    A time without a zone is a programming error (ValueError).
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)
