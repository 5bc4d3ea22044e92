"""All that the record holds about one courier, to take away: entries, orders, decisions, looks, the kept trace."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from dashboard.domain.alternatives import seen_by, told, veiled
from dashboard.domain.decisions import RAISED, why
from dashboard.domain.events import Entry, entry_to_wire
from dashboard.domain.suggesting import DOMINATED
from dashboard.domain.times import to_wire
from dashboard.exports.sheets import sheet
from dashboard.ports import Look, Store
from dashboard.retention import Point

OTHERS = frozenset({"dropoff", "desk_note"})
"""What an order says of its customer, and what dispatchers tell each other about it."""
HEAD = ("seq", "at", "actor", "kind", "subject", "data")


def entries_of(store: Store, coop: str, courier: str) -> Iterator[Entry]:
    """Every entry about the courier, about an order while it was theirs (or was given or taken), or of their own hand.

    Customers' names and addresses on those orders are other people's data and are left out.
    """
    holder: dict[str, str | None] = {}
    for entry in store.naming(coop, courier):
        before = holder.get(entry.subject)
        if entry.kind.startswith("order."):
            changes = entry.data.get("changes", {})
            holder[entry.subject] = changes.get("courier", before) if "courier" in changes else before
        if entry.kind == RAISED:
            holder[entry.subject] = entry.data["courier"]
        holds = (before, holder.get(entry.subject), entry.data.get("courier"))
        if courier in (entry.subject, entry.actor, *holds) or (
            _is_suggestion(entry) and courier == entry.data.get("from")
        ):
            yield entry


def own_json(store: Store, coop: str, courier: str, looks: Sequence[Look], trace: Sequence[Point]) -> str:
    """One JSON document: the entries (jobs with their why, objections and answers), who looked, where they rode."""
    found = [_mine(entry, courier) for entry in entries_of(store, coop, courier)]
    seen = [_look(look) for look in looks]
    way = [{"at": to_wire(point.at), **_where(point)} for point in trace]
    mine = {"coop": coop, "courier": courier, "entries": found, "looked_at_by": seen, "trace": way}
    return json.dumps(mine, ensure_ascii=False, indent=1)


def own_csv(store: Store, coop: str, courier: str, looks: Sequence[Look], trace: Sequence[Point]) -> str:
    """One row an entry, then one for each look at the record, then one for each point of the kept trace."""
    rows: Iterator[tuple[Any, ...]] = (
        (
            entry.seq, to_wire(entry.at), entry.actor, entry.kind, entry.subject,
            json.dumps(_mine(entry, courier)["data"]),
        )
        for entry in entries_of(store, coop, courier)
    )  # fmt: skip
    seen = ((None, to_wire(one.at), one.by, "look", one.courier, json.dumps(_look(one))) for one in looks)
    way = ((None, to_wire(one.at), one.courier, "trace", one.courier, json.dumps(_where(one))) for one in trace)
    return sheet(HEAD, chain(rows, seen, way))


def _where(point: Point) -> dict[str, float]:
    """Degrees WGS 84."""
    return {"lat": point.lat, "lon": point.lon}


def _look(one: Look) -> dict[str, Any]:
    return {"at": to_wire(one.at), "by": one.by, "role": one.role, "what": one.what, "of": one.courier}


def _mine(entry: Entry, courier: str) -> dict[str, Any]:
    """Without the customer's door, and without other couriers: they are «another courier»."""
    wire = entry_to_wire(entry)
    others = OTHERS if entry.kind.startswith("order.") else frozenset()
    changes = {name: value for name, value in entry.data.get("changes", {}).items() if name not in others}
    data = {**entry.data, **({"changes": changes} if "changes" in entry.data else {})}
    if _is_suggestion(entry):
        return {**wire, "data": _suggestion(data, courier)}
    if not entry.kind.startswith("order."):
        return {**wire, "data": data}
    if "courier" in changes:
        changes["courier"] = veiled(changes["courier"], courier)
    if "from" in data:
        data["from"] = veiled(data["from"], courier)
    if data.get("shown"):
        data["shown"] = seen_by(courier, why([entry])[0]).shown
    return {**wire, "data": data}


def _is_suggestion(entry: Entry) -> bool:
    return entry.kind.startswith("suggestion.")


def _suggestion(data: dict[str, Any], courier: str) -> dict[str, Any]:
    """As the page that says why tells it: other couriers without name and pay."""
    who: dict[str, Any] = {name: veiled(data[name], courier) for name in ("courier", "from", "first") if name in data}
    why_not = {"why": veiled(data["why"], courier)} if data.get("standing") == DOMINATED else {}
    if "candidates" not in data:
        return {**data, **who, **why_not}
    plain: dict[str, Any] = {name: data[name] for name in ("order", "at", "is_on", "weights") if name in data}
    return {**plain, **who, "candidates": told(data, data.get("courier"), courier)}
