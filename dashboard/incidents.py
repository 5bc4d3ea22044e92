"""Incidents of orders: told with a photo, read, resolved. The journal holds the photo's digest, a table the photo."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from dashboard import pictures
from dashboard.dispatch import Dispatch
from dashboard.domain import alarms, incidents
from dashboard.domain.alarms import Step, alarm_of, subject_of
from dashboard.domain.events import Fact
from dashboard.domain.incidents import SUBJECT, Incident
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.ports import Placement, Store, Transaction

KEEP_PHOTOS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of an incident as it is kept: JPEG."""

    coop: str
    incident: str
    order: str
    at: datetime
    jpeg: bytes


class PhotoBook(Protocol):
    """Where photos are kept for a time."""

    def add(self, photo: Photo) -> None: ...
    def photo(self, coop: str, incident: str) -> Photo | None: ...
    def forget(self, before: datetime) -> int:
        """Takes away those that are older, of all co-ops; how many that were."""
        ...


@dataclass(frozen=True, slots=True)
class Reported:
    """The incident that a report led to; ``created`` is False when its key had been used before."""

    incident: Incident
    created: bool


class Incidents:
    """Use cases; whether somebody may know of the order is asked before."""

    def __init__(self, store: Store, dispatch: Dispatch, photos: PhotoBook, new_id: Callable[[], str]) -> None:
        self._store, self._dispatch, self._photos, self._new_id = store, dispatch, photos, new_id

    def report(
        self, coop: str, order: str, kind: str, note: str, photo: bytes | None = None, *, by: str, at: datetime,
        courier: str = "", key: str | None = None,
    ) -> Reported:  # fmt: skip
        """Write it down, and ring at the desk; ``courier`` is who tells, '' for the desk itself.

        ``key`` makes a repetition harmless. NotFound: no such order. Invalid: no such kind, nothing said, no photo, or
        the key was used for something else.
        """
        found = self._store.order(coop, order)
        if found is None:
            raise NotFound("There is no order {id}", id=order)
        what = _digest(json.dumps([kind, note]).encode() + (photo or b""))
        if key and (known := self._known(coop, order, key, what)):
            return Reported(known, created=False)
        incident, jpeg = self._new_id(), pictures.kept(photo) if photo else b""
        fact = incidents.reported(incident, order, kind, note, _digest(jpeg) if jpeg else "", courier)
        if jpeg:  # first: an entry never names a photo that was not kept
            self._photos.add(Photo(coop, incident, order, at, jpeg))
        told = Incident(incident, order, fact.data["kind"], fact.data["note"], by, at)

        def decide(change: Transaction) -> Sequence[Fact]:
            if key and change.placement(key):
                return ()  # the same was sent twice at once
            if key:
                change.remember(key, Placement(order, f"{what} {incident}"))
            return fact, _rings(told, change.order(order) or found, courier)

        entries = self._dispatch.decide(coop, decide, by=by, at=at)
        if not entries and key:
            return self.report(coop, order, kind, note, photo, by=by, at=at, courier=courier, key=key)
        return Reported(incidents.incidents(entries)[0], created=True)

    def resolve(self, coop: str, order: str, incident: str, note: str, *, by: str, at: datetime) -> Incident:
        """It is settled, and so is its alarm. NotFound. WrongState: somebody was first."""

        def decide(change: Transaction) -> Sequence[Fact]:
            entries = change.noted(SUBJECT + order)
            settled = incidents.may_resolve(entries, incident)
            return incidents.resolved(incident, order, note), *_over(change, settled, note.strip(), by, at)

        self._dispatch.decide(coop, decide, by=by, at=at)
        return self._one(coop, order, incident)

    def _known(self, coop: str, order: str, key: str, what: str) -> Incident | None:
        """What the key was used for. Invalid: for something else."""
        with self._store.change(coop) as change:
            known = change.placement(key)
        if known is None:
            return None
        told, _, incident = known.request.partition(" ")
        if (known.order, told) != (order, what):
            raise Invalid("This idempotency key was used for something else: send a new key", field="Idempotency-Key")
        return self._one(coop, order, incident)

    def _one(self, coop: str, order: str, incident: str) -> Incident:
        return next(one for one in self.of(coop, order) if one.id == incident)

    def of(self, coop: str, order: str) -> Sequence[Incident]:
        """Those of an order, oldest first."""
        return incidents.incidents(self._store.about(coop, SUBJECT + order))

    def photo(self, coop: str, order: str, incident: str) -> bytes:
        """A JPEG. NotFound: there is none (any more)."""
        found = self._photos.photo(coop, incident)
        if found is None or found.order != order:
            raise NotFound("There is no photo: they are kept for {n} {n:day|days}", n=KEEP_PHOTOS.days)
        return found.jpeg


def _rings(told: Incident, order: Order, courier: str) -> Fact:
    """A courier's is heard at the desk; what the desk tells stands in its list, seen."""
    rings = incidents.alarm(told, order, courier or order.courier or "", is_known=not courier)
    return Step("raised", rings).fact


def _over(change: Transaction, told: Incident, note: str, by: str, at: datetime) -> Sequence[Fact]:
    latest = change.latest(subject_of(told.alarm))
    found = alarm_of(latest) if latest else None
    return (alarms.resolve(found, note, by, at).fact,) if found and found.is_open and not found.resolved_by else ()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
