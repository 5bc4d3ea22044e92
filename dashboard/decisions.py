"""The members' assembly and couriers' objections: use cases that write to the journal, and nothing else.

A proposal that is carried becomes a ``pay.rule_changed`` entry when it is closed, in force from its own day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboard import accounts_period
from dashboard.accounts import BookedAccounts
from dashboard.api.metrics import wire
from dashboard.dispatch import Dispatch
from dashboard.domain import decisions
from dashboard.domain.decisions import Given, Objection, Proposal
from dashboard.domain.events import Entry, Fact, canonical
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.rules_packs import PACKS
from dashboard.domain.rules_wire import rule_from_wire, rule_to_wire
from dashboard.domain.spans import local_date
from dashboard.ports import Store


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Figures frozen as of entry ``seq``; made again from the journal they have the same ``sha256``."""

    seq: int
    first: date
    last: date
    figures: Mapping[str, Any]
    sha256: str


class Decisions:
    """``notice_days`` is how long before its day a change has to be decided; members may set it to 0."""

    def __init__(
        self, store: Store, dispatch: Dispatch, accounts: BookedAccounts, new_id: Callable[[], str],
        notice_days: int = 0,
    ) -> None:  # fmt: skip
        self._store, self._dispatch, self._accounts = store, dispatch, accounts
        self._new_id, self._notice = new_id, notice_days

    def snapshot(self, coop: str, first: date, last: date, seq: int | None = None) -> Snapshot:
        """The fairness figures of a period as of an entry (default: the newest)."""
        seq = self._store.head(coop).seq if seq is None else seq
        figures = wire(accounts_period.fairness(self._accounts.period(coop, first, last, seq)))
        return Snapshot(seq, first, last, figures, hashlib.sha256(canonical(figures).encode()).hexdigest())

    def propose(
        self, coop: str, title: str, change: Mapping[str, Any], seen: Snapshot, *, by: str, at: datetime
    ) -> Proposal:
        """Put a change (``{"rule": …}`` or ``{"pack", "since"}``) to the vote. Invalid: it is none."""
        if not title.strip():
            raise Invalid("A proposal needs a title: say what is to be decided", field="title")
        shown = {"seq": seen.seq, "first": str(seen.first), "last": str(seen.last), "sha256": seen.sha256}
        data = {"title": title.strip(), "change": _checked(change), "snapshot": shown}
        entry = self._dispatch.note(coop, Fact(decisions.MADE, self._new_id(), 0, data), by=by, at=at)
        return decisions.proposals([entry])[entry.subject]

    def vote(self, coop: str, proposal: str, member: str, choice: str, *, by: str, at: datetime) -> Proposal:
        """One member, one vote: yes, no or abstain."""
        fact = Fact(decisions.VOTED, proposal, 0, {"member": member, "choice": choice})

        def stands(known: Sequence[Entry]) -> None:
            decisions.may_vote(known, proposal, member, choice)

        self._dispatch.note(coop, fact, by=by, at=at, unless=stands)
        return self.proposal(coop, proposal)

    def close(self, coop: str, proposal: str, *, minutes: str, by: str, at: datetime) -> Proposal:
        """Count: more yes than no carries it, from its own day on; Invalid if the notice is too short."""
        known = self.proposal(coop, proposal)
        carried = known.count("yes") > known.count("no")
        days = (decisions.takes_effect(known.change) - local_date(at, self._accounts.zone(coop))).days
        if carried and days < self._notice:
            raise Invalid("This takes effect in {days} days: {notice} are needed", days=days, notice=self._notice)
        counts = {choice: known.count(choice) for choice in decisions.CHOICES}
        fact = Fact(decisions.CLOSED, proposal, 0, {**counts, "minutes": minutes, "carried": carried})

        def stands(entries: Sequence[Entry]) -> None:
            decisions.may_close(entries, proposal)

        self._dispatch.note(coop, fact, by=by, at=at, unless=stands)
        if carried:
            self._put_in_force(coop, known, minutes, by, at)
        return self.proposal(coop, proposal)

    def proposal(self, coop: str, id: str) -> Proposal:
        """As it stands; NotFound: there is none."""
        found = decisions.proposals(self._store.about(coop, id)).get(id)
        if found is None:
            raise NotFound("There is no proposal {id}", id=id)
        return found

    def raise_objection(self, coop: str, courier: str, about: str, text: str, *, by: str, at: datetime) -> Objection:
        """A courier objects to an order, a day or a line of a slip; the answer is due within 14 days."""
        data = {"courier": courier, "about": about, "text": text.strip()}
        entry = self._dispatch.note(coop, Fact(decisions.RAISED, self._new_id(), 0, data), by=by, at=at)
        return decisions.objections([entry])[entry.subject]

    def answer_objection(
        self, coop: str, objection: str, text: str, *, upheld: bool, by: str, at: datetime
    ) -> Objection:
        """The answer, by whoever signs with their name; Invalid without any words, or when it was answered before."""
        if not text.strip():
            raise Invalid("An answer needs words: say what was found", field="text")
        fact = Fact(decisions.ANSWERED, objection, 0, {"text": text.strip(), "upheld": upheld})

        def stands(known: Sequence[Entry]) -> None:
            decisions.may_answer(known, objection)

        self._dispatch.note(coop, fact, by=by, at=at, unless=stands)
        return decisions.objections(self._store.about(coop, objection))[objection]

    def proposals(self, coop: str) -> tuple[Proposal, ...]:
        """All of them, oldest first."""
        return tuple(decisions.proposals(self._accounts.notes(coop)).values())

    def objections(self, coop: str, courier: str | None = None) -> tuple[Objection, ...]:
        """All of them, or one courier's, oldest first."""
        found = decisions.objections(self._accounts.notes(coop)).values()
        return tuple(one for one in found if courier in (None, one.courier))

    def why(self, coop: str, order: str) -> tuple[Given, ...]:
        """Each time that the order changed hands, oldest first."""
        return decisions.why(self._store.about(coop, order))

    def _put_in_force(self, coop: str, known: Proposal, minutes: str, by: str, at: datetime) -> None:
        words = f"{known.title}: {known.count('yes')} yes, {known.count('no')} no, {known.count('abstain')} abstain"
        said = f"{words}. {minutes}".strip()
        if "pack" in known.change:
            since = decisions.takes_effect(known.change)
            self._dispatch.choose_pack(coop, known.change["pack"], since=since, by=by, at=at, minutes=said)
        else:
            self._dispatch.change_rule(coop, rule_from_wire(known.change["rule"]), by=by, at=at, minutes=said)


def _checked(change: Mapping[str, Any]) -> dict[str, Any]:
    """The change as it is kept; Invalid when it is none."""
    if change.get("pack") in PACKS and "since" in change:
        return {"pack": change["pack"], "since": date.fromisoformat(change["since"]).isoformat()}
    if "rule" in change:
        return {"rule": rule_to_wire(rule_from_wire(change["rule"]))}
    raise Invalid("Propose a rule, or a pack and the day from which it holds", field="change")
