"""The couriers' keys: whose phone it is that reports, looked up again every few seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from dashboard.ports import Token

KEEP = timedelta(seconds=3)  # so soon does a revoked token count; a phone reports more often than that
MOST = 10_000


class Keys:
    """A short memory in front of the store: a thousand phones a second must not be a thousand queries a second."""

    def __init__(self, look_up: Callable[[str], Token | None], clock: Callable[[], datetime]) -> None:
        self._look_up = look_up
        self._clock = clock
        self._known: dict[str, tuple[datetime, Token | None]] = {}

    def token(self, digest: str) -> Token | None:
        """The token with this digest, None when there is none (or no longer)."""
        now, (until, token) = self._clock(), self._known.get(digest, (None, None))
        if until is None or now >= until:
            token = self._look_up(digest)
            self._remember(digest, token, now + KEEP)
        return token

    def _remember(self, digest: str, token: Token | None, until: datetime) -> None:
        if len(self._known) >= MOST:  # somebody guesses: forget all, it costs one query for each phone
            self._known.clear()
        self._known[digest] = until, token
