"""All that the record holds about one courier, to take away: entries, orders, decisions, pay lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dashboard.domain.events import Entry, entry_to_wire
from dashboard.domain.times import to_wire
from dashboard.exports.sheets import sheet
from dashboard.ports import Store

PAGE = 1000
HEAD = ("seq", "at", "actor", "kind", "subject", "data")


def entries_of(store: Store, coop: str, courier: str) -> Iterator[Entry]:
    """Every entry about the courier, about an order while it was theirs (or was given or taken), or of their own hand.

    Customers' names and addresses on those orders are other people's data and are left out.
    """
    holder: dict[str, str | None] = {}
    after = 0
    while page := store.entries(coop, after=after, limit=PAGE):
        for entry in page:
            before = holder.get(entry.subject)
            if entry.kind.startswith("order."):
                changes = entry.data.get("changes", {})
                holder[entry.subject] = changes.get("courier", before) if "courier" in changes else before
            if courier in (entry.subject, entry.actor, before, holder.get(entry.subject), entry.data.get("courier")):
                yield entry
        after = page[-1].seq


def own_json(store: Store, coop: str, courier: str) -> str:
    """One JSON document."""
    found = [_mine(entry) for entry in entries_of(store, coop, courier)]
    return json.dumps({"coop": coop, "courier": courier, "entries": found}, ensure_ascii=False, indent=1)


def own_csv(store: Store, coop: str, courier: str) -> str:
    """One row an entry."""
    rows = (
        (entry.seq, to_wire(entry.at), entry.actor, entry.kind, entry.subject, json.dumps(_mine(entry)["data"]))
        for entry in entries_of(store, coop, courier)
    )
    return sheet(HEAD, rows)


def _mine(entry: Entry) -> dict[str, Any]:
    wire = entry_to_wire(entry)
    changes = {name: value for name, value in entry.data.get("changes", {}).items() if name != "dropoff"}
    return {**wire, "data": {**entry.data, **({"changes": changes} if "changes" in entry.data else {})}}
