"""Bringing a database up to the program's version, and refusing to work on one that is not."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from dashboard.store.database import BUSY_SECONDS, Database

# Any number will do, if it stays the same: two processes that migrate at once meet at this lock.
MIGRATION_LOCK = 7_268_553_605
_alembic_is_global = Lock()


class NotMigrated(RuntimeError):
    """The database is not what this version of the program works with; the message says what to do."""


def migrate(url: str) -> None:
    """Create the tables, or bring them up to date. Harmless when nothing is to be done, or done twice at once."""
    database = Database(url, limits={"timezone": "UTC"})
    if database.is_sqlite:
        create_file(Path(database.url.database or ""))
    try:
        with _alembic_is_global, database.writing() as connection:
            _wait_for_others(connection)
            command.upgrade(_config(connection), "head")
    finally:
        database.engine.dispose()


def check(database: Database) -> None:
    """NotMigrated unless the database stands at the program's newest migration."""
    with database.reading() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory(str(_folder()))
    if at == scripts.get_current_head():
        return
    if at is not None and at not in {script.revision for script in scripts.walk_revisions()}:
        raise NotMigrated(f"{database.name} was migrated by a newer version: upgrade this program")
    raise NotMigrated(f"{database.name} is not ready for this version: run `roulement migrate`")


def _folder() -> Path:
    return Path(__file__).parents[2] / "migrations"


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    return config


def create_file(path: Path) -> None:
    """A SQLite file with a write-ahead log, which lets readers go on while somebody writes; it stays so for good."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone_in(path.parent), closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Two that switch the same file at once do not wait for each other: SQLite tells one that it is locked."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _wait_for_others(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
