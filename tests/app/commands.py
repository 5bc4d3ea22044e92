"""``roulement`` as a person types it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


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
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ROULEMENT_")}
        for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORT", "WEB_CONCURRENCY"):
            kept.pop(name, None)
        return {**kept, "ROULEMENT_HOME": str(self.home), **dict(self.more)}

    def run(self, *arguments: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "dashboard.cli", *arguments], env=self.environ, capture_output=True, text=True,
            timeout=60, check=False,
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr)
