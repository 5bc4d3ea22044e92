"""What all tests share: a migrated SQLite file to copy, so that each test has a record of its own at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.store import migrate


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
