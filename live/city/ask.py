"""Two ways to put a question to Valhalla: to the library, with tiles of our own, or to a server."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping
from math import inf
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Protocol
from urllib.parse import urlsplit

from valhalla import Actor, ValhallaError

from dashboard.beside import one_at_a_time
from dashboard.outgoing import ask
from live.city.sense import Nonsense, check
from live.city.tiles import configuration

_NO_WAY = frozenset({154, 170, 171, 442})
"""Valhalla's codes: too far, locations in unconnected regions, no street nearby, no path."""
_MOST_READ = 16 * 2**20
"""Bytes of an answer."""
_LONGEST = 10.0
"""Seconds for an answer where nobody sets a limit."""


class Ask(Protocol):
    """Puts a request to a Valhalla service (``route``, ``sources_to_targets``, ``locate``); None where there is no way.

    OSError when there is no answer, or none that makes sense, before ``until`` (monotonic seconds).
    """

    def __call__(self, service: str, request: Mapping[str, Any], until: float = inf) -> Any: ...


class AskTiles:
    """Asks the library, in a thread beside the live screens'. One actor a process (made at the first question, so after
    a fork), one question at a time."""

    def __init__(self, tiles: Path) -> None:
        self._tiles = tiles
        self._lock = threading.Lock()
        self._own: tuple[int, Actor, Callable[[Callable[[], Any]], Any]] | None = None

    def __call__(
        self, service: str, request: Mapping[str, Any], until: float = inf  # noqa: ARG002 | it takes milliseconds
    ) -> Any:  # fmt: skip
        """See ``Ask``."""
        try:
            actor, beside = self._own_actor()
            answer = {"route": actor.route, "sources_to_targets": actor.matrix, "locate": actor.locate}[service]
            return json.loads(beside(lambda: answer(json.dumps(request))).result())
        except ValhallaError as error:
            if error.code in _NO_WAY:
                return None
            raise OSError(f"The routing tiles in {self._tiles} do not answer: {error}") from error

    def _own_actor(self) -> tuple[Actor, Callable[[Callable[[], Any]], Any]]:
        with self._lock:
            if self._own is None or self._own[0] != os.getpid():
                if not any(self._tiles.rglob("*.gph")):
                    raise OSError(f"There are no routing tiles in {self._tiles}: build the city again")
                self._own = os.getpid(), Actor(configuration(self._tiles)), one_at_a_time()
            return self._own[1:]


class AskServer:
    """Asks a Valhalla server, such as http://localhost:8002; what follows a ``?`` (a key) goes with each question."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    def __call__(self, service: str, request: Mapping[str, Any], until: float = inf) -> Any:
        """See ``Ask``."""
        patience = min(until - monotonic(), _LONGEST)
        if patience <= 0:
            raise TimeoutError("The routing server took too long")
        status, content = _within(patience, lambda: self._post(service, request, patience))
        if status not in (200, 400):
            raise OSError(f"The routing server answered {status}")
        answered = _read(content)
        if status == 400:
            code = answered.get("error_code") if isinstance(answered, dict) else None
            if code in _NO_WAY:
                return None
            raise OSError(f"The routing server refused the question (400, its code {code})")
        check(service, request, answered)
        return answered

    def _post(self, service: str, request: Mapping[str, Any], patience: float) -> tuple[int, bytes]:
        url = self._url._replace(path=f"{self._url.path.rstrip('/')}/{service}").geturl()
        return ask(url, json.dumps(request).encode(), _MOST_READ, patience=patience)


def _within[T](seconds: float, work: Callable[[], T]) -> T:
    """In a thread of its own, because nothing bounds the time for looking up a name. TimeoutError."""
    done: SimpleQueue[tuple[T | None, OSError | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except OSError as error:
            done.put((None, error))

    threading.Thread(target=run, name="ask a routing server", daemon=True).start()
    try:
        found, problem = done.get(timeout=seconds)
    except Empty:
        raise TimeoutError("The routing server does not answer in time") from None
    if problem is not None:
        raise problem
    return found  # type: ignore[return-value]  # of two, one is there


def _read(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise Nonsense("The routing server's answer is no JSON") from None
