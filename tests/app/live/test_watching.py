"""The worker watches: what it finds is in the journal, survives it, and everybody hears that somebody looks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.alarms import Alarms
from dashboard.domain.alarm_rules import PACK, POSITIONS, ROUTES
from dashboard.domain.alarm_settings import Limits
from dashboard.domain.orders import Order, Place
from dashboard.domain.times import to_wire
from dashboard.ways import guess
from live import channels
from live.bus import open_redis
from live.watching import Watcher
from live.worker import Worker
from tests.app.live.stage import COOP, Stage
from tests.redis_server import RedisServer
from tests.running import PATIENCE, until


@pytest.fixture
def stage(redis: RedisServer) -> Stage:
    """A co-op with three couriers on shift."""
    stage = Stage(redis)
    for courier in ("lea", "max", "zoe"):
        stage.courier(courier)
    return stage


@contextmanager
def watched(stage: Stage) -> Iterator[Worker]:
    """A worker that watches."""
    worker = Worker(stage.store, stage.redis.url, stage.place_order, time.time)
    alarms = Alarms(stage.store, stage.dispatch, lambda: datetime.now(UTC), lambda _: UTC)
    worker.watcher = Watcher(worker.feed, stage.store, alarms, open_redis(stage.redis.url), guess, time.time)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


def words(stage: Stage) -> list[str]:
    return [entry.kind for entry in stage.store.entries(COOP) if entry.kind.startswith("alarm.")]


def test_an_alarm_outlives_the_worker_that_raised_it(stage: Stage) -> None:
    """Raised once, neither again nor over in the hands of the next worker; over when the order is given."""
    door = Place(60.17, 24.95, before=datetime.now(UTC) + timedelta(minutes=1))
    draft = Order("", COOP, "", Place(60.168, 24.94, "Toscana"), door, datetime.now(UTC))
    order = stage.dispatch.place(COOP, draft, by="test", at=datetime.now(UTC)).order
    with watched(stage) as worker:
        until(lambda: words(stage) == ["alarm.raised"], PATIENCE, "it is not raised")
        until(lambda: worker.feed.board(COOP).alarms.keys() == {f"A1.{order.id}"}, PATIENCE, "it is not on the board")
    with watched(stage) as worker:
        until(lambda: worker.watcher is not None and COOP in worker.watcher.looked, PATIENCE, "it does not look")
        assert worker.watcher
        worker.watcher.look(COOP)
        assert words(stage) == ["alarm.raised"]
        stage.dispatch.assign(COOP, order.id, "lea", expected_version=None, by="ada", at=datetime.now(UTC))
        until(lambda: words(stage) == ["alarm.raised", "alarm.cleared"], PATIENCE, "it is not over")


def test_the_heartbeat_says_that_somebody_watches(stage: Stage) -> None:
    """Another process hears when a worker last looked; without a word for ten seconds nobody does."""
    with stage.feed() as feed, watched(stage):
        began = time.time()
        until(lambda: feed._coop(COOP).watched_at > began, PATIENCE, "no heartbeat says so")
        assert feed.unwatched_since(COOP) is None
    feed._coop(COOP).watched_at -= 11
    assert feed.unwatched_since(COOP) is not None


def test_parts_of_the_system_that_are_away_are_noticed(stage: Stage) -> None:
    """No position of three couriers for 90 s; a web process whose ways are guesses. A worker alone without positions
    notices nothing: there may be no phones."""
    with watched(stage) as worker:
        watcher = worker.watcher
        assert watcher is not None
        until(lambda: stage.listeners() == 1, PATIENCE, "it does not listen")
        assert not watcher._is_silent(COOP, Limits())
        for courier in ("lea", "max", "zoe"):
            stage.ride(courier, t=time.time() - 100)
        until(lambda: watcher._is_silent(COOP, Limits()), PATIENCE, "silence is not noticed")
        assert watcher._ways_by(COOP) is None
        now = to_wire(datetime.now(UTC))
        for by, part in (("tiles", PACK), ("guess", ROUTES)):
            sign = f'{{"since":"{now}","by":"{by}","at":"{now}"}}'
            stage.redis.client().hset(channels.routing(COOP), "web-1", sign)
            assert watcher._ways_by(COOP) == part
        until(lambda: {POSITIONS, ROUTES} <= _waiting(watcher), PATIENCE, "they are not on their way to be alarms")


def _waiting(watcher: Watcher) -> set[str]:
    return {key.partition(".")[2] for key in watcher._minds[COOP].watch.pending} if COOP in watcher._minds else set()
