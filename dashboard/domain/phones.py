"""How a courier's phone does: what is known of it, and what is wrong with it, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

OFF, NO_KEY, NOTHING_YET, SILENT, RARELY, ROUGHLY, LOW = (
    "off", "no_key", "nothing_yet", "silent", "rarely", "roughly", "low",
)  # fmt: skip
PATIENT = timedelta(minutes=2)
"""So long a phone may take for its first report of a shift, and between two of them."""
OFTEN_ENOUGH = timedelta(seconds=30)
"""Set up for each 10 s while it moves; a phone that stands still says so each minute."""
GOOD_ACCURACY = 50.0
LOW_BATTERY = 0.2


@dataclass(frozen=True, slots=True)
class Phone:
    """What is known of a courier's phone. ``since`` is when the courier could first be located, None off shift.

    ``every`` is the time between reports as of late, ``accuracy`` in metres, ``battery`` from 0 to 1.
    """

    courier: str
    name: str
    has_key: bool
    shift: str
    since: datetime | None = None
    seen_at: datetime | None = None
    every: timedelta | None = None
    accuracy: float | None = None
    battery: float | None = None


def complaints(phone: Phone, now: datetime) -> tuple[str, ...]:
    """What is wrong, the worst first; nothing when all is well. Off shift nothing is known, and nothing has to be."""
    return tuple(_complaints(phone, now))


def _complaints(phone: Phone, now: datetime) -> Iterator[str]:
    if not phone.has_key and phone.seen_at is None:
        yield NO_KEY
        return
    if phone.shift != "on":
        yield OFF
        return
    if phone.seen_at is None:
        if phone.since is not None and now - phone.since > PATIENT:
            yield NOTHING_YET
        return
    if now - phone.seen_at > PATIENT:
        yield SILENT
    elif phone.every is not None and phone.every > OFTEN_ENOUGH:
        yield RARELY
    if phone.accuracy is not None and phone.accuracy > GOOD_ACCURACY:
        yield ROUGHLY
    if phone.battery is not None and phone.battery < LOW_BATTERY:
        yield LOW
