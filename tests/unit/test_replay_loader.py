"""MDRP instances from their files."""

from pathlib import Path

import pytest

from dashboard.domain.ground import metres_between
from live.replay.instance import Courier, Meal, Restaurant, Rules
from live.replay.loader import load
from live.replay.origin import bounds, on_map
from live.replay.table import BadInstance
from tests.mdrp import HEADERS, invent_day, write_day


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """A correct instance of one restaurant, two couriers and two orders."""
    return write_day(
        tmp_path / "tiny", restaurants=["r1 0 0"], couriers=["c1 0 640 0 120", "c2 9 9 30 90"],
        orders=["o1 321 0 5 r1 20", "o7 0 320 6 r1 6"],
    )  # fmt: skip


def test_a_day_is_read_as_it_is_written(day: Path) -> None:
    """Header names with blanks, an empty last line, ids with gaps: all as in the published files."""
    instance = load(day)
    assert instance.name == "tiny"
    assert instance.rules == Rules(320, 4, 4, 40, 90, 10, 15)
    assert instance.restaurants == {"r1": Restaurant("r1", (0, 0))}
    assert list(instance.couriers.values()) == [Courier("c1", (0, 640), 0, 120), Courier("c2", (9, 9), 30, 90)]
    assert list(instance.orders.values()) == [Meal("o1", (321, 0), 5, "r1", 20), Meal("o7", (0, 320), 6, "r1", 6)]
    assert (instance.first_minute, instance.last_minute) == (0, 120)


def test_columns_may_come_in_any_order(day: Path) -> None:
    """The header says which is which; Windows line ends, a byte order mark and further columns do no harm."""
    (day / "restaurants.txt").write_bytes("\ufeffy\tname\tx\trestaurant\r\n7\tChez Max\t5\tr1\r\n".encode())
    assert load(day).restaurants == {"r1": Restaurant("r1", (5, 7))}


def test_an_invented_day_is_a_day(tmp_path: Path) -> None:
    """The generator of these tests writes what the loader reads."""
    instance = load(invent_day(tmp_path / "invented", orders=20, couriers=4, minutes=60))
    assert (len(instance.orders), len(instance.couriers), len(instance.restaurants)) == (20, 4, 5)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("orders.txt", "o1\t321", "o1\t12x", 'orders.txt line 2, column "x": "12x" is no whole number: '),
        ("orders.txt", "o1\t321", "o1\t-5", 'orders.txt line 2, column "x": "-5" is no whole number: '),
        ("orders.txt", "o7", "o1", 'orders.txt line 3, column "order": "o1" is there already: '),
        ("orders.txt", "r1\t20", "r9\t20", 'orders.txt line 2, column "restaurant": "r9" is not in restaurants.txt: '),
        ("orders.txt", "r1\t20", "r1\t4", 'orders.txt line 2, column "ready_time": "4" is before placement_time (5): '),
        ("orders.txt", "\tr1\t20", "\tr1", "orders.txt line 2: 5 values instead of 6: "),
        ("orders.txt", "\tready_time", "", 'orders.txt line 1: column "ready_time" is missing: name order, x, y, '),
        ("orders.txt", "\ty\t", "\tx\t", 'orders.txt line 1: column "x" is twice: '),
        ("orders.txt", "o1\t", "../etc\t", 'orders.txt line 2, column "order": "../etc" is no id: '),
        ("couriers.txt", "30\t90", "30\t30",
         'couriers.txt line 3, column "off_time": "30" is not after on_time (30): '),
        ("couriers.txt", HEADERS["couriers.txt"], HEADERS["couriers.txt"].replace("\t", " "),
         'couriers.txt line 1: column "courier" is missing: '),
        ("instance_parameters.txt", "320\t", "0\t",
         'instance_parameters.txt line 2, column "meters_per_minute": "0" is less than 1: '),
        ("instance_parameters.txt", "320\t4\t4\t40\t90\t10\t15", "",
         "instance_parameters.txt has 0 lines of values: write exactly one"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_file_line_and_column(day: Path, file: str, old: str, new: str, message: str) -> None:
    """One line that says where, what, and how to mend it."""
    path = day / file
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(BadInstance) as error:
        load(day)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", HEADERS)
def test_missing_files_are_named(day: Path, name: str) -> None:
    """A folder that lacks one of the four files says which."""
    (day / name).unlink()
    with pytest.raises(BadInstance, match=name):
        load(day)


def test_folders_and_bytes_are_checked(day: Path, tmp_path: Path) -> None:
    """No folder, a file that is no text, a table without lines: all are said, none is a traceback."""
    with pytest.raises(BadInstance, match="There is no folder"):
        load(tmp_path / "nowhere")
    (day / "couriers.txt").write_text(HEADERS["couriers.txt"])
    with pytest.raises(BadInstance, match=r"couriers\.txt has no couriers"):
        load(day)
    (day / "orders.txt").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(BadInstance, match="byte 0 is not UTF-8"):
        load(day)


@pytest.mark.parametrize(("end", "minutes"), [((0, 0), 0), ((1, 0), 1), ((320, 0), 1), ((321, 0), 2), ((300, 400), 2)])
def test_travel_is_never_rounded_down(end: tuple[int, int], minutes: int) -> None:
    """ceil(straight distance / speed), in whole minutes."""
    assert Rules(320, 4, 4, 40, 90, 10, 15).travel((0, 0), end) == minutes


def test_the_invented_place_keeps_distances(day: Path) -> None:
    """A kilometre of the instance is a kilometre on the map, within the bounds that are shown."""
    assert metres_between(on_map((0, 0)), on_map((1000, 0))) == pytest.approx(1000, rel=1e-3)
    assert metres_between(on_map((0, 0)), on_map((0, 1000))) == pytest.approx(1000, rel=1e-3)
    west, south, east, north = bounds()
    lon, lat = on_map((37_000, 37_000))
    assert west < lon < east
    assert south < lat < north
