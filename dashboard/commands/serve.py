"""The two kinds of processes that run in production, any number of each."""

from __future__ import annotations

import logging
import signal
import socket
from argparse import Namespace
from dataclasses import replace

from dashboard.commands.command import LOG_FORMAT, Command, Failed, argument, record, until_told_to_stop
from dashboard.commands.connections import redis_of
from dashboard.settings import Settings


def _web(asked: Namespace, settings: Settings) -> None:
    settings.require_secret()
    _check(settings)
    find_free("127.0.0.1" if asked.demo else "", settings.port)
    from dashboard.server import Web  # brings gevent, which no other command needs

    with redis_of(settings) as url:
        Web(replace(settings, redis_url=url), is_demo=asked.demo).run()


def _worker(_: Namespace, settings: Settings) -> None:
    _check(settings)
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    from dashboard.app import create_worker  # brings everything, which no other command needs

    with record(settings) as store, redis_of(settings) as url:
        worker = create_worker(store, url)
        worker.start()
        until_told_to_stop(signal.SIGTERM, signal.SIGINT).wait()
        worker.stop()


def _check(settings: Settings) -> None:
    with record(settings) as store:
        store.ping()


def find_free(host: str, port: int) -> None:
    """Failed when somebody else listens there."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        raise Failed(f"Port {port} cannot be used ({error.strerror}): set PORT to another one") from error


WEB = Command(
    "web", "Serve the desk (gunicorn; WEB_CONCURRENCY processes; SIGTERM drains).",
    (argument("--demo", action="store_true", help="on this machine alone, and open to everybody on it"),), _web,
)  # fmt: skip
WORKER = Command("worker", "Send heartbeats, take in orders from the stream, keep last positions.", run=_worker)
