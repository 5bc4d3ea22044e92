"""Decisions of the members, objections of couriers, and why a job went where it went: all read from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from dashboard.domain.events import Entry
from dashboard.domain.refusals import Invalid, NotFound

MADE, VOTED, CLOSED = "proposal.made", "proposal.voted", "proposal.closed"
RAISED, ANSWERED = "objection.raised", "objection.answered"
CHOICES = ("yes", "no", "abstain")
ANSWER_WITHIN = timedelta(days=14)
RED_FROM = timedelta(days=10)
"""From then on an objection that nobody has answered is shown in red."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the members decide on. ``change`` is the data of the ``pay.rule_changed`` entry that a yes leads to.

    ``snapshot`` = {"seq", "first", "last"} fixes the figures that were looked at. ``votes`` by member; ``minutes`` and
    ``carried`` once it is closed.
    """

    id: str
    title: str
    by: str
    at: datetime
    change: Mapping[str, Any]
    snapshot: Mapping[str, Any]
    votes: Mapping[str, str] = field(default_factory=dict)
    closed_at: datetime | None = None
    minutes: str = ""
    carried: bool | None = None

    def count(self, choice: str) -> int:
        """How many chose that."""
        return sum(one == choice for one in self.votes.values())


@dataclass(frozen=True, slots=True)
class Objection:
    """A courier's objection to ``about`` (an order, a day, a line of a slip), and its answer by a named person."""

    id: str
    courier: str
    about: str
    text: str
    at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    upheld: bool | None = None

    @property
    def due(self) -> datetime:
        """Until when it has to be answered."""
        return self.at + ANSWER_WITHIN

    def days_left(self, now: datetime) -> int:
        """Whole days until it is due, the one that has begun included; negative once it is overdue."""
        return ceil((self.due - now) / timedelta(days=1))

    def is_red(self, now: datetime) -> bool:
        """Whether the clock is about to run out, or has."""
        return self.answered_at is None and now >= self.at + RED_FROM


@dataclass(frozen=True, slots=True)
class Given:
    """One time that an order was given, handed over or taken back: by whom, to and from whom, why, and what was seen.

    ``shown`` is what the assign menu showed then, None where nothing was recorded; ``working_time`` the limits that
    were near, ``consent`` whether the courier agreed to cross one.
    """

    at: datetime
    by: str
    kind: str
    giver: str | None
    taker: str | None
    reason: str
    shown: Mapping[str, Any] | None
    working_time: tuple[Mapping[str, Any], ...] = ()
    consent: bool = False


def proposals(entries: Iterable[Entry]) -> Mapping[str, Proposal]:
    """All proposals by id, as they stand after the entries."""
    found: dict[str, Proposal] = {}
    for entry in entries:
        known = found.get(entry.subject)
        if entry.kind == MADE:
            data = entry.data
            found[entry.subject] = Proposal(
                entry.subject, data["title"], entry.actor, entry.at, data["change"], data["snapshot"]
            )
        elif entry.kind == VOTED and known:
            found[entry.subject] = replace(known, votes={**known.votes, entry.data["member"]: entry.data["choice"]})
        elif entry.kind == CLOSED and known:
            minutes, carried = entry.data["minutes"], entry.data["carried"]
            found[entry.subject] = replace(known, closed_at=entry.at, minutes=minutes, carried=carried)
    return found


def objections(entries: Iterable[Entry]) -> Mapping[str, Objection]:
    """All objections by id, as they stand after the entries."""
    found: dict[str, Objection] = {}
    for entry in entries:
        known, data = found.get(entry.subject), entry.data
        if entry.kind == RAISED:
            found[entry.subject] = Objection(entry.subject, data["courier"], data["about"], data["text"], entry.at)
        elif entry.kind == ANSWERED and known:
            found[entry.subject] = replace(
                known, answer=data["text"], answered_by=entry.actor, answered_at=entry.at, upheld=data["upheld"]
            )
    return found


def why(entries: Iterable[Entry]) -> tuple[Given, ...]:
    """Each time that an order changed hands, from the entries about it."""
    kinds = ("order.assigned", "order.reassigned", "order.unassigned")
    return tuple(_given(entry) for entry in entries if entry.kind in kinds)


def may_vote(known: Sequence[Entry], id: str, member: str, choice: str) -> None:
    """Raise unless that vote counts: the proposal is open, the choice is one, and the member has not voted yet."""
    proposal = _open(known, id)
    if choice not in CHOICES:
        raise Invalid("There is no vote {choice}: use yes, no or abstain", choice=choice, field="choice")
    if member in proposal.votes:
        raise Invalid("{member} has voted already: each member has one vote", member=member, field="member")


def may_close(known: Sequence[Entry], id: str) -> None:
    """Raise unless the proposal is there and still open."""
    _open(known, id)


def may_answer(known: Sequence[Entry], id: str) -> None:
    """Raise unless the objection is there and has no answer yet."""
    objection = objections(known).get(id)
    if objection is None:
        raise NotFound("There is no objection {id}", id=id)
    if objection.answered_at is not None:
        raise Invalid("{by} has answered this objection already", by=objection.answered_by, field="id")


def takes_effect(change: Mapping[str, Any]) -> date:
    """The day from which a change of the rules of pay holds."""
    since: str = change.get("since") or change.get("rule", {}).get("since") or date.min.isoformat()
    return date.fromisoformat(since)


def _open(known: Sequence[Entry], id: str) -> Proposal:
    proposal = proposals(known).get(id)
    if proposal is None:
        raise NotFound("There is no proposal {id}", id=id)
    if proposal.closed_at is not None:
        raise Invalid("{title} is decided already", title=proposal.title, field="id")
    return proposal


def _given(entry: Entry) -> Given:
    data = entry.data
    return Given(
        entry.at, entry.actor, entry.kind, data.get("from"), data.get("changes", {}).get("courier"),
        data.get("reason", ""), data.get("shown"), tuple(data.get("working_time", ())), data.get("consent", False),
    )  # fmt: skip
