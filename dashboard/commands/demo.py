"""The demo: everything on this machine, from one command, with nothing to set up."""

from __future__ import annotations

import fcntl
import http.client
import os
import secrets
import signal
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dashboard.commands import city
from dashboard.commands.command import Command, Failed, argument, until_told_to_stop, whole
from dashboard.commands.connections import redis_of
from dashboard.commands.record import bring_up_to_date
from dashboard.commands.web import find_free
from dashboard.people_mail import DEMO_MAIL
from dashboard.settings import Settings
from dashboard.supervisor import GivesUp, Program, Supervisor

LOOK_SECONDS = 0.2


def _demo(asked: Namespace, settings: Settings) -> None:
    settings.home.mkdir(parents=True, exist_ok=True)
    settings = replace(settings, port=asked.port or settings.port, secret_key=_own_secret(settings.home))
    with _alone(settings.home), redis_of(settings) as url:
        find_free("127.0.0.1", settings.port)
        settings = replace(settings, redis_url=url)
        bring_up_to_date(settings)
        city.people_the_demo(settings, asked.couriers)
        _run(asked, settings)


def _run(asked: Namespace, settings: Settings) -> None:
    stopped = until_told_to_stop(signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    path = settings.home / "demo.log"
    with path.open("ab") as log:
        supervisor = Supervisor(_programs(asked), _environ(settings), log, _say)
        try:
            supervisor.start()
            is_told, mail = False, _Mail(settings.home / DEMO_MAIL)
            while not stopped.wait(LOOK_SECONDS):
                supervisor.look()
                mail.tell()
                if not is_told and _is_ready(settings.port):
                    is_told = True
                    _say(f"Roulement is at http://127.0.0.1:{settings.port} — Ctrl-C ends it (log: {path})")
        except GivesUp as reason:
            raise Failed(f"{reason}: see {path}") from reason
        finally:
            supervisor.stop()


class _Mail:
    """What the demo would have sent by mail, said on the terminal instead."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told = path.stat().st_size if path.exists() else 0

    def tell(self) -> None:
        """What has come since."""
        if self._path.exists() and self._path.stat().st_size > self._told:
            with self._path.open() as file:
                file.seek(self._told)
                _say(file.read().strip())
                self._told = file.tell()


def _programs(asked: Namespace) -> list[Program]:
    living = [f"--couriers={asked.couriers}", f"--speed={asked.speed}", f"--seed={asked.seed}"]
    return [
        Program("web process", ["web", "--demo", f"--speed={asked.speed}"]),
        Program("worker", ["worker"]),
        Program("demo city", ["city", "live", *living]),
    ]


def _environ(settings: Settings) -> Mapping[str, str]:
    """The children's: as ours, with what was found out added."""
    return {
        **os.environ, "SECRET_KEY": settings.secret_key, "REDIS_URL": settings.redis_url, "PORT": str(settings.port),
        "WEB_CONCURRENCY": "1", "PYTHONUNBUFFERED": "1", "ROULEMENT_URL": settings.address,
    }  # fmt: skip


def _own_secret(home: Path) -> str:
    """Kept in the home, so that whoever was there before is known again."""
    path = home / "demo-secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return path.read_text()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    with (home / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(
                f"A demo is already running in {home}: end it, or set ROULEMENT_HOME to another folder"
            ) from None
        yield


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {what}", flush=True)


DEMO = Command(
    "demo", "Everything on this machine, with a city that lives: nothing to set up.", (
        *city.LIVING, argument("--port", type=whole(1, 65535), metavar="P", help="the port to serve on"),
    ), _demo,
)  # fmt: skip
