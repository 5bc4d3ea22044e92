"""The calls about handing the desk over: what lies open, giving it, taking it, and who had the desk when."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from dashboard.api.answers import Answer
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Body, Instant, LongText, Nothing, ShortText
from dashboard.domain.handover import Handover, Item, duties
from dashboard.domain.times import to_wire

SHOWN = datetime.fromtimestamp(0).astimezone()


class HandoverGiven(Body):
    """``note`` is the last word of whoever leaves; ``to`` for whom it is meant, if that is known."""

    note: LongText = ""
    to: ShortText = ""


class DeskNoteGiven(Body):
    """What the next dispatcher has to know."""

    text: Annotated[LongText, Field(min_length=1)]


class ItemRead(Answer):
    """One line: ``about`` names it within its section; ``facts`` are as of the moment of the list."""

    section: Literal["alarms", "waiting", "problems", "missed", "couriers", "kitchens", "rain", "notes"]
    about: str
    facts: dict[str, Any]


class HandoverRead(Answer):
    """A handover; open while both ``taken_at`` and ``withdrawn_at`` are null. ``to`` is empty where nobody knew."""

    id: str
    by: str
    at: Instant
    to: str
    note: str
    taken_by: str | None
    taken_at: Instant | None
    withdrawn_at: Instant | None
    items: list[ItemRead]


class DutyRead(Answer):
    """Somebody had the desk; null where no handover says it."""

    name: str
    since: Instant | None
    until: Instant | None


class HandoversRead(Answer):
    """``now`` is what lies open at this moment; ``handovers`` newest first; ``duties`` say who had the desk when."""

    now: list[ItemRead]
    handovers: list[HandoverRead]
    duties: list[DutyRead]


class DeskNoted(Answer):
    """The entry that holds the note."""

    seq: int


def everything(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """For a dispatcher those of the last day."""
    coop, since = asked.by.coop, asked.by.sees_since(asked.at) or SHOWN
    found = desk.handovers.all(coop, since)
    had = [{"name": one.name, "since": _instant(one.since), "until": _instant(one.until)} for one in duties(found)]
    now = [_item(one) for one in desk.handovers.sheet(coop, asked.at)]
    return Reply({"now": now, "handovers": [_document(one) for one in found], "duties": had})


def give(desk: Desk, asked: Asked[HandoverGiven, Nothing]) -> Reply:
    """With the list as it is at this moment."""
    by, body = asked.by, asked.body
    return Reply(_document(desk.handovers.give(by.coop, body.note, body.to, by=by.name, at=asked.at)), status=201)


def confirm(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """Somebody else than the giver has the desk from now on."""
    return Reply(_document(desk.handovers.confirm(asked.by.coop, asked.id, by=asked.by.name, at=asked.at)))


def withdraw(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """The giver stays."""
    return Reply(_document(desk.handovers.withdraw(asked.by.coop, asked.id, by=asked.by.name, at=asked.at)))


def note(desk: Desk, asked: Asked[DeskNoteGiven, Nothing]) -> Reply:
    """For whoever comes next."""
    return Reply({"seq": desk.handovers.note(asked.by.coop, asked.body.text, by=asked.by.name, at=asked.at).seq}, 201)


def _document(one: Handover) -> dict[str, Any]:
    return {
        "id": one.id, "by": one.by, "at": to_wire(one.at), "to": one.to, "note": one.note,
        "taken_by": one.taken_by or None, "taken_at": _instant(one.taken_at),
        "withdrawn_at": _instant(one.withdrawn_at), "items": [_item(each) for each in one.items],
    }  # fmt: skip


def _item(item: Item) -> dict[str, Any]:
    return {"section": item.section, "about": item.about, "facts": dict(item.facts)}


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else to_wire(moment)


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/handovers", "list_handovers", "What lies open, and who handed the desk over to whom", "hand_over",
         everything, HandoversRead),
    Call("POST", "/handovers", "hand_over", "Hand the desk over", "hand_over", give, HandoverRead, body=HandoverGiven,
         statuses=(201,)),
    Call("POST", "/handovers/{id}/confirm", "take_over", "Take the desk over", "hand_over", confirm, HandoverRead),
    Call("POST", "/handovers/{id}/withdraw", "withdraw_handover", "Take one's own handover back", "hand_over",
         withdraw, HandoverRead),
    Call("POST", "/desk-notes", "note_for_desk", "Write a note for whoever comes next", "hand_over", note, DeskNoted,
         body=DeskNoteGiven, statuses=(201,)),
)  # fmt: skip
