"""Days and times on the co-op's walls, as people say them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from dashboard.domain.spans import local_date
from layouts.words import Words


def when(moment: datetime, words: Words) -> str:
    """Tue 24 Nov, 18:02."""
    return f"{on_day(moment, words)}, {words.clock(moment)}"


def on_the_wall(said: str, words: Words) -> str:
    """Mon 30 Nov, 12:00, of a day and a time by the co-op's clocks: ``2026-11-30 12:00``. Anything else as it is."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return said
    return when(moment.replace(tzinfo=ZoneInfo(words.time_zone)), words)


def on_day(moment: datetime, words: Words) -> str:
    """Tue 24 Nov."""
    return format_datetime(moment, "EEE d MMM", tzinfo=ZoneInfo(words.time_zone), locale=words.locale)


def date_of(moment: datetime, words: Words) -> date:
    """The date on the co-op's walls."""
    return local_date(moment, ZoneInfo(words.time_zone))


def from_to(start: datetime, end: datetime, words: Words) -> str:
    """Tue 24 Nov, 18:02 – 21:40; with the second day where it ends on another."""
    is_same = on_day(start, words) == on_day(end, words)
    return f"{when(start, words)} – {words.clock(end) if is_same else when(end, words)}"
