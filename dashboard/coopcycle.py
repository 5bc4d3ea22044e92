"""What is kept about a CoopCycle that runs beside this desk: who is who, which job is which order, what waits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

ACTOR = "coopcycle"
"""Who changed it, in the journal, when it was changed over there."""
OVERRULED = "coopcycle.overruled"
"""The journal's word for two changes of one job that met: one of them does not hold."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rider:
    """Who a user over there is here. ``shift`` names the shift that the connector started, ``busy_at`` the last work.

    ``shift`` stays after its end, so that whoever was sent home by a person is not put on the same shift again.
    """

    username: str
    courier: str
    shift: str | None = None
    busy_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A pickup and a drop-off over there, and the order that they are here.

    ``assigned`` (a user name), ``progress`` and ``at`` (their ``updatedAt``) are what both sides last agreed on;
    ``generation`` counts how often the same drop-off came back to life after its order was closed.
    """

    task: str
    pickup: str
    order: str
    assigned: str | None = None
    at: datetime = LONG_AGO
    progress: str = "waiting"
    is_open: bool = True
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """An assignment that still has to be written over there: of which order, to whom (None: to nobody)."""

    order: str
    task: str
    wanted: str | None
    by: str
    decided_at: datetime
    due_at: datetime
    tries: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """How it goes: the last whole reading, the live channel, what is wrong, what was left aside and why.

    ``since`` is the first reading ever: what came in later is taken in even if it is over by the time that it is seen.
    ``overruled`` are the newest decisions that did not hold, last first: ``order``, ``ref``, ``kept`` (``here`` or
    ``coopcycle``), ``theirs``, ``ours``, ``by``, ``at``.
    """

    last_read: datetime | None = None
    is_live: bool = False
    problem: str = ""
    aside: Mapping[str, str] = field(default_factory=dict)
    overruled: Sequence[Mapping[str, Any]] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Going:
    """How it goes, as people are shown it."""

    status: Status
    waiting: Sequence[Waiting]


def going(books: Books, coop: str) -> Going | None:
    """How it goes; None where no connector ever ran."""
    status = books.status(coop)
    return None if status is None else Going(status, books.waiting(coop))


class Books(Protocol):
    """Where all this is kept; any number of processes may work on it at once."""

    def riders(self, coop: str) -> Sequence[Rider]:
        """Everybody who is known on both sides, by user name."""
        ...

    def keep_rider(self, coop: str, rider: Rider) -> None:
        """As it is now."""
        ...

    def jobs(self, coop: str, tasks: Collection[str]) -> Mapping[str, Job]:
        """Those of these drop-offs that are orders here, open or closed."""
        ...

    def open_jobs(self, coop: str) -> Sequence[Job]:
        """All that is not closed on both sides."""
        ...

    def add_job(self, coop: str, job: Job) -> None:
        """A new one, or a new generation of an old one; changes nothing where it is known already."""
        ...

    def keep_job(self, coop: str, job: Job) -> None:
        """As it is now. A job of an earlier generation changes nothing."""
        ...

    def waiting(self, coop: str) -> Sequence[Waiting]:
        """What has to be written, longest decided first."""
        ...

    def post(self, coop: str, letter: Waiting) -> None:
        """Have it written, in place of whatever waited for that order and was decided no later."""
        ...

    def claim(self, coop: str, letter: Waiting, until: datetime) -> bool:
        """Take it in hand until then; False when somebody else did."""
        ...

    def postpone(self, coop: str, letter: Waiting) -> None:
        """As it is now (tries, when it is due again, why), if it still waits and was not decided anew."""
        ...

    def drop(self, coop: str, order: str, decided_at: datetime) -> None:
        """Nothing decided by then has to be written any more."""
        ...

    def nudge(self, coop: str, thing: str, event: str, at: datetime) -> None:
        """Somebody says that a thing over there changed: to be read again. The same thing waits once."""
        ...

    def take_nudges(self, coop: str) -> int:
        """How many things are said to have changed; they are forgotten."""
        ...

    def status(self, coop: str) -> Status | None:
        """How it goes; None when no connector ever ran for the co-op."""
        ...

    def keep_status(self, coop: str, status: Status) -> None:
        """As it is now."""
        ...
