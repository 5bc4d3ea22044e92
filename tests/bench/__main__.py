"""``roulement bench [CASE …] [--runs N] [--seconds S]``: measure, and print one JSON line a row."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess

from tests.bench.cases import CASES, Pace
from tests.bench.measure import HERE


def main() -> None:
    """Measure the cases that were named, or all."""
    parser = argparse.ArgumentParser(prog="roulement bench", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of: {', '.join(CASES)}; all if none is named")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20)
    asked = parser.parse_args()
    if unknown := set(asked.cases) - set(CASES):
        parser.error(f"there is no case {', '.join(sorted(unknown))}: choose from {', '.join(CASES)}")
    _load_is_installed()
    for name in asked.cases or CASES:
        for row in CASES[name](Pace(runs=asked.runs, seconds=asked.seconds)):
            print(json.dumps({"case": name, **row}), flush=True)


def _load_is_installed() -> None:
    if not (HERE / "node_modules").exists():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("roulement bench: the load is written for Node: install Node 20 with npm")
        subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)


if __name__ == "__main__":
    main()
