"""What is measured. Each case returns rows of figures; docs/performance.md says what they have to be."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.bench.accounts import accounts
from tests.bench.alarms import alarms
from tests.bench.arrivals import arrivals
from tests.bench.candidates import candidates
from tests.bench.desk import COOP, measured_desk, pinned, redis_pids, server_pids
from tests.bench.find import find
from tests.bench.measure import HERE, ROOT, SERVER_CORE, Run, memory_kb, middle, node, publisher, watch
from tests.bench.plans import plans
from tests.bench.replay import replay
from tests.bench.rows import rows
from tests.bench.soak import soak
from tests.redis_server import RedisServer, free_port
from tests.running import Desk, descendants, until

Row = dict[str, Any]


@dataclass(frozen=True)
class Pace:
    """How long and how often: ``runs`` of ``seconds`` each, after ``warm_s``."""

    runs: int = 5
    seconds: float = 20
    warm_s: float = 5


def ours(desk: Desk, couriers: int, viewers: int, batch: int, pace: Pace) -> Run:
    """One run against a running desk."""
    lasting = pace.warm_s + pace.seconds + viewers / 100 + 8
    publishing = publisher(desk.redis.url, COOP, couriers, batch=batch, seconds=lasting)
    load = node(
        "viewers.mjs",
        {"url": desk.url(), "token": desk.token, "viewers": viewers, "couriers": couriers,
         "warm_s": pace.warm_s, "seconds": pace.seconds},
    )  # fmt: skip
    return watch(
        load, publishing, warm_s=pace.warm_s, seconds=pace.seconds, server=server_pids(desk), redis=redis_pids(desk)
    )


def positions(couriers: int, viewers: int, batch: int, pace: Pace) -> Row:
    """Publish → applied, CPU and bytes at one size; and that a frame is encoded once, whoever looks."""
    with measured_desk(couriers) as desk:
        runs, encoded = [], []
        for _ in range(pace.runs):
            before = desk.metric("roulement_frames_encoded_total")
            begun = time.monotonic()
            runs.append(ours(desk, couriers, viewers, batch, pace))
            encoded.append((desk.metric("roulement_frames_encoded_total") - before) / (time.monotonic() - begun))
        size = {"couriers": couriers, "viewers": viewers, "batch": batch}
        return size | middle(runs) | {"encoded_per_s": round(max(encoded), 2)}


def small_city(pace: Pace) -> list[Row]:
    """1,000 couriers, 50 viewers: p99 at most 110 ms."""
    return [positions(1_000, 50, 1, pace)]


def large_city(pace: Pace) -> list[Row]:
    """20,000 couriers as single messages, 100 viewers: p99 at most 150 ms on at most 30 % of a core."""
    return [positions(20_000, 100, 1, pace)]


def knee(pace: Pace) -> list[Row]:
    """Where it bends: couriers × viewers."""
    sizes = [
        (1_000, 200, 1), (1_000, 500, 1), (5_000, 100, 1), (20_000, 50, 500), (20_000, 200, 500),
        (50_000, 50, 500), (100_000, 20, 500),
    ]  # fmt: skip
    return [positions(couriers, viewers, batch, pace) for couriers, viewers, batch in sizes]


def peers(pace: Pace) -> list[Row]:
    """The usual ways, 1,000 couriers and 50 viewers each, on the same cores in the same hour."""
    return [
        {"way": "roulement"} | positions(1_000, 50, 1, pace),
        {"way": "node socket.io"} | _beside(_node_peer, "viewers.mjs", pace),
        {"way": "dcc.Interval, figure"} | _beside(_dash_peer("figure"), "pollers.mjs", pace),
        {"way": "dcc.Interval, Patch"} | _beside(_dash_peer("patch"), "pollers.mjs", pace),
    ]


def memory(pace: Pace) -> list[Row]:
    """Server memory per viewer: at most 60 kB."""
    rows: list[Row] = []
    with measured_desk(1_000) as desk:
        worker = server_pids(desk)[-1]
        ours(desk, 1_000, 10, 1, Pace(1, 5, 3))  # what is loaded with the first viewers is not theirs
        for viewers in (10, 200, 400):
            publishing = publisher(desk.redis.url, COOP, 1_000, batch=1, seconds=pace.seconds + 15)
            load = node(
                "viewers.mjs",
                {"url": desk.url(), "token": desk.token, "viewers": viewers, "couriers": 1_000,
                 "warm_s": 3, "seconds": pace.seconds},
            )  # fmt: skip
            assert load.stdout is not None
            load.stdout.readline()
            time.sleep(3 + pace.seconds / 2)
            rows.append({"viewers": viewers, "server_kb": memory_kb(worker)})
            load.wait(120)
            publishing.wait(60)
    span = rows[-1]["viewers"] - rows[0]["viewers"]
    return [*rows, {"kb_per_viewer": round((rows[-1]["server_kb"] - rows[0]["server_kb"]) / span, 1)}]


def backlog(pace: Pace) -> list[Row]:
    """Ten minutes of 20,000 couriers: the last minute is no later than the first."""
    rows = []
    with measured_desk(20_000) as desk:
        worker = server_pids(desk)[-1]
        for minute in range(10):
            run = ours(desk, 20_000, 100, 1, Pace(1, 50, pace.warm_s))
            rows.append({"minute": minute, "server_kb": memory_kb(worker)} | middle([run]))
    return rows


def crowd(pace: Pace) -> list[Row]:
    """The map's groups and ways: processor time of the page for each change of the board and each picture."""
    rows: list[Row] = []
    for couriers, orders in ((40, 60), (500, 300)):
        load = node("crowd.mjs", {"couriers": couriers, "orders": orders, "rounds": 100 * pace.runs})
        rows.append(json.loads(load.communicate(timeout=600)[0]))
    return rows


