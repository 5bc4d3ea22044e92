"""Keeps questions away from a service that does not answer, until it does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from math import inf
from time import monotonic
from typing import Any

from live.city.ask import Ask

log = logging.getLogger(__name__)

AGAIN = 3.0
"""Seconds between two tries of what did not answer."""
PATIENCE = 0.8
"""Seconds for one try."""


class Breaker:
    """An ``Ask`` that fails at once while the one behind it is away, so that nobody waits for it twice.

    The question that went unanswered is put again every few seconds, in the background, until it is answered; ``since``
    is when it went away, None while it is there.
    """

    def __init__(self, ask: Ask, clock: Callable[[], datetime], again: float = AGAIN) -> None:
        self.since: datetime | None = None
        self._ask, self._clock, self._again = ask, clock, again
        self._lock = threading.Lock()

    def __call__(self, service: str, request: Mapping[str, Any], until: float = inf) -> Any:
        """See ``Ask``. OSError at once while it is away."""
        if self.since is not None:
            raise OSError("The routing service is away")
        try:
            return self._ask(service, request, until)
        except OSError as error:
            self._lose(error, (service, request))
            raise

    def _lose(self, error: OSError, question: tuple[str, Mapping[str, Any]]) -> None:
        with self._lock:
            if self.since is not None:
                return
            self.since = self._clock()
        log.warning("routes are made otherwise: %s", error)
        threading.Thread(target=self._try_again, args=question, name="try a routing service again", daemon=True).start()

    def _try_again(self, service: str, request: Mapping[str, Any]) -> None:
        rest = threading.Event()
        while True:
            rest.wait(self._again)
            try:
                self._ask(service, request, monotonic() + PATIENCE)
            except OSError:
                continue
            self.since = None
            log.warning("routes are made as usual again")
            return
