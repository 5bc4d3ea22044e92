"""Shifts that are planned, from calendars that others keep; and each courier's own calendar to subscribe to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from dashboard.domain import fitting
from dashboard.domain.couriers import Shift
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.exports.calendars import (
    LONGEST,
    LONGEST_NOTE,
    Planned,
    Read,
    one_line,
    read_calendar,
    write_calendar,
)
from dashboard.outgoing import check_url
from dashboard.ports import Store

SHOWN_BACK = timedelta(days=60)
READ_AHEAD = timedelta(days=90)
BY_HAND = "hand"
"""Begins the id of a shift that no calendar brought."""
LOOKED_AHEAD = timedelta(days=1)
"""For the rest that has to lie before the next shift."""


class PlanBook(Protocol):
    """Where planned shifts and the keys of calendars are kept."""

    def replace(self, coop: str, courier: str, since: datetime, shifts: Sequence[Planned]) -> None:
        """All that ends after ``since`` is exchanged for these."""
        ...

    def planned(self, coop: str, courier: str, since: datetime) -> Sequence[Planned]: ...
    def everybodys(self, coop: str, since: datetime, until: datetime) -> Mapping[str, Sequence[Planned]]:
        """By courier: what ends after ``since`` and begins before ``until``."""
        ...

    def add(self, coop: str, courier: str, shift: Planned) -> None: ...
    def remove(self, coop: str, courier: str, id: str) -> bool: ...
    def set_key(self, coop: str, courier: str, digest: str, at: datetime) -> None: ...
    def whose(self, digest: str) -> tuple[str, str] | None:
        """Co-op and courier of a calendar's key."""
        ...


@dataclass(frozen=True, slots=True)
class Plans:
    """``fetch`` reads an address that somebody gave, ``shifts`` what was worked, ``address`` is where the desk is."""

    book: PlanBook
    store: Store
    shifts: Callable[[str, datetime], Sequence[Shift]]
    zone: Callable[[str], ZoneInfo]
    fetch: Callable[[str], bytes]
    new_secret: Callable[[], str]
    digest: Callable[[str], str]
    address: str
    is_open: bool = False

    def take_in(self, coop: str, courier: str, ics: str | None, url: str | None, at: datetime) -> Read:
        """The calendar's events become the courier's planned shifts from now on. Invalid says what is wrong with it."""
        self._courier(coop, courier)
        if (ics is None) == (url is None):
            raise Invalid("Send either the calendar itself or its address", field="ics")
        text = ics.encode() if ics is not None else self._fetched(url or "")
        found = read_calendar(text, self.zone(coop), at, at + READ_AHEAD)
        self.book.replace(coop, courier, at, found.shifts)
        return found

    def planned(self, coop: str, courier: str, at: datetime) -> Sequence[Planned]:
        """What is planned from now on."""
        self._courier(coop, courier)
        return self.book.planned(coop, courier, at)

    def everybodys(self, coop: str, at: datetime, until: datetime) -> Mapping[str, Sequence[Planned]]:
        """What is planned from now until then, by courier; who has nothing planned is not there."""
        return self.book.everybodys(coop, at, until)

    def add(self, coop: str, courier: str, starts: datetime, ends: datetime, note: str, at: datetime) -> Planned:
        """One more planned shift. Invalid: it is over, too long, too far ahead, or meets another one."""
        self._courier(coop, courier)
        if not starts < ends <= starts + LONGEST:
            raise Invalid("A shift is between a minute and {n} hours long", n=LONGEST // timedelta(hours=1),
                          field="ends_at")  # fmt: skip
        if ends <= at or starts > at + READ_AHEAD:
            raise Invalid("Plan what lies ahead, at most {n} days", n=READ_AHEAD.days, field="starts_at")
        if any(each.starts_at < ends and starts < each.ends_at for each in self.book.planned(coop, courier, starts)):
            raise Invalid("Another shift is planned at that time: remove it first", field="starts_at")
        made = Planned(
            f"{BY_HAND}-{starts.astimezone(UTC):%Y%m%dT%H%M%SZ}", starts, ends, one_line(note)[:LONGEST_NOTE]
        )
        self.book.add(coop, courier, made)
        return made

    def remove(self, coop: str, courier: str, id: str) -> None:
        """NotFound when there is none such (any more)."""
        self._courier(coop, courier)
        if not self.book.remove(coop, courier, id):
            raise NotFound("This shift is not planned any more: look again")

    def running(self, coop: str, at: datetime) -> Mapping[str, fitting.Planned]:
        """What counts now of everybody's planned shifts, by courier."""
        return {
            courier: fitting.planned_at(((one.starts_at, one.ends_at) for one in shifts), at)
            for courier, shifts in self.book.everybodys(coop, at, at + LOOKED_AHEAD).items()
        }

    def link(self, coop: str, courier: str, at: datetime) -> str:
        """A new secret address of the courier's calendar; the one before leads nowhere from now on."""
        self._courier(coop, courier)
        secret = self.new_secret()
        self.book.set_key(coop, courier, self.digest(secret), at)
        return f"{self.address}/calendar/{secret}.ics"

    def calendar(self, secret: str, at: datetime) -> bytes:
        """The calendar of whoever has this secret. NotFound when nobody has it (any more)."""
        whose = self.book.whose(self.digest(secret))
        known = self.store.courier(*whose) if whose else None
        if known is None:
            raise NotFound("There is no such calendar (any more): ask for a new link")
        since = at - SHOWN_BACK
        worked = [each for each in self.shifts(known.coop, since) if each.courier == known.id]
        return write_calendar(known, worked, self.book.planned(known.coop, known.id, since), at)

    def _courier(self, coop: str, courier: str) -> None:
        if self.store.courier(coop, courier) is None:
            raise NotFound("There is no courier {id}", id=courier)

    def _fetched(self, url: str) -> bytes:
        try:
            return self.fetch(check_url(url.replace("webcal://", "https://", 1), is_open=self.is_open))
        except OSError as problem:
            raise Invalid("The calendar could not be read: {problem}", problem=str(problem), field="url") from problem
