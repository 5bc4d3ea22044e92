"""Reads an instance from its folder: four tab-separated files of whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from live.replay.instance import Courier, Instance, Meal, Restaurant, Rules, Spot
from live.replay.table import BadInstance, Row, rows

_RESTAURANT = ("restaurant", "x", "y")
_COURIER = ("courier", "x", "y", "on_time", "off_time")
_ORDER = ("order", "x", "y", "placement_time", "restaurant", "ready_time")
_PARAMETERS = (
    "meters_per_minute", "pickup service minutes", "dropoff service minutes", "target click-to-door",
    "maximum click-to-door", "pay per order", "guaranteed pay per hour",
)  # fmt: skip


def load(folder: Path) -> Instance:
    """The instance in a folder. BadInstance says in one line which file, line and column to mend."""
    if not folder.is_dir():
        raise BadInstance(f"There is no folder {folder}: give the folder of an MDRP instance")
    restaurants = _by_id("restaurant", map(_restaurant, rows(folder / "restaurants.txt", _RESTAURANT)))
    couriers = _by_id("courier", map(_courier, rows(folder / "couriers.txt", _COURIER)))
    orders = _by_id("order", (_meal(row, restaurants) for row in rows(folder / "orders.txt", _ORDER)))
    for file, found in (("restaurants", restaurants), ("couriers", couriers), ("orders", orders)):
        if not found:
            raise BadInstance(f"{file}.txt has no {file}: write at least one line below the header")
    return Instance(folder.name, _rules(folder / "instance_parameters.txt"), restaurants, couriers, orders)


def _rules(path: Path) -> Rules:
    lines = list(rows(path, _PARAMETERS))
    if len(lines) != 1:
        raise BadInstance(f"{path.name} has {len(lines)} lines of values: write exactly one below the header")
    speed, *others = _PARAMETERS
    return Rules(lines[0].whole(speed, least=1), *(lines[0].whole(name) for name in others))


def _restaurant(row: Row) -> tuple[Row, Restaurant]:
    return row, Restaurant(row.id("restaurant"), _spot(row))


def _courier(row: Row) -> tuple[Row, Courier]:
    on_time = row.whole("on_time")
    if row.whole("off_time") <= on_time:
        raise row.wrong("off_time", f"is not after on_time ({on_time})", "end the shift after its start")
    return row, Courier(row.id("courier"), _spot(row), on_time, row.whole("off_time"))


def _meal(row: Row, restaurants: Mapping[str, Restaurant]) -> tuple[Row, Meal]:
    restaurant, placed = row.id("restaurant"), row.whole("placement_time")
    if restaurant not in restaurants:
        raise row.wrong("restaurant", "is not in restaurants.txt", "add it there, or name one that is")
    if row.whole("ready_time") < placed:
        raise row.wrong("ready_time", f"is before placement_time ({placed})", "let it be ready after it was ordered")
    return row, Meal(row.id("order"), _spot(row), placed, restaurant, row.whole("ready_time"))


def _spot(row: Row) -> Spot:
    return row.whole("x"), row.whole("y")


def _by_id[T: (Restaurant, Courier, Meal)](column: str, read: Iterable[tuple[Row, T]]) -> Mapping[str, T]:
    found: dict[str, T] = {}
    for row, one in read:
        if one.id in found:
            raise row.wrong(column, "is there already", "give each line an id of its own")
        found[one.id] = one
    return found
