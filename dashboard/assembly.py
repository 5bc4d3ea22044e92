"""The members' assembly, and changes of the rules of pay: use cases that write to the journal, and nothing else.

A proposal that is carried becomes ``pay.rule_changed`` entries in the transaction that closes it, in force from its
own day. What has been earned is never changed: no decision begins before the day on which it is written down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from dashboard import accounts_period
from dashboard.accounts import BookedAccounts
from dashboard.dispatch import Dispatch, Unless
from dashboard.domain import coop_settings, proposals, rules_changes, whole_periods
from dashboard.domain.coop_settings import Held
from dashboard.domain.events import Entry, Fact, canonical
from dashboard.domain.proposals import ASSEMBLY, CHOICES, MOST_NOTICE_DAYS, NOTICE, NOTICE_DAYS, Proposal
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.rules import Decision
from dashboard.domain.rules_changes import Change
from dashboard.domain.rules_wire import SUBJECT
from dashboard.domain.spans import local_date
from dashboard.ports import Store
from dashboard.reports_wire import wire

GENERAL_ASSEMBLY = "general assembly"
"""Who decided what was voted, as the rules say it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Figures frozen as of entry ``seq``; made again from the journal they have the same ``sha256``."""

    seq: int
    first: date
    last: date
    figures: Mapping[str, Any]
    sha256: str


class Assembly:
    """``notice_days`` before its day a change has to be voted, until the co-op decides on another number."""

    def __init__(
        self, store: Store, dispatch: Dispatch, accounts: BookedAccounts, new_id: Callable[[], str],
        notice_days: int = NOTICE_DAYS,
    ) -> None:  # fmt: skip
        self._store, self._dispatch, self._accounts = store, dispatch, accounts
        self._new_id, self._notice = new_id, notice_days

    def snapshot(self, coop: str, first: date, last: date, seq: int | None = None) -> Snapshot:
        """The fairness figures of a period as of an entry (default: the newest)."""
        period = self._accounts.period(coop, first, last, seq)
        figures = wire(accounts_period.fairness(period))
        digest = hashlib.sha256(canonical(figures).encode()).hexdigest()
        return Snapshot(period.tables.seq, first, last, figures, digest)

    def again(self, coop: str, id: str) -> Snapshot:
        """A proposal's snapshot, made again from the journal."""
        frozen = self.proposal(coop, id).snapshot
        days = date.fromisoformat(frozen["first"]), date.fromisoformat(frozen["last"])
        return self.snapshot(coop, *days, frozen["seq"])

    def notice_days(self, coop: str) -> int:
        """How many days have to lie between a vote and its effect."""
        return proposals.notice_days(self._store.about(coop, ASSEMBLY), self._notice)

    def setting(self, coop: str, name: str, on: date) -> Held:
        """What holds on a day of what the members set for themselves: a name of ``coop_settings.SETTINGS``."""
        return coop_settings.held(self._store.about(coop, coop_settings.SUBJECT), name, on)

    def propose(
        self, coop: str, title: str, change: Change, seen: Snapshot, *, by: str, at: datetime
    ) -> Proposal:  # fmt: skip
        """Put a change to the vote. Invalid: it is none, could not follow the present rules, or comes too soon."""
        if not title.strip():
            raise Invalid("A proposal needs a title: say what is to be decided", field="title")
        kept = _checked(change)
        whole_periods.only_weeks(seen.first, seen.last, self._today(coop, at))
        if "notice_days" not in kept:
            proposals.enough_notice(rules_changes.takes_effect(kept), self._today(coop, at), self.notice_days(coop))
        if _is_about_pay(kept):
            rules_changes.fits(self._store.about(coop, SUBJECT), kept)
        shown = {"seq": seen.seq, "first": str(seen.first), "last": str(seen.last), "sha256": seen.sha256}
        data = {"title": title.strip(), "change": kept, "snapshot": shown}
        entry = self._dispatch.note(coop, Fact(proposals.MADE, self._new_id(), 0, data), by=by, at=at)
        return proposals.proposals([entry])[entry.subject]

    def vote(self, coop: str, proposal: str, member: str, choice: str, *, by: str, at: datetime) -> Proposal:
        """One member, one vote: yes, no or abstain."""
        fact = Fact(proposals.VOTED, proposal, 0, {"member": member, "choice": choice})
        stands = partial(proposals.may_vote, id=proposal, member=member, choice=choice)
        self._dispatch.note(coop, fact, by=by, at=at, unless=stands)
        return self.proposal(coop, proposal)

    def close(
        self, coop: str, proposal: str, *, minutes: str, by: str, at: datetime, since: date | None = None
    ) -> Proposal:
        """Count, and put in force what has more yes than no, in one transaction.

        ``since`` is a later day than the proposed one, where the vote came too late for that. Invalid: the notice is
        too short, or an earlier day was given.
        """
        known, today = self.proposal(coop, proposal), self._today(coop, at)
        proposals.may_close(self._store.about(coop, proposal), proposal)
        day, proposed = self._day(known, since, today), proposals.day_of(known.change, today)
        quorum = self.setting(coop, coop_settings.QUORUM, today).value
        is_carried = proposals.is_carried(known, quorum)
        if is_carried and "notice_days" not in known.change:
            proposals.enough_notice(day, today, self.notice_days(coop))
        closing = self._closing(known, minutes.strip(), day, quorum)
        if not is_carried:
            self._dispatch.write(coop, closing, by=by, at=at)
        elif not _is_about_pay(known.change):
            self._dispatch.write(coop, closing, (_put_in_force(known, day), lambda _: None), by=by, at=at)
        else:
            decided = Decision(GENERAL_ASSEMBLY, today, known.title)
            change = rules_changes.ready(known.change, None if day == proposed else day, decided)
            self._dispatch.change_rules(
                coop, change, by=by, at=at, minutes=_said(known, minutes), proposal=proposal, closing=(closing,)
            )
        return self.proposal(coop, proposal)

    def decide(self, coop: str, change: Change, *, reason: str, by: str, at: datetime) -> tuple[Entry, ...]:
        """A change without a vote (the law's new minimum, the first rules): from today at the earliest, with a reason.

        Invalid: it is none, has no reason, begins in the past, or cannot follow the present rules.
        """
        if not reason.strip():
            raise Invalid("A change of the rules needs a reason: say where it was decided", field="reason")
        kept, today = rules_changes.checked(change), self._today(coop, at)
        if rules_changes.takes_effect(kept) < today:
            raise Invalid(
                "This would change pay that is earned already: give today or a later day, and mend a slip by a "
                "correction", field="since",
            )  # fmt: skip
        ready = rules_changes.ready(kept, None, Decision(by, today, reason.strip()))
        return self._dispatch.change_rules(coop, ready, by=by, at=at, minutes=reason.strip())

    def proposal(self, coop: str, id: str) -> Proposal:
        """As it stands; NotFound: there is none."""
        found = proposals.proposals(self._store.about(coop, id)).get(id)
        if found is None:
            raise NotFound("There is no proposal {id}", id=id)
        return found

    def proposals(self, coop: str) -> tuple[Proposal, ...]:
        """All of them, oldest first."""
        return tuple(proposals.proposals(self._accounts.notes(coop)).values())

    def has_open_vote(self, coop: str, member: str) -> bool:
        """Whether somebody has voted in what is not counted yet."""
        return any(one.is_open and member in one.votes for one in self.proposals(coop))

    def _today(self, coop: str, at: datetime) -> date:
        return local_date(at, self._accounts.zone(coop))

    def _day(self, known: Proposal, since: date | None, today: date) -> date:
        proposed = proposals.day_of(known.change, today)
        if since is not None and since < proposed:
            raise Invalid("The vote was about {day}: it cannot take effect earlier", day=str(proposed), field="since")
        return since or proposed

    def _closing(self, known: Proposal, minutes: str, day: date, quorum: int) -> tuple[Fact, Unless]:
        """The note that ends the vote; it is refused if a vote came in since it was counted."""
        counts = {choice: known.count(choice) for choice in CHOICES}
        carried = proposals.is_carried(known, quorum)
        data = {**counts, "minutes": minutes, "carried": carried, "since": day.isoformat() if carried else None,
                "quorum": quorum}  # fmt: skip
        return Fact(proposals.CLOSED, known.id, 0, data), partial(_counted, before=known)


