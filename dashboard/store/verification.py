"""Whether a journal is still what was written."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from dashboard.domain.events import Entry, Fault, first_fault
from dashboard.store.journal import PAGE, read_entries, read_head
from dashboard.store.sql import SqlStore


class Unreadable(ValueError):
    """The row of entry ``seq`` holds no entry at all."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"entry {seq} was changed: it cannot be read any more")
        self.seq = seq


def verify(store: SqlStore, coop: str) -> Fault | None:
    """The first changed, missing or reordered entry of the co-op's journal, None if it is whole.

    Reads one snapshot, a page at a time. NotFound: no such co-op.
    """
    with store.reading() as connection:
        try:
            return first_fault(_all(connection, coop), read_head(connection, coop))
        except Unreadable as unreadable:
            return Fault(unreadable.seq, str(unreadable))


def _all(connection: Connection, coop: str) -> Iterator[Entry]:
    last, more = 0, True
    while more:
        more = False
        for entry in _readable(read_entries(connection, coop, after=last, limit=PAGE), last):
            yield entry
            last, more = entry.seq, True


def _readable(entries: Iterator[Entry], last: int) -> Iterator[Entry]:
    try:
        for entry in entries:
            last = entry.seq
            yield entry
    except ValueError as damage:
        raise Unreadable(last + 1) from damage
