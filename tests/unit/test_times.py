"""Instants: one way to write them, one precision, always with a zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from dashboard.domain.times import from_wire, to_milliseconds, to_wire

PRECISE = datetime(2026, 11, 24, 12, 42, 11, 987_999, tzinfo=timezone(timedelta(hours=2)))


def test_an_instant_is_written_in_utc_milliseconds() -> None:
    """Whatever the zone, the text is UTC with three decimals, cut and not rounded."""
    assert to_wire(PRECISE) == "2026-11-24T10:42:11.987Z"
    assert to_wire(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000Z"


@pytest.mark.parametrize("text", ["2026-11-24T10:42:11.987Z", "2026-11-24T12:42:11.987999+02:00"])
def test_an_instant_is_read_as_it_is_kept(text: str) -> None:
    """Any offset and precision gives the same UTC instant, which writing and reading leaves as it is."""
    read = from_wire(text)
    assert (read, read.tzinfo) == (to_milliseconds(PRECISE), UTC)
    assert from_wire(to_wire(read)) == read


def test_a_time_without_a_zone_is_refused() -> None:
    """A time that does not say where it holds is an error, read or written."""
    with pytest.raises(ValueError, match="no time zone"):
        to_wire(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="end it with Z"):
        from_wire("2026-01-01T00:00:00")
    with pytest.raises(ValueError, match="Invalid isoformat"):
        from_wire("noon")
