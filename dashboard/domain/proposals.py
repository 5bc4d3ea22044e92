"""What the members decide together, read from the journal: proposals, votes, and how much notice a change needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from dashboard.domain.events import Entry
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.rules_changes import Change, takes_effect

MADE, VOTED, CLOSED = "proposal.made", "proposal.voted", "proposal.closed"
CHOICES = ("yes", "no", "abstain")
NOTICE, ASSEMBLY = "assembly.notice_changed", "assembly"
NOTICE_DAYS = 14
"""Between a vote and the day on which its change takes effect, until a co-op decides on another number."""
MOST_NOTICE_DAYS = 365


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the members decide on. ``change`` is one of the rules of pay, of a setting, or ``{"notice_days"}``.

    ``snapshot`` = {"seq", "first", "last", "sha256"} fixes the figures that were looked at. ``votes`` by member;
    ``minutes``, ``carried``, ``since`` (the day from which it holds) and ``quorum`` (votes needed) once it is closed.
    """

    id: str
    title: str
    by: str
    at: datetime
    change: Mapping[str, Any]
    snapshot: Mapping[str, Any]
    votes: Mapping[str, str] = field(default_factory=dict)
    closed_at: datetime | None = None
    closed_by: str = ""
    minutes: str = ""
    carried: bool | None = None
    since: date | None = None
    quorum: int = 0

    @property
    def has_quorum(self) -> bool:
        """Whether as many votes were cast as were needed."""
        return len(self.votes) >= self.quorum

    @property
    def is_open(self) -> bool:
        """Whether votes are still taken."""
        return self.closed_at is None

    def count(self, choice: str) -> int:
        """How many chose that."""
        return sum(one == choice for one in self.votes.values())

    @property
    def counts(self) -> Mapping[str, int] | None:
        """Votes by choice; None while it is open, so that nobody votes by how the others did."""
        return None if self.is_open else {choice: self.count(choice) for choice in CHOICES}


def proposals(entries: Iterable[Entry]) -> Mapping[str, Proposal]:
    """All proposals by id, as they stand after the entries."""
    found: dict[str, Proposal] = {}
    for entry in entries:
        if entry.kind == MADE:
            found[entry.subject] = _made(entry)
        elif entry.kind in (VOTED, CLOSED) and entry.subject in found:
            known = found[entry.subject]
            found[entry.subject] = _voted(known, entry) if entry.kind == VOTED else _closed(known, entry)
    return found


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


def is_carried(proposal: Proposal, quorum: int = 0) -> bool:
    """More yes than no, of at least ``quorum`` votes; who abstains is counted with neither, and towards the quorum."""
    return proposal.count("yes") > proposal.count("no") and len(proposal.votes) >= quorum


def day_of(change: Change, today: date) -> date:
    """The day from which a proposed change would hold; the notice itself holds at once."""
    return today if "notice_days" in change else takes_effect(change)


def enough_notice(since: date, today: date, days: int) -> None:
    """Raise Invalid unless there are so many days before a change takes effect."""
    left = (since - today).days
    if left < days:
        raise Invalid(
            "This takes effect in {days} days, and {notice} are needed: choose a later day",
            days=left, notice=days, field="since",
        )  # fmt: skip


def notice_days(entries: Iterable[Entry], usual: int = NOTICE_DAYS) -> int:
    """The notice that the co-op last decided on."""
    decided = [int(entry.data["notice_days"]) for entry in entries if entry.kind == NOTICE]
    return decided[-1] if decided else usual


def _made(entry: Entry) -> Proposal:
    data = entry.data
    return Proposal(entry.subject, data["title"], entry.actor, entry.at, data["change"], data["snapshot"])


def _voted(known: Proposal, entry: Entry) -> Proposal:
    return replace(known, votes={**known.votes, entry.data["member"]: entry.data["choice"]})


def _closed(known: Proposal, entry: Entry) -> Proposal:
    since = entry.data.get("since")
    return replace(
        known, closed_at=entry.at, closed_by=entry.actor, minutes=entry.data["minutes"],
        carried=entry.data["carried"], since=since and date.fromisoformat(since), quorum=entry.data.get("quorum", 0),
    )  # fmt: skip


def _open(known: Sequence[Entry], id: str) -> Proposal:
    proposal = proposals(known).get(id)
    if proposal is None:
        raise NotFound("There is no proposal {id}", id=id)
    if not proposal.is_open:
        raise Invalid("{title} is decided already", title=proposal.title, field="id")
    return proposal
