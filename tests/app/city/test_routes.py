"""Routes: along streets, at the speed of a bicycle, from anywhere to anywhere."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from math import inf
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
import valhalla

from dashboard.domain.ground import Point, length, metres_between
from dashboard.domain.vehicles import CARGO
from dashboard.ports import Route
from live.city.ask import AskServer, AskTiles
from live.city.pack import CityPack, invented_pack
from live.city.tiles import configuration
from live.leash import start_leashed
from live.routes import CityRouter, StraightLines, Streets
from live.valhalla import ValhallaStreets, climbed
from tests.app.city.ground import Ground
from tests.running import PATIENCE

NOWHERE = (0.0, 0.0)


@pytest.fixture(scope="module")
def errands(pack: CityPack) -> list[tuple[Point, Point]]:
    """Ways from a restaurant to a door."""
    dice = Random(5)
    return [
        ((eat.lon, eat.lat), (door.lon, door.lat))
        for eat, door in zip(dice.sample(pack.restaurants, 200), dice.sample(pack.doors, 200), strict=True)
    ]


@pytest.fixture(scope="module")
def routes(streets: Streets, errands: list[tuple[Point, Point]]) -> list[Route]:
    """The routes of all of them: there is one for each."""
    found = [route for errand in errands if (route := streets.route(errand))]
    assert len(found) == len(errands)
    return found


def test_routes_follow_streets(routes: list[Route], ground: Ground) -> None:
    """Every point of a route, and the middle of every stretch, is within 3 m of a street."""
    points = [point for route in routes for point in route.points]
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for route in routes for a, b in pairwise(route.points)]

    assert max(ground.off_street(points)) < 3
    assert max(ground.off_street(middles)) < 3


def test_routes_are_ridden_at_the_speed_of_a_bicycle(routes: list[Route]) -> None:
    """The length is that of the line, and the time that of somebody on a bicycle: 8 to 25 km/h."""
    for route in routes:
        assert route.metres == pytest.approx(length(route.points), rel=0.02, abs=5)
    speeds = [route.metres / route.seconds for route in routes if route.metres > 100]
    assert 2.2 < min(speeds) <= max(speeds) < 7
    assert 4 < float(np.median(speeds)) < 5.5


def test_nobody_is_led_far_about(routes: list[Route], errands: list[tuple[Point, Point]]) -> None:
    """Where the rules lead about, one pushes: half the ways are under 1.6 times the crow's, nearly all under 3."""
    detours = sorted(
        route.metres / metres_between(*errand)
        for route, errand in zip(routes, errands, strict=True)
        if metres_between(*errand) > 200
    )

    assert detours[len(detours) // 2] < 1.6
    assert detours[len(detours) * 95 // 100] < 3


def test_one_ride_begins_where_the_last_one_ended(streets: Streets, routes: list[Route]) -> None:
    """Whoever arrived can ride on, from that very place: a courier's marker never jumps."""
    gaps = []
    for there, onward in pairwise(routes):
        back = streets.route((there.points[-1], onward.points[0]))
        assert back is not None
        gaps.append(metres_between(there.points[-1], back.points[0]))

    assert max(gaps) < 16


def test_a_route_passes_through_its_points(streets: Streets, routes: list[Route]) -> None:
    """The way through three places is the way to the second and on to the third."""
    start, middle, end = routes[0].points[0], routes[1].points[0], routes[2].points[0]
    through = streets.route((start, middle, end))
    assert through is not None

    legs = [streets.route((start, middle)), streets.route((middle, end))]

    assert min(metres_between(point, middle) for point in through.points) < 16
    assert through.metres == pytest.approx(sum(leg.metres for leg in legs if leg), rel=0.2)


def test_times_of_many_ways_agree_with_their_routes(streets: Streets, errands: list[tuple[Point, Point]]) -> None:
    """What the matrix reckons is what the route says, within a tenth for nine ways of ten."""
    sources, targets = [one for one, _ in errands[:12]], [one for _, one in errands[:12]]
    matrix = streets.times(sources, targets)
    routes = [[streets.route((one, other)) for other in targets] for one in sources]
    seconds = np.array([[route.seconds if route else np.nan for route in row] for row in routes])

    assert matrix.seconds.shape == matrix.metres.shape == (12, 12)
    assert np.isfinite(matrix.seconds).all()
    assert np.mean(np.abs(matrix.seconds - seconds) <= 0.1 * seconds + 10) > 0.9


def test_there_is_no_way_to_nowhere(streets: Streets, errands: list[tuple[Point, Point]]) -> None:
    """Where no street is the answer is None, and not a number among the times."""
    here, there = errands[0]

    assert streets.route((here, NOWHERE)) is None
    assert np.isnan(streets.times([NOWHERE], [there]).seconds).all()


def test_the_last_routes_are_kept(pack: CityPack, errands: list[tuple[Point, Point]]) -> None:
    """The same way is looked for once, unless so many others were asked for since that it was forgotten."""
    asked: list[str] = []
    assert pack.tiles is not None
    ask = AskTiles(pack.tiles)

    def counting(service: str, request: Mapping[str, Any], until: float = inf) -> dict[str, Any] | None:
        asked.append(service)
        return ask(service, request, until)

    streets = ValhallaStreets(counting, kept=2)
    first = streets.route(errands[0])
    before = len(asked)

    assert streets.route(errands[0]) == first
    assert len(asked) == before
    for errand in errands[1:3]:
        streets.route(errand)
    before = len(asked)
    assert streets.route(errands[0]) == first
    assert len(asked) > before


def test_threads_share_a_router(pack: CityPack, errands: list[tuple[Point, Point]], routes: list[Route]) -> None:
    """Eight threads that ask at once get what one gets that asks alone."""
    assert pack.tiles is not None
    streets = ValhallaStreets(AskTiles(pack.tiles))
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(streets.route, errands[:40])) == routes[:40]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_has_an_actor_of_its_own(streets: Streets, errands: list[tuple[Point, Point]]) -> None:
    """A web process forked after the first question finds its way, too."""
    expected = streets.route(errands[0])
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        found = (
            streets.route(errands[1]) is not None and streets.times([errands[0][0]], [errands[0][1]]).seconds[0, 0] > 0
        )
        os.write(writer, b"y" if found and streets.route(errands[0]) == expected else b"n")
        os._exit(0)
    os.waitpid(child, 0)

    assert os.read(reader, 1) == b"y"
    os.close(reader)
    os.close(writer)


def test_each_co_op_rides_in_its_own_city(pack: CityPack, errands: list[tuple[Point, Point]]) -> None:
    """One co-op's question goes to real streets, another's to straight lines."""
    cities = {"real": pack, "invented": invented_pack("mdrp", (0, 0, 1, 1))}
    router = CityRouter(lambda coop: cities[coop])
    real, invented = router.route("real", errands[0]), router.route("invented", errands[0])

    assert real is not None
    assert invented == StraightLines().route(errands[0])
    assert invented is not None
    assert real.metres > invented.metres
    assert invented.points == errands[0]
    assert router.times("invented", [errands[0][0]], [errands[0][1]]).metres[0, 0] == pytest.approx(invented.metres)
    assert invented.metres / invented.seconds == pytest.approx(4.5)


@pytest.fixture(scope="module")
def server(pack: CityPack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Valhalla server of the same wheel, with the same tiles, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    folder = tmp_path_factory.mktemp("valhalla")
    assert pack.tiles is not None
    settings = configuration(pack.tiles)
    ends = {name: f"ipc://{folder}/{name}" for name in ("loopback", "interrupt")}
    settings["httpd"] = {
        "service": {
            "listen": f"tcp://{address}", **ends, "drain_seconds": 1, "shutdown_seconds": 1, "timeout_seconds": 5,
        }
    }  # fmt: skip
    for stage in ("loki", "thor", "odin"):
        settings[stage].setdefault("service", {})["proxy"] = f"ipc://{folder}/{stage}"
    (folder / "valhalla.json").write_text(json.dumps(settings))
    program = Path(valhalla.__file__).parent / "bin" / "valhalla_service"
    process = start_leashed([str(program), str(folder / "valhalla.json"), "1"], stdout=subprocess.DEVNULL)
    _wait_for(f"http://{address}")
    yield f"http://{address}"
    process.kill()
    process.wait()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            ValhallaStreets(AskServer(url)).route(((24.94, 60.17), (24.95, 60.17)))
        except OSError:
            assert time.monotonic() < deadline, "the Valhalla server does not answer"
            time.sleep(0.02)
        else:
            return


def test_a_server_answers_as_the_tiles_do(
    server: str, streets: Streets, errands: list[tuple[Point, Point]], routes: Sequence[Route]
) -> None:
    """Routes and times by URL are those of the library; nowhere is nowhere there, too."""
    remote = ValhallaStreets(AskServer(server + "/"))

    assert [remote.route(errand) for errand in errands[:10]] == list(routes[:10])
    assert remote.route((errands[0][0], NOWHERE)) is None
    sources, targets = [one for one, _ in errands[:3]], [one for _, one in errands[:3]]
    np.testing.assert_array_equal(remote.times(sources, targets).seconds, streets.times(sources, targets).seconds)


def test_a_server_that_is_gone_is_an_error() -> None:
    """Nobody mistakes a server that does not answer for a city without ways."""
    with pytest.raises(OSError, match="refused"):
        ValhallaStreets(AskServer("http://127.0.0.1:9")).route(((24.94, 60.17), (24.95, 60.17)))


def test_what_is_climbed_is_what_goes_up() -> None:
    """All ups together, whatever goes down between; noise is no climb, and unknown heights are unknown."""
    assert climbed([10, 12, 11, 30, 20, 35]) == pytest.approx(20 + 15)
    assert climbed([10, 11, 12, 11, 10]) == 0
    assert climbed([30, 20, 10]) == 0
    assert climbed([-500, -500, -499.9]) is None
    assert climbed([]) is None


def test_a_cargo_bicycle_takes_longer(streets: Streets, errands: list[tuple[Point, Point]]) -> None:
    """By route and by matrix; and the bicycle's way is not mistaken for the cargo bicycle's."""
    for errand in errands[:5]:
        bicycle, cargo = streets.route(errand), streets.route(errand, CARGO)
        assert bicycle is not None
        assert cargo is not None
        assert cargo.seconds > 1.05 * bicycle.seconds
        start, end = errand
        assert streets.times([start], [end], CARGO).seconds[0, 0] > streets.times([start], [end]).seconds[0, 0]
