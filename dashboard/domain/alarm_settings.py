"""The numbers at which alarms are raised: a co-op changes them, the newest word in the journal counts.

They are settings of the co-op like those of ``coop_settings`` (same kind and subject), named ``alarm_`` and the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.domain.coop_settings import KIND, SUBJECT, Setting
from dashboard.domain.events import Entry, Fact
from dashboard.domain.refusals import N_, Invalid

PREFIX = "alarm_"


@dataclass(frozen=True, slots=True)
class Limits:
    """Whole minutes, metres or seconds, as the names say."""

    approach_minutes: int = 5
    age_minutes: int = 20
    late_minutes: int = 5
    late_clear_minutes: int = 2
    pickup_minutes: int = 5
    pickup_metres: int = 150
    wait_minutes: int = 10
    ready_minutes: int = 10
    silent_seconds: int = 120
    still_minutes: int = 8
    still_metres: int = 50
    feed_seconds: int = 90
    absent_minutes: int = 5
    again_minutes: int = 3
    worse_minutes: int = 5

    def minutes(self, name: str) -> timedelta:
        """One of those that end in ``_minutes``."""
        return timedelta(minutes=getattr(self, f"{name}_minutes"))

    def seconds(self, name: str) -> timedelta:
        """One of those that end in ``_seconds``."""
        return timedelta(seconds=getattr(self, f"{name}_seconds"))


USUAL = Limits()
BOUNDS: Mapping[str, tuple[int, int]] = {
    "approach_minutes": (0, 60), "age_minutes": (1, 240), "late_minutes": (1, 120), "late_clear_minutes": (0, 120),
    "pickup_minutes": (0, 120), "pickup_metres": (30, 2000), "wait_minutes": (1, 120), "ready_minutes": (1, 120),
    "silent_seconds": (30, 1800), "still_minutes": (2, 120), "still_metres": (10, 1000), "feed_seconds": (30, 1800),
    "absent_minutes": (1, 240), "again_minutes": (1, 60), "worse_minutes": (1, 60),
}  # fmt: skip
MEANINGS: Mapping[str, str] = {
    "approach_minutes": N_("A1: minutes that a courier takes to a pickup"),
    "age_minutes": N_("A1: minutes that an order without a promise may wait"),
    "late_minutes": N_("A2: minutes late, as expected"),
    "late_clear_minutes": N_("A2: over again at so many minutes"),
    "pickup_minutes": N_("A3: minutes after the pickup was due"),
    "pickup_metres": N_("A3: metres from the pickup"),
    "wait_minutes": N_("A4: minutes of waiting"),
    "ready_minutes": N_("A5: minutes until a courier is there"),
    "silent_seconds": N_("A6: seconds without a position"),
    "still_minutes": N_("A7: minutes without moving"),
    "still_metres": N_("A7: metres that count as moving"),
    "feed_seconds": N_("A9: seconds without any position at all"),
    "absent_minutes": N_("A11: minutes after it should have been placed"),
    "again_minutes": N_("Said again after so many minutes without an answer"),
    "worse_minutes": N_("Said again when so many minutes worse"),
}
SETTINGS: Mapping[str, Setting] = {
    name: Setting(getattr(USUAL, name), *bounds) for name, bounds in BOUNDS.items()
}  # fmt: skip


def limits(entries: Iterable[Entry]) -> Limits:
    """What holds now; what nobody changed is as usual."""
    said = {
        str(entry.data["setting"]).removeprefix(PREFIX): int(entry.data["value"])
        for entry in entries
        if entry.kind == KIND and str(entry.data["setting"]).startswith(PREFIX)
    }
    return replace(USUAL, **{name: value for name, value in said.items() if name in SETTINGS})


def changed(name: str, value: int, since: date) -> Fact:
    """What is written; Invalid: there is no such number, or it lies outside its bounds."""
    setting = SETTINGS.get(name)
    if setting is None:
        raise Invalid("There is no setting {name}", name=name, field="setting")
    if not setting.least <= value <= setting.most:
        raise Invalid(
            "This has to lie between {least} and {most}", least=setting.least, most=setting.most, field="value"
        )
    return Fact(KIND, SUBJECT, 0, {"setting": PREFIX + name, "value": value, "since": since.isoformat()})
