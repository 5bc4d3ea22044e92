"""A phone's request to the whole program, with a real Redis behind it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from dashboard.access import digest
from dashboard.app import Application, create_app, now
from dashboard.ports import Coop, Token
from live import channels
from live.bus import open_redis
from live.phones.publishing import Publisher
from tests.app.conftest import settings_for
from tests.phones import SECRET
from tests.redis_server import RedisServer
from tests.running import SLACK

SECONDS = 20.0


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """A Redis of this test's own."""
    server = RedisServer().start()
    yield server
    server.kill()


@pytest.fixture
def desk(home: Path, redis: RedisServer) -> Iterator[Application]:
    """A web process that listens to Redis; Lea is on shift."""
    application = create_app(replace(settings_for(home), redis_url=redis.url), async_mode="threading")
    application.store.add_coop(Coop("acme", "Acme"))
    application.store.add_token(Token(str(uuid4()), "acme", "courier", digest(SECRET), "Lea", "lea"))
    application.dispatch.add_courier("acme", "lea", "Lea", by="test", at=now() - timedelta(hours=1))
    application.dispatch.shift("acme", "lea", "start", by="test", at=now() - timedelta(minutes=10))
    application.start()
    yield application
    application.stop()


def send(desk: Application, lat: float) -> int:
    """A fix of this moment, as OsmAnd sends it; the status of the answer."""
    query = {"id": SECRET, "lat": lat, "lon": 24.94, "timestamp": now().timestamp(), "accuracy": 5}
    return desk.flask.test_client().get("/ingest/traccar", query_string=query).status_code


def test_a_position_is_on_every_screen_that_listens(desk: Application, redis: RedisServer) -> None:
    """What comes through the door goes over the positions channel, back into the process's fleet, and is counted."""
    deadline = time.monotonic() + SECONDS
    while desk.feed.newest("acme", "lea") is None:  # the subscription may need a moment
        assert send(desk, 60.17) == 200
        assert time.monotonic() < deadline, "the position did not come back from Redis"
        time.sleep(0.05)
    measures = desk.flask.test_client().get("/metrics").text
    assert 'roulement_phone_reports_total{outcome="accepted"}' in measures
    desk.dispatch.shift("acme", "lea", "end", by="test", at=now())
    desk.feed.catch_up("acme")
    with redis.client() as client, client.pubsub() as heard:
        heard.subscribe(channels.positions("acme"))
        assert heard.get_message(timeout=SECONDS)["type"] == "subscribe"
        assert send(desk, 60.18) == 200
        client.publish(channels.positions("acme"), b"[]")
        assert heard.get_message(timeout=SECONDS)["data"] == b"[]", "off shift nothing is published"
    assert desk.feed.newest("acme", "lea") is None


def test_a_killed_redis_is_no_error_of_the_phone(desk: Application, redis: RedisServer) -> None:
    """While Redis is away phones get their 200, and quickly; afterwards their positions come again."""
    redis.kill()
    began = time.monotonic()
    assert send(desk, 60.17) == 200
    assert time.monotonic() - began < 1.0 + SLACK
    redis.start()
    deadline = time.monotonic() + 2 * SECONDS
    while desk.feed.newest("acme", "lea") is None:
        assert send(desk, 60.17) == 200
        assert time.monotonic() < deadline, "positions did not come back"
        time.sleep(0.05)


def test_publishing_tells_whether_redis_took_it(redis: RedisServer) -> None:
    """The message is on the co-op's channel as it was given; without Redis the answer is no, and no exception."""
    publish = Publisher(open_redis(redis.url))
    with redis.client() as client, client.pubsub() as heard:
        heard.subscribe(channels.positions("acme"))
        assert heard.get_message(timeout=SECONDS)["type"] == "subscribe"
        assert publish("acme", b'{"courier":"lea"}')
        assert json.loads(heard.get_message(timeout=SECONDS)["data"]) == {"courier": "lea"}
    redis.kill()
    assert not publish("acme", b"{}")
