"""The pages need a city: each home borrows the one that is built for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def home(home: Path, cities: Path) -> Path:
    """A ROULEMENT_HOME with an empty record and the city in it."""
    (home / "cities").symlink_to(cities)
    return home
