"""One suite, two databases: each test gets a fresh one, copied from a template that was migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from dashboard.store import SqlStore, migrate, open_store
from tests.contract.desk import Desk, SqlDesk
from tests.postgres_server import PostgresServer, postgres_server

Fresh = Callable[[], AbstractContextManager[str]]
MIGRATED = {"sqlite": "sqlite_migrated", "postgresql": "postgres_migrated"}


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the session; a failure, not a skip, where it is not installed."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_migrated(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Fresh SQLite files with all tables."""
    folder = tmp_path_factory.mktemp("sqlite")
    template = folder / "template.db"
    migrate(f"sqlite:///{template}")
    numbers = iter(range(10**6))

    @contextmanager
    def fresh() -> Iterator[str]:
        path = folder / f"{next(numbers)}.db"
        shutil.copy(template, path)
        yield f"sqlite:///{path}"
        _remove(path)

    return fresh


@pytest.fixture(scope="session")
def postgres_migrated(postgres: PostgresServer) -> Iterator[Fresh]:
    """Fresh PostgreSQL databases with all tables."""
    with postgres.database() as template:
        migrate(template)
        name = template.partition("@/")[2].partition("?")[0]
        yield lambda: postgres.database(name)


@pytest.fixture(params=list(MIGRATED))
def fresh(request: pytest.FixtureRequest) -> Fresh:
    """Makes migrated databases of one kind."""
    made: Fresh = request.getfixturevalue(
        {"sqlite": "sqlite_migrated", "postgresql": "postgres_migrated"}[request.param]
    )
    return made


@pytest.fixture
def url(fresh: Fresh) -> Iterator[str]:
    """The address of a migrated database."""
    with fresh() as address:
        yield address


@pytest.fixture
def sqlite_url(sqlite_migrated: Fresh) -> Iterator[str]:
    """The address of a migrated SQLite file."""
    with sqlite_migrated() as address:
        yield address


@pytest.fixture(params=list(MIGRATED))
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'empty.db'}"
        return
    with request.getfixturevalue("postgres").database() as address:
        yield address


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """An empty store."""
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: SqlStore) -> SqlDesk:
    """Two co-ops at work."""
    return Desk(store).open()


def _remove(path: Path) -> None:
    for part in path.parent.glob(f"{path.name}*"):
        part.unlink()
