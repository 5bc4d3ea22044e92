"""Their live channel: Centrifugo's client protocol, version 1, over a WebSocket. What it misses, a reading finds."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from queue import SimpleQueue
from typing import Any
from urllib.parse import urlsplit

import websocket

from live.coopcycle import documents
from live.coopcycle.backoff import Backoff
from live.coopcycle.client import Away, Client, Refused
from live.coopcycle.documents import Unreadable

PATH = "/centrifugo/connection/websocket"
SUBSCRIBE, PING = 1, 7
QUIET = 25.0
"""Seconds of silence after which we ask whether anybody is there."""
CONNECTED, LOST = "connected", "lost"


class Lost(Exception):
    """The channel is not there (any more)."""


class Channel:
    """A thread that keeps the channel open and puts what it hears into ``heard``.

    (``connected``, None) after each subscription: what happened before it was not heard. (``lost``, reason) when it
    ends. (event name, task document) otherwise.
    """

    def __init__(
        self, connect: Callable[[], Client], backoff: Backoff, *, patience: float = 10.0, quiet: float = QUIET,
    ) -> None:  # fmt: skip
        self.heard: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        self._connect, self._backoff, self._patience, self._quiet = connect, backoff, patience, quiet
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="coopcycle channel", daemon=True)

    def start(self) -> None:
        """Begin to listen; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End, within the patience that a word on the line takes."""
        self._stopped.set()
        self._thread.join(self._patience + 5)

    def _run(self) -> None:
        failures, client = 0, self._connect()
        while not self._stopped.is_set():
            try:
                for name, about in listen(client, self._patience, self._quiet, self._stopped.is_set):
                    failures = 0
                    self.heard.put((name, about))
            except (Lost, Away, Refused, Unreadable) as reason:
                failures += 1
                self.heard.put((LOST, str(reason)))
            self._stopped.wait(self._backoff.seconds(max(failures, 1)))
        client.close()


def listen(
    client: Client, patience: float, quiet: float, is_over: Callable[[], bool] = lambda: False
) -> Iterator[tuple[str, Any]]:
    """What the channel says, beginning with (``connected``, None); Lost at its end."""
    token, namespace = client.live_token()
    username, _ = client.who()
    line = _open(client.access.url, patience)
    try:
        _ask(line, {"id": 1, "params": {"token": token}})
        _ask(line, {"id": 2, "method": SUBSCRIBE, "params": {"channel": f"{namespace}_events#{username}"}})
        yield CONNECTED, None
        yield from _events(line, min(quiet, 1.0), quiet, is_over)
    except (websocket.WebSocketException, OSError) as error:
        raise Lost(f"the live channel broke off ({type(error).__name__})") from error
    finally:
        line.close(timeout=1)


def address(url: str) -> str:
    """Where the channel of a CoopCycle is."""
    parts = urlsplit(url)
    return f"{'ws' if parts.scheme == 'http' else 'wss'}://{parts.netloc}{PATH}"


def _open(url: str, patience: float) -> websocket.WebSocket:
    try:
        return websocket.create_connection(address(url), timeout=patience)
    except (websocket.WebSocketException, OSError) as error:
        raise Lost(f"the live channel does not open ({type(error).__name__})") from error


def _ask(line: websocket.WebSocket, command: Mapping[str, Any]) -> None:
    """Send a command and wait for its answer; what is pushed meanwhile came before we were ready, and is let go."""
    line.send(json.dumps(command))
    for _ in range(100):
        for answer in _parts(line.recv()):
            if answer.get("error"):
                raise Lost(f"the live channel refuses us: {answer['error'].get('message', 'no reason given')}")
            if answer.get("id") == command["id"]:
                return
    raise Lost("the live channel does not answer")


def _events(
    line: websocket.WebSocket, step: float, quiet: float, is_over: Callable[[], bool]
) -> Iterator[tuple[str, Any]]:
    silent, number = 0.0, 2
    line.settimeout(step)
    while not is_over():
        try:
            parts = _parts(line.recv())
            silent = 0.0
        except websocket.WebSocketTimeoutException:
            silent += step
            if silent >= 2 * quiet:
                raise Lost("the live channel is silent") from None
            if quiet <= silent < quiet + step:
                number += 1
                line.send(json.dumps({"id": number, "method": PING}))
            continue
        for part in parts:
            yield from _event(part)


def _event(part: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is pushed to the channel has no id, and the message in it two levels of ``data``."""
    result = part.get("result")
    data = result.get("data") if isinstance(result, Mapping) and "id" not in part else None
    inside = data.get("data") if isinstance(data, Mapping) else None
    if inside is not None:
        try:
            if found := documents.event(inside):
                yield found
        except Unreadable:
            yield "unreadable", None


def _parts(received: str | bytes) -> list[Mapping[str, Any]]:
    """A message holds one JSON object a line."""
    if not received:
        raise Lost("the live channel was closed")
    lines = (received if isinstance(received, str) else received.decode("utf-8", "replace")).splitlines()
    try:
        parts = [json.loads(line) for line in lines if line.strip()]
    except ValueError as error:
        raise Lost("the live channel speaks something else") from error
    return [part for part in parts if isinstance(part, Mapping)]
