"""A table of orders, in the columns of CoopCycle's delivery or task files: orders, or what is wrong in which cell."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dashboard.domain.orders import Item, Order, Place
from dashboard.domain.refusals import Invalid
from dashboard.domain.sheet_values import at_most, coordinates, grams, in_order, moment_in, parcels, window_in
from dashboard.domain.spans import local_date
from dashboard.domain.together import is_same_place

DELIVERIES, TASKS = "deliveries", "tasks"
MOST_ROWS = 1000
TEXT, LONG, REF = 200, 1000, 32  # characters, as the API takes them
_PLACE = (
    "address", "address.streetaddress", "latlong", "address.latlng", "address.name", "address.description",
    "address.telephone", "address.contactname", "comments", "timeslot", "after", "before",
)  # fmt: skip
_LOAD = ("packages", "weight", "ref")
READ: Mapping[str, frozenset[str]] = {
    DELIVERIES: frozenset(
        {*_LOAD, "group", "dropoff.packages", *(f"{end}.{name}" for end in ("pickup", "dropoff") for name in _PLACE)}
    ),
    TASKS: frozenset({*_LOAD, *_PLACE, "type", "group"}),
}  # fmt: skip
"""The columns that are read, in small letters."""

PLACES = 6
"""Decimals of degrees that a file has: 11 cm."""

type Identity = tuple[str, tuple[tuple[float, float], ...], date | None]
type Find = Callable[[str], tuple[float, float]]
"""Latitude and longitude of an address; Invalid, with the nearest names, when there is none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell: «B7»."""

    cell: str
    why: Invalid


@dataclass(frozen=True, slots=True)
class Line:
    """An order of the table. ``row`` as the spreadsheet counts; ``order`` is None where there are ``faults``.

    ``key`` is made of what the cells say and of how often the table says so: the same file has the same keys. Lines of
    one ``group`` are drop-offs of one pickup; "" for an order by itself.
    """

    row: int
    order: Order | None
    key: str
    faults: tuple[Fault, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of a table; ``unread`` are the columns that nothing is taken from."""

    kind: str
    lines: tuple[Line, ...]
    unread: tuple[str, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Each once, in the order of the rows."""
        found = {(fault.cell, str(fault.why)): fault for line in self.lines for fault in line.faults}
        return tuple(found.values())


@dataclass(slots=True)
class _Row:
    """A row by its columns; what is read wrongly is noted in ``faults``."""

    number: int
    columns: Mapping[str, int]
    texts: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def read[T, U](self, names: Sequence[str], reader: Callable[[str], T], otherwise: U) -> T | U:
        """The first of the columns that is filled; ``otherwise`` where none is, or it is wrong."""
        name = next((name for name in names if name in self.texts), None)
        if name is None:
            return otherwise
        try:
            return reader(self.texts[name])
        except Invalid as why:
            self.wrong(name, why)
            return otherwise

    def wrong(self, name: str, why: Invalid) -> None:
        self.faults.append(Fault(f"{letters(self.columns.get(name, 0))}{self.number}", why))

    def by_column(self) -> tuple[Fault, ...]:
        return tuple(sorted(self.faults, key=lambda fault: (len(fault.cell), fault.cell)))


@dataclass(frozen=True, slots=True)
class _Stop:
    row: _Row
    place: Place
    note: str


def identity(order: Order, zone: ZoneInfo) -> Identity | None:
    """By what an order that was written into a file is known again: its number, its places as a file has them, and the
    day of its windows; None without a number. What became of it meanwhile, or of its note, does not count."""
    edges = (at for end in (order.pickup, order.dropoff) for at in (end.after, end.before))
    day = next((local_date(at, zone) for at in edges if at), None)
    places = tuple((round(end.lat, PLACES), round(end.lon, PLACES)) for end in (order.pickup, order.dropoff))
    return (order.ref, places, day) if order.ref else None


def here_already(lines: Sequence[Line], orders: Iterable[Order], zone: ZoneInfo) -> frozenset[str]:
    """The keys of the lines that say what one of the orders is: the second such line needs a second such order."""
    left = Counter(identity(order, zone) for order in orders)
    found = set()
    for line in lines:
        known = identity(line.order, zone) if line.order else None
        if known and left[known] > 0:
            left[known] -= 1
            found.add(line.key)
    return frozenset(found)


def read_orders(rows: Sequence[Sequence[str]], find: Find, zone: ZoneInfo, coop: str, at: datetime) -> Sheet:
    """The orders of a table whose first filled row names the columns. Invalid when it is no such table."""
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise Invalid("This file has no rows: the first names the columns, each further one is an order")
    if len(filled) > MOST_ROWS + 1:
        raise Invalid("This file has more than {n} rows: divide it", n=MOST_ROWS)
    (_, head), *body = filled
    columns = _columns(head)
    kind = _kind(columns)
    found = [_row(number, row, columns) for number, row in body]
    if kind == DELIVERIES:
        pairs = [(_stop(row, "pickup.", find, zone), _stop(row, "dropoff.", find, zone)) for row in found]
        _check_groups(pairs)
    else:
        pairs = _pairs(found, find, zone)
    told: Counter[str] = Counter()
    lines = [_line(pickup, dropoff, told, READ[kind], coop, at) for pickup, dropoff in pairs]
    paired = {stop.row.number for pair in pairs for stop in pair}
    alone = [Line(row.number, None, "", row.by_column()) for row in found if row.number not in paired]
    lines = _grouped(lines, [_group_of(pickup, dropoff) for pickup, dropoff in pairs])
    unread = tuple(cell.strip() for cell in head if cell.strip() and cell.strip().lower() not in READ[kind])
    return Sheet(kind, tuple(sorted([*lines, *alone], key=lambda line: line.row)), unread)


def letters(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    rest, last = divmod(column, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)


def _columns(head: Sequence[str]) -> Mapping[str, int]:
    names = [cell.strip().lower() for cell in head]
    twice = [name for name, times in Counter(names).items() if name and times > 1]
    if twice:
        raise Invalid("The column {name} is there twice: take one of them away", name=twice[0])
    return {name: index for index, name in enumerate(names) if name}


def _kind(columns: Mapping[str, int]) -> str:
    def has(prefix: str) -> bool:
        return any(f"{prefix}{name}" in columns for name in _PLACE[:4])

    if has("pickup.") and has("dropoff."):
        return DELIVERIES
    if "type" in columns and has(""):
        return TASKS
    raise Invalid("The first row names no columns of orders: it takes pickup.address and dropoff.address, or type and "
                  "address")  # fmt: skip


def _row(number: int, row: Sequence[str], columns: Mapping[str, int]) -> _Row:
    texts = {name: _plain(row[index]) for name, index in columns.items() if index < len(row)}
    return _Row(number, columns, {name: text for name, text in texts.items() if text})


def _plain(cell: str) -> str:
    """On one line, cut where it is too long, without the apostrophe that disarms a formula (exports/sheets.py)."""
    text = " ".join("".join(mark if mark.isprintable() else " " for mark in cell[: LONG + 1]).split())
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _pairs(found: Sequence[_Row], find: Find, zone: ZoneInfo) -> list[tuple[_Stop, _Stop]]:
    """Each drop-off with the last pickup above it in its group."""
    pickups: dict[str, _Stop] = {}
    pairs, used = [], set()
    for row in found:
        group = row.texts.get("group", "")
        match row.texts.get("type", "").lower():
            case "pickup":
                pickups[group] = _stop(row, "", find, zone)
            case "dropoff" if group in pickups:
                pairs.append((pickups[group], _stop(row, "", find, zone)))
                used.add(pickups[group].row.number)
            case "dropoff":
                row.wrong("type", Invalid("There is no pickup above this drop-off: put its row first"))
            case other:
                row.wrong("type", Invalid("“{text}” is no type: write pickup or dropoff", text=other))
    for row in found:
        if row.texts.get("type", "").lower() == "pickup" and row.number not in used:
            row.wrong("type", Invalid("No drop-off follows this pickup: add its row"))
    return pairs


def _group_of(pickup: _Stop, dropoff: _Stop) -> str:
    """What ties drop-offs together: their pickup's row, or the group that rows of deliveries name."""
    if pickup.row is not dropoff.row:
        return str(pickup.row.number)
    return dropoff.row.texts.get("group", "")


def _check_groups(pairs: Sequence[tuple[_Stop, _Stop]]) -> None:
    """Rows of deliveries that name one group have one pickup."""
    first: dict[str, Place] = {}
    for pickup, dropoff in pairs:
        group = _group_of(pickup, dropoff)
        if group and not is_same_place(pickup.place, first.setdefault(group, pickup.place)):
            dropoff.row.wrong("group", Invalid("Drop-offs of one group have one pickup: give it to all of them, or "
                                               "another group"))  # fmt: skip


def _grouped(lines: Iterable[Line], groups: Sequence[str]) -> list[Line]:
    """Of one order alone nothing is said."""
    many = Counter(groups)
    return [replace(line, group=group if many[group] > 1 else "") for line, group in zip(lines, groups, strict=True)]


def _stop(row: _Row, end: str, find: Find, zone: ZoneInfo) -> _Stop:
    """One end of an order: what stands in the columns that begin with ``end``."""
    where, spot = (f"{end}address", f"{end}address.streetaddress"), (f"{end}latlong", f"{end}address.latlng")
    before = len(row.faults)
    point = row.read(spot, coordinates, None)
    address = row.read(where, at_most(LONG), "")
    if point is None and address and len(row.faults) == before:
        point = row.read(where, find, None)
    if point is None and len(row.faults) == before:
        name = next((name for name in (*where, *spot) if name in row.columns), where[0])
        row.wrong(name, Invalid("A place is missing: give an address or coordinates"))
    after, until = row.read((f"{end}timeslot",), window_in(zone), (None, None))
    after = row.read((f"{end}after",), moment_in(zone), after)
    until = row.read((f"{end}before",), moment_in(zone), until)
    try:
        in_order(after, until)
    except Invalid as why:
        row.wrong(f"{end}before" if f"{end}before" in row.texts else f"{end}after", why)
    contact = row.texts.get(f"{end}address.contactname", "")
    name = row.read((f"{end}address.name", f"{end}address.contactname"), at_most(TEXT), "")
    said = (contact if contact != name else "", *(row.texts.get(f"{end}{part}", "") for part in (
        "address.telephone", "address.description", "comments")))  # fmt: skip
    lat, lon = point or (0.0, 0.0)
    return _Stop(row, Place(lat, lon, name, address, after, until), "; ".join(filter(None, said)))


def _line(
    pickup: _Stop, dropoff: _Stop, told: Counter[str], read: frozenset[str], coop: str, at: datetime
) -> Line:  # fmt: skip
    rows = [dropoff.row] if dropoff.row is pickup.row else [dropoff.row, pickup.row]
    items: tuple[Item, ...] = ()
    weight, ref = None, ""
    for row in reversed(rows):  # what the drop-off says counts before what the pickup says
        items = row.read(("dropoff.packages", "packages"), parcels, items)
        weight = row.read(("weight",), grams, weight)
        ref = row.read(("ref",), at_most(REF), ref)
    note = "; ".join(filter(None, (pickup.note, dropoff.note)))
    if len(note) > LONG:
        dropoff.row.wrong("dropoff.comments" if "dropoff.comments" in dropoff.row.columns else "comments",
                          Invalid("This is longer than {n} characters: shorten it", n=LONG))  # fmt: skip
    digest = _digest([{name: text for name, text in row.texts.items() if name in read} for row in rows])
    told[digest] += 1
    key = f"{digest}/{told[digest]}"
    faults = tuple(fault for row in reversed(rows) for fault in row.by_column())
    if faults:
        return Line(dropoff.row.number, None, key, faults)
    order = Order("", coop, ref, pickup.place, dropoff.place, at, items=items, weight_g=weight, note=note)
    return Line(dropoff.row.number, order, key)


def _digest(texts: Sequence[Mapping[str, str]]) -> str:
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()