Peer = Callable[[str], tuple[Sequence[str], int, Mapping[str, Any]]]


def _beside(peer: Peer, script: str, pace: Pace) -> Row:
    """The medians of a peer under the same load."""
    redis = RedisServer().start()
    try:
        pids = [redis._process.pid] if redis._process else []
        pinned(pids)
        with _serving(peer, redis.url) as (process, options):
            runs = []
            for _ in range(pace.runs):
                publishing = publisher(redis.url, COOP, 1_000, batch=1, seconds=pace.warm_s + pace.seconds + 8)
                load = node(script, {**options, "viewers": 50, "couriers": 1_000, "warm_s": pace.warm_s,
                                     "seconds": pace.seconds})  # fmt: skip
                server = descendants(process.pid)
                runs.append(
                    watch(load, publishing, warm_s=pace.warm_s, seconds=pace.seconds, server=server, redis=pids)
                )
            return middle(runs)
    finally:
        redis.kill()


@contextmanager
def _serving(peer: Peer, redis: str) -> Iterator[tuple[subprocess.Popen[bytes], Mapping[str, Any]]]:
    command, port, options = peer(redis)
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        until(lambda: _listens(port), 60, f"{command[0]} did not start")
        yield process, options
    finally:
        process.terminate()
        process.wait(20)


def _listens(port: int) -> bool:
    import socket

    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def _node_peer(redis: str) -> tuple[Sequence[str], int, Mapping[str, Any]]:
    port = free_port()
    options = {"redis": redis, "coop": COOP, "port": port, "couriers": 1_000}
    command = ["node", str(HERE / "peers" / "node_socketio.mjs"), json.dumps(options)]
    return command, port, {"url": f"http://127.0.0.1:{port}", "token": "", "ack": False}


def _dash_peer(way: str) -> Peer:
    def peer(redis: str) -> tuple[Sequence[str], int, Mapping[str, Any]]:
        port = free_port()
        factory = f"tests.bench.peers.dash_interval:app('{redis}', '{COOP}', '{way}')"
        command = [
            sys.executable, "-m", "gunicorn", "-k", "gevent", "--no-control-socket", "-b", f"127.0.0.1:{port}", factory,
        ]  # fmt: skip
        body = (
            '{"output":"map.figure","outputs":{"id":"map","property":"figure"},"inputs":[{"id":"tick",'
            '"property":"n_intervals","value":1}],"changedPropIds":["tick.n_intervals"],"state":[]}'
        )
        return command, port, {"url": f"http://127.0.0.1:{port}", "body": body}

    return peer


CASES: Mapping[str, Callable[[Pace], list[Row]]] = {
    "small_city": small_city, "large_city": large_city, "peers": peers, "memory": memory, "knee": knee,
    "backlog": backlog, "soak": lambda pace: soak(max(3, round(pace.seconds / 60))),
    "alarms": lambda _: list(alarms()),
    "accounts": lambda pace: accounts(pace.runs), "arrivals": lambda _: arrivals(),
    "candidates": lambda pace: candidates(pace.runs),
    "plans": lambda pace: plans(pace.runs),
    "find": lambda pace: find(pace.runs),
    "replay": lambda pace: replay(pace.runs),
    "rows": lambda pace: list(rows(pace.seconds)),
    "crowd": crowd,
}  # fmt: skip
