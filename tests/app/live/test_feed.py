"""The feed on a real Redis: what it hears, what it misses, and how it finds out."""

import json
import random
import time
from datetime import UTC, datetime

import pytest

from dashboard.ports import Coop
from live.feed import SILENCE
from tests.app.live.stage import COOP, Stage
from tests.redis_server import RedisServer
from tests.running import PATIENCE, SLACK, until


@pytest.fixture
def stage(redis: RedisServer) -> Stage:
    """A co-op with a courier on shift."""
    stage = Stage(redis)
    stage.courier()
    return stage


def test_changes_and_positions_are_heard(stage: Stage) -> None:
    """An announced entry moves the board on, a published fix is where the courier is."""
    with stage.feed() as feed:
        stage.told.clear()
        stage.shift("break")
        until(lambda: feed.board(COOP).couriers["lea"].shift == "break", PATIENCE, "the entry was not heard")
        stage.shift("resume")
        until(lambda: feed.board(COOP).couriers["lea"].shift == "on", PATIENCE, "the entry was not heard")
        stage.ride(lat=60.5)
        until(lambda: (fix := feed.newest(COOP, "lea")) and fix.lat == 60.5, PATIENCE, "the fix was not heard")
        assert [entry.kind for entry in stage.told] == ["courier.break_started", "courier.break_ended"]


def test_ten_thousand_messages_of_nonsense_leave_it_running(stage: Stage) -> None:
    """Random bytes, deep JSON, numbers that are none, 1 MB: refused, counted, and the next fix is heard."""
    chance = random.Random(4)
    now = time.time()
    good = {"courier": "lea", "lat": 60.17, "lon": 24.94, "t": now}

    def nonsense(number: int) -> bytes:
        match number % 8:
            case 0:
                return chance.randbytes(chance.randrange(200))
            case 1:
                return b"[" * chance.randrange(1, 3000)
            case 2:
                return b'{"courier":"lea","lat":NaN,"lon":Infinity,"t":1e999}'
            case 3:
                return json.dumps(good | {chance.choice(list(good)): chance.choice([None, [], {}, "x", True])}).encode()
            case 4:
                return json.dumps([good | {"lat": chance.uniform(91, 1e300)}, 7, None]).encode()
            case 5:
                return json.dumps(good | {"courier": chance.choice(["", "nobody", "\x00", "é" * 500])}).encode()
            case 6:
                return (b'{"a":' * 1500) + b"1" + b"}" * 1500
            case _:
                return b"x" * 1_000_000 if number % 400 == 7 else b'"' + chance.randbytes(30) + b'"'

    with stage.feed() as feed:
        pipe = stage.redis.client().pipeline(transaction=False)
        for number in range(10_000):
            pipe.publish(f"positions:{{{COOP}}}", nonsense(number))
            if number % 500 == 499:
                pipe.execute()
        until(lambda: feed.counters.counts["messages"] == 10_000, PATIENCE, "not all were read")
        assert set(feed.counters.refused) >= {
            "too_large",
            "malformed",
            "wrong_shape",
            "unknown_courier",
            "out_of_range",
        }
        assert feed.newest(COOP, "lea") is None
        stage.ride()
        until(lambda: feed.newest(COOP, "lea"), PATIENCE, "the feed is deaf")
        assert feed.counters.counts["subscriptions_lost"] == 0


def test_nonsense_on_the_journal_channel_leaves_it_running(stage: Stage) -> None:
    """It is counted, and what was announced after it is heard."""
    with stage.feed() as feed:
        for message in (b"", b"\xff\xff", b"[]", b"{}", b'{"seq":1e9}', b"x" * 1_000_000):
            stage.redis.client().publish(f"journal:{{{COOP}}}", message)
        until(lambda: feed.counters.counts["bad_announcements"] == 6, PATIENCE, "not all were read")
        stage.shift("end")
        until(stage_is_known(stage), PATIENCE, "the entry was not heard")


def test_an_entry_that_was_not_announced_is_found_by_the_heartbeat(stage: Stage) -> None:
    """And told like any other."""
    with stage.feed() as feed:
        stage.dispatch._announce = lambda _: None
        stage.told.clear()
        before = feed.board(COOP).seq
        stage.shift("end")
        assert feed.board(COOP).seq == before
        stage.beat()
        until(lambda: feed.board(COOP).seq == before + 1, PATIENCE, "the heartbeat did not tell")
        assert [entry.seq for entry in stage.told] == [before + 1]
        assert feed.counters.counts["caught_up"] >= 1


