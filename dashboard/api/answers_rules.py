"""What the calls about rules and proposals answer."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from dashboard.api.answers import Answer, Entry
from dashboard.api.fields import Instant


class Scheme(Answer):
    """Every version of every rule; ``numbers`` are those that hold ``on`` a day, null where one could be added."""

    scheme: str
    currency: str
    on: str
    rules: list[dict[str, Any]]
    offer_floors: list[dict[str, Any]]
    numbers: dict[str, str | None]


class Rules(Scheme):
    """The co-op's, how many days have to lie between a vote and its effect, and what else the members set."""

    coop: str
    notice_days: int
    half_life_days: int
    quorum: int
    trace_days: int
    suggestions: int
    load_kg: int
    cargo_load_kg: int
    weight_late: int
    weight_pay: int
    weight_effort: int


class Packs(Answer):
    """Packs by name."""

    packs: dict[str, Scheme]


class Written(Answer):
    """The journal entries that say so."""

    entries: list[Entry]


class Trial(Answer):
    """What other rules would have meant; null where there are too few people. See dashboard/reports.py, WhatIf."""

    model_config = ConfigDict(extra="allow")

    coop: str
    first: str
    last: str
    seq: int
    n: int
    too_few: bool
    cost_cents: int | None


class Weighed(Answer):
    """What other weights would have put first; null where there are too few people. See domain/other_weights.py."""

    n: int
    left_out: int
    hands: int
    too_few: bool
    changed: int | None
    late_minutes: int | None
    metres: int | None
    lower_paid_cents: int | None
    taken_then: int | None
    taken_now: int | None


class Proposal(Answer):
    """What the members decide on; ``counts``, ``minutes`` and ``carried`` once the vote is closed."""

    id: str
    title: str
    by: str
    at: Instant
    change: dict[str, Any]
    snapshot: dict[str, Any]
    voted: int
    own: str | None
    closed_at: Instant | None
    closed_by: str
    counts: dict[str, int] | None
    minutes: str
    carried: bool | None
    quorum: int | None
    since: str | None


class Proposals(Answer):
    """All of them, oldest first."""

    proposals: list[Proposal]


class Frozen(Answer):
    """Figures made again from the journal as of ``seq``; ``agrees``: their digest is the one that was written down.

    ``sha256`` is taken of the UTF-8 JSON of ``figures`` with sorted keys and without spaces.
    """

    seq: int
    first: str
    last: str
    sha256: str
    agrees: bool
    figures: dict[str, Any]
