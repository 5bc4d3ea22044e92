"""Bicycle routing tiles of a city, made and read by Valhalla."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import valhalla
from valhalla.config import get_config

from live.city.pack import CityError

_BUILDER = Path(valhalla.__file__).parent / "bin" / "valhalla_build_tiles"
"""The builder itself: the wheel's Python wrapper finds it only with the environment's bin folder on PATH."""

_CACHE_BYTES = 64_000_000
_MATRIX_PAIRS = 250_000


def build_tiles(extract: Path, folder: Path) -> None:
    """Write the tiles of an extract into ``folder``; CityError when Valhalla cannot."""
    folder.mkdir(parents=True)
    settings = folder.parent / "valhalla.json"
    settings.write_text(json.dumps(configuration(folder)))
    done = subprocess.run(  # noqa: S603 - the builder of the installed wheel, a file that was just read
        [_BUILDER, "-c", settings, extract], capture_output=True, text=True, check=False
    )
    settings.unlink()
    if done.returncode or not any(folder.rglob("*.gph")):
        lines = (done.stderr + done.stdout).strip().splitlines() or ["it has no streets to ride on"]
        raise CityError(f"No bicycle routes can be made from {extract.name}: {lines[-1].strip()}")


def configuration(folder: Path) -> dict[str, Any]:
    """Valhalla's settings for reading (or building) the tiles in ``folder``."""
    settings: dict[str, Any] = get_config(tile_extract="", tile_dir=folder)
    settings["mjolnir"].update(
        concurrency=1, max_cache_size=_CACHE_BYTES, traffic_extract="", admin="", landmarks="", timezone="",
        logging={"type": ""},
    )  # fmt: skip
    settings["service_limits"]["bicycle"]["max_matrix_location_pairs"] = _MATRIX_PAIRS
    return settings
