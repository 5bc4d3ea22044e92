"""How passwords are kept: argon2id, at the cost that OWASP asks for at least (19 MiB, two passes)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$3c6GRQFdzKwcg5wmOYunaQ$C4uNZXOJl1V/cjpfBW9JS7VJqrEPzJRJ7ylQm5jRxdo"
"""Tried where there is no such person, so that both answers take the same time."""


def kept(password: str) -> str:
    """The hash of a password; some 20 ms."""
    return HASHER.hash(password)


def is_right(password: str, kept_as: str | None) -> bool:
    """Whether it is the password that was kept so; takes as long when nothing was."""
    try:
        return HASHER.verify(kept_as or NOBODYS, password[:1000]) and kept_as is not None
    except (VerificationError, InvalidHashError):
        return False


def is_dated(kept_as: str) -> bool:
    """Whether it was kept at another cost than today's."""
    return HASHER.check_needs_rehash(kept_as)
