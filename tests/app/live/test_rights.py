"""What somebody has open is closed within a second of losing the right to it, on every web process."""

from __future__ import annotations

import http.cookiejar
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import websocket
from redis.exceptions import RedisError

from dashboard.access import digest
from dashboard.people import People
from dashboard.ports import Token
from live.announcer import RightsAnnouncer
from live.rights import RightsWatch
from tests.redis_server import RedisServer
from tests.running import COOP, PATIENCE, Desk, until

PASSWORD = "three words nobody guesses"
A_SECOND = 1.0


class Redirects(urllib.request.HTTPRedirectHandler):
    """Follows none."""

    def redirect_request(self, *_: object) -> None:
        return None


class Person:
    """A browser with cookies, signed in at one web process, with the desk open at several."""

    def __init__(self, desk: Desk, email: str) -> None:
        self.desk, self.jar = desk, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), Redirects)
        page = self.opener.open(f"{desk.url()}/sign-in").read().decode()
        csrf = re.search(r'name="csrf" value="([^"]+)"', page)
        assert csrf is not None
        assert self.post("/sign-in", csrf=csrf[1], email=email, password=PASSWORD) == 303
        self.sockets = [self._open(port) for port in desk.ports]

    def post(self, path: str, **fields: str) -> int:
        try:
            return int(self.opener.open(self.desk.url() + path, urllib.parse.urlencode(fields).encode()).status)
        except urllib.error.HTTPError as answer:
            return answer.code

    def _open(self, port: int) -> websocket.WebSocket:
        cookie = "; ".join(f"{one.name}={one.value}" for one in self.jar)
        url = f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"
        socket = websocket.create_connection(url, cookie=cookie, timeout=10)
        assert socket.recv().startswith("0")
        socket.send("40/live,")
        until(lambda: str(socket.recv()).startswith('42/live,["snapshot"'), PATIENCE, "no snapshot came")
        return socket

    def is_out_within(self, seconds: float) -> list[float]:
        """How long each socket stayed open; all of them have to be closed by then."""
        begun, lasted = time.monotonic(), []
        for socket in self.sockets:
            socket.settimeout(seconds)
            try:
                while time.monotonic() - begun < seconds + 2:
                    if not socket.recv():
                        break
            except (OSError, websocket.WebSocketException):
                pass
            lasted.append(time.monotonic() - begun)
        return lasted

    def is_in(self) -> bool:
        """Whether every socket is still open, a second on."""
        for socket in self.sockets:
            socket.settimeout(5)
            for _ in range(3):
                if not socket.recv():
                    return False
        return True


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An installation with two web processes."""
    running = Desk(tmp_path_factory.mktemp("rights"), webs_wanted=2)
    yield running.start()
    running.stop()


@pytest.fixture
def people(desk: Desk) -> People:
    """The use cases in a process of their own, as the command line has them."""
    return People(desk.store, RightsAnnouncer(desk.redis.url))


def member(people: People, *roles: str) -> str:
    email = f"{uuid4().hex[:8]}@example.org"
    now = datetime.now(UTC)
    for role in roles[:1]:
        secret = people.invite(COOP, email, role, by="test", now=now)
        person = people.accept(secret, "Ada", PASSWORD, now)
    for role in roles[1:]:
        people.give(COOP, person.id, role)
    return email


def id_of(people: People, email: str) -> str:
    return next(one.person.id for one in people.members(COOP) if one.person.email == email)


LOSSES: dict[str, Callable[[Desk, People, Person, str], object]] = {
    "signing out": lambda desk, people, person, email: person.post("/logout"),
    "losing the role": lambda desk, people, person, email: people.take(COOP, id_of(people, email), "dispatcher"),
    "being set aside": lambda desk, people, person, email: people.set_active(COOP, id_of(people, email), False),
    "being shut out": lambda desk, people, person, email: people.shut_out(email, datetime.now(UTC)),
}


@pytest.mark.parametrize("loss", list(LOSSES))
def test_sockets_close_within_a_second_on_every_process(desk: Desk, people: People, loss: str) -> None:
    """However the right was lost; somebody else's sockets stay open."""
    email, other = member(people, "dispatcher", "member"), member(people, "dispatcher")
    person, bystander = Person(desk, email), Person(desk, other)
    LOSSES[loss](desk, people, person, email)
    lasted = person.is_out_within(A_SECOND)
    print(f"{loss}: {', '.join(f'{each:.2f} s' for each in lasted)}")
    assert max(lasted) < A_SECOND, lasted
    assert bystander.is_in()


def test_a_revoked_token_closes_what_it_opened(desk: Desk, people: People) -> None:
    """Sockets that came with the token are closed within a second, too, wherever it was revoked."""
    secret, token = uuid4().hex, str(uuid4())
    desk.store.add_token(Token(token, COOP, "dispatcher", digest(secret), "screen"))
    sockets = []
    for port in desk.ports:
        url = f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"
        socket = websocket.create_connection(url, header=[f"Authorization: Bearer {secret}"], timeout=10)
        assert socket.recv().startswith("0")
        socket.send("40/live,")
        until(lambda socket=socket: str(socket.recv()).startswith('42/live,["snapshot"'), PATIENCE, "no snapshot came")  # type: ignore[misc]
        sockets.append(socket)
    desk.store.remove_token(COOP, token)
    people.announce(COOP)
    person = object.__new__(Person)
    person.sockets = sockets
    assert max(person.is_out_within(A_SECOND)) < A_SECOND


def test_without_redis_everybody_is_looked_at_each_second(tmp_path: Path) -> None:
    """When nothing can be heard the process looks for itself, not at each try; heard again, it looks at once."""
    asked: list[str | None] = []
    now = 100.0
    watch = RightsWatch("redis://127.0.0.1:1/0", asked.append, asked.append, lambda: now)
    for seconds, looks in ((0.0, 1), (0.4, 1), (0.7, 2)):
        now += seconds
        with pytest.raises((RedisError, OSError)):
            watch.listen()
        assert asked == [None] * looks


def test_what_was_said_is_heard(redis: RedisServer) -> None:
    """A co-op's change asks that co-op again, a session's end closes it, nonsense asks all."""
    heard: list[tuple[str, str | None]] = []
    watch = RightsWatch(redis.url, lambda coop: heard.append(("ask", coop)), lambda key: heard.append(("close", key)))
    watch.listen()
    announce = RightsAnnouncer(redis.url)
    announce("acme")
    announce(None)
    announce.gone("abc")
    redis.client().publish("access-changed", "nonsense")

    def all_heard() -> bool:
        watch.listen()
        return len(heard) == 5

    until(all_heard, PATIENCE, f"heard {heard}")
    assert heard == [("ask", None), ("ask", "acme"), ("ask", None), ("close", "abc"), ("ask", None)]
    watch.stop()
