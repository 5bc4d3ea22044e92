"""The base map of a large city: the same map in vector tiles."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import mapbox_vector_tile
import pytest
from shapely.geometry import shape

from dashboard.app import create_app
from dashboard.cities import Cities
from dashboard.ports import Coop
from layouts.map import desk_map
from layouts.view import City
from live.city import making
from live.city.build import build
from live.city.grid import Cell, bounds_of, cells_of
from live.city.pack import DEEPEST, WIDEST, CityPack
from live.city.pyramid import tiles_of
from tests.app.city.conftest import extract_of_the_wheel
from tests.app.conftest import Desk, settings_for


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> CityPack:
    """A village, treated as if it were large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "ONE_SHEET", 0)
        return build(extract_of_the_wheel("test"), tmp_path_factory.mktemp("large"), "village")


def tile(pack: CityPack, cell: Cell) -> dict[str, list[dict[str, object]]]:
    assert pack.pyramid is not None
    found = tiles_of(pack.pyramid).tile(*cell)
    read = mapbox_vector_tile.decode(gzip.decompress(found), default_options={"y_coord_down": True}) if found else {}
    return {layer: content["features"] for layer, content in read.items()}


def middle(pack: CityPack, zoom: int) -> Cell:
    lon, lat = pack.centre
    return next(cells_of((lon, lat, lon, lat), zoom))


def test_each_zoom_has_its_detail(village: CityPack) -> None:
    """From afar the large streets alone; near by everything, down to buildings and names."""
    far, near = tile(village, middle(village, WIDEST)), tile(village, middle(village, DEEPEST))

    assert set(far) <= {"water", "green", "street", "name"}
    assert set(near) >= {"green", "building", "path", "street", "name"}
    assert {one["properties"]["rank"] for one in far.get("street", [])} <= {1}  # type: ignore[index]
    assert list(near)[-2:] == ["street", "name"], "areas lie under lines, names on top"
    assert village.basemap() == b'{"type":"FeatureCollection","features":[]}', "nobody fetches all of it at once"


def test_areas_stay_whole_and_reach_over_the_edge(village: CityPack) -> None:
    """No area crosses itself, and what goes on in the next tile goes on a little in this one: no seam is seen."""
    cells = cells_of(village.bounds, DEEPEST)
    shapes = [shape(one["geometry"]) for cell in cells for one in tile(village, cell).get("building", [])]

    assert shapes
    assert all(one.is_valid for one in shapes)
    assert any(max(one.bounds[2:]) > 8192 or min(one.bounds[:2]) < 0 for one in shapes)


def test_beyond_the_city_there_is_nothing(village: CityPack) -> None:
    """A tile that nobody drew is no tile, nor is one that no map has."""
    assert village.pyramid is not None
    found = tiles_of(village.pyramid)
    west, south, east, north = bounds_of(middle(village, DEEPEST))

    assert west < village.centre[0] < east
    assert south < village.centre[1] < north
    for cell in [(DEEPEST, 0, 0), (3, 1, 99), (99, 0, 0), (WIDEST, -1, 0)]:
        assert found.tile(*cell) is None


@pytest.fixture
def desk(home: Path, village: CityPack) -> Iterator[Desk]:
    """The program, with a co-op that rides in that village and one that does not."""
    assert village.folder is not None
    (home / "cities").unlink()
    (home / "cities").symlink_to(village.folder.parent)
    application = create_app(replace(settings_for(home), city="village"))
    for coop in ("acme", "other"):
        application.store.add_coop(Coop(coop, coop.title(), city="village"))
    yield Desk(application, home)
    application.store.close()


def shown(desk: Desk) -> City:
    return Cities(desk.application.store, desk.home, "village").shown("acme")


def test_tiles_are_served_to_the_co_op_alone(desk: Desk, village: CityPack) -> None:
    """A tile comes zipped, for good, with a tag that is honoured; to others, and of another map, it is not there."""
    city = shown(desk)
    zoom, x, y = middle(village, DEEPEST)
    url = city.basemap_tiles.format(z=zoom, x=x, y=y)
    headers = {"Authorization": f"Bearer {desk.token()}", "Accept-Encoding": "gzip"}
    plainly = {**headers, "Accept-Encoding": "identity"}
    client = desk.flask.test_client()
    first = client.get(url, headers=headers)
    plain = client.get(url, headers=plainly)

    assert (first.status_code, first.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in first.headers["Cache-Control"]
    assert gzip.decompress(first.data) == plain.data
    assert client.get(url, headers={**headers, "If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(url.replace("/acme/", "/other/"), headers=headers).status_code == 404
    assert client.get(url).status_code == 401
    assert client.get(city.basemap_tiles.format(z=14, x=0, y=0), headers=plainly).data == b""


def test_the_desk_draws_tiles_as_it_draws_one_sheet(desk: Desk) -> None:
    """The layer has another name and another source, and all its colours and widths."""
    city = shown(desk)
    (tiles, *_), (sheet, *_) = (
        desk_map(each, "dark")["layers"]
        for each in (city, replace(city, basemap_tiles="", basemap_url="/city/map.json"))
    )

    assert (city.basemap_url, tiles["@@type"], sheet["@@type"]) == (None, "MVTLayer", "GeoJsonLayer")
    assert (tiles["minZoom"], tiles["maxZoom"]) == (WIDEST, DEEPEST)
    assert {key: tiles[key] for key in sheet if key not in {"@@type", "data"}} == {
        key: sheet[key] for key in sheet if key not in {"@@type", "data"}
    }
