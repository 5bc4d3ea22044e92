"""Days to measure by."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from pathlib import Path

from dashboard.commands.command import Command, Failed
from dashboard.settings import Settings

BENCH = Path(__file__).parents[2] / "tests" / "bench"


def _bench(_: Namespace, __: Settings) -> int:
    if not (BENCH / "__main__.py").exists():
        raise Failed("`roulement bench` measures a checkout: run it from one, with `make bench`")
    return subprocess.run([sys.executable, "-m", "tests.bench"], cwd=BENCH.parents[1], check=False).returncode


BENCH_COMMAND = Command("bench", "Measure the desk on this machine (docs/performance.md).", run=_bench)
