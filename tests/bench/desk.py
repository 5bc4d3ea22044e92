"""The installation that is measured: all of it on one core, the load on the other."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.measure import SERVER_CORE
from tests.running import COOP, Desk, descendants

__all__ = ["COOP", "measured_desk", "pinned", "redis_pids", "server_pids"]


@contextmanager
def measured_desk(couriers: int) -> Iterator[Desk]:
    """A desk with so many couriers on shift (c0, c1, …), every process of it on the server's core."""
    with tempfile.TemporaryDirectory(prefix="roulement-bench-") as home:
        desk = Desk(Path(home), couriers=couriers)
        try:
            desk.start()
            pinned([*server_pids(desk), *redis_pids(desk), *descendants(_pid(desk.worker.process))])
            yield desk
        finally:
            desk.stop()


def pinned(pids: list[int]) -> None:
    """Hold these processes, all their threads, to the server's core."""
    for pid in pids:
        subprocess.run(["taskset", "-a", "-p", "-c", SERVER_CORE, str(pid)], check=True, stdout=subprocess.DEVNULL)


def server_pids(desk: Desk) -> list[int]:
    """gunicorn and its worker of the first web process."""
    return descendants(_pid(desk.webs[0].process))


def redis_pids(desk: Desk) -> list[int]:
    """The Redis of the desk."""
    return [_pid(desk.redis._process)]


def _pid(process: subprocess.Popen[bytes] | None) -> int:
    assert process is not None, "not started"
    return process.pid
