"""The call that says how it goes with a CoopCycle beside us."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from dashboard.api import answers_coopcycle as answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Nothing
from dashboard.coopcycle import Status, Waiting
from dashboard.domain.times import to_wire


def state(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """As the connector last left it in the record."""
    coop = asked.by.coop
    status, waiting = desk.books.status(coop), desk.books.waiting(coop)
    known = status or Status()
    return Reply({
        "is_set_up": status is not None,
        "last_read": known.last_read and to_wire(known.last_read),
        "is_live": known.is_live,
        "problem": known.problem,
        "waiting": [_letter(letter) for letter in waiting],
        "aside": dict(known.aside),
        "overruled": list(known.overruled),
        "said": list(said(status, waiting, asked.at)),
    })  # fmt: skip


def said(status: Status | None, waiting: Sequence[Waiting], at: datetime) -> Iterator[str]:
    """The same in words, a line each."""
    if status is None:
        yield "No connector has run for this co-op"
        return
    read = status.last_read
    yield f"last read: {f'{read:%H:%M:%S} UTC, {_age(at - read)} ago' if read else 'never'}"
    yield f"live channel: {'connected' if status.is_live else 'not connected, polling instead'}"
    yield f"waiting to be written: {len(waiting) or 'nothing'}"
    for letter in waiting:
        why = f", tried {letter.tries} times: {letter.problem}" if letter.tries else ""
        yield f"  order {letter.order} to {letter.wanted or 'nobody'}, by {letter.by}{why}"
    yield f"problem: {status.problem or 'none'}"
    for thing, reason in status.aside.items():
        yield f"  {thing}: {reason}"


def _letter(letter: Waiting) -> dict[str, Any]:
    return {
        "order": letter.order, "courier": letter.wanted, "by": letter.by, "decided_at": to_wire(letter.decided_at),
        "tries": letter.tries, "problem": letter.problem,
    }  # fmt: skip


def _age(age: timedelta) -> str:
    seconds = max(0, int(age.total_seconds()))
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min"


CALLS: tuple[Call[Any, Any], ...] = (
    Call(
        "GET", "/coopcycle", "coopcycle", "How it goes with a CoopCycle beside the desk", "see_desk", state,
        answers.Coopcycle,
    ),
)  # fmt: skip
