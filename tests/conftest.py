"""What all tests share: a migrated SQLite file to copy, a city, and how they run in two processes at once."""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from dashboard.store import migrate
from live.city.build import default_pack
from tests.memory import write_to_memory

MEASURED = ("tests/faults/", "tests/browser/")
"""They hold whole installations to bounds in seconds. Of several processes one plays all of them, first."""
POLITENESS = 5
"""How much (nice) the processes beside it step back, so that two cores are enough for the bounds."""
_DECIDED = pytest.StashKey[bool]()
_CAPBSET_DROP, _CAP_SYS_NICE = 24, 23  # linux/prctl.h, linux/capability.h


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Before the first temporary folder, and before the first browser."""
    write_to_memory()
    _go_before_nobody()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """With ``-n``: a file stays in one process, so that it is set up once, and so does all that is measured."""

    class InFiles(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "measured" if nodeid.startswith(MEASURED) else nodeid.partition("::")[0]

    config.option.loadscopereorder = False
    return InFiles(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is measured takes longest, so it begins."""
    if in_several():
        items.sort(key=lambda item: not item.nodeid.startswith(MEASURED))


def pytest_collection_finish() -> None:
    """Four thousand tests and what they import stay for good: nobody need look through them again and again."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """The first test that a process is given says whether it is the one that is measured."""
    if _DECIDED not in item.config.stash:
        item.config.stash[_DECIDED] = True
        if in_several() and not item.nodeid.startswith(MEASURED):
            os.nice(POLITENESS)


def _go_before_nobody() -> None:
    """What is started from here on cannot step forward: a Chromium of root's would go before the desk (nice -8)."""
    ctypes.CDLL(None).prctl(_CAPBSET_DROP, _CAP_SYS_NICE, 0, 0, 0)  # refused to all but root, who alone could


def in_several() -> bool:
    """Whether this is one of several processes that share the tests."""
    return "PYTEST_XDIST_WORKER" in os.environ


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
def city_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ROULEMENT_HOME with the default city in it, built once for all tests of all processes; nobody changes it."""
    mine = tmp_path_factory.getbasetemp()
    home = (mine.parent if in_several() else mine) / "city"
    default_pack(home)
    return home


@pytest.fixture(scope="session")
def cities(city_home: Path) -> Path:
    """A folder with the default city in it."""
    return city_home / "cities"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which measurements against published results were not made, because their data may not be handed on."""
    if "ROULEMENT_MDRP_DIR" not in os.environ:
        terminalreporter.write_line("ROULEMENT_MDRP_DIR is not set: the published days of the MDRP were not simulated")
