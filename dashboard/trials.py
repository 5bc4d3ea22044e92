"""What-if questions, computed beside the live desk: asked again and again until the answer is there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Any, Protocol

from dashboard import accounts_period
from dashboard.accounts import BookedAccounts
from dashboard.accounts_period import Period
from dashboard.domain.refusals import Invalid
from dashboard.domain.rules import Scheme
from dashboard.domain.rules_numbers import on_all_days, revised
from dashboard.domain.rules_packs import PACKS
from dashboard.domain.rules_wire import switched
from dashboard.reports_pay import WhatIf

REMEMBERED = 16


class Running(Protocol):
    """A computation that somebody else carries out: ``concurrent.futures.Future``, gevent's ``AsyncResult``."""

    def result(self) -> Any: ...


type Run = Callable[[Callable[[], Any]], Running]


@dataclass(frozen=True, slots=True)
class Question:
    """Days from ``first`` to ``last`` under another ``pack``, or with other ``numbers`` in the rules of ``last``."""

    first: date
    last: date
    pack: str | None = None
    numbers: tuple[tuple[str, Decimal], ...] = ()

    def under(self, present: Scheme) -> Scheme:
        """The rules to compute by. Invalid: no such pack or number, or nothing would change."""
        if self.pack is not None:
            if self.pack not in PACKS:
                raise Invalid(
                    "There is no pack {pack}: use one of {known}", pack=self.pack, known=", ".join(PACKS), field="pack"
                )
            present = switched(present, PACKS[self.pack], self.first)
        changed = revised(present, self.last, dict(self.numbers))
        if self.pack is None and not changed:
            raise Invalid("Nothing would change: choose a pack, or give another number", field="change")
        return on_all_days(present, changed)


@dataclass(slots=True)
class Trial:
    """How far a question is: ``share`` 0 to 1; ``found`` once it is answered, None when it ``is_over`` and failed."""

    share: float = 0.0
    found: WhatIf | None = None
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class _Begun:
    seq: int
    trial: Trial
    running: Running


class Trials:
    """Questions of this process; ``run`` says where they are computed. Equal questions are computed once.

    Whoever asks a process that does not know the question yet (another one began it) makes it begin too.
    """

    def __init__(self, accounts: BookedAccounts, run: Run) -> None:
        self._accounts, self._run = accounts, run
        self._known: OrderedDict[tuple[str, Question], _Begun] = OrderedDict()
        self._lock = Lock()

    def look(self, coop: str, asked: Question) -> Trial:
        """How far it is, or the answer that there is; begins it when nobody has asked before."""
        known = self._known.get((coop, asked))
        return known.trial if known else self.begin(coop, asked)

    def begin(self, coop: str, asked: Question) -> Trial:
        """Begin it, unless it is on its way or has an answer from the newest entry. Invalid: see ``Question.under``."""
        return self._of(coop, asked).trial

    def answer(self, coop: str, asked: Question) -> WhatIf:
        """The answer from the newest entry, waited for."""
        found: WhatIf = self._of(coop, asked).running.result()
        return found

    def _of(self, coop: str, asked: Question) -> _Begun:
        period = self._accounts.period(coop, asked.first, asked.last)
        scheme = asked.under(period.scheme)
        with self._lock:
            known = self._known.get((coop, asked))
            if known is None or (known.trial.is_over and known.seq != period.tables.seq):
                known = self._known[coop, asked] = self._start(period, scheme)
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
            return known

    def _start(self, period: Period, scheme: Scheme) -> _Begun:
        trial = Trial()

        def told(share: float) -> None:
            trial.share = share

        def compute() -> WhatIf:
            try:
                trial.found = accounts_period.what_if(period, scheme, told)
                return trial.found
            finally:
                trial.is_over = True

        return _Begun(period.tables.seq, trial, self._run(compute))


def asked_of(numbers: Mapping[str, Decimal]) -> tuple[tuple[str, Decimal], ...]:
    """Numbers as a question holds them: in one order, so that equal ones are equal."""
    return tuple(sorted(numbers.items()))
