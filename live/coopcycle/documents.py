"""Their JSON-LD documents as values. Whatever is not as documented is Unreadable, with the reason in words."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard.domain.times import from_wire

PICKUP, DROPOFF = "PICKUP", "DROPOFF"
TASK_STATES = frozenset({"TODO", "DOING", "DONE", "FAILED", "CANCELLED"})
SHORT, LONG = 100, 200
"""Characters of a name and of a text, as long as the desk takes them."""


class Unreadable(ValueError):
    """A document that is not what it should be."""


@dataclass(frozen=True, slots=True)
class Task:
    """One stop: at a place, within a window, of one courier (a user name) or nobody's. ``previous`` is the stop before.

    ``says_who`` is False where the document is silent about the courier; the task lists tell then.
    """

    id: str
    type: str
    status: str
    lat: float
    lon: float
    updated_at: datetime
    created_at: datetime | None = None
    name: str = ""
    address: str = ""
    after: datetime | None = None
    before: datetime | None = None
    assigned: str | None = None
    says_who: bool = True
    previous: str | None = None
    number: str = ""
    weight_g: int | None = None
    price_cents: int | None = None
    packages: tuple[tuple[str, int], ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done about it any more."""
        return self.status in ("DONE", "FAILED", "CANCELLED")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who rides there."""

    id: str
    username: str
    name: str


@dataclass(frozen=True, slots=True)
class TaskList:
    """Whose tasks (and tours) a day holds."""

    username: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A planned shift; ``who`` are user names or users' addresses."""

    id: str
    starts_at: datetime
    ends_at: datetime
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a collection; ``total`` counts the whole, None where it is not told."""

    members: tuple[Any, ...]
    total: int | None


def parsed(body: bytes | str) -> Any:
    """The JSON value of a body."""
    try:
        return json.loads(body)
    except ValueError as error:
        raise Unreadable("the answer is not JSON") from error


def page(document: Any) -> Page:
    """A Hydra collection; a plain list is one as well."""
    if isinstance(document, list):
        return Page(tuple(document), None)
    found = _object(document, "collection")
    members = found.get("hydra:member", found.get("member"))
    if not isinstance(members, list):
        raise Unreadable("the collection has no hydra:member")
    total = found.get("hydra:totalItems", found.get("totalItems"))
    return Page(tuple(members), total if isinstance(total, int) else None)


def task(document: Any) -> Task:
    """A task, from a collection, by itself or out of an event."""
    found = _object(document, "task")
    name, kind, status = _address(found), found.get("type"), found.get("status")
    if kind not in (PICKUP, DROPOFF) or status not in TASK_STATES:
        raise Unreadable(f"the task {name} is of type {kind!r} and status {status!r}, which is neither known nor told")
    lat, lon = _point(found, name)
    address, more = _mapping(found, "address"), _mapping(found, "metadata")
    return Task(
        name, kind, status, lat, lon, _instant(found, "updatedAt", name),
        created_at=_moment(found.get("createdAt")),
        name=_text(address.get("name") or address.get("contactName"), SHORT),
        address=_text(address.get("streetAddress"), LONG),
        after=_moment(found.get("after", found.get("doneAfter"))),
        before=_moment(found.get("before", found.get("doneBefore"))),
        assigned=_text(found.get("assignedTo"), SHORT) or None,
        says_who="assignedTo" in found,
        previous=_text(found.get("previous"), LONG) or None,
        number=_text(more.get("order_number"), 32),
        weight_g=_whole(found.get("weight")), price_cents=_whole(more.get("order_total")),
        packages=tuple(_packages(found.get("packages"))),
    )  # fmt: skip


def user(document: Any) -> User:
    """A user who rides."""
    found = _object(document, "user")
    username = _text(found.get("username"), SHORT)
    if not username:
        raise Unreadable("a user has no username")
    name = " ".join(filter(None, (_text(found.get("givenName"), 60), _text(found.get("familyName"), 60))))
    return User(_text(found.get("@id"), LONG), username, name[:SHORT] or username)


def task_list(document: Any) -> TaskList:
    """Whose list it is, and what is on it."""
    found = _object(document, "task list")
    username = _text(found.get("username"), SHORT)
    if not username:
        raise Unreadable("a task list has no username")
    return TaskList(username, _addresses(found.get("items")))


def tour(document: Any) -> tuple[str, tuple[str, ...]]:
    """A tour's address, and its tasks."""
    found = _object(document, "tour")
    return _address(found), _addresses(found.get("items"))


