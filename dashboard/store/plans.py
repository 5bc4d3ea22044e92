"""Planned shifts and calendars' keys: plans.PlanBook, each method one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from dashboard.store.tables import calendars, planned_shifts

type Opened = Callable[[], AbstractContextManager[Connection]]


class SqlPlans:
    """``reading`` and ``writing`` open a transaction of the record; ``made`` makes a planned shift of its columns."""

    def __init__(self, reading: Opened, writing: Opened, made: Callable[..., Any]) -> None:
        self._reading, self._writing, self._made = reading, writing, made

    def replace(self, coop: str, courier: str, since: datetime, shifts: Sequence[Any]) -> None:
        """What is over stays as it was planned."""
        mine = (planned_shifts.c.coop == coop, planned_shifts.c.courier == courier)
        rows = [{"coop": coop, "courier": courier, **asdict(each)} for each in shifts]
        with self._writing() as connection:
            connection.execute(delete(planned_shifts).where(*mine, planned_shifts.c.ends_at > since))
            taken = set(connection.scalars(select(planned_shifts.c.id).where(*mine)))
            if new := [row for row in rows if row["id"] not in taken]:
                connection.execute(insert(planned_shifts), new)

    def planned(self, coop: str, courier: str, since: datetime) -> Sequence[Any]:
        """By their beginning."""
        table = planned_shifts.c
        mine = (table.coop == coop, table.courier == courier, table.ends_at > since)
        chosen = select(table.id, table.starts_at, table.ends_at, table.note).where(*mine)
        with self._reading() as connection:
            return [self._made(*row) for row in connection.execute(chosen.order_by(table.starts_at, table.id))]

    def everybodys(self, coop: str, since: datetime, until: datetime) -> Mapping[str, Sequence[Any]]:
        """By courier, each by their beginning."""
        table = planned_shifts.c
        here = (table.coop == coop, table.ends_at > since, table.starts_at < until)
        chosen = select(table.courier, table.id, table.starts_at, table.ends_at, table.note).where(*here)
        found: dict[str, list[Any]] = {}
        with self._reading() as connection:
            for courier, *row in connection.execute(chosen.order_by(table.starts_at, table.id)):
                found.setdefault(courier, []).append(self._made(*row))
        return found

    def add(self, coop: str, courier: str, shift: Any) -> None:
        """One more; what had the same id before is replaced."""
        with self._writing() as connection:
            connection.execute(delete(planned_shifts).where(*_is(coop, courier, shift.id)))
            connection.execute(insert(planned_shifts), {"coop": coop, "courier": courier, **asdict(shift)})

    def remove(self, coop: str, courier: str, id: str) -> bool:
        """Whether there was one."""
        with self._writing() as connection:
            return connection.execute(delete(planned_shifts).where(*_is(coop, courier, id))).rowcount == 1

    def set_key(self, coop: str, courier: str, digest: str, at: datetime) -> None:
        """One for a courier: the newest."""
        row = {"coop": coop, "courier": courier, "digest": digest, "made_at": at}
        with self._writing() as connection:
            connection.execute(delete(calendars).where(calendars.c.coop == coop, calendars.c.courier == courier))
            connection.execute(insert(calendars), row)

    def whose(self, digest: str) -> tuple[str, str] | None:
        """None: nobody's."""
        with self._reading() as connection:
            chosen = select(calendars.c.coop, calendars.c.courier).where(calendars.c.digest == digest)
            row = connection.execute(chosen).one_or_none()
        return None if row is None else (row.coop, row.courier)

    def forget(self, before: datetime) -> int:
        """Plans that were over before."""
        with self._writing() as connection:
            return connection.execute(delete(planned_shifts).where(planned_shifts.c.ends_at < before)).rowcount


def _is(coop: str, courier: str, id: str) -> tuple[ColumnElement[bool], ...]:
    return planned_shifts.c.coop == coop, planned_shifts.c.courier == courier, planned_shifts.c.id == id
