"""Tables of orders: what is read from which column, and which cell is named when it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboard.domain.orders import Item, Order, Place
from dashboard.domain.refusals import Invalid
from dashboard.domain.sheet_orders import DELIVERIES, MOST_ROWS, TASKS, Sheet, here_already, letters, read_orders
from dashboard.domain.sheet_values import coordinates, grams, moment_in, parcels, window_in
from dashboard.exports.deliveries import deliveries
from dashboard.imports.reading import read_rows

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2026, 12, 12, 8, tzinfo=UTC)
TEN, ELEVEN = (datetime(2026, 12, 12, hour, tzinfo=UTC) for hour in (9, 10))  # 10 and 11 in Paris
SLOT = "2026-12-12 10:00 - 2026-12-12 11:00"
HEAD = ["pickup.address", "dropoff.latlong", "Dropoff.Timeslot", "weight", "dropoff.packages", "tour.name"]


def find(text: str) -> tuple[float, float]:
    if "Nowhere" in text:
        raise Invalid("“{text}” is not found in this city. Nearest: {names}", text=text, names="Rue B")
    return 48.85, 2.35


def read(*rows: list[str]) -> Sheet:
    return read_orders(rows, find, PARIS, "acme", AT)


def cells(sheet: Sheet) -> list[str]:
    return [fault.cell for fault in sheet.faults]


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        (grams, "2.5", 2500), (grams, "2,5 kg", 2500), (grams, "0", 0), (grams, "-1", None), (grams, "1001", None),
        (parcels, "small=1 big-box=2", (Item("small"), Item("big-box", 2))), (parcels, "small", None),
        (parcels, "small=0", None), (coordinates, "48.85, 2.35", (48.85, 2.35)),
        (coordinates, "-33.9,18.4", (-33.9, 18.4)),
        (coordinates, "91,0", None), (coordinates, "here", None),
        (moment_in(PARIS), "2026-12-12 10:00", TEN), (moment_in(PARIS), "12/12/2026 10h", TEN),
        (moment_in(PARIS), "12.12.2026 10h00", TEN), (moment_in(PARIS), "31/02/2026 10:00", None),
        (moment_in(PARIS), "2026-12-12 25:00", None), (moment_in(PARIS), "10:00", None),
        (window_in(PARIS), SLOT, (TEN, ELEVEN)), (window_in(PARIS), "12-12-2026 10h - 11h", (TEN, ELEVEN)),
        (window_in(PARIS), "2026-12-12 11:00 - 10:00", None), (window_in(PARIS), "soon", None),
    ],
)  # fmt: skip
def test_a_cell_says_a_value_or_is_refused(reader: Callable[[str], Any], text: str, value: Any) -> None:
    """Each way of writing that is known; whatever else is refused, not guessed."""
    if value is None:
        with pytest.raises(Invalid):
            reader(text)
    else:
        assert reader(text) == value


def test_a_row_of_a_delivery_file_is_an_order() -> None:
    """Address looked up, coordinates as given, window on the co-op's clocks; a column that is not read is named."""
    sheet = read(HEAD, ["1 Rue A", "48.8,2.3", SLOT, "2,5", "box=2", "Monday"])
    (line,) = sheet.lines
    assert line.order is not None
    assert (sheet.kind, sheet.unread) == (DELIVERIES, ("tour.name",))
    assert (line.order.pickup.lat, line.order.pickup.address, line.order.dropoff.lat) == (48.85, "1 Rue A", 48.8)
    assert (line.order.dropoff.after, line.order.dropoff.before) == (TEN, ELEVEN)
    assert (line.order.weight_g, line.order.items) == (2500, (Item("box", 2),))


def test_each_wrong_cell_is_named() -> None:
    """All that is wrong with a row at once, as the spreadsheet counts, blank rows too; the other rows are orders."""
    good = ["1 Rue A", "48.8,2.3", SLOT, "1", "", ""]
    sheet = read(HEAD, good, [""] * 6, ["Nowhere 3", "x", "soon", "much", "box", ""], ["", "48.8,2.3"])
    assert cells(sheet) == ["A4", "B4", "C4", "D4", "E4", "A5"]
    assert [line.order is not None for line in sheet.lines] == [True, False, False]
    assert "Rue B" in str(sheet.faults[0].why)
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_stops_of_a_task_file_belong_together_by_group() -> None:
    """Each drop-off with the pickup above it in its group, so one pickup may have several; what is alone is wrong."""
    head = ["type", "address", "group", "before", "after"]
    sheet = read(
        head, ["pickup", "A", "1"], ["pickup", "B", "2"], ["dropoff", "C", "1"], ["Dropoff", "D", "2"],
        ["dropoff", "E", "1", "2026-12-12 11:00", "2026-12-12 10:00"],
    )  # fmt: skip
    assert sheet.kind == TASKS
    ends = [(line.order.pickup.address, line.order.dropoff.address) for line in sheet.lines if line.order]
    assert ends == [("A", "C"), ("B", "D"), ("A", "E")]
    first, second, third = (line.group for line in sheet.lines)
    assert first == third != second == ""
    assert cells(read(head, ["dropoff", "A", "1"], ["pickup", "B", "2"], ["bike", "C"])) == ["A2", "A3", "A4"]
    late = ["dropoff", "E", "", "2026-12-12 10:00", "2026-12-12 11:00"]
    assert cells(read(head, ["pickup", "Nowhere"], late)) == ["B2", "D3"]


