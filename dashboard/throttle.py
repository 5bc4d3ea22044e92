"""How often somebody may try."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable

REMEMBERED = 10_000  # who tried last; more would let a stranger fill the memory


class Throttle:
    """At most ``tries`` failures per ``seconds`` and visitor, counted in this process alone.

    ``clock`` gives seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float], *, tries: int = 10, seconds: float = 60.0) -> None:
        self._clock = clock
        self._tries = tries
        self._seconds = seconds
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, who: str) -> float:
        """Seconds until ``who`` may try again; 0 when at once."""
        failures = self._failures.get(who, deque())
        while failures and failures[0] <= self._clock() - self._seconds:
            failures.popleft()
        return failures[0] + self._seconds - self._clock() if len(failures) >= self._tries else 0.0

    def failed(self, who: str) -> None:
        """Remember that ``who`` tried in vain."""
        self._failures.setdefault(who, deque()).append(self._clock())
        self._failures.move_to_end(who)
        while len(self._failures) > REMEMBERED:
            self._failures.popitem(last=False)
