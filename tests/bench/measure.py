"""What a process costs, read from /proc; and programs held to one core."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

SERVER_CORE, LOAD_CORE = "0", "1"
HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TOO_BUSY = 0.70  # a generator busier than this measures itself: the run is void


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of the processes so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_kb(pid: int) -> int:
    """Resident memory of a process."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


def on_load_core(command: Sequence[str]) -> subprocess.Popen[str]:
    """A load generator, away from the server's core."""
    return subprocess.Popen(["taskset", "-c", LOAD_CORE, *command], stdout=subprocess.PIPE, text=True, cwd=ROOT)


def publisher(redis: str, coop: str, couriers: int, *, batch: int, seconds: float) -> subprocess.Popen[str]:
    """Couriers that report once a second."""
    return on_load_core(
        [sys.executable, "-m", "tests.bench.publisher", "--redis", redis, "--coop", coop, "--couriers", str(couriers),
         "--batch", str(batch), "--seconds", str(seconds)]
    )  # fmt: skip


def node(script: str, options: dict[str, Any]) -> subprocess.Popen[str]:
    """A Node load generator; its options go as JSON."""
    return on_load_core(["node", str(HERE / script), json.dumps(options)])


@dataclass(frozen=True)
class Run:
    """One run: what the viewers saw, and what the server spent meanwhile."""

    seen: dict[str, Any]
    server_cpu: float  # cores
    redis_cpu: float  # cores
    generator_busy: float

    @property
    def void(self) -> bool:
        """Whether the load was too busy to be believed."""
        return self.generator_busy > TOO_BUSY


def watch(
    load: subprocess.Popen[str], publishing: subprocess.Popen[str], *, warm_s: float, seconds: float,
    server: Sequence[int], redis: Sequence[int],
) -> Run:  # fmt: skip
    """Measure the server over the very span in which the load counts."""
    assert load.stdout is not None
    assert publishing.stdout is not None
    load.stdout.readline()  # connected
    time.sleep(warm_s)
    before = cpu_seconds(server), cpu_seconds(redis)
    time.sleep(seconds)
    spent = cpu_seconds(server) - before[0], cpu_seconds(redis) - before[1]
    seen = json.loads(load.stdout.readline())
    sent = json.loads(publishing.stdout.readline())
    load.wait(30)
    publishing.wait(60)
    return Run(seen, spent[0] / seconds, spent[1] / seconds, seen["busy"] + sent["busy"])


def middle(runs: Sequence[Run]) -> dict[str, Any]:
    """Medians over the runs that count, with the range of the latency."""
    counted = [run for run in runs if not run.void]
    if not counted:
        return {"void": len(runs), "generator_busy": median(run.generator_busy for run in runs)}
    names = ("p50_ms", "p99_ms", "worst_ms", "bytes_per_viewer_s", "frames_per_viewer_s")
    figures: dict[str, Any] = {name: median(run.seen[name] for run in counted) for name in names}
    return figures | {
        "p99_range_ms": [min(run.seen["p99_ms"] for run in counted), max(run.seen["p99_ms"] for run in counted)],
        "server_cpu": round(median(run.server_cpu for run in counted), 4),
        "redis_cpu": round(median(run.redis_cpu for run in counted), 4),
        "generator_busy": round(median(run.generator_busy for run in counted), 3),
        "runs": len(counted),
        "void": len(runs) - len(counted),
    }