def test_keys_come_from_the_content() -> None:
    """The same file has the same keys, two equal rows have two; another cell is another order."""
    row, other = ["1 Rue A", "48.8,2.3", SLOT, "1", "", ""], ["1 Rue A", "48.8,2.3", SLOT, "2", "", ""]
    keys = [line.key for line in read(HEAD, row, row, other).lines]
    assert len(set(keys)) == 3
    assert [line.key for line in read(HEAD, other, row, row).lines] == [keys[2], keys[0], keys[1]]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD], [["name", "street"], ["a", "b"]], [["type", "type", "address"], ["pickup", "", "a"]],
        [HEAD, *[["A", "1,1"]] * (MOST_ROWS + 1)],
    ],
)  # fmt: skip
def test_what_is_no_table_of_orders_is_refused_whole(rows: list[list[str]]) -> None:
    """Nothing but a heading, unknown columns, a column twice, too many rows."""
    with pytest.raises(Invalid):
        read(*rows)


def test_what_goes_out_comes_in_again() -> None:
    """An order with a text that would run as a formula, west of Greenwich and south of the line: disarmed, and back."""
    (line,) = read(HEAD, ["=1+1", "-33.9,-18.4", SLOT, "2.5", "box=2", ""]).lines
    order = line.order
    assert order is not None
    text = "".join(deliveries([order], PARIS))
    assert "'=1+1" in text
    assert "'-33.9,-18.4" in text
    (again,) = read(*read_rows(text.encode())).lines
    assert isinstance(again.order, Order)
    assert (again.order.pickup, again.order.dropoff) == (order.pickup, order.dropoff)
    assert (again.order.items, again.order.weight_g) == (order.items, order.weight_g)


def test_a_group_goes_out_as_one_and_comes_in_as_one() -> None:
    """Drop-offs of one pickup name their group in a row each; one alone is none, and two pickups in one are wrong."""
    (line,) = read(HEAD, ["1 Rue A", "48.8,2.3", SLOT, "", "", ""]).lines
    assert line.order
    text = "".join(deliveries([replace(line.order, group=group) for group in ("g", "g", "h", None)], PARIS))
    rows = read_rows(text.encode())
    assert [one.group for one in read(*rows).lines] == ["g", "g", "", ""]
    elsewhere = [cell.replace("1 Rue A", "2 Rue B").replace("48.85,2.35", "48.9,2.35") for cell in rows[2]]
    assert cells(read(rows[0], rows[1], elsewhere)) == ["M3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encoding_and_separator_are_found_out(encoding: str, separator: str) -> None:
    """As spreadsheets write CSV in Paris and elsewhere, a separator within quotation marks included."""
    text = f'pickup.address{separator}dropoff.address\r\n"Café{separator} 3 Rue A"{separator}Rue B\r\n'
    assert read_rows(text.encode(encoding))[1] == [f"Café{separator} 3 Rue A", "Rue B"]


def test_an_order_that_went_out_in_a_file_is_known_again() -> None:
    """By its number, places and day; two rows that say the same need two orders; another day or number is new."""
    head = ["ref", "pickup.latlong", "dropoff.latlong", "dropoff.timeslot"]
    row = ["1042", "48.85,2.35", "48.86,2.36", SLOT]
    sheet = read(head, row, row, [*row[:3], SLOT.replace("12-12", "12-13")], ["1043", *row[1:]], ["", *row[1:]])
    here = Order("o", "acme", "1042", Place(48.8500000001, 2.35), Place(48.86, 2.36, before=ELEVEN), AT, state="ready")
    assert here_already(sheet.lines, [here], PARIS) == {sheet.lines[0].key}
    assert here_already(sheet.lines, [here, here], PARIS) == {line.key for line in sheet.lines[:2]}
