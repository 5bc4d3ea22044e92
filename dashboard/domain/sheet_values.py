"""What stands in the cells of a table of orders: windows, weights, parcels, coordinates; Invalid says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from dashboard.domain.orders import Item
from dashboard.domain.refusals import Invalid

MOST_GRAMS, MOST_PIECES = 1_000_000, 1000
YEARS = range(2000, 2100)
_DAY = r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
_TIME = r"(\d{1,2}(?::\d{2}(?::\d{2})?|h(?:\d{2})?))"
_MOMENT = re.compile(rf"{_DAY}[ T]+{_TIME}")
_SLOT = re.compile(rf"{_DAY}[ T]+{_TIME}\s*[-–]\s*(?:{_DAY}[ T]+)?{_TIME}")
_DEGREES = r"([+-]?\d{1,3}(?:\.\d+)?)"
_POINT = re.compile(rf"{_DEGREES}\s*[,; ]\s*{_DEGREES}")
_WEIGHT = re.compile(r"(\d{1,6}(?:[.,]\d+)?)\s*(?:kg)?", re.IGNORECASE)
_PARCEL = re.compile(r"([^\s=]+)=(\d{1,6})")


def moment_in(zone: ZoneInfo) -> Callable[[str], datetime | None]:
    """Reads «2026-12-12 10:00», «12/12/2026 10h30» on the clocks of ``zone``."""

    def read(text: str) -> datetime | None:
        found = _MOMENT.fullmatch(text)
        if not found:
            raise Invalid("“{text}” is no time: write it as 2026-12-24 10:00", text=text)
        return _moment(found[1], found[2], zone, text)

    return read


def window_in(zone: ZoneInfo) -> Callable[[str], tuple[datetime | None, datetime | None]]:
    """Reads «2026-12-12 10:00 - 2026-12-12 11:00»; without a second day it is the first."""

    def read(text: str) -> tuple[datetime | None, datetime | None]:
        found = _SLOT.fullmatch(text)
        if not found:
            raise Invalid("“{text}” is no slot: write it as 2026-12-24 10:00 - 2026-12-24 11:00", text=text)
        day, first, other, last = found.groups()
        return in_order(_moment(day, first, zone, text), _moment(other or day, last, zone, text))

    return read


def in_order(after: datetime | None, before: datetime | None) -> tuple[datetime | None, datetime | None]:
    """The window, unless it ends before it begins."""
    if after and before and before < after:
        raise Invalid("The window ends before it begins: give the earlier time first")
    return after, before


def grams(text: str) -> int:
    """Reads kilograms: «2.5», «2,5 kg»."""
    found = _WEIGHT.fullmatch(text)
    weight = round(float(found[1].replace(",", ".")) * 1000) if found else -1
    if not 0 <= weight <= MOST_GRAMS:
        raise Invalid("“{text}” is no weight: write kilograms up to 1000, as 2.5", text=text)
    return weight


def parcels(text: str) -> tuple[Item, ...]:
    """Reads «small-box=1 big-box=2»."""
    found = [_PARCEL.fullmatch(part) for part in text.split()]
    items = tuple(Item(one[1][:200], int(one[2])) for one in found if one)
    if len(items) < len(found) or not all(1 <= item.quantity <= MOST_PIECES for item in items):
        raise Invalid("“{text}” names no parcels: write them as small-box=1 big-box=2", text=text)
    return items


def coordinates(text: str) -> tuple[float, float]:
    """Reads «48.8566, 2.3522»: latitude, longitude in degrees WGS 84."""
    found = _POINT.fullmatch(text)
    lat, lon = map(float, found.groups()) if found else (99.0, 0.0)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Invalid("“{text}” is no place: write latitude and longitude, as 48.8566,2.3522", text=text)
    return lat, lon


def at_most(length: int) -> Callable[[str], str]:
    """Takes a text as it is, unless it is longer."""

    def read(text: str) -> str:
        if len(text) > length:
            raise Invalid("This is longer than {n} characters: shorten it", n=length)
        return text

    return read


def _moment(day: str, clock: str, zone: ZoneInfo, text: str) -> datetime:
    parts = [int(part) for part in re.split(r"[/.-]", day)]
    year, month, number = parts if parts[0] > 31 else parts[::-1]
    hour, minute = (int(part or 0) for part in re.split(r"[:h]", clock)[:2])
    try:
        if year not in YEARS:
            raise ValueError(year)
        return datetime.combine(date(year, month, number), time(hour, minute), zone)
    except ValueError as error:
        raise Invalid("“{text}” names a day or an hour that does not exist", text=text) from error
