"""Photos of incidents: each method one transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from dashboard.store.tables import photos

type Opened = Callable[[], AbstractContextManager[Connection]]


class SqlPhotos:
    """``reading`` and ``writing`` open a transaction of the record; ``made`` makes a photo of its columns."""

    def __init__(self, reading: Opened, writing: Opened, made: Callable[..., Any]) -> None:
        self._reading, self._writing, self._made = reading, writing, made

    def add(self, photo: Any) -> None:
        """One to each incident."""
        with self._writing() as connection:
            connection.execute(insert(photos), asdict(photo))

    def photo(self, coop: str, incident: str) -> Any | None:
        """The one of that incident."""
        with self._reading() as connection:
            row = connection.execute(
                select(photos).where(photos.c.coop == coop, photos.c.incident == incident)
            ).one_or_none()
        return row and self._made(**row._mapping)

    def forget(self, before: datetime) -> int:
        """Nothing is written where nothing is due."""
        with self._reading() as connection:
            if connection.scalar(select(photos.c.incident).where(photos.c.at < before).limit(1)) is None:
                return 0
        with self._writing() as connection:
            return connection.execute(delete(photos).where(photos.c.at < before)).rowcount
