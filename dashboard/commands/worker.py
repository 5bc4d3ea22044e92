"""The process that works behind the desk; any number of them run in production."""

from __future__ import annotations

import logging
import signal
import time
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from threading import Event
from zoneinfo import ZoneInfo

from uuid_utils import uuid7

from dashboard.alarms import Alarms
from dashboard.api.intake import placing
from dashboard.cities import Cities
from dashboard.commands.command import LOG_FORMAT, Command, now, ping, record, until_told_to_stop
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
from live.loops import in_background
from live.watching import Watcher
from live.worker import Worker


def _worker(_: Namespace, settings: Settings) -> None:
    ping(settings)
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


WORKER = Command(
    "worker", "Send heartbeats, take in orders from the stream, place recurring ones, keep last positions, "
    "watch for alarms.", run=_worker,
)  # fmt: skip
