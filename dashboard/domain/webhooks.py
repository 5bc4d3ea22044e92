"""What is told to other programs as it happens, and how: subscriptions, deliveries, their signature and patience."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from dashboard.domain.events import Entry
from dashboard.domain.refusals import Invalid
from dashboard.domain.restaurants import subject_of
from dashboard.domain.times import to_wire

KINDS: Mapping[str, tuple[str, ...]] = {
    "order": (
        "placed", "accepted", "refused", "preparing", "ready", "assigned", "reassigned", "unassigned", "picked_up",
        "delivered", "failed", "cancelled", "delayed", "problem", "solved", "undone",
        "amended", "tagged", "rescheduled", "noted", "reopened", "redone", "attached", "detached",
    ),
    "courier": ("added", "shift_started", "shift_ended", "break_started", "break_ended", "arrived", "vehicle_changed",
                "noted"),
    "restaurant": ("busy", "usual"),
    "incident": ("reported", "resolved"),
}  # fmt: skip
TOLD = tuple(KINDS)
"""Kinds of events that go out, by what stands before the dot. Pay, votes and objections stay in the house."""
ALL = "*"
EVENT = re.compile(r"\*|[a-z_]{1,40}\.(\*|[a-z_]{1,40})")
PREFIX = "whsec_"
# What a restaurant's own program is told of its orders: no pay, no customer's door, no courier.
RESTAURANT_READS = frozenset({
    "id", "coop", "ref", "kind", "restaurant", "pickup", "items", "weight_g", "price_cents", "placed_at", "ready_at",
    "state", "version", "note", "problem", "busy_until", "busy_minutes",
})  # fmt: skip

PENDING, DELIVERED, GIVEN_UP = "pending", "delivered", "given_up"
KEEP_TRYING = timedelta(hours=24)
BOTH_SIGN = timedelta(hours=24)
"""So long after a renewal the former secret signs beside the new one: receivers change over when it suits them."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
PATIENT_TRIES = 3
"""An event that the receiver itself refuses holds up those behind it for so many tries; an outage while it lasts."""
GONE, TOO_MANY, TIMED_OUT = 410, 429, 408


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who is told what. ``seq`` is the last entry that was looked at; ``restaurant`` limits it to one's orders."""

    id: str
    coop: str
    url: str
    events: tuple[str, ...]
    secret: str
    restaurant: str | None
    created_by: str
    created_at: datetime
    is_on: bool
    seq: int
    problem: str = ""
    former_secret: str = ""
    former_until: datetime | None = None

    def secrets(self, at: datetime) -> tuple[str, ...]:
        """What its messages are signed with: the secret, and for a time after a renewal the one before."""
        is_old_good = self.former_until is not None and at < self.former_until
        return (self.secret, self.former_secret) if is_old_good else (self.secret,)

    def renewed(self, secret: str, at: datetime) -> Subscription:
        """With another secret; the present one signs beside it for BOTH_SIGN."""
        return replace(self, secret=secret, former_secret=self.secret, former_until=at + BOTH_SIGN)

    def wants(self, entry: Entry, restaurant: str | None) -> bool:
        """Whether it is to be told of the entry, which is about an order of ``restaurant`` (None: of none)."""
        group = entry.kind.partition(".")[0]
        if group not in TOLD or not {ALL, f"{group}.*", entry.kind} & set(self.events):
            return False
        return self.restaurant is None or self.restaurant == restaurant or entry.subject == subject_of(self.restaurant)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one subscription; ``id`` is the entry's, the same at each try."""

    id: str
    coop: str
    webhook: str
    seq: int
    kind: str
    state: str
    tries: int
    due_at: datetime
    first_at: datetime | None = None
    last_at: datetime | None = None
    status: int | None = None
    problem: str = ""
    took_ms: int | None = None

    @property
    def lets_others_pass(self) -> bool:
        """Whether those behind it need not wait: its receiver is there, and does not want this one."""
        refused = self.status is not None and 400 <= self.status < 500 and self.status not in (TOO_MANY, TIMED_OUT)
        return refused and self.tries >= PATIENT_TRIES


def new_signing_secret() -> str:
    """192 random bits, as Standard Webhooks writes them."""
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def check_signing_secret(secret: str) -> str:
    """The secret, if it is one: ``whsec_`` and 24 to 64 bytes in base64. Invalid otherwise."""
    try:
        size = len(base64.b64decode(secret.removeprefix(PREFIX), validate=True))
    except (binascii.Error, ValueError):
        size = 0
    if not secret.startswith(PREFIX) or not 24 <= size <= 64:
        raise Invalid("A secret is whsec_ and 24 to 64 bytes in base64: leave it out, and one is made", field="secret")
    return secret


def check_events(events: Sequence[str]) -> tuple[str, ...]:
    """The kinds asked for, each once; Invalid when one is none that goes out."""
    for event in events:
        if not EVENT.fullmatch(event) or (event != ALL and event.partition(".")[0] not in TOLD):
            raise Invalid("{event} is no event that goes out: take *, order.*, courier.*, restaurant.*, incident.* or "
                          "one kind such as order.assigned", event=event, field="events")  # fmt: skip
    return tuple(dict.fromkeys(events))


def payload(entry: Entry, restaurant: str | None) -> bytes:
    """The event as it is sent: what changed, as far as the subscription (limited to ``restaurant``) may know it."""
    changes: Mapping[str, Any] = entry.data.get("changes", {})
    about: dict[str, Any] = {
        "coop": entry.coop, "seq": entry.seq, "subject": entry.subject, "version": entry.version,
    }  # fmt: skip
    if restaurant is None:
        about |= {"actor": entry.actor, "changes": dict(changes)}
        if entry.kind.startswith("incident."):
            about["incident"] = dict(entry.data)
    else:
        about["changes"] = {name: value for name, value in changes.items() if name in RESTAURANT_READS}
    event = {"type": entry.kind, "timestamp": to_wire(entry.at), "data": about}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def sign(secrets: Sequence[str], id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers of Standard Webhooks, symmetric (``v1``): a signature for each secret, spaces between."""
    moment = int(at.timestamp())
    signed = f"{id}.{moment}.".encode() + body
    signatures = " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets)
    return {"webhook-id": id, "webhook-timestamp": str(moment), "webhook-signature": signatures}


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def wait_after(tries: int, chance: float) -> timedelta:
    """How long to wait after so many tries: 5 s doubled each time up to an hour; ``chance`` (0 to 1) makes it 25 %
    less to 25 % more, so that receivers which were out do not get everything at once."""
    doubled: timedelta = min(FIRST_WAIT * 2 ** min(tries - 1, 12), LONGEST_WAIT)
    return doubled * (0.75 + chance / 2)
