"""Names in Redis. The braces around a co-op are literal: a Redis Cluster keeps one co-op on one shard."""

from __future__ import annotations

INTAKE_GROUP = "roulement"


ACCESS = "access-changed"
"""Pub/sub, between processes: rights have changed in ``coop`` (or anywhere), or the session ``key`` is over."""


def positions(coop: str) -> str:
    """Pub/sub, in: fixes of couriers."""
    return f"positions:{{{coop}}}"


def journal(coop: str) -> str:
    """Pub/sub, out: each committed entry, and a heartbeat each second."""
    return f"journal:{{{coop}}}"


def presence(coop: str) -> str:
    """Pub/sub, between web processes: who is at the desk."""
    return f"presence:{{{coop}}}"


def selection(coop: str) -> str:
    """Pub/sub, between web processes: what somebody has selected, for their other windows."""
    return f"selection:{{{coop}}}"


def last(coop: str) -> str:
    """Hash, out: newest accepted fix per courier on shift."""
    return f"last:{{{coop}}}"


def routing(coop: str) -> str:
    """Hash, between processes: whose ways are not made by whom they should be, and since when."""
    return f"routing:{{{coop}}}"


def intake(coop: str) -> str:
    """Stream, in: orders."""
    return f"intake:{{{coop}}}"


def rejected(coop: str) -> str:
    """Stream, out: entries of the intake that made no order, with the reason."""
    return f"intake-rejected:{{{coop}}}"


def draft(coop: str, id: str) -> str:
    """String, between web processes: a plan that somebody has been shown and not answered yet."""
    return f"draft:{{{coop}}}:{id}"
