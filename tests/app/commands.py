"""``roulement`` as a person types it: a process of its own, or (quicker) a call in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.cli import main

OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORT", "WEB_CONCURRENCY")
"""Settings whose names do not begin with ours."""


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Shell:
    """Runs commands on one home; ``more`` is added to the environment."""

    home: Path
    more: tuple[tuple[str, str], ...] = ()

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not is_ours(name)}
        return {**kept, "ROULEMENT_HOME": str(self.home), **dict(self.more)}

    def run(self, *arguments: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "dashboard.cli", *arguments], env=self.environ, capture_output=True, text=True,
            timeout=180, check=False,
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Called:
    """Runs commands on one home in this process, which spares them the start of a program."""

    home: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def set(self, **more: str) -> Called:
        """Nothing but these settings, and the home."""
        for name in filter(is_ours, tuple(os.environ)):
            self.monkeypatch.delenv(name)
        for name, value in {"ROULEMENT_HOME": str(self.home), **more}.items():
            self.monkeypatch.setenv(name, value)
        return self

    def run(self, *arguments: str) -> Said:
        try:
            status = main(arguments)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        said = self.capsys.readouterr()
        return Said(status, said.out, said.err)


def is_ours(name: str) -> bool:
    """Whether the program reads a setting of this name from the environment."""
    return name.startswith("ROULEMENT_") or name in OURS
