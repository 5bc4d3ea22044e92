"""The base map looks like Helsinki, and is small."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from shapely import Point
from shapely.geometry import shape

from live.city.pack import CityPack


@pytest.fixture(scope="module")
def features(pack: CityPack) -> list[dict[str, Any]]:
    """All that is drawn."""
    found: list[dict[str, Any]] = json.loads(pack.basemap())["features"]
    return found


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    else:
        yield value


def _of(features: list[dict[str, Any]], layer: str) -> Iterator[dict[str, Any]]:
    return (one for one in features if one["properties"]["layer"] == layer)


def test_the_base_map_is_small(pack: CityPack) -> None:
    """It is less than 350 kB, and less than 80 kB on the line."""
    assert len(pack.basemap()) < 350_000
    assert len(gzip.compress(pack.basemap())) < 80_000


def test_features_are_drawn_from_the_ground_up(features: list[dict[str, Any]]) -> None:
    """Areas lie under lines, quiet streets under main roads, names on top."""
    drawn = [one["properties"]["layer"] for one in features]
    ranks = [one["properties"]["rank"] for one in _of(features, "street")]

    assert list(dict.fromkeys(drawn)) == [
        "water", "green", "square", "stream", "building", "rail", "path", "cycleway", "street", "name",
    ]  # fmt: skip
    assert ranks == sorted(ranks, reverse=True)
    assert set(ranks) == {1, 2, 3, 4}


def test_coordinates_are_short_and_on_the_sheet(features: list[dict[str, Any]], pack: CityPack) -> None:
    """Nothing is drawn beyond the bounds, and no coordinate has more than 6 decimals."""
    numbers = [number for one in features for number in _numbers(one["geometry"]["coordinates"])]
    west, south, east, north = pack.bounds

    assert all(number == round(number, 6) for number in numbers)
    assert all(west <= number <= east or south <= number <= north for number in numbers)


@pytest.mark.parametrize(
    ("place", "lon", "lat", "layer"),
    [
        ("Kaisaniemenlahti, a bay of the sea", 24.9459, 60.1772, "water"),
        ("Eteläsatama, the south harbour", 24.9533, 60.1671, "water"),
        ("Töölönlahti", 24.93657, 60.17833, "water"),
        ("Esplanadi", 24.9475, 60.16755, "green"),
        ("Senate Square", 24.9526, 60.1697, "square"),
        ("the railway station", 24.9416, 60.1709, "building"),
    ],
)
def test_landmarks_are_what_they_are(
    place: str, lon: float, lat: float, layer: str, features: list[dict[str, Any]]
) -> None:
    """A place that one knows lies in the layer that it belongs to, and only bays and ponds are water."""
    areas = {name for name in ("water", "green", "square", "building") for one in _of(features, name)
             if shape(one["geometry"]).contains(Point(lon, lat))}  # fmt: skip

    assert layer in areas, place
    assert ("water" in areas) == (layer == "water"), place


def test_main_streets_are_named_once_or_more_and_upright(features: list[dict[str, Any]]) -> None:
    """A dispatcher can read street names: they stand on their streets and never upside down."""
    names = [one["properties"] for one in _of(features, "name")]
    streets = {one["properties"].get("name") for one in _of(features, "street")}

    assert {"Mannerheimintie", "Aleksanterinkatu", "Pohjoisesplanadi"} <= streets
    assert {"Mannerheimintie", "Esplanadinpuisto"} <= {one["name"] for one in names}
    assert all(-90 <= one["angle"] <= 90 for one in names)
    assert {one["name"] for one in names if one["of"] == "street"} <= streets


def test_the_map_names_its_makers(pack: CityPack) -> None:
    """The licence asks that the contributors are named wherever the map is shown."""
    assert json.loads(pack.basemap())["attribution"] == pack.attribution == "© OpenStreetMap contributors"
