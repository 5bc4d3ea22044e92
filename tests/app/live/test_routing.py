"""What the processes tell each other about ways that are made otherwise than they should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from live.bus import open_redis
from live.channels import routing
from live.city.pack import CityPack, invented_pack
from live.routes import BY_GUESS, CityRouter, Fallback
from live.routing import KEEP, RoutingSigns, fallback_told
from tests.redis_server import RedisServer

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HERE, THERE = (24.94, 60.17), (24.95, 60.168)


def test_estimated_ways_are_told_and_forgotten(redis: RedisServer, tmp_path: Path) -> None:
    """Since when and by whom, while it lasts and the process lives; an invented city has no part in it."""
    (tmp_path / "tiles").mkdir()
    invented = invented_pack("mdrp", (0, 0, 1, 1))
    packs: dict[str, CityPack] = {"acme": replace(invented, name="lost", folder=tmp_path), "mdrp": invented}
    router, client = CityRouter(packs.__getitem__, clock=lambda: NOON), open_redis(redis.url)
    signs = RoutingSigns(router, client, lambda: packs, lambda: NOON)
    signs.look()
    assert signs.problem() is None
    for coop in packs:
        router.times(coop, [HERE], [THERE])
    signs.look()
    assert fallback_told(client, "acme", NOON) == Fallback(NOON, BY_GUESS)
    assert fallback_told(client, "mdrp", NOON) is None
    assert "estimated since 2026-06-01T12:00" in (signs.problem() or "")
    assert 0 < client.ttl(routing("acme")) <= KEEP.total_seconds()  # type: ignore[operator]
    assert fallback_told(client, "acme", NOON + timedelta(minutes=1)) is None
    router._coops["acme"].makers[0][1].since = None
    signs.look()
    assert not client.exists(routing("acme"))
