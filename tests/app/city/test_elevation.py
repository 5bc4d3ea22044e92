"""Heights: given as tiles when the city is built, told as metres uphill with each way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from live.city.build import build
from live.city.elevation import check_covers
from live.city.pack import CityError
from live.routes import Streets, streets_of
from tests.app.city.conftest import extract_of_the_wheel

SOUTH, NORTH = (26.944862, 60.520028), (26.969677, 60.539857)
RISE = 2000
"""Metres from the southern edge of the tile to the northern one, a degree on: 40 m between the two."""


@pytest.fixture
def slope(tmp_path: Path) -> Path:
    """A folder with one tile, of ground that rises evenly northwards."""
    folder = tmp_path / "heights"
    (folder / "N60").mkdir(parents=True)
    rows = np.linspace(RISE, 0, 3601)[:, None]
    (folder / "N60" / "N60E026.hgt").write_bytes(np.broadcast_to(rows, (3601, 3601)).astype(">i2").tobytes())
    return folder


def test_a_way_uphill_is_climbed(slope: Path, tmp_path: Path) -> None:
    """Northwards by what the ground rises, back by nothing; a pack without heights is another pack and tells none."""
    pack = build(extract_of_the_wheel("test"), tmp_path, "hills", elevation=slope)
    streets = streets_of(pack)
    up, down = streets.route((SOUTH, NORTH)), streets.route((NORTH, SOUTH))
    assert up is not None
    assert down is not None
    assert up.ascent == pytest.approx(40, abs=8)
    assert down.ascent == pytest.approx(0, abs=8)


def test_without_heights_nobody_knows(streets: Streets) -> None:
    """A pack that was built without tiles tells no ascent, rather than none."""
    route = streets.route(((24.945, 60.166), (24.945, 60.176)))
    assert route is not None
    assert route.ascent is None


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("", "There is no folder"),
        ("heights/README", "folders of their latitude, N60/N60E024.hgt"),
        ("heights/N45E006.hgt", "folders of their latitude, N45/N45E006.hgt"),
        ("heights/N60/N60E024.hgt", "25934402 bytes"),
    ],
)
def test_a_folder_without_tiles_is_refused(file: str, says: str, tmp_path: Path) -> None:
    """One line says where the tiles have to lie, and how large they are."""
    if file:
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).touch()
    with pytest.raises(CityError, match=says):
        build(extract_of_the_wheel("Helsinki"), tmp_path, "hills", elevation=tmp_path / "heights")


def test_tiles_of_elsewhere_are_refused(slope: Path) -> None:
    """The refusal names the files that the city needs, south and west of zero, too."""
    check_covers(slope, (26.9, 60.5, 26.97, 60.6))
    with pytest.raises(CityError, match=r"S01/S01W001\.hgt, S01/S01E000\.hgt, N00/N00W001\.hgt, N00/N00E000\.hgt"):
        check_covers(slope, (-0.1, -0.1, 0.1, 0.1))
