"""A PostgreSQL server of our own for the tests: Debian's binaries, a throw-away cluster, reached by a Unix socket."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

USER = "postgres"
START_SECONDS = 120
SHORT = 40  # characters: the path of a socket has 107 at most
FAST_SHUTDOWN = signal.SIGINT  # whoever is still connected
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server: ``folder`` holds its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """The address of one of its databases, as DATABASE_URL takes it."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Run one statement as the server's owner."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The address of a fresh database, a copy of ``template``; dropped afterwards."""
        name = f"test_{uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server, stop it afterwards and leave nothing behind. RuntimeError if PostgreSQL is not installed."""
    place = "/tmp" if len(tempfile.gettempdir()) > SHORT else None
    folder = Path(tempfile.mkdtemp(prefix="roulement-pg-", dir=place))
    try:
        shutil.chown(folder, **_owner())
        data = folder / "data"
        _run("initdb", "-D", str(data), "-U", USER, "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8")
        with _running(folder, data):
            yield PostgresServer(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path, data: Path) -> Iterator[None]:
    # What is written here is thrown away: no need to wait for any disk.
    settings = {
        "listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off", "full_page_writes": "off",
        "synchronous_commit": "off", "max_connections": "200", "shared_buffers": "64MB", "autovacuum": "off",
    }  # fmt: skip
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binary("postgres"), "-D", str(data), *options], stdout=log, stderr=log, cwd=folder, **_as_owner(),
            preexec_fn=_end_with_the_tests,
        )  # fmt: skip
    try:
        _wait_until_ready(server, folder)
        yield
    finally:
        server.send_signal(FAST_SHUTDOWN)
        server.wait(START_SECONDS)


def binary(name: str) -> str:
    """The path of one of PostgreSQL's programs, of the newest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise RuntimeError(f"{name} is missing, and these tests need it: apt-get install postgresql")
    return path


def _end_with_the_tests() -> None:
    """However the tests end, killed too, the server does not stay behind."""
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, FAST_SHUTDOWN)


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(PostgresServer(folder).url("postgres")).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}") from None
            time.sleep(0.02)


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run([binary(program), *arguments], capture_output=True, text=True, cwd="/", **_as_owner())
    if done.returncode != 0:
        raise RuntimeError(f"{program} failed: {done.stderr}")


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as Debian's user for it."""
    if os.geteuid() != 0:
        return {"user": os.geteuid(), "group": os.getegid()}
    account = pwd.getpwnam(USER)
    return {"user": account.pw_uid, "group": account.pw_gid}


def _as_owner() -> dict[str, Any]:
    return {**_owner(), "extra_groups": []} if os.geteuid() == 0 else {}
