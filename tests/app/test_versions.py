"""What is installed is no older than what is known to be safe."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]

# The least version, and what is wrong with older ones.
LEAST = {
    "python-socketio": ("5.16.3", "CVE-2026-48804; a listener that stays deaf (#1581); pickles on the bus before 5.14"),
    "python-engineio": ("4.13.2", "CVE-2026-48802, CVE-2026-48809: threads and payloads without bound"),
    "flask": ("3.1.3", "CVE-2026-27205: Vary on the session cookie"),
    "werkzeug": ("3.1.5", "CVE-2025-66221, CVE-2026-21860"),
    "dash": ("4.4", "CVE-2024-21485 before 2.15; the callbacks here are written for 4.4"),
    "redis": ("4.5.4", "CVE-2023-28858, CVE-2023-28859: answers of somebody else's connection"),
    "gevent": ("23.9.0", "CVE-2023-41419: pywsgi"),
    "authlib": ("1.6.9", "CVE-2026-27962: a key out of the header"),
}


@pytest.mark.parametrize("package", LEAST)
def test_no_package_is_older_than_is_safe(package: str) -> None:
    """Also behind a package mirror, where pip-audit finds nothing and says that all is well."""
    least, why = LEAST[package]
    assert Version(version(package)) >= Version(least), why


def test_the_locked_versions_are_the_installed_ones() -> None:
    """What the tests run on is what `make env` installs anywhere else."""
    differ = {name: (wanted, version(name)) for name, wanted in locked().items() if version(name) != wanted}
    assert differ == {}


def test_all_that_is_asked_for_is_locked() -> None:
    """Whoever asks for a package in pyproject.toml runs `make lock` too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {canonicalize_name(name) for name in locked()}
    assert {canonicalize_name(Requirement(each).name) for each in asked} <= names


def locked() -> dict[str, str]:
    """Each package that `make env` is bound to, and its version."""
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    return dict(line.split("==") for line in lines if "==" in line)
