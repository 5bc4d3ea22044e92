"""A routing server that dies, hangs or talks nonsense: ways go on, at once, and say by whom they are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.domain.ground import DETOUR, metres_between
from live.breaker import Breaker
from live.city.ask import AskServer, AskTiles
from live.city.pack import CityPack
from live.routes import BY_GUESS, BY_TILES, CityRouter, Fallback, Makers, Streets
from live.valhalla import ValhallaStreets
from tests.running import PATIENCE, until
from tests.valhalla_server import DRIPS, FAILS, HANGS, NOWHERE, WELL, ValhallaServer, seconds_of

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HERE, THERE = (24.94, 60.17), (24.95, 60.168)
LONG = 30.0


@pytest.fixture(scope="module")
def standing(pack: CityPack) -> Iterator[ValhallaServer]:
    """A server with the city's own tiles behind it."""
    assert pack.tiles is not None
    server = ValhallaServer(AskTiles(pack.tiles)).start()
    yield server
    server.stop()


@pytest.fixture
def server(standing: ValhallaServer) -> Iterator[ValhallaServer]:
    """The same, well again after each test."""
    standing.mood = WELL
    yield standing
    standing.mood = WELL


def makers(
    server: ValhallaServer, pack: CityPack, *, with_tiles: bool = True, patience: float = LONG, again: float = 0.05
) -> Makers:
    """Server, tiles, straight line; what is lost is tried ``again`` after so many seconds."""
    assert pack.tiles is not None
    guarded = [Breaker(AskServer(server.url), lambda: NOON, again), Breaker(AskTiles(pack.tiles), lambda: NOON, again)]
    made = [(ValhallaStreets(breaker), breaker) for breaker in guarded]
    return Makers(made if with_tiles else made[:1], patience=patience)


def test_a_server_is_asked_first(server: ValhallaServer, pack: CityPack, streets: Streets) -> None:
    """While it is well the ways are its own, the same as the tiles', and nothing is a guess."""
    found, before = makers(server, pack), server.asked
    assert found.route((HERE, THERE), "bicycle") == streets.route((HERE, THERE))
    assert not found.times([HERE], [THERE], "bicycle").guessed
    assert server.asked > before
    assert found.fallback() is None


ROUTE = {"trip": {"legs": [{"shape": "", "summary": {"length": 1, "time": 1}}]}}


@pytest.mark.parametrize(
    "mood",
    [
        FAILS, b"", b"<html>Welcome</html>", b"[1, 2]", b"\xff\xfe", {}, {"trip": None}, ROUTE,
        {"trip": {"legs": [{"shape": "_p~iF~ps|U_ulLnnqC", "summary": {"length": 1.0, "time": 200}}]}},
        {"sources_to_targets": {"durations": [[1, 2]], "distances": [[1, 2]]}},
        {"sources_to_targets": {"durations": [[-5]], "distances": [[0.9]]}},
        {"sources_to_targets": {"durations": [[1]], "distances": [[90]]}},
        {"sources_to_targets": {"durations": [["soon"]], "distances": [["near"]]}},
    ],
)  # fmt: skip
def test_nonsense_is_no_answer(mood: Any, server: ValhallaServer, pack: CityPack, streets: Streets) -> None:
    """Errors, other forms, other places, impossible speeds: the tiles answer instead, and it is known since when."""
    server.mood = mood
    found = makers(server, pack)
    np.testing.assert_array_equal(
        found.times([HERE], [THERE], "bicycle").seconds, streets.times([HERE], [THERE]).seconds
    )
    assert found.route((HERE, THERE), "bicycle") == streets.route((HERE, THERE))
    assert found.fallback() == Fallback(NOON, BY_TILES)


@pytest.mark.parametrize("mood", [HANGS, DRIPS])
def test_nobody_waits_for_a_slow_one_twice(mood: str, server: ValhallaServer, pack: CityPack) -> None:
    """The first question is over when the patience is; the next ones ask nobody, and without tiles are guesses."""
    server.mood = mood
    found = makers(server, pack, with_tiles=False, patience=0.3, again=LONG)
    first = seconds_of(lambda: found.times([HERE] * 3, [THERE], "bicycle"))
    assert first >= 0.3
    asked = server.asked
    route = found.route((HERE, THERE, HERE), "bicycle")
    assert server.asked <= asked + 40, "only the breaker goes on asking, in the background"
    assert route is not None
    assert route.guessed
    assert route.metres == pytest.approx(2 * DETOUR * metres_between(HERE, THERE))
    assert found.fallback() == Fallback(NOON, BY_GUESS)


def test_it_is_tried_again_until_it_is_well(server: ValhallaServer, pack: CityPack) -> None:
    """A server that comes back is used again, without anybody having waited for it."""
    server.mood = b"no"
    found = makers(server, pack, with_tiles=False)
    assert found.times([HERE], [THERE], "bicycle").guessed
    server.mood = WELL
    until(lambda: found.fallback() is None, PATIENCE, "it is back, and nobody noticed")
    assert not found.times([HERE], [THERE], "bicycle").guessed


def test_a_dead_server_is_noticed_while_nobody_asks(pack: CityPack) -> None:
    """Looking is enough; the way is then guessed nowhere, because the pack has tiles."""
    assert pack.tiles is not None
    server = ValhallaServer(AskTiles(pack.tiles)).start()
    router = CityRouter(lambda _: pack, server.url, lambda: NOON, LONG)
    router.look(["acme"])
    assert router.fallback("acme") is None
    server.stop()
    router.look(["acme"])
    assert router.fallback("acme") == Fallback(NOON, BY_TILES)
    route = router.route("acme", (HERE, THERE))
    assert route is not None
    assert not route.guessed


def test_lost_tiles_are_a_guess(pack: CityPack, tmp_path: Path) -> None:
    """A pack whose tiles were deleted still tells ways, as the crow flies, and says so."""
    (tmp_path / "tiles").mkdir()
    router = CityRouter(lambda _: replace(pack, folder=tmp_path), clock=lambda: NOON)
    found = router.times("acme", [HERE], [THERE], "cargo")
    assert found.guessed
    assert found.metres[0, 0] / found.seconds[0, 0] == pytest.approx(3.75)
    assert router.fallback("acme") == Fallback(NOON, BY_GUESS)


def test_a_server_of_another_city_is_helped_out(server: ValhallaServer, pack: CityPack, streets: Streets) -> None:
    """Where it knows no way the tiles are asked too; it is well all the same."""
    router = CityRouter(lambda _: pack, server.url, lambda: NOON, LONG)
    server.mood = NOWHERE
    assert router.route("acme", (HERE, THERE)) == streets.route((HERE, THERE))
    assert not np.isnan(router.times("acme", [HERE], [THERE]).seconds).any()
    assert router.fallback("acme") is None


def test_one_place_in_the_sea_is_one_place(server: ValhallaServer, pack: CityPack, streets: Streets) -> None:
    """A phone that is nowhere near a street costs the others none of their ways, by tiles or by server."""
    sea = (24.0, 61.5)
    alone = streets.times([HERE], [THERE, HERE]).seconds[0]
    for made in (streets, CityRouter(lambda _: pack, server.url, lambda: NOON, LONG)._of("acme")):
        found = made.times([sea, HERE], [THERE, sea, HERE], "bicycle").seconds
        np.testing.assert_array_equal(found, [[np.nan] * 3, [alone[0], np.nan, alone[1]]])
