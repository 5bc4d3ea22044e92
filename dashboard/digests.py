"""Random secrets that are handed out once, and how they are kept."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """A secret to hand out: 256 random bits as text."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """How a secret is kept: SHA-256 (256 random bits need no slow hash)."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
