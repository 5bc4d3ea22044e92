"""The calendar of the tests' co-ops, which live in Helsinki: after their midnight UTC is still at yesterday."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dashboard.domain.spans import local_date

HERE = ZoneInfo("Europe/Helsinki")


def today() -> date:
    """The date on the co-op's walls."""
    return local_date(datetime.now(UTC), HERE)
