"""City packs: what is found in an extract, what is kept, and what is said when there is nothing to find."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import osmium
import pytest

from live.city.build import build, default_pack, open_city
from live.city.kinds import EATING
from live.city.pack import FORMAT, CityError, CityPack, invented_pack, open_pack
from tests.app.city.conftest import extract_of_the_wheel


def test_every_named_place_to_eat_is_found(pack: CityPack) -> None:
    """The extract has 379 restaurants, cafés, fast-food places and bars; the 374 with a name are in the pack."""
    things = osmium.FileProcessor(str(extract_of_the_wheel("Helsinki")))
    names = [one.tags.get("name") for one in things if one.tags.get("amenity") in EATING]

    assert len(names) == 379
    assert sorted(filter(None, names)) == sorted(one.name for one in pack.restaurants)
    assert len(pack.restaurants) == 374


def test_places_have_ids_and_addresses(pack: CityPack) -> None:
    """A restaurant can be told from another of its chain, and every one says in which street it is."""
    assert len({one.id for one in pack.restaurants}) == 374
    assert all(one.address for one in pack.restaurants)
    assert [(one.id, one.address) for one in pack.restaurants if one.name == "Cafe Ekberg"] == [
        ("cafe-ekberg", "Bulevardi 9")
    ]


def test_doors_are_house_numbers_within_bounds(pack: CityPack) -> None:
    """Each house number of the extract is one door, and all lie where the map is."""
    west, south, east, north = pack.bounds

    assert len({one.address for one in pack.doors}) == len(pack.doors) == 593
    assert all(west <= one.lon <= east and south <= one.lat <= north for one in pack.doors)
    assert pack.bounds == pytest.approx((24.935, 60.164, 24.953, 60.179), abs=0.001)
    assert pack.centre == pytest.approx((24.944, 60.172), abs=0.001)


def test_a_pack_is_built_once(pack: CityPack, city_home: Path) -> None:
    """Who asks again gets the pack that is there, without building anything."""
    seen: list[str] = []

    again = default_pack(city_home, lambda what, share: seen.append(what))

    assert seen == []
    assert again == open_pack(city_home, "helsinki") == pack


@pytest.fixture(scope="module")
def village_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ROULEMENT_HOME with the pack of a village that has neither restaurants nor house numbers."""
    home = tmp_path_factory.mktemp("village")
    shares: list[float] = []
    build(extract_of_the_wheel("test"), home, "village", lambda what, share: shares.append(share))
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    return home


def test_a_town_without_house_numbers_or_restaurants(village_home: Path) -> None:
    """Where nobody mapped house numbers every building is a door, named after the nearest street."""
    village = open_pack(village_home, "village")

    assert village.restaurants == ()
    assert len(village.doors) > 2000
    assert "Suurniitynkatu" in {one.address for one in village.doors}
    assert village.basemap().startswith(b'{"type":"FeatureCollection"')


def test_two_processes_build_one_pack(tmp_path: Path) -> None:
    """Of two processes that want the same city at the same time one builds it and the other waits for it."""
    script = (
        "import sys; from pathlib import Path; from live.city.build import build\n"
        "pack = build(Path(sys.argv[1]), Path(sys.argv[2]), 'village', lambda what, share: print('built', share))\n"
        "print(pack.folder)"
    )
    command = [sys.executable, "-c", script, str(extract_of_the_wheel("test")), str(tmp_path)]
    builders = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [builder.communicate()[0].splitlines() for builder in builders]

    assert [builder.returncode for builder in builders] == [0, 0]
    assert said[0][-1] == said[1][-1]
    assert sorted(lines.count("built 1.0") for lines in said) == [0, 1]


def test_what_a_killed_builder_left_is_no_pack(village_home: Path, tmp_path: Path) -> None:
    """A folder without its last file is built anew, and a half-built one is swept away."""
    shutil.copytree(village_home / "cities", tmp_path / "cities")
    half = open_pack(tmp_path, "village").folder
    assert half is not None
    (half / "pack.json").unlink()
    shutil.copytree(half, tmp_path / "cities" / ".building")
    with pytest.raises(CityError, match="no city village"):
        open_pack(tmp_path, "village")

    whole = build(extract_of_the_wheel("test"), tmp_path, "village")

    assert whole == open_pack(tmp_path, "village")
    assert len(whole.doors) == len(open_pack(village_home, "village").doors)
    assert not (tmp_path / "cities" / ".building").exists()


WHOLE = extract_of_the_wheel("test").read_bytes()
BROKEN = "is broken, or is no OpenStreetMap extract: download it again"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty: download it again"),
        (b"this is not a map\n" * 100, "is no OpenStreetMap extract: only .osm.pbf files are read"),
        (b"PK\x03\x04" + bytes(200), "is no OpenStreetMap extract: only .osm.pbf files are read"),
        (WHOLE[:50_000], BROKEN),
        (WHOLE[:20_000] + bytes(400) + WHOLE[20_400:], BROKEN),
        (b'<?xml version="1.0"?><osm version="0.6"/>', "is OpenStreetMap XML: turn it into .osm.pbf first"),
    ],
)
def test_a_broken_extract_is_refused_in_one_line(content: bytes, reason: str, tmp_path: Path) -> None:
    """A file that is no extract, or not all of one, is named with what to do, and leaves no pack."""
    path = tmp_path / "broken.osm.pbf"
    path.write_bytes(content)

    with pytest.raises(CityError) as refused:
        build(path, tmp_path, "broken")

    assert str(refused.value).startswith(f"broken.osm.pbf {reason}")
    assert "\n" not in str(refused.value)
    with pytest.raises(CityError):
        open_pack(tmp_path, "broken")


@pytest.mark.parametrize(
    ("file", "name", "reason"),
    [
        ("missing.osm.pbf", "town", "There is no file .*missing.osm.pbf"),
        ("map.osm", "town", "map.osm is OpenStreetMap XML: .*osmium cat map.osm"),
        (".", "town", "is a folder: give the path"),
        ("map.osm", "../town", "'../town' cannot name a city"),
    ],
)
def test_a_wrong_file_or_name_is_refused(file: str, name: str, reason: str, tmp_path: Path) -> None:
    """What cannot be built is refused before anything is written."""
    (tmp_path / "map.osm").write_text("<osm/>")

    with pytest.raises(CityError, match=reason):
        build(tmp_path / file, tmp_path, name)


def test_a_pack_of_an_older_version_is_made_anew(
    village_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens a city that an older version made gets a new pack of the same extract, without being asked."""
    shutil.copytree(village_home / "cities", tmp_path / "cities")
    old = open_pack(tmp_path, "village").folder
    assert old is not None
    (old / "pack.json").write_text((old / "pack.json").read_text().replace(f'"format":{FORMAT}', '"format":0'))
    with pytest.raises(CityError, match="no city village"):
        open_pack(tmp_path, "village")
    asked: list[Path] = []
    monkeypatch.setattr("live.city.build.build", lambda extract, *_: asked.append(extract))

    open_city(tmp_path, "village")

    assert asked == [extract_of_the_wheel("test").resolve()]


def test_an_invented_city_has_an_empty_map() -> None:
    """Coordinates that sit nowhere get no streets, no base map, and say so."""
    town = invented_pack("mdrp", (0.0, 0.0, 0.1, 0.1))

    assert town.invented
    assert town.tiles is None
    assert town.basemap() == b'{"type":"FeatureCollection","features":[]}'
    assert town.attribution == ""
