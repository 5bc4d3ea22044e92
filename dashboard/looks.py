"""Who looked at a courier's position or record: kept, so that the courier can see it.

What counts as a look: following a courier (the way ahead begins where they are), having the way drawn that they came,
opening or taking away their pay or work by name, and taking away a list of everybody's. The desk's map is no look: it
shows everybody's newest position all the time, and the courier's page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from dashboard.ports import Look, LookBook
from dashboard.roles import Visitor

EVERYBODY = "*"
"""In place of one courier: a list of all. No courier can be called so."""
WAY, TRAIL, PAY, WORK, JOURNAL, PAST = "way", "trail", "pay", "work", "journal", "past"
KEPT = timedelta(days=365)


@dataclass
class Looks:
    """One per process. ``clock`` says when; what this process has written within the hour is not written again."""

    book: LookBook
    clock: Callable[[], datetime]
    _hour: datetime | None = None
    _known: set[tuple[str, ...]] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def note(self, by: Visitor, courier: str | None, what: str) -> None:
        """``by`` reads ``what`` of a courier (None: of all). Couriers who read their own leave no trace."""
        if by.role == "courier":
            return
        at = self.clock()
        look = Look(by.coop, courier or EVERYBODY, by.name, by.role, what, at)
        hour = at.replace(minute=0, second=0, microsecond=0)
        if self._is_new(look, hour):
            self.book.add_look(look, hour, at - KEPT)

    def of(self, coop: str, courier: str) -> Sequence[Look]:
        """All that is kept about the courier, lists of everybody included, newest first."""
        return self.book.looks(coop, (courier, EVERYBODY))

    def _is_new(self, look: Look, hour: datetime) -> bool:
        key = (look.coop, look.courier, look.by, look.role, look.what)
        with self._lock:
            if hour != self._hour:
                self._hour, self._known = hour, set()
            if key in self._known:
                return False
            self._known.add(key)
            return True
