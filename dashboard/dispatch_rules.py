"""What couriers are paid by: versions of the rules, packs of them, corrections."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from dashboard.dispatch_recording import Recording, Unless
from dashboard.domain.events import Entry, Fact
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.rules import Rule
from dashboard.domain.rules_changes import Change, facts, fits
from dashboard.domain.rules_packs import PACKS
from dashboard.domain.rules_wire import rule_to_wire


class RuleActs(Recording):
    """Nothing that was written is overwritten: a rule gets a later version, pay an entry beside it."""

    def change_rule(self, coop: str, rule: Rule, *, by: str, at: datetime, minutes: str = "") -> Entry:
        """A version of a pay rule, in force from its ``since``; Invalid when that cannot follow what there is.

        ``minutes`` says where the decision is written down.
        """
        return self.change_rules(coop, {"rule": rule_to_wire(rule)}, by=by, at=at, minutes=minutes)[0]

    def choose_pack(self, coop: str, pack: str, *, since: date, by: str, at: datetime, minutes: str = "") -> Entry:
        """A pack of pay rules from ``since`` on, in place of what held until then; Invalid: no such pack."""
        if pack not in PACKS:
            raise Invalid(
                "There is no pack {pack}: use one of {known}", pack=pack, known=", ".join(PACKS), field="pack"
            )
        change = {"pack": pack, "since": since.isoformat()}
        return self.change_rules(coop, change, by=by, at=at, minutes=minutes)[0]

    def change_rules(
        self, coop: str, change: Change, *, by: str, at: datetime, minutes: str = "", proposal: str = "",
        closing: tuple[tuple[Fact, Unless], ...] = (),
    ) -> tuple[Entry, ...]:  # fmt: skip
        """All parts of a change of the rules of pay, after the notes that close its ``proposal``: all, or nothing."""
        more = {"proposal": proposal} if proposal else {}
        parts = [(fact, partial(fits, change=fact.data)) for fact in facts(change, minutes=minutes, **more)]
        return self.write(coop, *closing, *parts, by=by, at=at)

    def correct_pay(
        self, coop: str, courier: str, amount_cents: int, *, reason: str, by: str, at: datetime, corrects: str = "",
        counts: bool = True,
    ) -> Entry:  # fmt: skip
        """An amount added to (or below 0: taken from) a courier's pay, as a new entry; what was written stays.

        NotFound: no such courier. Invalid: nothing to correct, or no reason.
        """
        if self._store.courier(coop, courier) is None:
            raise NotFound("There is no courier {id}", id=courier)
        if not amount_cents or not reason.strip():
            raise Invalid("A correction needs an amount and a reason: give both", field="reason")
        data = {"amount_cents": amount_cents, "reason": reason.strip(), "corrects": corrects, "counts": counts}
        return self.note(coop, Fact("pay.corrected", courier, 0, data), by=by, at=at)
