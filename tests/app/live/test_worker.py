"""The worker on a real Redis: heartbeats, last positions, orders by stream."""

import json
import time

import pytest

from dashboard.domain.refusals import Invalid
from live import intake
from tests.app.live.stage import COOP, Stage
from tests.redis_server import RedisServer
from tests.running import PATIENCE, SLACK, until

LAST = f"last:{{{COOP}}}"
INTAKE = f"intake:{{{COOP}}}"
REJECTED = f"intake-rejected:{{{COOP}}}"


@pytest.fixture
def stage(redis: RedisServer) -> Stage:
    """A co-op with two couriers on shift."""
    stage = Stage(redis)
    stage.courier("lea")
    stage.courier("max")
    return stage


def last(stage: Stage) -> dict[str, dict[str, float]]:
    """What last:{coop} holds."""
    return {str(name, "utf-8"): json.loads(fix) for name, fix in stage.redis.client().hgetall(LAST).items()}


def test_a_heartbeat_each_second_carries_the_newest_seq(stage: Stage) -> None:
    """On the channel of each co-op."""
    subscription = stage.redis.client().pubsub()
    subscription.subscribe(f"journal:{{{COOP}}}")
    with stage.worker():
        heard = [(time.monotonic(), each["data"]) for each, _ in zip(subscription.listen(), range(4), strict=False)]
    beats = [(at, json.loads(data)) for at, data in heard if isinstance(data, bytes)]
    assert [beat for _, beat in beats] == [{"heartbeat": 4}] * 3
    assert 0.8 < beats[2][0] - beats[1][0] < 1.3
    subscription.close()


def test_the_last_fix_of_each_courier_is_kept_for_five_minutes_at_most(stage: Stage) -> None:
    """As the contract writes it, and not longer than 300 s."""
    with stage.worker() as worker:
        until(lambda: stage.listeners() == 1, PATIENCE, "it does not listen")
        now = time.time()
        stage.ride("lea", t=now - 1, heading=90)
        stage.ride("lea", lat=60.2, t=now, battery=0.5)
        stage.ride("max", t=now)
        until(lambda: len(last(stage)) == 2, PATIENCE, "not written")
        until(lambda: last(stage)["lea"]["lat"] == 60.2, PATIENCE, "not the newest")
        assert last(stage)["lea"] == {"courier": "lea", "lat": 60.2, "lon": 24.94, "t": now, "battery": 0.5}
        assert 0 < stage.redis.client().ttl(LAST) <= 300
        assert worker.feed.counters.counts["fixes"] == 3


@pytest.mark.parametrize("action", ["break", "end"])
def test_who_leaves_is_gone_within_a_second(stage: Stage, action: str) -> None:
    """The others stay, and a fix that comes afterwards is not written."""
    with stage.worker() as worker:
        until(lambda: stage.listeners() == 1, PATIENCE, "it does not listen")
        stage.ride("lea")
        stage.ride("max")
        until(lambda: len(last(stage)) == 2, PATIENCE, "not written")
        stage.shift(action, "lea")
        until(lambda: "lea" not in last(stage), 1.0 + SLACK, "still there after a second")
        stage.ride("lea", lat=12.345678)
        until(lambda: worker.feed.counters.refused["off_shift"] == 1, PATIENCE, "not refused")
        stage.ride("max", lat=60.3)
        until(lambda: last(stage)["max"]["lat"] == 60.3, PATIENCE, "the next writing")
        assert set(last(stage)) == {"max"}


def test_what_an_earlier_worker_left_is_tidied_up(stage: Stage) -> None:
    """Fixes of couriers who are not on shift any more, or whom nobody knows; those of others stay."""
    fix = {"courier": "lea", "lat": 60.17, "lon": 24.94, "t": time.time()}
    left = {"lea": json.dumps(fix), "max": json.dumps(fix | {"courier": "max"}), "who": json.dumps(fix)}
    stage.redis.client().hset(LAST, mapping=left)
    stage.shift("end", "max")
    with stage.worker():
        until(lambda: set(last(stage)) == {"lea"}, PATIENCE, "not tidied up")


def test_last_positions_are_back_after_redis_forgot_everything(stage: Stage) -> None:
    """Written again without a new fix."""
    with stage.worker():
        until(lambda: stage.listeners() == 1, PATIENCE, "it does not listen")
        stage.ride("lea")
        until(lambda: last(stage), PATIENCE, "not written")
        stage.redis.kill()
        stage.redis.start()
        until(lambda: last(stage), PATIENCE, "not written again")