def _counted(entries: Sequence[Entry], before: Proposal) -> None:
    proposals.may_close(entries, before.id)
    if proposals.proposals(entries)[before.id].votes != before.votes:
        raise Invalid("Somebody has just voted: count again", field="id")


def _is_about_pay(change: Change) -> bool:
    return "notice_days" not in change and "setting" not in change


def _put_in_force(known: Proposal, day: date) -> Fact:
    """What was carried and is no rule of pay."""
    if "setting" in known.change:
        data = {**known.change, "since": day.isoformat(), "proposal": known.id}
        return Fact(coop_settings.KIND, coop_settings.SUBJECT, 0, data)
    return Fact(NOTICE, ASSEMBLY, 0, {**known.change, "proposal": known.id})


def _checked(change: Change) -> dict[str, Any]:
    if "setting" in change:
        return coop_settings.checked(change)
    if "notice_days" not in change:
        return rules_changes.checked(change)
    days = change["notice_days"]
    if not isinstance(days, int) or not 0 <= days <= MOST_NOTICE_DAYS:
        raise Invalid("The notice has to lie between 0 and {most} days", most=MOST_NOTICE_DAYS, field="notice_days")
    return {"notice_days": days}


def _said(known: Proposal, minutes: str) -> str:
    words = f"{known.title}: {known.count('yes')} yes, {known.count('no')} no, {known.count('abstain')} abstain"
    return f"{words}. {minutes}".strip()
