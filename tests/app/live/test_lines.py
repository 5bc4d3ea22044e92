"""Lines over real sockets: however slowly a client takes what it is sent, it gets whole messages in order."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from wsproto.connection import Connection, ConnectionType
from wsproto.events import BytesMessage, TextMessage

from live.lines import Line, LineOutlet
from live.packets import binary_event, event
from live.sockets import LiveNamespace
from tests.running import SLACK, until

PATIENCE = 10.0


@dataclass
class Pair:
    """A line, its outlet, engine.io's writer, and the client's end."""

    line: Line
    outlet: LineOutlet
    queue: queue.Queue[Any]
    client: socket.socket

    def write(self) -> None:
        """What engine.io's writer does."""
        while (packet := self.queue.get()) is not None:
            try:
                self.line.send(packet.encode())
            except OSError:
                return


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Connected, with small buffers."""
    ours, theirs = socket.socketpair()
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line, waiting = Line(ours), queue.Queue[Any]()
    pair = Pair(line, LineOutlet(waiting, line), waiting, theirs)
    writer = threading.Thread(target=pair.write, daemon=True)
    writer.start()
    yield pair
    line.cut()
    waiting.put(None)
    writer.join(5)
    ours.close()
    theirs.close()


def receive(client: socket.socket, n: int, pause: float) -> list[str | bytes]:
    """The first n messages that a client reads, which rests between two pieces."""
    connection, messages, parts = Connection(ConnectionType.CLIENT), [], []
    client.settimeout(PATIENCE)
    while len(messages) < n:
        connection.receive_data(client.recv(3000))
        for each in connection.events():
            assert isinstance(each, TextMessage | BytesMessage)
            parts.append(each.data)
            if each.message_finished:
                messages.append(("" if isinstance(each, TextMessage) else b"").join(parts))  # type: ignore[arg-type]
                parts = []
        time.sleep(pause)
    return messages


def test_a_slow_client_gets_whole_messages_in_order(pair: Pair) -> None:
    """Large packets, sent as fast as they come, on a line that takes a part of each."""
    for number in range(40):
        pair.outlet.send(binary_event("positions", bytes([number]) * 30_000) if number % 2 else event("n", number))
    assert pair.outlet.waiting() > 0, "not all of it fits in"
    messages = receive(pair.client, 60, 0.0005)
    numbers = [message for message in messages if isinstance(message, bytes) or message.startswith("42")]
    assert numbers == [bytes([n]) * 30_000 if n % 2 else f'42/live,["n",{n}]' for n in range(40)]
    until(lambda: pair.outlet.waiting() == 0, PATIENCE, "it does not count what was taken")


def test_sending_never_waits(pair: Pair) -> None:
    """Not even for a client that takes nothing at all."""
    began = time.monotonic()
    for _ in range(100):
        pair.outlet.send(binary_event("positions", b"x" * 100_000))
    assert time.monotonic() - began < 1 + SLACK
    assert pair.outlet.waiting() >= 98


def test_a_line_that_is_cut_wakes_whoever_waits(pair: Pair) -> None:
    """The writer that cannot send, and the reader that hears nothing."""
    heard: list[object] = []
    reader = threading.Thread(target=lambda: heard.append(pair.line.receive()), daemon=True)
    reader.start()
    for _ in range(10):
        pair.outlet.send(binary_event("positions", b"x" * 100_000))
    pair.line.cut()
    reader.join(PATIENCE)
    assert heard == [None]
    pair.outlet.send(event("late", 1))  # harmless


def test_acknowledgements_are_taken_on_the_way(pair: Pair) -> None:
    """Only whole ones in the one shape; everything else goes to Socket.IO."""
    acknowledged: list[int] = []
    pair.line.on_ack = acknowledged.append
    client = Connection(ConnectionType.CLIENT)
    texts = ['42/live,["ack",7]', '42/live,["ack",-1]', '42/live,["ack",8]', '42/live,["ack",1e9]', "3"]
    pair.client.sendall(b"".join(client.send(TextMessage(text)) for text in texts))
    assert [pair.line.receive() for _ in range(3)] == ['42/live,["ack",-1]', '42/live,["ack",1e9]', "3"]
    assert acknowledged == [7, 8]


def test_whoever_may_not_look_on_any_more_is_cut_off() -> None:
    """Asked again now and then: a revoked token, or another role, ends the connection; others stay."""
    environ = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": "http", "SERVER_NAME": "x", "SERVER_PORT": "80"}
    visitors = {
        name: SimpleNamespace(coop="acme", role="dispatcher", name=name, scope=None, key=name) for name in "abcd"
    }
    manager = SimpleNamespace(eio_sid_from_sid=lambda sid, _: sid, is_connected=lambda *_: False)
    environs = {name: {**environ, "roulement.line": SimpleNamespace()} for name in visitors}
    engine = SimpleNamespace(sockets={name: SimpleNamespace(queue=queue.Queue()) for name in visitors})
    server = SimpleNamespace(manager=manager, environ=environs, eio=engine)
    cut: list[str] = []
    deaf = dict.fromkeys(("enter", "acknowledge", "hear_from"), lambda *_: None)
    screens: Any = SimpleNamespace(**deaf, cut=cut.append)
    live = LiveNamespace(SimpleNamespace(server=server), Flask("x"), screens, lambda secret: visitors.get(secret or ""))  # type: ignore[arg-type]
    for name in "abcd":
        live.connect(name, environs[name], {"token": name})
    live.ask_again()
    assert cut == []
    del visitors["a"]
    visitors["b"] = SimpleNamespace(coop="acme", role="member", name="b", scope=None, key="b")
    visitors["c"] = SimpleNamespace(coop="acme", role="dispatcher", name="another name", scope=None, key="c")
    live.ask_again()
    assert cut == ["a", "b"]
    cut.clear()
    live.ask_again("other")
    assert cut == []
    live.close("d")
    assert cut == ["d"]
