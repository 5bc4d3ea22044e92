"""Bicycle routing tiles of a city, made and read by Valhalla."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import valhalla
from valhalla.config import get_config

from live.city.pack import CityError

_BUILDER = Path(valhalla.__file__).parent / "bin" / "valhalla_build_tiles"
"""The builder itself: the wheel's Python wrapper finds it only with the environment's bin folder on PATH."""

_LOOK_SECONDS = 0.5
_USUAL_SECONDS = 60.0
_CACHE_BYTES = 64_000_000
_MATRIX_PAIRS = 250_000


class Building:
    """Tiles that are being built by a process beside us."""

    def __init__(self, extract: Path, folder: Path, log: IO[str], process: subprocess.Popen[str]) -> None:
        self._extract = extract
        self._folder = folder
        self._log = log
        self._process = process

    def wait(self, progress: Callable[[float], None]) -> None:
        """Come back when they are built; CityError when Valhalla cannot. ``progress`` is told a guess of the share."""
        waited = 0.0
        while self._process.poll() is None:
            try:
                self._process.wait(_LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                waited += _LOOK_SECONDS
                progress(waited / (waited + _USUAL_SECONDS))
        if self._process.returncode or not any(self._folder.rglob("*.gph")):
            self._log.seek(0)
            lines = self._log.read().strip().splitlines() or ["it has no streets to ride on"]
            raise CityError(f"No bicycle routes can be made from {self._extract.name}: {lines[-1].strip()}")


@contextmanager
def building(extract: Path, folder: Path, elevation: Path | None = None) -> Iterator[Building]:
    """Have the tiles of an extract built into ``folder`` meanwhile; the builder ends with the block.

    ``elevation`` holds the heights that go into them (see ``elevation.py``).
    """
    folder.mkdir(parents=True)
    settings = folder.parent / "valhalla.json"
    wanted = configuration(folder)
    if elevation is not None:
        wanted["additional_data"] = {"elevation": str(elevation.resolve())}
    settings.write_text(json.dumps(wanted))
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(  # noqa: S603 - the builder of the installed wheel, a file that was just checked
            [_BUILDER, "-c", settings, extract], stdout=log, stderr=log, text=True
        )
        try:
            yield Building(extract, folder, log, process)
        finally:
            process.kill()
            process.wait()
            settings.unlink()


def configuration(folder: Path) -> dict[str, Any]:
    """Valhalla's settings for reading (or building) the tiles in ``folder``."""
    settings: dict[str, Any] = get_config(tile_extract="", tile_dir=folder)
    settings["mjolnir"].update(
        concurrency=1, max_cache_size=_CACHE_BYTES, traffic_extract="", admin="", landmarks="", timezone="",
        logging={"type": ""},
    )  # fmt: skip
    settings["service_limits"]["bicycle"]["max_matrix_location_pairs"] = _MATRIX_PAIRS
    return settings
