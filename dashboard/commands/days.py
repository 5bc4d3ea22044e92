"""Days to look at and to measure by: an MDRP instance played live, and the benchmarks."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from redis.exceptions import RedisError

from dashboard.access import digest, new_secret
from dashboard.commands.command import Command, Failed, argument, now, record, speed
from dashboard.commands.connections import redis_of
from dashboard.commands.people import coop_id
from dashboard.commands.progress import share
from dashboard.ports import Coop, Store, Token
from dashboard.settings import Settings

BENCH = Path(__file__).parents[2] / "tests" / "bench"


def _replay(asked: Namespace, settings: Settings) -> None:
    from live.bus import open_redis
    from live.replay import BadInstance, DeskAway, NotAllowed, replay

    with record(settings) as store, redis_of(settings) as url, _key(store, asked.coop) as token:
        try:
            outcome = replay(
                asked.directory, base_url=asked.url or f"http://127.0.0.1:{settings.port}", token=token,
                coop=asked.coop, redis=open_redis(url), speed=asked.speed, policy=asked.policy, clock=now,
                sleep=time.sleep, progress=lambda done: share("The day", done),
            )  # fmt: skip
        except (BadInstance, NotAllowed) as error:
            raise Failed(str(error)) from error
        except (DeskAway, RedisError) as error:
            raise Failed(
                f"{error}: are `roulement web` and `roulement worker` running, with these settings?"
            ) from error
    print(outcome)


def _simulate(asked: Namespace, _: Settings) -> None:
    from dashboard.domain.events import entry_to_wire
    from live.replay.chronicle import journal
    from live.replay.figures import summary, write_solution
    from live.replay.loader import load
    from live.replay.simulate import simulate
    from live.replay.table import BadInstance

    try:
        day = simulate(load(asked.directory), asked.policy, lambda done: share("The day", done))
        figures = {"instance": day.instance.name, "policy": asked.policy, **summary(day)}
        asked.out.mkdir(parents=True, exist_ok=True)
        write_solution(day, asked.out)
        (asked.out / "summary.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
        with (asked.out / "journal.jsonl").open("w", encoding="utf-8") as lines:
            for entry in journal(day, asked.policy):
                lines.write(json.dumps(entry_to_wire(entry), ensure_ascii=False) + "\n")
    except BadInstance as error:
        raise Failed(str(error)) from error
    except OSError as error:
        raise Failed(f"{asked.out} cannot be written ({error.strerror}): choose another folder with --out") from error
    print(json.dumps(figures))


@contextmanager
def _key(store: Store, coop: str) -> Iterator[str]:
    """A token for as long as the replay lasts; the co-op, in a city that is nowhere, is made if it is not there."""
    if not store.coop(coop):
        store.add_coop(Coop(coop, f"Replay {coop}", "invented"))
    secret = new_secret()
    token = Token(str(uuid4()), coop, "dispatcher", digest(secret), "replay")
    store.add_token(token)
    try:
        yield secret
    finally:
        store.remove_token(coop, token.id)


def _bench(asked: Namespace, _: Settings) -> int:
    if not (BENCH / "__main__.py").exists():
        raise Failed("`roulement bench` measures a checkout: run it from one, with `make bench`")
    command = [sys.executable, "-m", "tests.bench", *asked.arguments]
    return subprocess.run(command, cwd=BENCH.parents[1], check=False).returncode  # noqa: S603


REPLAY = Command(
    "replay", "Play an MDRP instance, live, into a running desk: its streets are nowhere, and the page says so.", (
        argument("directory", type=Path, metavar="DIR", help="the folder of the instance"),
        argument("--speed", type=speed, default=1.0, metavar="X", help="how many times as fast as life"),
        argument("--coop", type=coop_id, default="replay", metavar="ID", help="the co-op to play it in"),
        argument("--policy", choices=("nearest",), help="hand orders out too; else whoever is at the desk does"),
        argument("--url", help="where the desk is; this machine, at PORT, unless given"),
    ), _replay,
)  # fmt: skip
SIMULATE = Command(
    "simulate", "Play an MDRP instance as fast as possible, without a server; writes solution, summary and journal.", (
        argument("directory", type=Path, metavar="DIR", help="the folder of the instance"),
        argument("--policy", choices=("nearest", "suggest", "plan"), default="plan", help="how orders are handed out"),
        argument("--out", type=Path, required=True, metavar="DIR", help="where the results go"),
    ), _simulate,
)  # fmt: skip
MEASURE = Command(
    "bench", "Measure the desk on this machine (docs/performance.md).",
    (argument("arguments", nargs="...", metavar="ARGUMENT", help="for tests/bench"),), _bench,
)  # fmt: skip
