"""The wheel carries all that the program reads at run time and that is no Python."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

CARRIED = {
    "assets": (".css", ".js"), "layouts": (".po", ".py"), "migrations": (".py", ".mako"), "dashboard": (".py",),
    "live": (".py",), "callbacks": (".py",),
}  # fmt: skip
ROOT = Path(__file__).parents[2]


def test_the_wheel_is_whole(tmp_path: Path) -> None:
    """Pages' assets, catalogues, migrations, the licence, and each package of the four."""
    checkout, wheels = tmp_path / "checkout", tmp_path / "wheels"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if name.startswith("tests/") or not (ROOT / name).is_file():
            continue
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", wheels, checkout], check=True, timeout=250)
    names = set(zipfile.ZipFile(next(wheels.glob("*.whl"))).namelist())
    for folder, kinds in CARRIED.items():
        there = {str(path.relative_to(checkout)) for path in (checkout / folder).rglob("*") if path.suffix in kinds}
        assert there
        assert there <= names, folder
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith("tests/") for name in names)
