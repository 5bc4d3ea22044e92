"""The namespace ``/live`` of Socket.IO.

server → client: ``snapshot``, ``roster``, ``positions`` (binary frame), ``journal``, ``heartbeat``, ``presence``,
``select``. client → server: ``resume {seq}``, ``looking {order}``, ``select {order, courier, chosen, number}``,
``hold {orders}``, ``here`` each second, ``ack`` (number of a frame that was drawn). Which co-op's events a client gets
is decided here by who it is; it cannot ask for a room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask
from flask_socketio import SocketIO
from socketio.exceptions import ConnectionRefusedError as Refused

from dashboard.domain.refusals import NotFound
from live.lines import KEY, MAX_MESSAGE, LineOutlet, use_lines
from live.packets import NAMESPACE
from live.rights import LISTEN_EACH, RightsWatch
from live.screens import Screens
from live.selections import read_orders
from live.sight import Visitor

ASK_AGAIN = 15.0
"""Seconds after which it is asked again in any case whether each viewer may still look: a session may have run out."""

OPTIONS: Mapping[str, Any] = {
    "async_handlers": False, "transports": ["websocket"], "ping_interval": 10, "ping_timeout": 10,
    "max_http_buffer_size": MAX_MESSAGE, "manage_session": False,
}  # fmt: skip
"""For ``SocketIO(app, async_mode="gevent", **OPTIONS)``: a viewer's wishes are heard in their order, no sticky
sessions are needed, and a half-open connection is noticed within 20 s."""

NOBODY = {"code": "not_signed_in"}
"""Goes along with the refusal: a page whose session is over goes to the door."""

Identify = Callable[[str | None], Visitor | None]
"""Who asks, called within a request of Flask; the argument is a token that came in Socket.IO's own ``auth``."""


@dataclass(frozen=True, slots=True)
class Caller:
    """How a viewer came in: enough to ask again who it is."""

    environ: Mapping[str, Any]
    secret: str | None
    visitor: Visitor


class LiveNamespace:
    """The handlers. Client input of any shape is harmless: what makes no sense is passed over."""

    def __init__(self, socketio: SocketIO, app: Flask, screens: Screens, identify: Identify) -> None:
        self._server, self._app, self._screens, self._identify = socketio.server, app, screens, identify
        self._callers: dict[str, Caller] = {}
        self._changes = 0  # that were heard of: whoever came in meanwhile is looked at once more

    def connect(self, sid: str, environ: Mapping[str, Any], auth: object = None) -> None:
        """Let in whoever is known."""
        engine_sid = self._server.manager.eio_sid_from_sid(sid, NAMESPACE)
        if environ is not self._server.environ.get(engine_sid):
            return  # an event of this name that a client has sent
        secret, changes = auth.get("token") if isinstance(auth, dict) else None, self._changes
        caller = self._ask_who(environ, secret if isinstance(secret, str) else None)
        line = environ.get(KEY)
        if caller is None or line is None:
            raise Refused("Nobody is signed in: sign in at /login, or send a token", NOBODY)
        try:
            outlet = LineOutlet(self._server.eio.sockets[engine_sid].queue, line)
            self._screens.enter(sid, caller.visitor, outlet)
        except NotFound as refusal:
            raise Refused(str(refusal)) from refusal
        line.on_ack = partial(self._screens.acknowledge, sid)
        line.on_here = partial(self._screens.hear_from, sid)
        self._callers[sid] = caller
        if changes != self._changes:
            self._look_at(sid, caller)

    def disconnect(self, sid: str, *_: object) -> None:
        """Forget a viewer."""
        if self._server.manager.is_connected(sid, NAMESPACE):
            return  # an event of this name that a client has sent
        self._callers.pop(sid, None)
        self._screens.leave(sid)

    def resume(self, sid: str, *wish: object) -> None:
        """The viewer has missed entries."""
        seq = _field(wish, "seq")
        if isinstance(seq, int) and seq >= 0:
            self._screens.resume(sid, seq)

    def looking(self, sid: str, *wish: object) -> None:
        """The viewer has selected an order, or none."""
        order = _field(wish, "order")
        if order is None or (isinstance(order, str) and len(order) <= 64):
            self._screens.look(sid, order)

    def select(self, sid: str, *wish: object) -> None:
        """The viewer has selected something: so have the other windows of the same person."""
        self._screens.select(sid, wish[0] if wish else None)

    def hold(self, sid: str, *wish: object) -> None:
        """The viewer has orders in hand, or none any more."""
        orders = read_orders(_field(wish, "orders"))
        if orders is not None:
            self._screens.hold(sid, orders)

    def here(self, sid: str, *_: object) -> None:
        """The viewer says that it is there."""
        self._screens.hear_from(sid)

    def ack(self, sid: str, *wish: object) -> None:
        """The viewer has drawn a frame."""
        number = wish[0] if wish else None
        if isinstance(number, int):
            self._screens.acknowledge(sid, number)

    def ask_again(self, coop: str | None = None) -> None:
        """Send away whoever may not look on any more, of this co-op or of all."""
        self._changes += 1
        for sid, known in list(self._callers.items()):
            if coop is None or known.visitor.coop == coop:
                self._look_at(sid, known)

    def close(self, key: str) -> None:
        """Send away all that came in by this browser session: it is over."""
        self._changes += 1
        for sid, known in list(self._callers.items()):
            if known.visitor.key == key:
                self._screens.cut(sid)

    def _look_at(self, sid: str, known: Caller) -> None:
        now = self._ask_who(known.environ, known.secret)
        if now is None or _rights(now.visitor) != _rights(known.visitor):
            self._screens.cut(sid)

    def _ask_who(self, environ: Mapping[str, Any], secret: str | None) -> Caller | None:
        with self._app.request_context(dict(environ)):
            visitor = self._identify(secret)
        return None if visitor is None else Caller(environ, secret, visitor)


def register(socketio: SocketIO, app: Flask, screens: Screens, identify: Identify, redis_url: str) -> None:
    """Serve ``/live`` on ``socketio``, which was made with OPTIONS; changes of rights are heard of from Redis."""
    use_lines(socketio.server.eio)
    live = LiveNamespace(socketio, app, screens, identify)
    for handler in (
        live.connect,
        live.disconnect,
        live.resume,
        live.looking,
        live.select,
        live.hold,
        live.here,
        live.ack,
    ):
        socketio.server.on(handler.__name__, handler, namespace=NAMESPACE)
    watch = RightsWatch(redis_url, live.ask_again, live.close)
    screens.also(watch.listen, LISTEN_EACH)
    screens.also(live.ask_again, ASK_AGAIN)


def _field(wish: tuple[object, ...], name: str) -> object:
    return wish[0].get(name) if wish and isinstance(wish[0], dict) else None


def _rights(visitor: Visitor) -> tuple[str, str, str | None]:
    return visitor.coop, visitor.role, visitor.scope