def test_an_order_of_the_stream_is_placed_and_acknowledged(stage: Stage) -> None:
    """After the commit; the entry is gone from the stream and from the list of pending ones."""
    client = stage.redis.client()
    with stage.worker() as worker:
        for name in ("Ida", "Eve"):
            client.xadd(INTAKE, {"order": json.dumps({"for": name})})
        until(lambda: worker.feed.counters.counts["orders_taken_in"] == 2, PATIENCE, "not taken in")
        until(lambda: client.xlen(INTAKE) == 0, PATIENCE, "not removed")
        assert client.xpending(INTAKE, "roulement")["pending"] == 0
    orders = stage.store.orders(COOP).orders
    assert [order.dropoff.name for order in orders] == ["Ida", "Eve"]
    assert client.xlen(REJECTED) == 0


def test_an_unusable_entry_is_kept_aside_with_the_reason(stage: Stage) -> None:
    """No JSON, no field, or refused by the desk; the usable one between them is placed."""
    client = stage.redis.client()

    def place_order(coop: str, document: bytes, key: str) -> None:
        if b"mars" in document:
            raise Invalid("We do not ride to {place}", place="Mars")
        stage.place_order(coop, document, key)

    client.xadd(INTAKE, {"order": b"\xff{"})
    client.xadd(INTAKE, {"something": "else"})
    client.xadd(INTAKE, {"order": json.dumps({"for": "mars"})})
    client.xadd(INTAKE, {"order": json.dumps({"for": "Ida"})})
    with stage.worker(place_order):
        until(lambda: client.xlen(REJECTED) == 3, PATIENCE, "not kept aside")
        until(lambda: len(stage.store.orders(COOP).orders) == 1, PATIENCE, "the usable one was not placed")
    kept = [fields for _, fields in client.xrange(REJECTED)]
    assert kept[0][b"order"] == b"\xff{"
    assert kept[0][b"reason"]
    assert b"no field" in kept[1][b"reason"]
    assert kept[2][b"reason"] == b"We do not ride to Mars"
    assert client.xpending(INTAKE, "roulement")["pending"] == 0


def test_an_order_that_a_dead_worker_left_is_placed_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader died after the commit and before the acknowledgement: the order comes again and is the same order."""
    monkeypatch.setattr(intake, "ABANDONED_MS", 200)
    client = stage.redis.client()
    client.xgroup_create(INTAKE, "roulement", id="0", mkstream=True)
    id = client.xadd(INTAKE, {"order": json.dumps({"for": "Ida"})}).decode()  # noqa: A001
    document = client.xreadgroup("roulement", "dead", {INTAKE: ">"})[0][1][0][1][b"order"]
    stage.place_order(COOP, document, intake._key(id, document))
    with stage.worker() as worker:
        until(lambda: worker.feed.counters.counts["orders_taken_in"] == 1, PATIENCE, "not claimed")
        until(lambda: client.xlen(INTAKE) == 0, PATIENCE, "not removed")
    assert len(stage.store.orders(COOP).orders) == 1


def test_an_order_is_not_acknowledged_while_the_record_is_away(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure that is nobody's fault is tried again until the order is placed."""
    monkeypatch.setattr(intake, "ABANDONED_MS", 200)
    failures = iter([OSError("the database is away"), RuntimeError("still away")])

    def place_order(coop: str, document: bytes, key: str) -> None:
        for failure in failures:
            raise failure
        stage.place_order(coop, document, key)

    client = stage.redis.client()
    client.xadd(INTAKE, {"order": json.dumps({"for": "Ida"})})
    with stage.worker(place_order):
        until(lambda: len(stage.store.orders(COOP).orders) == 1, PATIENCE, "not tried again")
        until(lambda: client.xlen(INTAKE) == 0, PATIENCE, "not removed")
    assert client.xlen(REJECTED) == 0


def test_the_intake_goes_on_after_redis_forgot_the_group(stage: Stage) -> None:
    """FLUSHALL takes the stream and its group away; the next order is taken in all the same."""
    client = stage.redis.client()
    with stage.worker() as worker:
        for number, name in enumerate(("Ida", "Eve"), start=1):
            client.xadd(INTAKE, {"order": json.dumps({"for": name})})
            until(lambda n=number: worker.feed.counters.counts["orders_taken_in"] == n, PATIENCE, "not taken in")  # type: ignore[misc]
            client.flushall()


def test_two_workers_share_the_orders(stage: Stage) -> None:
    """A hundred orders, each placed once."""
    client = stage.redis.client()
    with stage.worker(), stage.worker():
        for number in range(100):
            client.xadd(INTAKE, {"order": json.dumps({"for": str(number)})})
        until(lambda: len(stage.store.orders(COOP, limit=200).orders) == 100, PATIENCE, "not all were placed")
        until(lambda: client.xlen(INTAKE) == 0, PATIENCE, "not all were removed")
    names = sorted(int(order.dropoff.name) for order in stage.store.orders(COOP, limit=200).orders)
    assert names == list(range(100))
