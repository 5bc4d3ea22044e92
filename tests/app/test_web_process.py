"""The web server as it runs in production: sockets by who asks, and SIGTERM drains."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import socketio
import websocket
from socketio.exceptions import ConnectionError as Refused

from tests.running import PATIENCE, SLACK, Desk, until

NAMESPACE = "/live"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, cities: Path) -> Iterator[Desk]:
    """A whole installation with one web process."""
    home = tmp_path_factory.mktemp("web")
    (home / "cities").symlink_to(cities)
    running = Desk(home).start()
    yield running
    running.stop()


def connect(desk: Desk, token: str | None) -> socketio.Client:
    client = socketio.Client(reconnection=False)
    auth = {"token": token} if token else None
    client.connect(desk.url(), auth=auth, transports=["websocket"], namespaces=[NAMESPACE], wait_timeout=30)
    return client


@pytest.mark.parametrize("token", [None, "made-up"])
def test_a_socket_is_open_to_nobody_without_a_token(desk: Desk, token: str | None) -> None:
    """The handshake of whoever is not known is refused."""
    with pytest.raises(Refused):
        connect(desk, token)


def test_a_socket_is_closed_to_pages_of_other_sites(desk: Desk) -> None:
    """The Origin of the handshake has to be ours, whoever asks."""
    address = desk.url().replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    with pytest.raises(websocket.WebSocketBadStatusException, match="400"):
        websocket.create_connection(address, origin="https://evil.example", timeout=5)
    websocket.create_connection(address, origin=desk.url(), timeout=5).close()


def test_a_token_opens_the_desk_of_its_own_coop_alone(desk: Desk) -> None:
    """The snapshot is of the token's co-op and says who looks on."""
    client, snapshots = socketio.Client(reconnection=False), list[dict[str, object]]()
    client.on("snapshot", snapshots.append, namespace=NAMESPACE)
    client.connect(desk.url(), auth={"token": desk.token}, transports=["websocket"], namespaces=[NAMESPACE])
    until(lambda: snapshots, PATIENCE, "no snapshot came")
    client.disconnect()
    assert snapshots[0]["coop"] == "acme"
    assert (snapshots[0]["visitor"]["name"], snapshots[0]["visitor"]["role"]) == ("Ada", "dispatcher")


def test_sigterm_sends_the_screens_away_and_finishes_what_was_asked(tmp_path: Path) -> None:
    """A viewer is disconnected, calls made meanwhile are answered, and the process ends by itself with status 0."""
    desk = Desk(tmp_path).start()
    try:
        viewer, sent_away = connect(desk, desk.token), threading.Event()
        viewer.on("disconnect", lambda *_: sent_away.set(), namespace=NAMESPACE)
        answers: list[int] = []

        def place_until_refused() -> None:
            while True:
                try:
                    answers.append(
                        desk.call(
                            "POST", "/orders", {"pickup": {"lat": 60, "lon": 24}, "dropoff": {"lat": 60, "lon": 24}}
                        )[0]
                    )
                except OSError:  # nobody listens any more, or a connection that nobody had taken yet
                    return

        caller = threading.Thread(target=place_until_refused)
        caller.start()
        until(lambda: answers, PATIENCE, "no order was placed")
        began = time.monotonic()
        assert desk.webs[0].end() == 0
        assert time.monotonic() - began < 10 + SLACK
        caller.join(PATIENCE)
        assert sent_away.wait(1 + SLACK)
        assert set(answers) == {201}
        assert len(desk.store.orders("acme", limit=10_000).orders) == len(answers)
    finally:
        desk.stop()
