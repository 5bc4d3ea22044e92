"""A small day, played into a whole desk: HTTP server, worker, Redis."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import msgspec
import pytest
from werkzeug.serving import make_server

from dashboard.access import digest
from dashboard.api.intake import placing
from dashboard.app import Application, create_app, now
from dashboard.domain.events import Entry
from dashboard.ports import Coop, Token
from live import channels
from live.fixes import Fix
from live.replay import DeskAway, NotAllowed, Outcome, replay
from live.replay.origin import CITY, bounds
from live.worker import Worker
from tests.app.conftest import settings_for
from tests.mdrp import invent_day, write_day
from tests.redis_server import RedisServer
from tests.running import PATIENCE, until


class Hours:
    """A clock that moves on by a fifth of a second each time somebody sleeps, and not before the orders that were sent
    are taken in: so the day does not depend on how busy the machine is."""

    def __init__(self, redis: RedisServer) -> None:
        self.now = now()
        self._redis = redis

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, _: float) -> None:
        with self._redis.client() as client:
            until(lambda: not client.xlen(channels.intake("away")), PATIENCE, "what was sent is not taken in")
        self.now += timedelta(seconds=0.2)


@dataclass
class Desk:
    """A running desk of the co-op ``away``, and what came by its positions channel."""

    application: Application
    redis: RedisServer
    url: str
    positions: list[Fix]

    def play(self, folder: Path, **more: object) -> Outcome:
        """A minute of the day for each step."""
        hours = Hours(self.redis)
        given: dict[str, object] = {
            "base_url": self.url, "token": "secret of the desk", "coop": "away", "redis": self.redis.client(),
            "speed": 300.0, "policy": "nearest", "clock": hours, "sleep": hours.sleep,
        }  # fmt: skip
        return replay(folder, **{**given, **more})  # type: ignore[arg-type]

    def entries(self) -> list[Entry]:
        return list(self.application.store.entries("away", limit=100_000))


@pytest.fixture
def running(home: Path) -> Iterator[Desk]:
    """Web process and worker in this process, on free ports."""
    redis = RedisServer().start()
    settings = replace(settings_for(home), redis_url=redis.url)
    application = create_app(settings, async_mode="threading")
    application.store.add_coop(Coop("away", "Away", CITY))
    application.store.add_token(Token("t", "away", "dispatcher", digest("secret of the desk"), "replay"))
    application.store.add_token(Token("u", "away", "member", digest("secret of a member"), "member"))
    worker = Worker(application.store, redis.url, placing(application.dispatch, now), time.time)
    server = make_server("127.0.0.1", 0, application.flask, threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    positions: list[Fix] = []
    with redis.client() as client, client.pubsub(ignore_subscribe_messages=True) as heard:
        heard.subscribe(**{channels.positions("away"): lambda message: positions.extend(_fixes(message["data"]))})
        listening = heard.run_in_thread(sleep_time=0.1, daemon=True)
        serving.start()
        worker.start()
        yield Desk(application, redis, f"http://127.0.0.1:{server.server_port}", positions)
        listening.stop()
        listening.join()
    worker.stop()
    server.shutdown()
    serving.join()
    application.store.close()
    redis.kill()


def _fixes(message: bytes) -> list[Fix]:
    return msgspec.json.decode(message, type=list[Fix])


def test_a_day_goes_through_the_public_doors(running: Desk, tmp_path: Path) -> None:
    """Every order of the day is placed, accepted, cooked, assigned, picked up and delivered, by couriers whose shifts
    begin and end, and who are seen on their way; the share that is behind grows to one."""
    folder, shares = invent_day(tmp_path / "day", orders=8, couriers=6, minutes=60), []
    outcome = running.play(folder, progress=shares.append)
    kinds = Counter(entry.kind for entry in running.entries())
    assert kinds.pop("order.ready", 0) <= 8, "what is picked up in the very minute needs no word from the kitchen"
    assert kinds == {
        "courier.added": 6, "courier.shift_started": 6, "courier.shift_ended": 6, "order.placed": 8,
        "order.accepted": 8, "order.assigned": 8, "order.picked_up": 8, "order.delivered": 8,
    }  # fmt: skip
    assert (outcome.orders, outcome.delivered) == (8, 8)
    assert outcome.click_to_door is not None
    assert outcome.click_to_door < 40
    assert shares == sorted(shares)
    assert shares[-1] == 1
    west, south, east, north = bounds()
    assert {fix.courier for fix in running.positions} == {f"c{n}" for n in range(1, 7)}
    assert all(west <= fix.lon <= east and south <= fix.lat <= north for fix in running.positions)
    spots = Counter(courier for courier, _, _ in {(fix.courier, fix.lat, fix.lon) for fix in running.positions})
    assert max(spots.values()) > 3, "somebody was seen on the way"


def test_somebody_at_the_desk_hands_out_the_orders(running: Desk, tmp_path: Path) -> None:
    """Without a policy nobody does it but the people at the desk, and couriers do as they say."""
    folder = write_day(
        tmp_path / "day", restaurants=["r1 0 0"], couriers=["c1 0 0 0 40", "c2 0 0 0 40"],
        orders=["o1 320 0 1 r1 3", "o2 640 0 1 r1 3"],
    )  # fmt: skip
    desk = threading.Thread(target=_hand_all_to, args=(running, "c2"), daemon=True)
    desk.start()
    outcome = running.play(folder, policy=None)
    desk.join()
    assert outcome.delivered == 2
    assigned = [entry for entry in running.entries() if entry.kind == "order.assigned"]
    assert [(entry.actor, entry.data["changes"]["courier"]) for entry in assigned] == [("lea", "c2")] * 2


def _hand_all_to(running: Desk, courier: str) -> None:
    store, dispatch = running.application.store, running.application.dispatch
    until(
        lambda: len(store.orders("away").orders) == 2 and store.courier("away", courier) is not None,
        PATIENCE,
        "the orders and the courier are not there",
    )
    until(
        lambda: (found := store.courier("away", courier)) is not None and found.shift == "on",
        PATIENCE,
        "the courier is not on shift",
    )
    for order in store.orders("away").orders:
        dispatch.assign("away", order.id, courier, expected_version=None, by="lea", at=now())


def test_redis_may_go_and_come_back(running: Desk, tmp_path: Path) -> None:
    """Killed in the middle of the day, Redis costs nothing but time: every order is still delivered once."""
    folder = invent_day(tmp_path / "day", orders=8, couriers=6, minutes=90, seed=2)

    def cut(share: float) -> None:
        if share > 0.2 and not cuts:
            cuts.append(share)
            running.redis.kill()  # with the orders of this minute in it
            running.redis.start()

    cuts: list[float] = []
    outcome = running.play(folder, progress=cut)
    delivered = [entry.subject for entry in running.entries() if entry.kind == "order.delivered"]
    assert cuts
    assert len(delivered) == len(set(delivered)) == outcome.delivered == 8


def test_an_interrupted_day_leaves_nobody_on_shift(running: Desk, tmp_path: Path) -> None:
    """Ctrl-C ends the shifts that the replay began; the next replay begins with the couriers who are there."""
    folder = invent_day(tmp_path / "day", orders=3, couriers=2, minutes=60)

    def interrupt(share: float) -> None:
        if share > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        running.play(folder, progress=interrupt)
    assert {courier.shift for courier in running.application.store.couriers("away")} == {"off"}
    with pytest.raises(KeyboardInterrupt):
        running.play(folder, progress=interrupt)
    assert [courier.id for courier in running.application.store.couriers("away")] == ["c1", "c2"]


def test_what_is_missing_at_the_beginning_is_said(running: Desk, tmp_path: Path) -> None:
    """No desk, a token of another role, and a co-op without a worker's heartbeat: each in one line."""
    folder = invent_day(tmp_path / "day", orders=1, couriers=1, minutes=30)
    with pytest.raises(DeskAway, match="GET /couriers: "):
        running.play(folder, base_url="http://127.0.0.1:1")
    with pytest.raises(NotAllowed, match="use a dispatcher's"):
        running.play(folder, token="secret of a member")
    hours = (now() + timedelta(seconds=3 * n) for n in count())
    with pytest.raises(DeskAway, match="start `roulement worker`"):
        running.play(folder, coop="nowhere", clock=lambda: next(hours))
