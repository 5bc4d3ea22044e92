"""Traces of couriers on shift, and what else goes after a time: each method one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from dashboard.store.tables import looks, traces

type Opened = Callable[[], AbstractContextManager[Connection]]


class SqlTraces:
    """``reading`` and ``writing`` open a transaction of the record; ``made`` makes a point of its columns."""

    def __init__(self, reading: Opened, writing: Opened, made: Callable[..., Any]) -> None:
        self._reading, self._writing, self._made = reading, writing, made

    def add(self, coop: str, points: Sequence[Any]) -> None:
        """The same point twice (two workers) is kept once."""
        with self._writing() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            rows = [{"coop": coop, **asdict(point)} for point in points]
            connection.execute(dialect.insert(traces).on_conflict_do_nothing(), rows)

    def purge(self, coop: str, before: datetime) -> int:
        """Nothing is written where nothing is due."""
        old = (traces.c.coop == coop, traces.c.at < before)
        with self._reading() as connection:
            if connection.scalar(select(traces.c.courier).where(*old).limit(1)) is None:
                return 0
        with self._writing() as connection:
            return connection.execute(delete(traces).where(*old)).rowcount

    def trace(self, coop: str, courier: str, since: datetime, until: datetime) -> Sequence[Any]:
        """In order of time."""
        mine = (traces.c.coop == coop, traces.c.courier == courier, traces.c.at >= since, traces.c.at <= until)
        chosen = select(traces.c.courier, traces.c.at, traces.c.lat, traces.c.lon).where(*mine).order_by(traces.c.at)
        with self._reading() as connection:
            return [self._made(*row) for row in connection.execute(chosen)]

    def between(self, coop: str, since: datetime, until: datetime) -> Sequence[Any]:
        """Everybody's, in order of time."""
        those = (traces.c.coop == coop, traces.c.at >= since, traces.c.at <= until)
        chosen = select(traces.c.courier, traces.c.at, traces.c.lat, traces.c.lon).where(*those).order_by(traces.c.at)
        with self._reading() as connection:
            return [self._made(*row) for row in connection.execute(chosen)]

    def forget_looks(self, before: datetime) -> int:
        """Of all co-ops."""
        with self._writing() as connection:
            return connection.execute(delete(looks).where(looks.c.at < before)).rowcount
