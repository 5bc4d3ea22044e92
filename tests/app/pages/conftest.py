"""The pages need a city: one is built for all tests, and each home borrows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from live.city.build import default_pack


@pytest.fixture(scope="session")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the default city in it."""
    home = tmp_path_factory.mktemp("cities")
    default_pack(home)
    return home / "cities"


@pytest.fixture
def home(home: Path, cities: Path) -> Path:
    """A ROULEMENT_HOME with an empty record and the city in it."""
    (home / "cities").symlink_to(cities)
    return home
