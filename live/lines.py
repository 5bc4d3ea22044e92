"""The line to a viewer: a WebSocket that sends all or nothing, keeps little, and can be cut off.

Three traps of the stock server are closed here. simple-websocket calls ``send``, which under gevent sends a part when
the line is slow, and the rest is lost. It agrees to compression: for each viewer anew, with 300 kB of memory each.
And nothing tells it that a half-open connection is dead.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterable
from typing import Any

import simple_websocket
from engineio.async_drivers._websocket_wsgi import SimpleWebSocketWSGI

from live.packets import Ready

KEY = "roulement.line"
"""Where the line is found in the WSGI environment of its connection."""
MAX_MESSAGE = 64 * 1024
SEND_BUFFER = 64 * 1024
"""Bytes (the kernel doubles it): what waits in it is old when it arrives."""
DEAD_AFTER_MS = 20_000
"""A peer that acknowledges nothing for so long is gone (TCP_USER_TIMEOUT)."""


class WholeSocket:
    """A socket whose ``send`` sends everything, one sender at a time."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._lock = threading.Lock()
        with contextlib.suppress(OSError):  # a Unix socket has no such options
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER_MS)
        self.recv = sock.recv
        self.close = sock.close

    def send(self, data: bytes) -> int:
        """Send all of it; waits while the line is full."""
        with self._lock:
            self._sock.sendall(data)
        return len(data)

    def shut(self) -> None:
        """End the connection now; whoever waits for it is woken."""
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)


class Line(simple_websocket.Server):  # type: ignore[misc]
    """A viewer's WebSocket. ``taken`` counts the packets that have left for the network."""

    environ: dict[str, Any]
    sock: Any
    taken = 0

    def handshake(self) -> None:
        """Answer the handshake without compression."""
        self.environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        self.sock = WholeSocket(self.sock)
        super().handshake()

    def send(self, data: bytes | str) -> None:
        """Send a message, or frames that are ready."""
        if not isinstance(data, Ready):
            super().send(data)
        elif self.connected:
            self.sock.send(data)
            self.taken += 1
        else:
            raise simple_websocket.ConnectionClosed(self.close_reason, self.close_message)

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Say goodbye, if there is still somebody to hear it."""
        with contextlib.suppress(OSError, simple_websocket.ConnectionClosed):
            super().close(reason, message)

    def cut(self) -> None:
        """End the connection without a word: the client comes back by itself, as after any lost connection."""
        self.sock.shut()


class LineServer(SimpleWebSocketWSGI):  # type: ignore[misc]
    """What engine.io calls to serve a WebSocket."""

    def __call__(self, environ: dict[str, Any], start_response: object) -> Iterable[bytes]:  # noqa: ARG002
        """Open the line and serve it to its end."""
        self.ws = environ[KEY] = Line(environ, max_message_size=MAX_MESSAGE, **self.server_args)
        answer: Iterable[bytes] = self.app(self)
        if self.ws.mode == "gunicorn":
            raise StopIteration  # tells gunicorn that the connection was taken over
        if self.ws.mode == "werkzeug":
            raise ConnectionError
        return answer


def use_lines(engine: Any) -> None:
    """Make an engine.io server use these lines."""
    drivers = engine._async  # there is no public way to choose the WebSocket class
    server_args = {"thread_class": drivers["thread"], "event_class": drivers["event"]}
    engine._async = drivers | {"websocket": lambda handler, server: LineServer(handler, server, **server_args)}
