"""A real Redis for the tests of this folder, started once, emptied for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.redis_server import RedisServer


@pytest.fixture(scope="package")
def _server() -> Iterator[RedisServer]:
    server = RedisServer().start()
    yield server
    server.kill()


@pytest.fixture
def redis(_server: RedisServer) -> RedisServer:
    """An empty Redis with nobody on it; a test may kill it and start it again."""
    if not _server.is_running():
        _server.start()
    _server.client().flushall()
    _server.client().client_kill_filter(_type="pubsub")
    return _server
