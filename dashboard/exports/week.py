"""The weekly download: the journal, the figures that the pages show, and the script that computes them again."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from dashboard.accounts_period import Period
from dashboard.domain.events import Entry, entry_to_wire
from dashboard.exports import recompute
from dashboard.ports import Store

PAGE = 1000
FAST = 1
"""Level of compression: the server's time counts for more than the last tenths of the zip."""


def pages(store: Store, coop: str, until: int) -> Iterator[tuple[Entry, ...]]:
    """The whole journal up to an entry: a figure rests on the rules and shifts that came before the week, too."""
    after = 0
    while after < until and (page := store.entries(coop, after=after, limit=min(PAGE, until - after))):
        yield tuple(page)
        after = page[-1].seq


def packed(store: Store, period: Period) -> Iterator[bytes]:
    """A zip of ``figures.json``, ``recompute.py``, how to run it, and ``journal.jsonl``, piece by piece.

    The figures are those of the accounts, made before the first piece is asked for; of the journal no more than a page
    is in memory at any time. It ends with the entry that the figures end with, whatever is written meanwhile.
    """
    zone = period.calendar.zone.key
    how = f"python recompute.py journal.jsonl {zone} {period.first} {period.last} > again.json\n"
    parts = {
        "figures.json": json.dumps(recompute.of_period(period), ensure_ascii=False, indent=1, sort_keys=True),
        "recompute.py": Path(recompute.__file__).read_text(encoding="utf-8"),
        "README.txt": f"In an environment in which roulement is installed:\n\n{how}",
    }
    return _pieces(parts, pages(store, period.tables.coop, period.tables.seq))


def _pieces(parts: dict[str, str], journal: Iterator[tuple[Entry, ...]]) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=FAST) as packing:
        for name, text in parts.items():
            packing.writestr(name, text)
        with packing.open("journal.jsonl", "w", force_zip64=True) as lines:
            for page in journal:
                lines.write("".join(_line(entry) for entry in page).encode())
                yield sink.taken()
    yield sink.taken()


def _line(entry: Entry) -> str:
    return json.dumps(entry_to_wire(entry), ensure_ascii=False) + "\n"


class _Sink(io.RawIOBase):
    """What was written since it was last taken; a zip that is written to it never goes back."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: object) -> int:
        """Keep a copy."""
        part = bytes(data)  # type: ignore[call-overload]
        self._parts.append(part)
        return len(part)

    def taken(self) -> bytes:
        """All of it, once."""
        found, self._parts = b"".join(self._parts), []
        return found
