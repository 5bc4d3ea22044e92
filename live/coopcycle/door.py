"""The webhooks' door: what a signed message leaves behind. It says that something changed; what, is read over there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.coopcycle import Books
from live.coopcycle import webhook


class NotTheirs(Exception):
    """The signature is not one of theirs."""


@dataclass(frozen=True, slots=True)
class Door:
    """For one co-op. ``secrets`` are those of the webhooks."""

    coop: str
    secrets: Sequence[str]
    books: Books
    clock: Callable[[], datetime]

    def take(self, body: bytes, signature: str) -> None:
        """Have it read again. NotTheirs: another signature. Unreadable: signed, and no message.

        The same message sent again, by them or by somebody who overheard it, does nothing but have it read again;
        however often it comes, it waits once.
        """
        if not webhook.is_theirs(signature, body, self.secrets):
            raise NotTheirs
        thing, event = webhook.message(body)
        self.books.nudge(self.coop, thing, event, self.clock())
