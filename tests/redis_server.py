"""A real redis-server for tests, on a port of its own that stays the same when it is killed and started again."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time

from redis import Redis
from redis.exceptions import RedisError

from live.leash import start_leashed

STARTING = 60.0


class RedisServer:
    """Start it, kill it, start it again; it keeps nothing on disk and dies with the test process.

    Start it from the main thread: the kernel ends it with the thread that started it.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> RedisServer:
        """Start it and wait until it answers. A missing redis-server is a failure, never a skip."""
        program = shutil.which("redis-server")
        assert program, "these tests need redis-server: run `make env`"
        arguments = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = start_leashed(
            [program, *arguments], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True
        )
        deadline = time.monotonic() + STARTING
        while not self._answers():
            assert self._process.poll() is None, f"redis-server did not start on port {self.port}"
            assert time.monotonic() < deadline, "redis-server does not answer"
            time.sleep(0.02)
        return self

    def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def client(self) -> Redis:
        """A client that answers in bytes."""
        return Redis(port=self.port, socket_timeout=5)

    def _answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except (RedisError, OSError):
            return False


def free_port() -> int:
    """A loopback port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
