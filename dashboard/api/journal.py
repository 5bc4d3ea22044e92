"""The call that reads the journal."""

from __future__ import annotations

from typing import Any

from dashboard.access import TooLongAgo
from dashboard.api import answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Nothing
from dashboard.api.requests import EntriesAsked
from dashboard.domain.events import entry_to_wire


def entries(desk: Desk, asked: Asked[Nothing, EntriesAsked]) -> Reply:
    """What happened after an entry, in order, gapless; for a dispatcher from a day ago on."""
    after, limit = _beginning(desk, asked), asked.query.limit
    found = desk.store.entries(asked.by.coop, after=after, limit=limit + 1)
    page = found[:limit]
    more = page[-1].seq if len(found) > limit else None
    return Reply({"entries": [entry_to_wire(entry) for entry in page], "next": more})


def _beginning(desk: Desk, asked: Asked[Nothing, EntriesAsked]) -> int:
    """Where to begin. TooLongAgo: whoever goes on from an entry so old would miss some that are not theirs to see."""
    after, since = asked.query.after, asked.by.sees_since(asked.at)
    if since is None:
        return after
    hidden = desk.store.last_before(asked.by.coop, since)
    if 0 < after < hidden:
        raise TooLongAgo()
    return max(after, hidden)


CALLS: tuple[Call[Any, Any], ...] = (
    Call(
        "GET", "/journal", "read_journal", "What happened", "see_journal", entries, answers.Entries, query=EntriesAsked
    ),
)  # fmt: skip
