"""The service times of each co-op, learnt from its history when nobody waits for them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from dashboard.domain.refusals import NotFound, NotReady
from dashboard.domain.service_times import UNLEARNT, ServiceTimes, paced
from dashboard.tables import Tables
from dashboard.tables_service import service_times

log = logging.getLogger(__name__)

KEPT = timedelta(hours=1)
"""A median of four weeks is no other after an hour."""


class Histories(Protocol):
    """Where a co-op's frames are."""

    def tables(self, coop: str) -> Tables: ...


class UsualTimes:
    """``of`` never waits; ``renew``, called now and then, learns for whom it was asked, the long part ``beside``.

    ``pace``: how many times as fast as life a demo's city lives; its history is as slow as life.
    """

    def __init__(
        self, histories: Histories, clock: Callable[[], datetime], beside: Callable[[Callable[[], Any]], Any],
        pace: float = 1.0,
    ) -> None:  # fmt: skip
        self._histories, self._clock, self._beside, self._pace = histories, clock, beside, pace
        self._known: dict[str, tuple[datetime | None, ServiceTimes]] = {}

    def of(self, coop: str) -> ServiceTimes:
        """What was learnt last; before that, what is said of everybody."""
        return self._known.setdefault(coop, (None, paced(UNLEARNT, self._pace)))[1]

    def renew(self) -> None:
        """Learn anew what is older than KEPT. Where the history is not read yet, the next call tries again."""
        now = self._clock()
        for coop, (at, _) in list(self._known.items()):
            if at is None or now - at >= KEPT:
                try:
                    self._learn(coop, now)
                except NotReady:
                    log.debug("service times of %s: the history is not read yet", coop)
                except NotFound:
                    del self._known[coop]

    def _learn(self, coop: str, now: datetime) -> None:
        tables = self._histories.tables(coop)
        learnt: ServiceTimes = self._beside(lambda: service_times(tables, now)).result()
        self._known[coop] = now, paced(learnt, self._pace)
