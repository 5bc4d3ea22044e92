"""What is wrong with a phone, and that the pages say it in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.domain.couriers import Courier
from dashboard.domain.phones import (
    LOW,
    NO_KEY,
    NOTHING_YET,
    OFF,
    RARELY,
    ROUGHLY,
    SILENT,
    Phone,
    complaints,
)
from layouts.phones import WRONG
from layouts.words import Words
from live.fixes import Fix
from live.fleet import Fleet

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WELL = Phone("lea", "Léa", has_key=True, shift="on", since=NOW - timedelta(hours=1), seen_at=NOW - timedelta(seconds=8),
             every=timedelta(seconds=10), accuracy=6.0, battery=0.8)  # fmt: skip


@pytest.mark.parametrize(("phone", "said"), [
    (WELL, ()),
    (replace(WELL, seen_at=NOW - timedelta(minutes=3)), (SILENT,)),
    (replace(WELL, every=timedelta(seconds=45)), (RARELY,)),
    (replace(WELL, accuracy=180.0, battery=0.1), (ROUGHLY, LOW)),
    (replace(WELL, seen_at=None, every=None, accuracy=None, battery=None), (NOTHING_YET,)),
    (replace(WELL, seen_at=None, since=NOW - timedelta(seconds=30), accuracy=None, battery=None), ()),
    (Phone("lea", "Léa", has_key=False, shift="on"), (NO_KEY,)),
    (Phone("lea", "Léa", has_key=True, shift="off"), (OFF,)),
    (replace(WELL, shift="break", battery=0.1), (OFF,)),
    (replace(WELL, accuracy=None, battery=None, every=None), ()),
])  # fmt: skip
def test_each_trouble_is_told(phone: Phone, said: tuple[str, ...]) -> None:
    """Silence, rare reports, a rough place, an empty battery, no key; off shift nothing is looked at."""
    assert complaints(phone, NOW) == said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_trouble_has_words(language: str) -> None:
    """What it is, and for all but being off shift how it is mended."""
    words = Words(language)
    for trouble in (NO_KEY, NOTHING_YET, SILENT, RARELY, ROUGHLY, LOW):
        what, mend = WRONG[trouble]
        assert words(what)
        assert words(mend)


def test_the_time_between_reports_is_measured() -> None:
    """The last ones count most; before the second report, and after the shift, it is unknown."""
    fleet, lea = Fleet(), Courier("lea", "acme", "Léa", shift="on")
    fleet.follow(lea, 0.0)
    now = 1_000_000.0
    fleet.accept(Fix("lea", 60.17, 24.94, now), now)
    assert fleet.every("lea") is None
    for step in range(1, 31):
        fleet.accept(Fix("lea", 60.17, 24.94, now + 10 * step), now + 10 * step)
    assert fleet.every("lea") == pytest.approx(10)
    fleet.follow(replace(lea, shift="off"), now)
    assert fleet.every("lea") is None
