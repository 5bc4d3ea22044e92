"""The calls about what went wrong with an order."""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

from pydantic import Field

from dashboard.api.answers import Answer
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Body, Id, Instant, LongText, Nothing
from dashboard.api.orders import found_order
from dashboard.domain.incidents import Incident
from dashboard.domain.refusals import Invalid
from dashboard.domain.times import to_wire
from dashboard.pictures import LARGEST

ENCODED = (LARGEST + 2) // 3 * 4  # bytes of base64
IncidentKind = Literal["damaged", "missing_items", "nobody_there", "wrong_address", "accident", "theft", "other"]


class IncidentGiven(Body):
    """What happened; ``photo`` is a JPEG, PNG or WebP in base64, 2 MB at most before encoding."""

    kind: IncidentKind
    note: LongText = ""
    photo: Annotated[str, Field(max_length=ENCODED)] | None = None


class IncidentResolved(Body):
    """How it ended."""

    incident: Id
    note: LongText = ""


class IncidentRead(Answer):
    """An incident; ``photo`` is the SHA-256 of the picture at ``photo_url``, null where there is none."""

    id: str
    order: str
    kind: str
    note: str
    by: str
    at: Instant
    photo: str | None
    photo_url: str | None
    resolved_by: str | None
    resolved_at: Instant | None
    ending: str


class IncidentList(Answer):
    """Oldest first."""

    incidents: list[IncidentRead]


def everything(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """All of the order."""
    found_order(desk, asked, "see_incidents")
    return Reply({"incidents": [document(one) for one in desk.incidents.of(asked.by.coop, asked.id)]})


def report(desk: Desk, asked: Asked[IncidentGiven, Nothing]) -> Reply:
    """The photo is written anew: nothing of what the camera adds is kept. The same key again gives the same back."""
    found_order(desk, asked, "report_incident")
    body, by = asked.body, asked.by
    courier = (by.scope or "") if by.role == "courier" else ""
    made = desk.incidents.report(
        by.coop, asked.id, body.kind, body.note, _bytes(body.photo), by=by.name, at=asked.at, courier=courier,
        key=asked.key and f"incident/{by.scope or ''}/{asked.key}",
    )  # fmt: skip
    return Reply(document(made.incident), 201 if made.created else 200)


def resolve(desk: Desk, asked: Asked[IncidentResolved, Nothing]) -> Reply:
    """Once."""
    found_order(desk, asked, "resolve_incident")
    body, by = asked.body, asked.by
    done = desk.incidents.resolve(by.coop, asked.id, body.incident, body.note, by=by.name, at=asked.at)
    return Reply(document(done))


def document(one: Incident) -> dict[str, Any]:
    """The incident as it goes over the wire."""
    return {
        "id": one.id, "order": one.order, "kind": one.kind, "note": one.note, "by": one.by, "at": to_wire(one.at),
        "photo": one.photo or None, "photo_url": photo_url(one) or None, "resolved_by": one.resolved_by or None,
        "resolved_at": to_wire(one.resolved_at) if one.resolved_at else None, "ending": one.ending,
    }  # fmt: skip


def photo_url(one: Incident) -> str:
    """Where the photo is, for whoever may see the order; '' where there is none."""
    return f"/live/photo?order={one.order}&incident={one.id}" if one.photo else ""


def _bytes(photo: str | None) -> bytes | None:
    try:
        return base64.b64decode(photo, validate=True) if photo else None
    except ValueError as error:  # not base64, or not even ASCII
        raise Invalid("This is no photo: send a JPEG, PNG or WebP picture", field="photo") from error


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/orders/{id}/incidents", "list_incidents", "What went wrong with the order", "see_incidents",
         everything, IncidentList),
    Call("POST", "/orders/{id}/incidents", "report_incident", "Something went wrong: what, and a photo",
         "report_incident", report, IncidentRead, body=IncidentGiven, statuses=(201, 200), keyed=True,
         largest=ENCODED + 16 * 1024),
    Call("POST", "/orders/{id}/incidents/resolve", "resolve_incident", "It is settled", "resolve_incident", resolve,
         IncidentRead, body=IncidentResolved),
)  # fmt: skip
