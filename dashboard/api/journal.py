"""The call that reads the journal."""

from __future__ import annotations

from typing import Any

from dashboard.api import answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Nothing
from dashboard.api.requests import EntriesAsked
from dashboard.domain.events import entry_to_wire


def entries(desk: Desk, asked: Asked[Nothing, EntriesAsked]) -> Reply:
    """What happened after an entry, in order, gapless."""
    after, limit = asked.query.after, asked.query.limit
    found = desk.store.entries(asked.by.coop, after=after, limit=limit + 1)
    page = found[:limit]
    more = page[-1].seq if len(found) > limit else None
    return Reply({"entries": [entry_to_wire(entry) for entry in page], "next": more})


CALLS: tuple[Call[Any, Any], ...] = (
    Call(
        "GET", "/journal", "read_journal", "What happened", "see_journal", entries, answers.Entries, query=EntriesAsked
    ),
)  # fmt: skip
