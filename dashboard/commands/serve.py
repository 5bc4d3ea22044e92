"""The two kinds of processes that run in production, any number of each."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Event
from zoneinfo import ZoneInfo

from uuid_utils import uuid7

from dashboard.alarms import Alarms
from dashboard.api.intake import placing
from dashboard.browser_code import NotBuilt, find_browser_code
from dashboard.cities import Cities
from dashboard.commands.command import LOG_FORMAT, Command, Failed, argument, now, record, speed, until_told_to_stop
from dashboard.commands.connections import dispatch_of, redis_of
from dashboard.exports.calendars import Planned
from dashboard.history_cache import HistoryCache
from dashboard.incidents import Photo
from dashboard.preparing import preparing
from dashboard.repeating import Making, Repeating
from dashboard.retention import Keeping, Point
from dashboard.settings import Settings
from dashboard.store import SqlStore
from dashboard.ways import guess
from dashboard.webhooks import Sending, sender
from live.bus import open_redis
from live.fleet import Fleet
from live.leash import start_leashed
from live.loops import in_background
from live.watching import Watcher
from live.worker import Worker


def _web(asked: Namespace, settings: Settings) -> int:
    settings.require_secret()
    _check(settings)
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


def _worker(_: Namespace, settings: Settings) -> None:
    _check(settings)
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with record(settings) as store, redis_of(settings) as url:
        dispatch = dispatch_of(store, replace(settings, redis_url=url))
        worker = Worker(store, url, placing(dispatch, now), time.time)
        stopped = until_told_to_stop(signal.SIGTERM, signal.SIGINT)
        cities = Cities(store, settings.home, settings.city)

        def zone(coop: str) -> ZoneInfo:
            return ZoneInfo(cities.time_zone(coop))

        repeating = Repeating(store, dispatch, zone, lambda: str(uuid7()))
        alarms = Alarms(store, dispatch, now, zone)
        making = Making(repeating, store, now, stopped)
        worker.watcher = Watcher(worker.feed, store, alarms, open_redis(url), guess, time.time, making.absent)
        worker.start()
        reading = in_background(preparing(store, HistoryCache(settings.histories), stopped), stopped)
        sending = Sending(store.webhooks, store, sender(is_open=settings.webhook_targets == "any"), now, stopped)
        telling = in_background(sending.step, stopped)
        keeping = keeping_of(store, worker.feed.fleets, now, stopped)
        purging = in_background(keeping.step, stopped)
        repeated = in_background(making.step, stopped)
        stopped.wait()
        worker.stop()
        for each in (reading, telling, purging, repeated):
            each.join(timeout=5)
        sending.close()


def keeping_of(
    store: SqlStore, fleets: Callable[[], Mapping[str, Fleet]], clock: Callable[[], datetime], stopped: Event
) -> Keeping:
    """What the worker keeps for a time only, on the record."""
    plans, traces = store.plans(Planned), store.traces(Point)

    def sessions(before: datetime) -> int:
        with store.changing_people() as rows:
            return rows.forget_sessions(before)

    def links(before: datetime) -> int:
        with store.changing_people() as rows:
            return rows.forget_links(before)

    forget = {
        "looks": traces.forget_looks, "planned_shifts": plans.forget, "webhook_deliveries": store.webhooks.forget,
        "photos": store.photos(Photo).forget,
        "sessions": sessions, "links": links,
    }  # fmt: skip
    return Keeping(store, traces, fleets, forget, clock, stopped)


def _check(settings: Settings) -> None:
    with record(settings) as store:
        store.ping()


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
WORKER = Command(
    "worker", "Send heartbeats, take in orders from the stream, place recurring ones, keep last positions, "
    "watch for alarms.", run=_worker,
)  # fmt: skip
