"""The calls about couriers' objections: raise, list, answer."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from dashboard.api.answers import Answer
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Body, Instant, LongText, Nothing, ShortText
from dashboard.domain.decisions import Objection
from dashboard.domain.times import to_wire


class ObjectionGiven(Body):
    """``about``: ``order:ID``, ``day:2026-11-24`` or ``line:2026-11:wage`` (a line of that month's slip)."""

    about: ShortText
    text: LongText = Field(min_length=1)


class AnswerGiven(Body):
    """The answer in words, and whether the courier is right."""

    text: LongText = Field(min_length=1)
    upheld: bool


class ObjectionRead(Answer):
    """An objection, its clock, and its answer by a named person (null while there is none)."""

    id: str
    courier: str
    about: str
    text: str
    at: Instant
    due: Instant
    answer: str
    answered_by: str
    answered_at: Instant | None
    upheld: bool | None


class ObjectionsRead(Answer):
    """Oldest first: all for the desk, one's own for a courier."""

    objections: list[ObjectionRead]


def everything(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """All for the desk, one's own for a courier."""
    whose = asked.by.scope if asked.by.role == "courier" else None
    return Reply({"objections": [document(one) for one in desk.decisions.objections(asked.by.coop, whose)]})


def raise_one(desk: Desk, asked: Asked[ObjectionGiven, Nothing]) -> Reply:
    """In the courier's own name."""
    by, given = asked.by, asked.body
    made = desk.decisions.raise_objection(by.coop, by.scope or "", given.about, given.text, by=by.name, at=asked.at)
    return Reply(document(made), 201)


def answer(desk: Desk, asked: Asked[AnswerGiven, Nothing]) -> Reply:
    """Signed by whoever answers."""
    by, given = asked.by, asked.body
    after = desk.decisions.answer_objection(
        by.coop, asked.id, given.text, upheld=given.upheld, by=by.name, at=asked.at
    )  # fmt: skip
    return Reply(document(after))


def document(one: Objection) -> dict[str, Any]:
    """As JSON."""
    return {
        "id": one.id, "courier": one.courier, "about": one.about, "text": one.text, "at": to_wire(one.at),
        "due": to_wire(one.due), "answer": one.answer, "answered_by": one.answered_by,
        "answered_at": one.answered_at and to_wire(one.answered_at), "upheld": one.upheld,
    }  # fmt: skip


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/objections", "list_objections", "Objections of couriers", "see_objections", everything,
         ObjectionsRead),
    Call("POST", "/objections", "raise_objection", "Object to a job, a day or a line of a pay slip", "object",
         raise_one, ObjectionRead, body=ObjectionGiven, statuses=(201,), names_others=True),
    Call("POST", "/objections/{id}/answer", "answer_objection", "Answer an objection by name", "answer_objection",
         answer, ObjectionRead, body=AnswerGiven),
)  # fmt: skip
