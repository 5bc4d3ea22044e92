"""The calls about the members' assembly: propose, vote, close, and make the figures of a proposal again."""

from __future__ import annotations

from typing import Any

from dashboard.access import has_vote, voter
from dashboard.api import answers_rules as answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Nothing
from dashboard.api.metrics import period, today_of
from dashboard.api.requests import PeriodAsked
from dashboard.api.rules_given import Closing, Proposed, Vote
from dashboard.domain.proposals import Proposal
from dashboard.domain.times import to_wire


def everything(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """All proposals."""
    found = desk.assembly.proposals(asked.by.coop)
    return Reply({"proposals": [document(one) for one in found]})


def one(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """One proposal."""
    return Reply(document(desk.assembly.proposal(asked.by.coop, asked.id)))


def snapshot(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """The figures that were looked at, made again from the journal."""
    coop = asked.by.coop
    written, found = desk.assembly.proposal(coop, asked.id).snapshot["sha256"], desk.assembly.again(coop, asked.id)
    return Reply({
        "seq": found.seq, "first": found.first.isoformat(), "last": found.last.isoformat(), "sha256": found.sha256,
        "agrees": found.sha256 == written, "figures": found.figures,
    })  # fmt: skip


def propose(desk: Desk, asked: Asked[Proposed, Nothing]) -> Reply:
    """Freezes the figures of the period as of the newest entry."""
    given, coop = asked.body, asked.by.coop
    days = period(PeriodAsked.model_validate({"from": given.first, "to": given.last}), today_of(desk, asked))
    seen = desk.assembly.snapshot(coop, *days)
    made = desk.assembly.propose(coop, given.title, given.change(), seen, by=asked.by.name, at=asked.at)
    return Reply(document(made), 201)


def vote(desk: Desk, asked: Asked[Vote, Nothing]) -> Reply:
    """One member, one vote."""
    after = desk.assembly.vote(
        asked.by.coop, asked.id, voter(), asked.body.choice, by=asked.by.name, at=asked.at
    )  # fmt: skip
    return Reply(document(after))


def close(desk: Desk, asked: Asked[Closing, Nothing]) -> Reply:
    """Count, and put in force what was carried."""
    after = desk.assembly.close(
        asked.by.coop, asked.id, minutes=asked.body.minutes, since=asked.body.since, by=asked.by.name, at=asked.at
    )  # fmt: skip
    return Reply(document(after))


def document(found: Proposal) -> dict[str, Any]:
    """The proposal as JSON: how many voted, and how only once it is closed; one's own vote always."""
    return {
        "id": found.id, "title": found.title, "by": found.by, "at": to_wire(found.at), "change": dict(found.change),
        "snapshot": dict(found.snapshot), "voted": len(found.votes),
        "own": found.votes.get(voter()) if has_vote() else None,
        "closed_at": found.closed_at and to_wire(found.closed_at), "closed_by": found.closed_by,
        "counts": found.counts, "minutes": found.minutes, "carried": found.carried,
        "since": found.since and found.since.isoformat(), "quorum": None if found.is_open else found.quorum,
    }  # fmt: skip


CALLS: tuple[Call[Any, Any], ...] = (
    Call(
        "GET", "/proposals", "list_proposals", "What is and was put to the vote", "see_assembly", everything,
        answers.Proposals,
    ),
    Call("GET", "/proposals/{id}", "get_proposal", "One proposal", "see_assembly", one, answers.Proposal),
    Call(
        "GET", "/proposals/{id}/snapshot", "read_snapshot", "Its figures, made again from the journal", "see_assembly",
        snapshot, answers.Frozen,
    ),
    Call(
        "POST", "/proposals", "propose", "Put a change to the vote", "propose", propose, answers.Proposal,
        body=Proposed, statuses=(201,),
    ),
    Call("POST", "/proposals/{id}/votes", "vote", "One's own vote", "vote", vote, answers.Proposal, body=Vote),
    Call(
        "POST", "/proposals/{id}/close", "close_vote", "Count the votes; what is carried takes effect on its day",
        "close_vote", close, answers.Proposal, body=Closing,
    ),
)  # fmt: skip
