"""Orders from a spreadsheet: looked at first, taken in when somebody has confirmed, the same file only once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard.dispatch import Dispatch
from dashboard.domain.sheet_orders import Line, Sheet, read_orders
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
        with self._store.change(coop) as change:
            known = frozenset(line.key for line in sheet.lines if line.order and change.placement(_key(line)))
        return sheet, known

    def take_in(self, coop: str, content: bytes, first: int, many: int, *, by: str, at: datetime) -> Taken:
        """Places ``many`` of the orders from the ``first`` on, each in a transaction of its own; rows with faults are
        left out, and what was placed before stays as it is."""
        lines = [line for line in self._read(coop, content, at).lines if line.order]
        created = 0
        for line in lines[first : first + many]:
            assert line.order is not None
            placed = self._dispatch.place(coop, line.order, by=by, at=at, key=_key(line), request=line.key)
            created += placed.created
        return Taken(min(first + many, len(lines)), len(lines), created)

    def _read(self, coop: str, content: bytes, at: datetime) -> Sheet:
        return read_orders(read_rows(content), finder(self._gazetteer(coop)), self._zone(coop), coop, at)


def _key(line: Line) -> str:
    return f"import/{line.key}"
