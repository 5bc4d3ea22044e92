"""The scenes of this folder wait most of their time, so they are all played at once, each in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults import scenes
from tests.faults.scenes import Report
from tests.running import Desk

Scene = Callable[[Desk], Report]
Reports = dict[str, Future[Report]]
STAGES: dict[str, tuple[dict[str, int], tuple[Scene, ...]]] = {
    "redis": ({"webs_wanted": 2, "couriers": 2}, (scenes.redis_is_killed, scenes.worker_is_killed)),
    "web": ({"webs_wanted": 2, "couriers": 2}, (scenes.web_is_paused, scenes.web_is_killed)),
    "subscriptions": ({"webs_wanted": 2, "couriers": 2}, (scenes.subscriptions_are_killed,)),
    "line": ({"webs_wanted": 1, "couriers": 4}, (scenes.viewers_are_cut_off, scenes.a_courier_leaves)),
    "slow": ({"webs_wanted": 1, "couriers": 1200}, (scenes.a_viewer_is_slow,)),
}


def pytest_configure(config: pytest.Config) -> None:
    """The mark that says which scene a test asks for."""
    config.addinivalue_line("markers", "scene(name): what is done to a desk in this test")


@pytest.fixture
def report(request: pytest.FixtureRequest, reports: Mapping[str, Future[Report]]) -> Report:
    """What came of the scene that the test is marked with."""
    mark = request.node.get_closest_marker("scene")
    return reports[mark.args[0]].result(timeout=300)


@pytest.fixture(scope="package")
def reports(
    tmp_path_factory: pytest.TempPathFactory, cities: Path, request: pytest.FixtureRequest
) -> Iterator[Reports]:
    """The reports to come, by the names of the scenes: all that the chosen tests want are played from now on."""
    wanted = {mark.args[0] for item in request.session.items for mark in item.iter_markers("scene")}
    reports: Reports = {name: Future() for name in wanted}
    with ThreadPoolExecutor(len(STAGES)) as stages:
        for name, (furniture, played_here) in STAGES.items():
            todo = [scene for scene in played_here if scene.__name__ in wanted]
            if todo:
                home = tmp_path_factory.mktemp(name)
                (home / "cities").symlink_to(cities)  # else each desk builds one at the first hand-over
                stages.submit(_play_all, todo, Desk(home, **furniture), reports)  # type: ignore[arg-type]
        yield reports


def _play_all(todo: list[Scene], desk: Desk, reports: Reports) -> None:
    """In the thread that starts the processes: they end with it."""
    try:
        desk.start()
        for scene in todo:
            reports[scene.__name__].set_result(scene(desk))
    except BaseException as failure:  # handed to the test that asks
        for scene in todo:
            if not reports[scene.__name__].done():
                reports[scene.__name__].set_exception(failure)
    finally:
        desk.stop()
