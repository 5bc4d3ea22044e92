"""The process that serves the desk: any number of each, and of its workers, run in production."""

from __future__ import annotations

import os
import signal
import socket
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence

from dashboard.browser_code import NotBuilt, find_browser_code
from dashboard.commands.command import Command, Failed, argument, ping, speed
from dashboard.commands.connections import redis_of
from dashboard.settings import Settings
from live.leash import start_leashed


def _web(asked: Namespace, settings: Settings) -> int:
    settings.require_secret()
    ping(settings)
    _check_browser_code()
    find_free("127.0.0.1" if asked.demo else "", settings.port)
    command = [sys.executable, "-m", "dashboard.server", *(["--demo", str(asked.speed)] if asked.demo else [])]
    if settings.redis_url:
        os.execv(command[0], command)  # noqa: S606  signals go to gunicorn itself
    with redis_of(settings) as url:
        return _serve(command, {**os.environ, "REDIS_URL": url})


def _serve(command: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run the server beside our own Redis; what we are told is passed on to it."""
    server = start_leashed(command, env=dict(environ), start_new_session=True)
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, lambda number, _: server.send_signal(number))
    return server.wait()


def _check_browser_code() -> None:
    try:
        find_browser_code()
    except NotBuilt as error:
        raise Failed(str(error)) from error


def find_free(host: str, port: int) -> None:
    """Failed when somebody else listens there."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        raise Failed(f"Port {port} cannot be used ({error.strerror}): set PORT to another one") from error


WEB = Command(
    "web", "Serve the desk (gunicorn; WEB_CONCURRENCY processes; SIGTERM drains).",
    (
        argument("--demo", action="store_true", help="on this machine alone, and open to everybody on it"),
        argument("--speed", type=speed, default=1.0, metavar="X", help="how fast the demo's city lives"),
    ),
    _web,
)  # fmt: skip
