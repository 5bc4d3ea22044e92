"""A webhook of theirs: who sent it, and what it is about. It is believed in nothing but that something changed."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from typing import Any

from live.coopcycle.documents import Unreadable, parsed

SIGNATURE = "X-CoopCycle-Signature"
LARGEST_BODY = 16 * 1024
LONGEST_WORD = 200


def signature(secret: str, body: bytes) -> str:
    """What they send along: base64 of HMAC-SHA256 of the body."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def is_theirs(given: str, body: bytes, secrets: Iterable[str]) -> bool:
    """Whether one of these secrets (each webhook has its own) made the signature."""
    sent = given.encode("utf-8", "replace")
    return any(hmac.compare_digest(sent, signature(secret, body).encode()) for secret in secrets)


def message(body: bytes) -> tuple[str, str]:
    """The thing that changed and the event's name; Unreadable when it says neither."""
    document: Any = parsed(body)
    data = document.get("data") if isinstance(document, dict) else None
    thing, event = (data.get("object"), data.get("event")) if isinstance(data, dict) else (None, None)
    return _word(thing), _word(event)


def _word(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_WORD or not value.isprintable():
        raise Unreadable("the message names no object and event")
    return value
