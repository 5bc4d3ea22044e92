"""The memory of a whole demo that runs ten times as fast as life, with pages open: it has to stay flat."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from live.demo.run import COOP
from tests.bench.measure import ROOT, memory_kb, node
from tests.redis_server import free_port
from tests.running import until

VIEWERS = 10
SPEED = 10
LOOKS_A_MINUTE = 6
SETTLING = 2
"""Minutes in which everything is loaded for the first time: growth counts from there."""
PROGRAMS = {"web": "dashboard.server", "worker": "dashboard.cli worker", "city": "city live", "redis": "redis-server"}


@dataclass(frozen=True)
class Demo:
    """A demo that runs: its environment, address and process."""

    environ: Mapping[str, str]
    url: str
    process: subprocess.Popen[bytes]

    def roulement(self, *command: str) -> str:
        """What a command says in the demo's home."""
        return subprocess.run(
            [sys.executable, "-m", "dashboard.cli", *command], env=dict(self.environ), cwd=ROOT, check=True,
            capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip

    def memory_kb(self) -> dict[str, int]:
        """Resident memory by program."""
        found = dict.fromkeys(PROGRAMS, 0)
        for child in psutil.Process(self.process.pid).children(recursive=True):
            line = " ".join(child.cmdline())
            for name, part in PROGRAMS.items():
                if part in line:
                    found[name] += memory_kb(child.pid)
        return found


def soak(minutes: int) -> list[dict[str, Any]]:
    """Memory by program in each minute (medians), then its growth in percent since the demo had settled."""
    with _demo() as demo:
        token = demo.roulement("token", "add", "--coop", COOP.id, "--role", "dispatcher", "--name", "Soak")
        load = node(
            "viewers.mjs",
            {"url": demo.url, "token": token.split()[-1], "viewers": VIEWERS, "couriers": 100, "warm_s": 1,
             "seconds": minutes * 60},
        )  # fmt: skip
        try:
            rows = [{"minute": minute} | _minute(demo) for minute in range(minutes)]
            frames = load.communicate(timeout=60)[0].splitlines()[-1]
        finally:
            load.kill()
    begun, ended = rows[min(SETTLING, minutes - 1)], rows[-1]
    growth = {name: round(100 * (ended[name] / begun[name] - 1), 1) for name in PROGRAMS}
    return [*rows, {"growth_percent": growth, "seen": frames}]


def _minute(demo: Demo) -> dict[str, int]:
    looks = []
    for _ in range(LOOKS_A_MINUTE):
        time.sleep(60 / LOOKS_A_MINUTE)
        looks.append(demo.memory_kb())
    return {name: int(median(look[name] for look in looks)) for name in PROGRAMS}


@contextmanager
def _demo() -> Iterator[Demo]:
    with tempfile.TemporaryDirectory(prefix="roulement-soak-") as home:
        port, log = free_port(), Path(home) / "said.log"
        environ = os.environ | {"ROULEMENT_HOME": home, "PYTHONUNBUFFERED": "1"}
        with log.open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "dashboard.cli", "demo", f"--port={port}", f"--speed={SPEED}"],
                env=environ, cwd=ROOT, stdout=said, stderr=said,
            )  # fmt: skip
        try:
            until(lambda: b"Roulement is at" in log.read_bytes(), 180, "the demo did not start")
            yield Demo(environ, f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()
            process.wait(30)
