"""The demo as a person starts it: one command, everything, and nothing left behind."""

from __future__ import annotations

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.app.commands import Said, Shell
from tests.redis_server import free_port

PATIENCE = 300.0
"""Seconds for whatever is waited for, on a machine that does much else: how fast it is, the benchmarks say."""

pytestmark = pytest.mark.timeout(900)


def wait_for[T](what: str, look: Callable[[], T]) -> T:
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, f"waited {PATIENCE:.0f} s for {what}"
        time.sleep(0.1)
    return found


@dataclass
class Demo:
    """A demo that runs, its port, and all processes that it has brought to life so far."""

    process: subprocess.Popen[str]
    port: int
    home: Path

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return json.load(answer)

    def is_ready(self) -> bool:
        assert self.process.poll() is None, f"the demo ended: {(self.home / 'demo.log').read_text()[-2000:]}"
        try:
            return bool(self.get("/readyz")["status"] == "ready")
        except OSError:
            return False

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def find(self, part: str) -> psutil.Process | None:
        """A process of the demo with this in its command line."""
        for each in self.children():
            with contextlib.suppress(psutil.Error):
                if part in " ".join(each.cmdline()):
                    return each
        return None

    def journal(self, after: int) -> list[dict[str, Any]]:
        """Up to 1,000 entries."""
        entries: list[dict[str, Any]] = self.get(f"/api/v1/journal?limit=1000&after={after}")["entries"]
        return entries

    def kept(self) -> list[str]:
        """The hashes of all entries in the database."""
        with sqlite3.connect(self.home / "roulement.db") as record:
            return [row[0] for row in record.execute("SELECT hash FROM journal ORDER BY seq")]

    def end(self, how: signal.Signals) -> None:
        """End it, and see to it that none of its processes is left."""
        children = self.children()
        self.process.send_signal(how)
        self.process.wait(PATIENCE)
        wait_for("all its processes to end", lambda: not any(each.is_running() for each in children))


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory: pytest.TempPathFactory, cities: Path) -> Path:
    """Whose past is written by the first demo in it."""
    home = tmp_path_factory.mktemp("demo")
    (home / "cities").symlink_to(cities)
    return home


@pytest.fixture
def start(demo_home: Path) -> Iterator[Callable[[], Demo]]:
    """Starts the demo on one home, again and again; what is left at the end is killed."""
    port, started = free_port(), list[Demo]()

    def begin() -> Demo:
        command = [
            sys.executable,
            "-m",
            "dashboard.cli",
            "demo",
            "--port",
            str(port),
            "--couriers",
            "4",
            "--speed",
            "20",
        ]
        process = subprocess.Popen(command, env=Shell(demo_home).environ, stdout=subprocess.PIPE, text=True)
        started.append(Demo(process, port, demo_home))
        wait_for("the demo to be ready", started[-1].is_ready)
        return started[-1]

    yield begin
    for demo in started:
        if demo.process.poll() is None:
            for each in demo.children():
                each.kill()
            demo.process.kill()
            demo.process.wait()


def test_the_demo_lives_keeps_what_happened_and_leaves_nothing_behind(start: Callable[[], Demo]) -> None:
    """Ready, it prints its address and lives; ended by Ctrl-C and started again it knows all of it still.

    However it ends, by Ctrl-C or kill -9, none of its processes is left.
    """
    first = start()
    said = first.process.stdout
    assert said is not None
    assert f"http://127.0.0.1:{first.port}" in said.readline()
    past = len(first.kept())
    wait_for("the city to live", lambda: len(first.journal(past)) > 8)
    first.end(signal.SIGINT)
    assert first.process.returncode == 0
    kept = first.kept()

    again = start()
    assert again.kept()[: len(kept)] == kept
    lived = [entry["hash"] for entry in again.journal(past)]
    assert lived[: len(kept) - past] == kept[past : past + 1000]
    again.end(signal.SIGKILL)


def test_what_is_killed_comes_back(start: Callable[[], Demo]) -> None:
    """The web process, the worker and Redis are each started again; then the demo is ready as before.

    A second demo on the same home or port, meanwhile, says in one line why it cannot be.
    """
    demo = start()
    shell, elsewhere = Shell(demo.home), Shell(demo.home / "elsewhere")
    assert f"already running in {demo.home}" in refused(shell.run("demo", "--port", str(free_port())))
    assert f"Port {demo.port}" in refused(elsewhere.run("demo", "--port", str(demo.port)))
    for part in ("dashboard.server", "worker", "redis-server"):
        killed = demo.find(part)
        assert killed
        killed.kill()
        wait_for(f"{part} to be another", lambda part=part, killed=killed: demo.find(part) not in (None, killed))  # type: ignore[misc]
        wait_for(f"the demo to be ready without the first {part}", demo.is_ready)
    demo.end(signal.SIGTERM)


def refused(said: Said) -> str:
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    return said.err
