"""Connections: how each of the two databases is opened, read and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from time import sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

BUSY_SECONDS = 10
# A frozen process must not keep a co-op locked for good; nobody at a desk waits longer than this either.
POSTGRESQL_LIMITS = {
    "timezone": "UTC",
    "lock_timeout": "10s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "10s",
}


class Database:
    """One database: ``reading`` gives one consistent snapshot, ``writing`` all or nothing.

    Connections are pooled and may be used from any thread or greenlet, one at a time.
    """

    def __init__(self, url: str, *, limits: dict[str, str] | None = None) -> None:
        self.url = _normal(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url, limits or POSTGRESQL_LIMITS)
        self._writer = self.engine.execution_options(writing=True) if self.is_sqlite else self.engine
        self._reader = self.engine if self.is_sqlite else _snapshots(self.engine)
        # SQLite has one writer at a time. Threads queue here: its own waiting is unfair, and would stop every greenlet.
        self._turn: AbstractContextManager[Any] = Lock() if self.is_sqlite else nullcontext()

    @property
    def name(self) -> str:
        """The address without its password."""
        return self.url.set(drivername=self.url.get_backend_name()).render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one committed state from its first reading to its last."""
        with self._reader.connect() as connection, connection.begin():
            yield connection
        self._let_others_run()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are committed when the block ends, rolled back when it raises."""
        with self._turn, self._writer.begin() as connection:
            yield connection
        self._let_others_run()

    def _let_others_run(self) -> None:
        if self.is_sqlite:
            sleep(0)  # it waits for no socket: under gevent a busy greenlet would never hand over


def in_turns[T](rows: Iterable[T], every: int = 500) -> Iterator[T]:
    """The same; under gevent everybody else runs in between: a month's worth may take a second to decode."""
    for n, row in enumerate(rows, 1):
        yield row
        if n % every == 0:
            sleep(0)


def _normal(url: str) -> URL:
    """psycopg 3 is the only PostgreSQL driver here, whatever the address calls it."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return parsed
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise ValueError(f"DATABASE_URL names {other}: use sqlite:///… or postgresql://…")


def _snapshots(engine: Engine) -> Engine:
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _postgresql(url: URL, limits: dict[str, str]) -> Engine:
    options = " ".join(f"-c {name}={value}" for name, value in limits.items())
    return create_engine(
        url,
        connect_args={"connect_timeout": 5, "options": options, "application_name": "roulement"},
        pool_size=5, max_overflow=10, pool_timeout=10, pool_recycle=1800, pool_pre_ping=True, pool_use_lifo=True,
    )  # fmt: skip


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url, connect_args={"timeout": BUSY_SECONDS}, pool_size=5, max_overflow=10, pool_timeout=BUSY_SECONDS
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late: before the first change, not reading
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
