"""What all tests share: a migrated SQLite file to copy, so that each test has a record of its own at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.store import migrate
from live.city.build import default_pack


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty record at the newest migration."""
    path = tmp_path_factory.mktemp("record") / "roulement.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def home(migrated: Path, tmp_path: Path) -> Path:
    """A ROULEMENT_HOME with an empty record in it."""
    shutil.copy(migrated, tmp_path / "roulement.db")
    return tmp_path


@pytest.fixture(scope="session")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the default city in it, built once for all tests."""
    home = tmp_path_factory.mktemp("cities")
    default_pack(home)
    return home / "cities"
