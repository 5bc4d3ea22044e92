"""The journal: what happened, one entry a fact, each chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dashboard.domain.times import from_wire, to_wire

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Fact:
    """What a use case found to be true: ``kind`` is dotted (``order.assigned``), ``subject`` the id it is about.

    ``data["changes"]`` holds the subject's new values as they go over the wire, so that whoever replays the journal
    (a projection, a board, a browser) needs no rule of its own; the other members say why.
    """

    kind: str
    subject: str
    version: int
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a co-op's journal; seq 0 and GENESIS before the first."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Entry:
    """A committed fact. ``hash`` is SHA-256 over all the rest, ``prev`` included."""

    coop: str
    seq: int
    id: str
    at: datetime
    actor: str
    kind: str
    subject: str
    version: int
    data: Mapping[str, Any]
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where a journal is not what was written."""

    seq: int
    reason: str


def seal(fact: Fact, head: Head, *, coop: str, id: str, at: datetime, actor: str) -> Entry:
    """The entry that follows ``head``."""
    body = {
        "coop": coop, "seq": head.seq + 1, "id": id, "at": to_wire(at), "actor": actor, "kind": fact.kind,
        "subject": fact.subject, "version": fact.version, "data": fact.data, "prev": head.hash,
    }  # fmt: skip
    return entry_from_wire({**body, "hash": _digest(body)})


def entry_to_wire(entry: Entry) -> dict[str, Any]:
    """The entry as the contract writes it."""
    return {
        "coop": entry.coop, "seq": entry.seq, "id": entry.id, "at": to_wire(entry.at), "actor": entry.actor,
        "kind": entry.kind, "subject": entry.subject, "version": entry.version, "data": entry.data,
        "prev": entry.prev, "hash": entry.hash,
    }  # fmt: skip


def entry_from_wire(wire: Mapping[str, Any]) -> Entry:
    """The entry of such a document."""
    return Entry(**{**wire, "at": from_wire(wire["at"])})


def canonical(value: Any) -> str:
    """The one way to write a JSON value, which the hash is taken of; ValueError for NaN and infinities."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def is_whole(entry: Entry) -> bool:
    """Whether the entry's hash is that of its content; content that cannot be written down was never hashed."""
    body = entry_to_wire(entry)
    del body["hash"]
    try:
        return _digest(body) == entry.hash
    except ValueError:
        return False


def first_fault(entries: Iterable[Entry], head: Head) -> Fault | None:
    """The first changed, missing or reordered entry of a whole journal, or None. ``head`` is what should come last."""
    return next(_faults(entries, head), None)


def _faults(entries: Iterable[Entry], head: Head) -> Iterator[Fault]:
    last = Head()
    for entry in entries:
        if entry.seq != last.seq + 1:
            yield Fault(last.seq + 1, f"entry {last.seq + 1} is missing: {entry.seq} follows {last.seq}")
        if not is_whole(entry):
            yield Fault(entry.seq, f"entry {entry.seq} was changed: its hash does not fit its content")
        if entry.prev != last.hash:
            yield Fault(
                entry.seq, f"entry {entry.seq} does not follow entry {last.seq}: one of them was replaced or moved"
            )
        last = Head(entry.seq, entry.hash)
    if last.seq < head.seq:
        yield Fault(last.seq + 1, f"entry {last.seq + 1} is missing: the journal should end with {head.seq}")
    elif last != head:
        yield Fault(last.seq, f"entry {last.seq} is not the one that was written last")


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(body).encode()).hexdigest()
