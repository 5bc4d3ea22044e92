"""The weekly download: the journal, the figures that the pages show, and the script that computes them again."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dashboard.domain.events import Entry, entry_to_wire
from dashboard.exports import recompute
from dashboard.ports import Store

PAGE = 1000


def all_entries(store: Store, coop: str) -> Iterator[Entry]:
    """The whole journal: a figure rests on the rules and shifts that came before the week, too."""
    after = 0
    while page := store.entries(coop, after=after, limit=PAGE):
        yield from page
        after = page[-1].seq


def packed(entries: list[Entry], zone: str, first: date, last: date) -> bytes:
    """A zip of ``journal.jsonl``, ``figures.json``, ``recompute.py`` and how to run it; at least one entry."""
    found = recompute.figures(entries, zone, first, last)
    how = f"python recompute.py journal.jsonl {zone} {first} {last} > again.json\n"
    parts = {
        "journal.jsonl": "".join(json.dumps(entry_to_wire(entry), ensure_ascii=False) + "\n" for entry in entries),
        "figures.json": json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True),
        "recompute.py": Path(recompute.__file__).read_text(encoding="utf-8"),
        "README.txt": f"In an environment in which roulement is installed:\n\n{how}",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, text in parts.items():
            packing.writestr(name, text)
    return buffer.getvalue()
