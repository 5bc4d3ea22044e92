"""The demo as a person starts it: one command, everything, and nothing left behind."""

from __future__ import annotations

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.app.commands import Said, Shell
from tests.redis_server import free_port
from tests.running import until

PATIENCE = 300.0
"""Seconds for whatever is waited for, on a machine that does much else: how fast it is, the benchmarks say."""

pytestmark = pytest.mark.timeout(900)


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
        until(lambda: not any(each.is_running() for each in children), PATIENCE, "not all its processes end")


@dataclass
class Evening:
    """A demo that lived, was ended by Ctrl-C and started again: what it knew then, and how the second one runs."""

    said: str
    status: int
    past: int
    kept: list[str]
    again: Demo


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory, cities: Path) -> Iterator[Evening]:
    """One for all tests: to start a demo takes four programs and two months of past. What is left is killed."""
    home, port = tmp_path_factory.mktemp("demo"), free_port()
    (home / "cities").symlink_to(cities)
    started: list[Demo] = []

    def start() -> Demo:
        arguments = ["--port", str(port), "--couriers", "4", "--speed", "60"]
        command = [sys.executable, "-m", "dashboard.cli", "demo", *arguments]
        process = subprocess.Popen(command, env=Shell(home).environ, stdout=subprocess.PIPE, text=True)
        started.append(Demo(process, port, home))
        until(started[-1].is_ready, PATIENCE, "the demo is not ready")
        return started[-1]

    try:
        first = start()
        assert first.process.stdout is not None
        said, past = first.process.stdout.readline(), len(first.kept())
        until(lambda: len(first.journal(past)) > 8, PATIENCE, "the city does not live")
        first.end(signal.SIGINT)
        yield Evening(said, first.process.returncode, past, first.kept(), start())
    finally:
        for demo in started:
            if demo.process.poll() is None:
                for each in demo.children():
                    each.kill()
                demo.process.kill()
                demo.process.wait()


def test_started_again_it_knows_all_of_it_still(evening: Evening) -> None:
    """Ready, it prints its address and lives; ended by Ctrl-C, which leaves no process, it has lost nothing."""
    assert f"http://127.0.0.1:{evening.again.port}" in evening.said
    assert evening.status == 0
    past, kept = evening.past, evening.kept
    assert evening.again.kept()[: len(kept)] == kept
    lived = [entry["hash"] for entry in evening.again.journal(past)]
    assert lived[: len(kept) - past] == kept[past : past + 1000]


def test_another_one_says_why_it_cannot_be(evening: Evening) -> None:
    """On the same home, or on the same port: in one line."""
    demo = evening.again
    shell, elsewhere = Shell(demo.home), Shell(demo.home / "elsewhere")
    assert f"already running in {demo.home}" in refused(shell.run("demo", "--port", str(free_port())))
    assert f"Port {demo.port}" in refused(elsewhere.run("demo", "--port", str(demo.port)))


def test_what_is_killed_comes_back(evening: Evening) -> None:
    """The web process, the worker and Redis are each started again; then the demo is ready as before."""
    demo = evening.again
    for part in ("dashboard.server", "worker", "redis-server"):
        killed = demo.find(part)
        assert killed
        killed.kill()
        until(
            lambda part=part, killed=killed: demo.find(part) not in (None, killed), PATIENCE, f"no other {part} comes"
        )  # type: ignore[misc]
        until(demo.is_ready, PATIENCE, f"the demo is not ready without the first {part}")


def test_killed_itself_it_leaves_nothing_behind(evening: Evening) -> None:
    """After kill -9 none of its processes is left."""
    evening.again.end(signal.SIGKILL)


def refused(said: Said) -> str:
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    return said.err
