"""The call that shows an administrator which tokens there are, what they may do, and when they were used last."""

from __future__ import annotations

from typing import Any

from dashboard.api.answers import Answer
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Instant, Nothing
from dashboard.domain.times import to_wire
from dashboard.roles import ACTIONS
from dashboard.token_uses import TokenLine


class TokenShown(Answer):
    """A token, without its secret. ``scope`` is the courier or restaurant that it is limited to, ``may`` its actions.

    ``used_at`` is exact to the hour; null: not since this is kept.
    """

    id: str
    name: str
    role: str
    scope: str | None
    may: list[str]
    used_at: Instant | None


class TokensShown(Answer):
    """By name."""

    tokens: list[TokenShown]


def listed(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """All of the co-op's."""
    return Reply({"tokens": [_wire(line) for line in desk.tokens(asked.by.coop)]})


def _wire(line: TokenLine) -> dict[str, Any]:
    token = line.token
    return {
        "id": token.id, "name": token.name, "role": token.role, "scope": token.scope,
        "may": sorted(action for action, roles in ACTIONS.items() if token.role in roles),
        "used_at": line.used_at and to_wire(line.used_at),
    }  # fmt: skip


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/tokens", "list_tokens", "Who holds which token, and used it last when", "see_tokens", listed,
         TokensShown),
)  # fmt: skip