def test_nothing_is_missed_or_doubled_while_redis_dies_and_comes_back(stage: Stage) -> None:
    """Entries made while it is away arrive without it; those made afterwards by announcement; each once, in order."""
    with stage.feed() as feed:
        stage.told.clear()
        first = feed.board(COOP).seq
        stage.redis.kill()
        until(lambda: feed.stale_since(COOP), PATIENCE, "it does not notice")
        problem = feed.problem()
        assert problem is not None
        assert "Redis does not answer" in problem
        for action in ("break", "resume", "break"):
            stage.shift(action)
        until(lambda: feed.board(COOP).seq == first + 3, PATIENCE, "the journal is not read while Redis is away")
        stage.redis.start()
        until(lambda: stage.listeners() == 1, 5 + SLACK, "it does not come back within 5 s")
        stage.shift("resume")
        stage.beat()
        until(lambda: feed.board(COOP).seq == first + 4, PATIENCE, "the entry was not heard")
        until(lambda: feed.stale_since(COOP) is None and feed.problem() is None, PATIENCE, "it still says stale")
        assert [entry.seq for entry in stage.told] == list(range(first + 1, first + 5))


def test_a_lost_subscription_is_noticed_at_once(stage: Stage) -> None:
    """A connection that Redis closes is a new subscription and a look at the journal, not silence."""
    with stage.feed() as feed:
        for number in range(1, 6):
            stage.redis.client().client_kill_filter(_type="pubsub")
            until(lambda n=number: feed.counters.counts["subscriptions_lost"] == n, PATIENCE, "not noticed")  # type: ignore[misc]
            until(lambda: stage.listeners() == 1, PATIENCE, "not built anew")
        stage.ride()
        until(lambda: feed.newest(COOP, "lea"), PATIENCE, "deaf")


def test_silence_is_not_ready_and_builds_the_subscription_anew(stage: Stage) -> None:
    """Connected, but without a heartbeat for 3 s: stale first, then not ready, and a new subscription."""
    with stage.feed() as feed:
        began = time.monotonic()
        stage.beat()
        until(lambda: feed.problem() is None, PATIENCE, "a heartbeat makes it ready")
        until(lambda: feed.stale_since(COOP), 2.0 + SLACK, "stale within 2 s")
        until(lambda: feed.problem(), PATIENCE, "not ready")
        assert SILENCE - 0.1 < time.monotonic() - began < SILENCE + 1 + SLACK
        until(lambda: feed.counters.counts["subscriptions"] == 2, PATIENCE, "no new subscription")
        until(lambda: stage.listeners() == 1, PATIENCE, "not built anew")
        stage.beat()
        until(lambda: feed.problem() is None and feed.stale_since(COOP) is None, PATIENCE, "a heartbeat heals it")


def test_it_is_not_ready_before_the_first_heartbeat(stage: Stage) -> None:
    """However quickly it has subscribed."""
    with stage.feed() as feed:
        problem = feed.problem()
        assert problem is not None
        assert "worker" in problem


def test_a_new_coop_is_found(stage: Stage) -> None:
    """Without a restart, within seconds."""
    with stage.feed() as feed:
        stage.store.add_coop(Coop("brno", "Brno"))
        until(lambda: "brno" in feed.fleets(), PATIENCE, "not found")
        until(lambda: stage.redis.client().pubsub_numsub("positions:{brno}")[0][1] == 1, PATIENCE, "not listened to")
        stage.dispatch.add_courier("brno", "max", "Max", by="test", at=datetime.now(UTC))
        until(lambda: "max" in feed.board("brno").couriers, PATIENCE, "not heard")


def test_a_new_process_knows_where_everybody_was(stage: Stage) -> None:
    """From last:{coop}; of who is off shift nothing is taken from there."""
    fix = {"courier": "lea", "lat": 60.17, "lon": 24.94, "t": time.time()}
    last = {"lea": json.dumps(fix), "gone": json.dumps(fix | {"courier": "gone"}), "bad": "\xff"}
    stage.redis.client().hset(f"last:{{{COOP}}}", mapping=last)
    with stage.feed() as feed:
        until(lambda: feed.newest(COOP, "lea"), PATIENCE, "not taken")
        assert feed.newest(COOP, "gone") is None


def stage_is_known(stage: Stage):  # type: ignore[no-untyped-def]
    return lambda: stage.told and stage.told[-1].seq == stage.store.head(COOP).seq
