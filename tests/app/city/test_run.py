"""The demo against a real record and a real Redis."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from uuid_utils import uuid7

from dashboard.dispatch import Dispatch
from dashboard.ports import Coop
from dashboard.store import SqlStore, open_store
from live import channels
from live.bus import open_redis
from live.city.pack import CityError, CityPack, invented_pack
from live.demo.run import COOP, hire, last_seen, moments_a_second, run
from live.fixes import Fix
from live.routes import CityRouter
from tests.redis_server import RedisServer
from tests.running import STARTING, until


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """A server of the test's own."""
    server = RedisServer().start()
    yield server
    server.kill()


@pytest.fixture
def store(home: Path) -> Iterator[SqlStore]:
    """An empty record."""
    opened = open_store(f"sqlite:///{home / 'roulement.db'}")
    yield opened
    opened.close()


@contextmanager
def living(store: SqlStore, redis: RedisServer, pack: CityPack, **terms: Any) -> Iterator[None]:
    """The demo in a thread, ended afterwards."""
    stopped = threading.Event()
    dispatch = Dispatch(store, lambda entry: None, lambda: str(uuid7()))
    thread = threading.Thread(
        target=run,
        args=(store, dispatch, open_redis(redis.url), pack, CityRouter(lambda coop: pack), now, stopped),
        kwargs={"couriers": 12, "speed": 200.0, **terms},
    )
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(STARTING)
        assert not thread.is_alive(), "the demo does not end"


def _listen(redis: RedisServer) -> Any:
    listener = redis.client().pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
    listener.subscribe(channels.positions(COOP.id))
    return listener


def _kinds(store: SqlStore) -> list[str]:
    return [entry.kind for entry in store.entries(COOP.id, limit=10**6)]


def test_it_delivers_and_publishes(store: SqlStore, redis: RedisServer, pack: CityPack) -> None:
    """From an empty record to a delivered meal: couriers hired, on shift, located in batches, at the real time."""
    listener = _listen(redis)
    with living(store, redis, pack):
        until(lambda: "order.delivered" in _kinds(store), STARTING, "no order is delivered")
        batches: list[list[Fix]] = []
        while len(batches) < 8:
            message = listener.get_message(timeout=1)
            if message:
                batches.append(msgspec.json.decode(message["data"], type=list[Fix]))
    listener.close()

    coop = store.coop(COOP.id)
    assert coop == replace(COOP, city="helsinki")
    assert len(store.couriers(COOP.id)) == 12
    assert max(len(batch) for batch in batches) >= 6
    times = {fix.t for batch in batches for fix in batch}
    assert all(abs(t - time.time()) < STARTING + 5 for t in times)
    west, south, east, north = pack.bounds
    assert all(west <= fix.lon <= east and south <= fix.lat <= north for batch in batches for fix in batch)


def test_it_goes_on_where_it_was(store: SqlStore, redis: RedisServer, pack: CityPack) -> None:
    """A second run hires nobody twice and carries on with the same journal."""
    with living(store, redis, pack):
        until(lambda: "order.picked_up" in _kinds(store), STARTING, "no order is picked up")
    before = _kinds(store)

    with living(store, redis, pack):
        until(
            lambda: _kinds(store).count("order.delivered") > before.count("order.delivered"),
            STARTING,
            "no more is delivered",
        )

    after = _kinds(store)
    assert after[: len(before)] == before
    assert after.count("courier.added") == 12


def test_it_lives_on_without_redis(store: SqlStore, redis: RedisServer, pack: CityPack) -> None:
    """When Redis dies positions are lost, but orders go on; when it is back, so are the positions."""
    with living(store, redis, pack):
        until(lambda: "order.accepted" in _kinds(store), STARTING, "no order is accepted")
        redis.kill()
        killed_at = len(_kinds(store))
        until(lambda: len(_kinds(store)) > killed_at + 10, STARTING, "life does not go on")
        redis.start()
        listener = _listen(redis)
        until(lambda: listener.get_message(timeout=0.2) is not None, STARTING, "no position comes")
        listener.close()


def test_a_smaller_demo_sends_the_others_home(store: SqlStore, pack: CityPack) -> None:
    """Couriers whom a smaller demo does not move are off shift; whoever is not of the demo is left alone."""
    dispatch = Dispatch(store, lambda entry: None, lambda: str(uuid7()))
    hire(store, dispatch, pack, 10, now())
    dispatch.add_courier(COOP.id, "guest", "Guest", by="user:desk", at=now())
    everybody = [courier.id for courier in store.couriers(COOP.id)]
    for courier in everybody:
        dispatch.shift(COOP.id, courier, "start", by="user:desk", at=now())

    hire(store, dispatch, pack, 4, now())

    on = [courier.id for courier in store.couriers(COOP.id) if courier.shift == "on"]
    assert len(everybody) == 11
    assert len(on) == 5
    assert "guest" in on


def test_a_city_that_cannot_be_lived_in_is_refused(store: SqlStore, redis: RedisServer, pack: CityPack) -> None:
    """An invented city, or another one than last time, is refused with what to do."""
    dispatch = Dispatch(store, lambda entry: None, lambda: str(uuid7()))
    nowhere = invented_pack("mdrp", (0, 0, 1, 1))
    with pytest.raises(CityError, match="mdrp has no places to eat"):
        run(store, dispatch, open_redis(redis.url), nowhere, CityRouter(lambda coop: nowhere), now, threading.Event())

    store.add_coop(Coop(COOP.id, "Elsewhere", "krems"))
    with pytest.raises(CityError, match="rides in krems, not in helsinki"):
        hire(store, dispatch, pack, 4, now())


def test_where_couriers_were_last_seen(redis: RedisServer) -> None:
    """The last known positions are where couriers start again; without Redis nobody knows."""
    client = open_redis(redis.url)
    client.hset(channels.last(COOP.id), "lea", '{"courier":"lea","lat":60.17,"lon":24.94,"t":1.0}')
    assert last_seen(client) == {"lea": (24.94, 60.17)}

    redis.kill()

    assert last_seen(open_redis(redis.url)) == {}


@pytest.mark.parametrize(("speed", "moments"), [(0.5, 1.0), (1, 1.0), (3, 3.0), (10, 5.0), (120, 10.0), (1000, 20.0)])
def test_fast_demos_live_more_often(speed: float, moments: float) -> None:
    """Once a second in real time, five times when it runs fast, more only where a moment would grow too long."""
    assert moments_a_second(speed) == moments
