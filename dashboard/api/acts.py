"""The calls of the desk's acts: several orders at once, tags, days, notes, overrides, undo and redo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.access import person
from dashboard.api import answers, couriers
from dashboard.api import answers_acts as given
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Nothing
from dashboard.api.orders import upon
from dashboard.api.problems import document_of
from dashboard.domain.acts import Act, Outcome
from dashboard.domain.commands import Command
from dashboard.domain.couriers import courier_to_wire
from dashboard.domain.orders import Order, order_to_wire
from dashboard.domain.times import to_wire
from dashboard.undoing import Undone


def bulk(desk: Desk, asked: Asked[given.BulkGiven, Nothing]) -> Reply:
    """The same to several orders, each with its own outcome."""
    body, command = asked.body, desk.acts.new_command()
    act = Act(body.verb, body.courier or "", body.minutes, body.day, body.tags, body.reason, body.to or "")
    targets = [(one.order, one.expected_version) for one in body.orders]
    found = desk.acts.bulk(asked.by.coop, targets, act, by=asked.by.name, at=asked.at, command=command)
    return Reply(_outcomes(command, found))


def tag(desk: Desk, asked: Asked[given.TagsGiven, Nothing]) -> Reply:
    """Put tags on an order."""
    return Reply(order_to_wire(desk.acts.tag(asked.by.coop, asked.id, asked.body.tags, **_seen(asked))))


def untag(desk: Desk, asked: Asked[given.TagsGiven, Nothing]) -> Reply:
    """Take tags off an order."""
    return Reply(order_to_wire(desk.acts.untag(asked.by.coop, asked.id, asked.body.tags, **_seen(asked))))


def reschedule(desk: Desk, asked: Asked[given.RescheduleGiven, Nothing]) -> Reply:
    """To another day or time."""
    body = asked.body
    moved = desk.acts.reschedule(
        asked.by.coop, asked.id, day=body.day, minutes=body.minutes, reason=body.reason, **_seen(asked)
    )
    return Reply(order_to_wire(moved))


def note(desk: Desk, asked: Asked[given.NoteGiven, Nothing]) -> Reply:
    """What dispatchers tell each other about an order."""
    return Reply(order_to_wire(desk.acts.note(asked.by.coop, asked.id, asked.body.text, **_seen(asked))))


def note_courier(desk: Desk, asked: Asked[given.NoteGiven, Nothing]) -> Reply:
    """What dispatchers tell each other about a courier, who can read it."""
    return Reply(courier_to_wire(desk.acts.note_courier(asked.by.coop, asked.id, asked.body.text, **_seen(asked))))


def override(desk: Desk, asked: Asked[given.OverrideGiven, Nothing]) -> Reply:
    """A step that the rules do not have, with its reason."""
    body = asked.body
    return Reply(
        order_to_wire(
            desk.acts.override(asked.by.coop, asked.id, body.step, reason=body.reason, **_seen(asked))
        )
    )  # fmt: skip


def undo(desk: Desk, asked: Asked[given.CommandGiven, Nothing]) -> Reply:
    """Take back the caller's last command, or one of them."""
    return _undone(desk.undoing.undo(asked.by.coop, command=asked.body.command, **_whose(asked)))


def redo(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """Do again what the caller took back last."""
    return _undone(desk.undoing.redo(asked.by.coop, **_whose(asked)))


def some(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """The caller's last commands."""
    found = desk.undoing.stack(asked.by.coop, **_whose(asked))
    return Reply({"done": _lines(found.done), "undone": _lines(found.undone)})


def _undone(undone: Undone) -> Reply:
    return Reply(_outcomes(undone.command.id, undone.outcomes))


def _outcomes(command: str, found: Sequence[Outcome]) -> dict[str, Any]:
    complete = all(one.refusal is None for one in found)
    return {"command": command, "complete": complete, "outcomes": [_outcome(one) for one in found]}


def _outcome(one: Outcome) -> dict[str, Any]:
    about = {"id": one.id, "ref": one.ref}
    if one.refusal or one.now is None:
        return {**about, "outcome": "refused", "problem": one.refusal and document_of(one.refusal)}
    if isinstance(one.now, Order):
        return {**about, "outcome": "done", "order": order_to_wire(one.now)}
    return {**about, "outcome": "done", "courier": courier_to_wire(one.now)}


def _lines(some: Sequence[Command]) -> list[dict[str, Any]]:
    return [
        {"command": one.id, "at": to_wire(one.at), "kind": one.kind,
         "subjects": list(dict.fromkeys(entry.subject for entry in one.entries))}
        for one in reversed(some)
    ]  # fmt: skip


def _whose(asked: Asked[Any, Nothing]) -> dict[str, Any]:
    return {"by": asked.by.name, "at": asked.at, "who": person()}


def _seen(asked: Asked[Any, Nothing]) -> dict[str, Any]:
    return {"by": asked.by.name, "at": asked.at, "expected_version": asked.body.expected_version}


def _nothing(_desk: Desk, _asked: Asked[Any, Any]) -> Mapping[str, Any]:
    """What stands in the way has been said."""
    return {}


CALLS: tuple[Call[Any, Any], ...] = (
    Call(
        "POST", "/orders/bulk", "bulk_orders", "The same to several orders, each with its own outcome", "bulk", bulk,
        given.Outcomes, body=given.BulkGiven,
    ),
    upon("tag", "tag", "Put tags on an order", tag, given.TagsGiven),
    upon("untag", "tag", "Take tags off an order", untag, given.TagsGiven, name="untag"),
    upon("reschedule", "reschedule", "Move an order to another day or time", reschedule, given.RescheduleGiven),
    upon("note", "note", "What dispatchers tell each other about an order", note, given.NoteGiven),
    upon("override", "override", "A step that the rules do not have, with its reason", override, given.OverrideGiven),
    Call(
        "POST", "/couriers/{id}/note", "note_courier", "What dispatchers tell each other about a courier", "note",
        note_courier, answers.Courier, body=given.NoteGiven, present=couriers.present,
    ),
    Call(
        "POST", "/undo", "undo", "Take back the caller's last command", "take_back", undo, given.Outcomes,
        body=given.CommandGiven, present=_nothing,
    ),
    Call("POST", "/redo", "redo", "Do again what was taken back last", "take_back", redo, given.Outcomes,
         present=_nothing),
    Call("GET", "/commands", "list_commands", "The caller's last commands", "take_back", some, given.Commands),
)  # fmt: skip
