"""A whole installation in processes, for tests and benchmarks: Redis, a worker, web processes, on free ports.

Everything that is started here ends with the process that started it, kill -9 included. Start things from a thread
that lives as long as they shall: the kernel counts from the thread.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from dashboard.access import digest
from dashboard.domain.couriers import Courier, courier_to_wire, move_shift
from dashboard.domain.events import Fact
from dashboard.domain.orders import OPEN_STATES
from dashboard.ports import Coop, Token
from dashboard.store import SqlStore, migrate, open_store
from live.leash import start_leashed
from tests.redis_server import RedisServer, free_port

COOP = "acme"
PATIENCE = 60.0
"""Seconds for whatever is waited for, on a machine that does much else: how fast it is, the benchmarks say."""
STARTING = 240.0
"""Seconds that a process may take to start, on a machine that does much else."""
HERE = {"lat": 60.17, "lon": 24.94}
SLACK = 5.0
"""Seconds that a busy machine may add to what is promised; docs/performance.md has what a quiet one takes."""
QUARTER = timedelta(minutes=15)
THERE = {"lat": 60.168, "lon": 24.95}


@dataclass
class Program:
    """One program with all its children: started, paused, continued, ended, killed. Its output goes to a file."""

    command: Sequence[str]
    environ: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it (again)."""
        with self.log.open("ab") as output:
            self.process = start_leashed(
                self.command, env=dict(self.environ), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip

    def pause(self) -> None:
        """SIGSTOP, to all of it."""
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT, to all of it."""
        self._send(signal.SIGCONT)

    def kill(self) -> None:
        """kill -9, all of it, and wait."""
        if self.process:
            self._send(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def end(self, patience: float = 20) -> int:
        """SIGTERM to the program itself, as an operator does; its exit code."""
        assert self.process
        self.process.terminate()
        code = self.process.wait(patience)
        self.process = None
        return code

    def _send(self, number: signal.Signals) -> None:
        """To the whole session: gunicorn and its workers."""
        assert self.process
        for pid in descendants(self.process.pid):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue


@dataclass
class Desk:
    """An installation in ``home``: ``redis``, ``worker`` and ``webs``, each with its own port and free to be hurt.

    ``start()`` waits until all are ready; ``stop()`` kills all of it. ``store`` is the record, for looking and for
    preparing; ``call`` speaks to a web process with the dispatcher's token.
    """

    home: Path
    webs_wanted: int = 1
    couriers: int = 0
    coop: str = COOP
    server: Sequence[str] = ("-m", "dashboard.server")
    redis: RedisServer = field(default_factory=RedisServer)
    webs: list[Program] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)
    token: str = ""

    def start(self) -> Desk:
        """Start all of it, with the co-op ``acme`` and so many couriers on shift."""
        self.home.mkdir(parents=True, exist_ok=True)
        database = f"sqlite:///{self.home.absolute() / 'roulement.db'}"
        migrate(database)
        self.store: SqlStore = open_store(database)
        self.settle()
        self.token = self.new_token("dispatcher", name="Ada")
        self.redis.start()
        self.worker = self._program(["-m", "dashboard.cli", "worker"], "worker", 0)
        self.worker.start()
        for _ in range(self.webs_wanted):
            self._start_web()
        self.wait_ready()
        return self

    def settle(self) -> None:
        """Whom the record knows before anything runs."""
        self.store.add_coop(Coop(self.coop, "Acme"))
        self._hire()

    def stop(self) -> None:
        """Kill all of it."""
        for program in (*self.webs, self.worker):
            program.kill()
        self.redis.kill()
        self.store.close()

    def new_token(self, role: str, *, name: str = "", scope: str | None = None) -> str:
        """A token of the co-op; its secret."""
        secret = uuid4().hex
        self.store.add_token(Token(str(uuid4()), self.coop, role, digest(secret), name or role, scope))
        return secret

    def wait_ready(self, patience: float = STARTING) -> None:
        """Wait until every web process is ready."""
        for port in self.ports:
            until(lambda port=port: self.is_ready(port), patience, f"the web process on port {port} is not ready")  # type: ignore[misc]

    def is_ready(self, port: int | None = None) -> bool:
        """What /readyz says."""
        try:
            with urllib.request.urlopen(f"{self.url(port)}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def url(self, port: int | None = None) -> str:
        """The address of a web process: the first if none is named."""
        return f"http://127.0.0.1:{port or self.ports[0]}"

    def call(
        self, method: str, path: str, document: Any = None, *, port: int | None = None, token: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, Any]:  # fmt: skip
        """Status and JSON of a call of /api/v1. OSError when nobody answers."""
        body = None if document is None else json.dumps(document).encode()
        sent = {"Authorization": f"Bearer {token or self.token}", "Content-Type": "application/json", **(headers or {})}
        request = urllib.request.Request(f"{self.url(port)}/api/v1{path}", body, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read())

    def add_courier(self, id: str, *, on_shift: bool = True) -> None:
        """A courier, on shift."""
        assert self.call("POST", "/couriers", {"id": id, "name": id.title()})[0] == 201
        if on_shift:
            self.shift(id, "start")

    def shift(self, courier: str, action: str) -> None:
        """start, end, break or resume."""
        status, answer = self.call("POST", f"/couriers/{courier}/shift", {"action": action})
        assert status == 200, answer

    def place(self, **more: Any) -> dict[str, Any]:
        """A placed order."""
        status, order = self.call("POST", "/orders", {"pickup": HERE, "dropoff": THERE, **more})
        assert status == 201, order
        found: dict[str, Any] = order
        return found

    def close_orders(self) -> None:
        """Whatever is open still was left by a test that failed; it shall be in nobody's way."""
        for order in self.store.orders(COOP, states=OPEN_STATES, limit=1000).orders:
            step = "failed" if order.state == "picked_up" else "cancel"
            assert self.call("POST", f"/orders/{order.id}/{step}", {})[0] == 200, f"{order.id} stays open"

    def publish(self, courier: str, lat: float = 60.17, lon: float = 24.94, t: float | None = None) -> None:
        """A fix, straight to Redis."""
        fix = {"courier": courier, "lat": lat, "lon": lon, "t": time.time() if t is None else t}
        self.redis.client().publish(f"positions:{{{self.coop}}}", json.dumps(fix))

    def metric(self, name: str, port: int | None = None) -> float:
        """The value of a counter or gauge of a web process."""
        with urllib.request.urlopen(f"{self.url(port)}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
        return next(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(f"{name} "))

    def _hire(self) -> None:
        """Before anybody looks: so many couriers c0, c1, …, on shift for a quarter of an hour."""
        self.hire({f"c{number}": f"Courier {number}" for number in range(self.couriers)}, QUARTER)

    def hire(self, names: Mapping[str, str], since: timedelta) -> None:
        """Couriers by id, who have been on shift for so long."""
        began = datetime.now(UTC) - since
        with self.store.change(self.coop) as change:  # one commit for all: a thousand of them would take their time
            for courier_id, name in names.items():
                courier = Courier(courier_id, self.coop, name)
                on_shift = move_shift(courier, "start", began)
                for kind, now in (("courier.added", courier), ("courier.shift_started", on_shift)):
                    fact = Fact(kind, now.id, now.version, {"changes": courier_to_wire(now)})
                    change.record(now, fact, by="test", at=began)

    def another_web(self, **settings: str) -> Program:
        """One more web process, with these settings; the last of ``ports`` is its own once it is ready."""
        program = self._start_web(**settings)
        self.wait_ready()
        return program

    def _start_web(self, **settings: str) -> Program:
        self.ports.append(free_port())
        program = self._program(self.server, f"web{len(self.webs)}", self.ports[-1])
        self.webs.append(replace(program, environ={**program.environ, **settings}))
        self.webs[-1].start()
        return self.webs[-1]

    def _program(self, arguments: Sequence[str], name: str, port: int) -> Program:
        own = {"ROULEMENT_HOME": str(self.home), "SECRET_KEY": "a secret that only tests know"}
        own |= {"REDIS_URL": self.redis.url, "PORT": str(port or 8050)}
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(("ROULEMENT_", "DATABASE"))
        }
        return Program([sys.executable, *arguments], inherited | own, self.home / f"{name}.log")


def until(true: Callable[[], object], patience: float, otherwise: str) -> float:
    """Wait until something is true; how long that took (s). AssertionError with these words when it does not."""
    begun = time.monotonic()
    while not true():
        waited = time.monotonic() - begun
        assert waited < patience, otherwise
        time.sleep(min(0.02 + waited / 10, 0.2))  # to look costs, too: what takes long is looked at less often
    return time.monotonic() - begun


def descendants(pid: int) -> list[int]:
    """The process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(below for child in children for below in descendants(int(child)))]
