"""What is kept about a CoopCycle beside us: coopcycle.Books, each method one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, fields
from datetime import datetime
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from dashboard.coopcycle import Job, Rider, Status, Waiting
from dashboard.domain.times import from_wire, to_wire
from dashboard.store.tables import coopcycle_jobs as jobs
from dashboard.store.tables import coopcycle_nudges as nudges
from dashboard.store.tables import coopcycle_riders as riders
from dashboard.store.tables import coopcycle_status as statuses
from dashboard.store.tables import coopcycle_waiting as letters

type Opened = Callable[[], AbstractContextManager[Connection]]
AT_ONCE = 500
MOMENTS = ("last_read", "since")


class SqlBooks:
    """``reading`` and ``writing`` open a transaction of the record."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading, self._writing = reading, writing

    def riders(self, coop: str) -> Sequence[Rider]:
        """By user name."""
        with self._reading() as connection:
            rows = connection.execute(_all(riders, Rider).where(riders.c.coop == coop).order_by(riders.c.username))
            return [Rider(**row._mapping) for row in rows]

    def keep_rider(self, coop: str, rider: Rider) -> None:
        """The newest word counts."""
        with self._writing() as connection:
            _put(connection, riders, {"coop": coop, **asdict(rider)}, ("coop", "username"))

    def jobs(self, coop: str, tasks: Collection[str]) -> Mapping[str, Job]:
        """Read some at a time: a statement has room for so many values only."""
        mine = _all(jobs, Job).where(jobs.c.coop == coop)
        with self._reading() as connection:
            found = [
                Job(**row._mapping)
                for some in batched(sorted(tasks), AT_ONCE)
                for row in connection.execute(mine.where(jobs.c.task.in_(some)))
            ]
        return {job.task: job for job in found}

    def open_jobs(self, coop: str) -> Sequence[Job]:
        """By drop-off."""
        mine = _all(jobs, Job).where(jobs.c.coop == coop, jobs.c.is_open).order_by(jobs.c.task)
        with self._reading() as connection:
            return [Job(**row._mapping) for row in connection.execute(mine)]

    def add_job(self, coop: str, job: Job) -> None:
        """Whoever is first."""
        with self._writing() as connection:
            row = {"coop": coop, **asdict(job)}
            _put(connection, jobs, row, ("coop", "task"), jobs.c.generation < job.generation)

    def keep_job(self, coop: str, job: Job) -> None:
        """An earlier generation's word does not count."""
        with self._writing() as connection:
            row = {"coop": coop, **asdict(job)}
            _put(connection, jobs, row, ("coop", "task"), jobs.c.generation <= job.generation)

    def waiting(self, coop: str) -> Sequence[Waiting]:
        """Longest decided first."""
        mine = _all(letters, Waiting).where(letters.c.coop == coop)
        with self._reading() as connection:
            rows = connection.execute(mine.order_by(letters.c.decided_at, letters.c.order))
            return [Waiting(**row._mapping) for row in rows]

    def post(self, coop: str, letter: Waiting) -> None:
        """One for an order: the last decision."""
        with self._writing() as connection:
            newer = letters.c.decided_at < letter.decided_at
            _put(connection, letters, {"coop": coop, **asdict(letter)}, ("coop", "order"), newer)

    def claim(self, coop: str, letter: Waiting, until: datetime) -> bool:
        """Whoever moves ``due_at`` first has it."""
        here = (*_same(coop, letter), letters.c.due_at == letter.due_at)
        with self._writing() as connection:
            return connection.execute(update(letters).where(*here), {"due_at": until}).rowcount == 1

    def postpone(self, coop: str, letter: Waiting) -> None:
        """To when it is due."""
        row = {"due_at": letter.due_at, "tries": letter.tries, "problem": letter.problem}
        with self._writing() as connection:
            connection.execute(update(letters).where(*_same(coop, letter)), row)

    def drop(self, coop: str, order: str, decided_at: datetime) -> None:
        """What was decided later stays."""
        here = (letters.c.coop == coop, letters.c.order == order, letters.c.decided_at <= decided_at)
        with self._writing() as connection:
            connection.execute(delete(letters).where(*here))

    def nudge(self, coop: str, thing: str, event: str, at: datetime) -> None:
        """Said twice, it waits once: a message that somebody sends again and again fills no table."""
        with self._writing() as connection:
            row = {"coop": coop, "thing": thing, "event": event, "at": at}
            _put(connection, nudges, row, ("coop", "thing"))

    def take_nudges(self, coop: str) -> int:
        """Nothing is written where nothing waits."""
        mine = nudges.c.coop == coop
        with self._reading() as connection:
            if not connection.scalar(select(func.count()).select_from(nudges).where(mine)):
                return 0
        with self._writing() as connection:
            return connection.execute(delete(nudges).where(mine)).rowcount

    def status(self, coop: str) -> Status | None:
        """None: never."""
        with self._reading() as connection:
            found = connection.scalar(select(statuses.c.document).where(statuses.c.coop == coop))
        return None if found is None else _status(found)

    def keep_status(self, coop: str, status: Status) -> None:
        """The newest word counts."""
        moments = {name: (at := getattr(status, name)) and to_wire(at) for name in MOMENTS}
        document = {**asdict(status), **moments}
        with self._writing() as connection:
            _put(connection, statuses, {"coop": coop, "document": document}, ("coop",))


def _status(document: Mapping[str, Any]) -> Status:
    moments = {name: document[name] and from_wire(document[name]) for name in MOMENTS}
    return Status(**{**document, **moments, "overruled": tuple(document["overruled"])})


def _same(coop: str, letter: Waiting) -> tuple[ColumnElement[bool], ...]:
    return letters.c.coop == coop, letters.c.order == letter.order, letters.c.decided_at == letter.decided_at


def _all(table: Table, value: type[Any]) -> Any:
    return select(*(table.c[each.name] for each in fields(value)))


def _put(
    connection: Connection, table: Table, row: dict[str, Any], key: tuple[str, ...],
    only: ColumnElement[bool] | None = None,
) -> None:  # fmt: skip
    """Insert; or change what is there under the same key, if ``only`` is true of it."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(row)
    new = {name: statement.excluded[name] for name in row if name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=new, where=only))
