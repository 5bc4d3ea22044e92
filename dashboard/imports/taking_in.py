"""Orders from a spreadsheet: looked at first, taken in when somebody has confirmed, the same file only once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard.dispatch import Dispatch
from dashboard.domain.sheet_orders import Line, Sheet, here_already, read_orders
from dashboard.imports.addresses import finder
from dashboard.imports.reading import read_rows
from dashboard.ports import Store
from live.city.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Taken:
    """How far it has come: ``done`` of ``total`` orders; ``created`` of these were new this time."""

    done: int
    total: int
    created: int


class Imports:
    """Where files of orders come in."""

    def __init__(
        self, store: Store, dispatch: Dispatch, gazetteer: Callable[[str], Gazetteer | None],
        zone: Callable[[str], ZoneInfo],
    ) -> None:  # fmt: skip
        self._store = store
        self._dispatch = dispatch
        self._gazetteer = gazetteer
        self._zone = zone

    def look(self, coop: str, content: bytes, at: datetime) -> tuple[Sheet, frozenset[str]]:
        """What the file says, and the keys of the lines that are here already. Nothing is written."""
        sheet = self._read(coop, content, at)
        return sheet, self._here(coop, sheet) | self._taken(coop, sheet)

    def take_in(self, coop: str, content: bytes, first: int, many: int, *, by: str, at: datetime) -> Taken:
        """Places ``many`` of the orders from the ``first`` on, each in a transaction of its own, drop-offs of one
        pickup together; rows with faults are left out, and what was placed before stays as it is, from this file or
        from wherever an export took it."""
        sheet = self._read(coop, content, at)
        lines, created = [line for line in sheet.lines if line.order], 0
        here = self._here(coop, sheet)
        known = here | self._taken(coop, sheet)
        mates: dict[str, list[Line]] = {}
        for line in lines:
            mates.setdefault(line.group or line.key, []).append(line)
        for line in lines[first : first + many]:
            if line.order is None or line.key in known:
                continue
            with_it = mates[line.group or line.key]
            mine = [(one.order, (_key(one), one.key)) for one in with_it if one.order and one.key not in here]
            orders, keys = zip(*mine, strict=True)
            placed = self._dispatch.place_together(coop, orders, by=by, at=at, keys=keys)
            created += sum(one.created for one in placed)
        return Taken(min(first + many, len(lines)), len(lines), created)

    def _here(self, coop: str, sheet: Sheet) -> frozenset[str]:
        """The lines that say what was exported from here."""
        refs = {line.order.ref for line in sheet.lines if line.order and line.order.ref}
        return here_already(sheet.lines, self._store.orders_by_ref(coop, refs), self._zone(coop))

    def _taken(self, coop: str, sheet: Sheet) -> frozenset[str]:
        """The lines that were taken in from a file like this one."""
        with self._store.change(coop) as change:
            return frozenset(line.key for line in sheet.lines if line.order and change.placement(_key(line)))

    def _read(self, coop: str, content: bytes, at: datetime) -> Sheet:
        return read_orders(read_rows(content), finder(self._gazetteer(coop)), self._zone(coop), coop, at)


def _key(line: Line) -> str:
    return f"import/{line.key}"
