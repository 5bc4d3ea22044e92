"""When a token was used last: kept to the hour, so that an administrator sees which ones nobody needs any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from dashboard.ports import Token

EACH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token, and when it was used last (None: never since this is kept)."""

    token: Token
    used_at: datetime | None


class UseBook(Protocol):
    """Where tokens are, and when they were used."""

    def token(self, digest: str) -> Token | None: ...
    def tokens(self, coop: str) -> Sequence[Token]: ...
    def note_use(self, coop: str, token: str, at: datetime) -> None: ...
    def token_uses(self, coop: str) -> Mapping[str, datetime]:
        """By the token's id; those that were never used are not in it."""
        ...


@dataclass
class NotedTokens:
    """Looks tokens up, and notes that they were used, each hour at most in each process."""

    book: UseBook
    clock: Callable[[], datetime]
    _noted: dict[str, datetime] = field(default_factory=dict)

    def token(self, digest: str) -> Token | None:
        """The token, None if there is none."""
        found = self.book.token(digest)
        if found is not None:
            now = self.clock()
            last = self._noted.get(found.id)
            if last is None or not timedelta(0) <= now - last < EACH:
                self._noted[found.id] = now
                self.book.note_use(found.coop, found.id, now)
        return found

    def lines(self, coop: str) -> list[TokenLine]:
        """All tokens of the co-op, by name."""
        uses = self.book.token_uses(coop)
        return [TokenLine(each, uses.get(each.id)) for each in self.book.tokens(coop)]