def shift(document: Any) -> Shift:
    """A planned shift with those who are assigned to it."""
    found = _object(document, "shift")
    name = _address(found)
    who = found.get("assignments")
    return Shift(
        name, _instant(found, "startsAt", name), _instant(found, "endsAt", name),
        tuple(filter(None, map(_person, who if isinstance(who, list) else []))),
    )  # fmt: skip


def event(document: Any) -> tuple[str, Any] | None:
    """The name of an event of the live channel and the task that it is about; None for what is about no task."""
    found = _object(_object(document, "message").get("event"), "event")
    name, about = found.get("name"), _mapping(found, "data").get("task")
    return (name, about) if isinstance(name, str) and about is not None else None


def said(document: Any) -> str:
    """What an answer that is an error says."""
    found = document if isinstance(document, Mapping) else {}
    for name in ("hydra:description", "detail", "message", "error_description", "error"):
        if text := _text(found.get(name), LONG):
            return text
    return ""


def _person(document: Any) -> str:
    """Of an assignment: the user's name if it is told, else its address."""
    if isinstance(document, str):
        return _text(document, LONG)
    if not isinstance(document, Mapping):
        return ""
    if username := _text(document.get("username"), SHORT):
        return username
    inside = next((document[name] for name in ("user", "courier", "employee") if name in document), None)
    return _person(inside) or (_text(document.get("@id"), LONG) if inside is None else "")


def _object(document: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(document, Mapping):
        raise Unreadable(f"a {what} is not a JSON object")
    return document


def _mapping(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inside = found.get(name)
    return inside if isinstance(inside, Mapping) else {}


def _address(found: Mapping[str, Any]) -> str:
    address = _text(found.get("@id"), LONG)
    if not address.startswith("/"):
        raise Unreadable("a document has no @id")
    return address


def _addresses(items: Any) -> tuple[str, ...]:
    return tuple(_each_address(items if isinstance(items, list) else []))


def _each_address(items: Sequence[Any]) -> Iterator[str]:
    for item in items:
        address = item.get("@id", item.get("task")) if isinstance(item, Mapping) else item
        if isinstance(address, str):
            yield address


def _point(found: Mapping[str, Any], id: str) -> tuple[float, float]:
    geo = _mapping(_mapping(found, "address"), "geo")
    lat, lon = geo.get("latitude"), geo.get("longitude")
    for value, most in ((lat, 90), (lon, 180)):
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
            raise Unreadable(f"the task {id} has no place on the map")
    return float(lat or 0), float(lon or 0)


def _instant(found: Mapping[str, Any], name: str, id: str) -> datetime:
    moment = _moment(found.get(name))
    if moment is None:
        raise Unreadable(f"{id} has no {name}")
    return moment


def _moment(value: Any) -> datetime | None:
    try:
        moment = from_wire(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if 2000 <= moment.year < 2100 else None


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        return ""
    return "".join(letter if letter.isprintable() else " " for letter in value).strip()[:longest].strip()


def _whole(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return int(value) if 0 <= value <= 1_000_000 else None


def _packages(value: Any) -> Iterator[tuple[str, int]]:
    for each in value if isinstance(value, list) else []:
        name = _text(each.get("name"), LONG) if isinstance(each, Mapping) else ""
        count = _whole(each.get("quantity")) if isinstance(each, Mapping) else None
        if name and count:
            yield name, min(count, 1000)
