"""The day's minutes and the clock's instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.domain.times import from_wire


@dataclass(frozen=True, slots=True)
class Hours:
    """A day whose ``first`` minute begins at ``start``; ``speed`` of its seconds go by in each second."""

    start: datetime
    first: float
    speed: float

    def minute(self, moment: datetime) -> float:
        """The day's minute at an instant."""
        return self.first + (moment - self.start).total_seconds() * self.speed / 60

    def moment(self, minute: float) -> datetime:
        """The instant of a minute of the day."""
        return self.start + timedelta(seconds=(minute - self.first) * 60 / self.speed)

    def minute_of_wire(self, text: str) -> float:
        """The day's minute of a time as the journal writes it."""
        return self.minute(from_wire(text))
