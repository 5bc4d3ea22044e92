"""Two ways to put a question to Valhalla: to the library, with tiles of our own, or to a server."""

from __future__ import annotations

import json
import os
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from valhalla import Actor, ValhallaError

from live.city.tiles import configuration

_SERVER_SECONDS = 5.0
_NO_WAY = frozenset({154, 170, 171, 442})
"""Valhalla's codes: too far, locations in unconnected regions, no street nearby, no path."""


class Ask(Protocol):
    """Puts a request to a Valhalla service (``route``, ``sources_to_targets``); None where there is no way."""

    def __call__(self, service: str, request: Mapping[str, Any]) -> dict[str, Any] | None: ...


class AskTiles:
    """Asks the library. One actor a process (made at the first question, so after a fork), one question at a time."""

    def __init__(self, tiles: Path) -> None:
        self._tiles = tiles
        self._lock = threading.Lock()
        self._actor: tuple[int, Actor] | None = None

    def __call__(self, service: str, request: Mapping[str, Any]) -> dict[str, Any] | None:
        with self._lock:
            actor = self._own_actor()
            answer = actor.route if service == "route" else actor.matrix
            try:
                answered: dict[str, Any] = json.loads(answer(json.dumps(request)))
            except ValhallaError as error:
                if error.code in _NO_WAY:
                    return None
                raise
        return answered

    def _own_actor(self) -> Actor:
        if self._actor is None or self._actor[0] != os.getpid():
            self._actor = os.getpid(), Actor(configuration(self._tiles))
        return self._actor[1]


class AskServer:
    """Asks a Valhalla server, such as http://localhost:8002. OSError when it does not answer within 5 s."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def __call__(self, service: str, request: Mapping[str, Any]) -> dict[str, Any] | None:
        question = urllib.request.Request(  # noqa: S310 - the address is a setting, not a visitor's
            f"{self._url}/{service}", json.dumps(request).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(question, timeout=_SERVER_SECONDS) as answer:  # noqa: S310
                answered: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as error:
            if json.load(error).get("error_code") in _NO_WAY:
                return None
            raise
        return answered
