"""Couriers' objections, and why a job went where it went, and would have gone: all from the journal alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from dashboard.accounts import BookedAccounts
from dashboard.dispatch import Dispatch
from dashboard.domain import coop_settings, decisions
from dashboard.domain.alternatives import concerns, seen_by
from dashboard.domain.coop_settings import held
from dashboard.domain.decisions import Given, Objection
from dashboard.domain.events import Entry, Fact
from dashboard.domain.objecting import ORDER, subject_of
from dashboard.domain.other_weights import OtherWeights, hand_overs, under
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.spans import local_day
from dashboard.domain.suggesting import subject_of as suggestions_of
from dashboard.domain.tradeoff import Weights
from dashboard.ports import Store
from dashboard.trials import Run


class Decisions:
    """What the desk's people answer for by name; ``run`` says where what takes long is computed."""

    def __init__(
        self, store: Store, dispatch: Dispatch, accounts: BookedAccounts, new_id: Callable[[], str], run: Run
    ) -> None:  # fmt: skip
        self._store, self._dispatch, self._accounts, self._new_id, self._run = store, dispatch, accounts, new_id, run

    def raise_objection(self, coop: str, courier: str, about: str, text: str, *, by: str, at: datetime) -> Objection:
        """A courier objects to ``about`` (see domain/objecting.py); the answer is due within 14 days.

        Invalid: no words, or nothing that can be objected to. NotFound: an order that was never the courier's.
        """
        subject = subject_of(about)
        if subject.kind == ORDER and not concerns(courier, self.why(coop, subject.of)):
            raise NotFound("There is no order {id}", id=subject.of)
        if not text.strip():
            raise Invalid("An objection needs words: say what is wrong", field="text")
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

    def objections(self, coop: str, courier: str | None = None) -> tuple[Objection, ...]:
        """All of them, or one courier's, oldest first."""
        found = decisions.objections(self._accounts.notes(coop)).values()
        return tuple(one for one in found if courier in (None, one.courier))

    def objection(self, coop: str, id: str) -> Objection:
        """As it stands; NotFound: there is none."""
        found = decisions.objections(self._store.about(coop, id)).get(id)
        if found is None:
            raise NotFound("There is no objection {id}", id=id)
        return found

    def why_for(self, coop: str, order: str, courier: str) -> tuple[Given, ...]:
        """The same as that courier may read it; NotFound: the order was never theirs."""
        found = self.why(coop, order)
        if not concerns(courier, found):
            raise NotFound("There is no order {id}", id=order)
        return tuple(seen_by(courier, one) for one in found)

    def by_other_weights(
        self, coop: str, first: date, last: date, weights: Mapping[str, int], on: date
    ) -> OtherWeights:  # fmt: skip
        """The hand-overs of those days as other weights of the suggestions would have ordered their lists.

        ``weights`` by setting; of which nothing is said are as they hold ``on`` a day.
        """
        known, zone = self._store.about(coop, coop_settings.SUBJECT), self._accounts.zone(coop)
        other = Weights(*(weights.get(name, held(known, name, on).value) for name in coop_settings.WEIGHTS))
        since, until = local_day(first, zone).start, local_day(last, zone).end
        noted = self._store.noted_since(coop, suggestions_of(""), since)
        found: OtherWeights = self._run(
            lambda: under(other, hand_overs(one for one in noted if one.at < until))
        ).result()
        return found

    def why(self, coop: str, order: str) -> tuple[Given, ...]:
        """Each time that the order changed hands, oldest first."""
        about = self._store.about
        return decisions.why(about(coop, order), about(coop, suggestions_of(order)))
