"""The tables: made once however many ask, the same as the program believes, and never worked on when they are not."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from dashboard.ports import Coop
from dashboard.store import NotMigrated, migrate, open_store
from dashboard.store.database import Database
from dashboard.store.schema import create_file
from dashboard.store.tables import metadata

PROCESSES = 4
MIGRATE = "import sys; from dashboard.store import migrate; print(flush=True); input(); migrate(sys.argv[1])"


def test_an_empty_database_is_refused(empty_url: str) -> None:
    """A store without tables says which command makes them, and works as soon as it has run."""
    store = open_store(empty_url)
    if empty_url.startswith("sqlite"):
        store.migrate()  # makes the folder; without one SQLite cannot even be asked
        return
    with pytest.raises(NotMigrated, match="run `roulement migrate`"):
        store.coops()
    store.migrate()
    assert store.coops() == ()
    store.close()


def test_a_newer_database_is_refused(url: str) -> None:
    """A database that a newer program migrated is left alone: the answer is to upgrade this one."""
    database = Database(url)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from the future'"))
    with pytest.raises(NotMigrated, match="newer version: upgrade"):
        open_store(url).ping()


def test_migrating_again_changes_nothing(url: str) -> None:
    """A second migration keeps every row."""
    store = open_store(url)
    store.add_coop(Coop("taille", "Taille"))
    migrate(url)
    assert store.coops() == (Coop("taille", "Taille"),)
    store.close()


def test_processes_may_migrate_at_once(empty_url: str) -> None:
    """Several processes that start together on an empty database all come through, and the tables are there once."""
    command = [sys.executable, "-c", MIGRATE, empty_url]
    started = [
        subprocess.Popen(command, text=True, bufsize=1, stdin=PIPE, stdout=PIPE, stderr=PIPE) for _ in range(PROCESSES)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
    complaints = [process.communicate(timeout=180)[1] for process in started]
    assert [process.returncode for process in started] == [0] * PROCESSES, complaints
    store = open_store(empty_url)
    assert store.coops() == ()
    store.close()


def test_a_file_may_be_created_by_many_at_once(tmp_path: Path) -> None:
    """Whoever starts at the same moment, nobody is told that the file is locked."""
    hands = 6
    gate = Barrier(hands)

    def create(number: int) -> None:
        gate.wait(10)
        create_file(tmp_path / f"{number // hands}.db")

    with ThreadPoolExecutor(hands) as threads:
        assert list(threads.map(create, range(150 * hands))) == [None] * 150 * hands


def test_the_migrations_make_the_tables_that_the_program_uses(url: str) -> None:
    """Comparing the migrated database with the tables in the code finds no difference."""
    with Database(url).reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_password_is_not_shown() -> None:
    """The address in messages has no password in it."""
    shown = Database("postgres://me:secret@db.example/desk").name
    assert shown == "postgresql://me:***@db.example/desk"


def test_another_kind_of_database_is_refused() -> None:
    """An address that names neither of the two databases is refused with what to write instead."""
    with pytest.raises(ValueError, match="use sqlite"):
        open_store("mysql://localhost/desk")


def test_sqlite_keeps_what_it_acknowledged(sqlite_url: str) -> None:
    """SQLite runs with a write-ahead log, a sync at each commit, and foreign keys."""
    with Database(sqlite_url).reading() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert values == ["wal", 2, 1]
