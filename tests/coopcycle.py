"""A stand-in for CoopCycle: its documented JSON-LD over real HTTP and WebSocket, and all that goes wrong with it.

Written from what is documented of the interface. ``faults`` says which calls fail and how; people over there do things
by ``Town``'s methods (``assign``, ``finish`` …), which are told on the live channel like any other change.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import Any
from urllib.parse import parse_qs, urlsplit

from live.websocket import CLOSE, TEXT, Inbox, frame, handshake
from tests.today import HERE

USER, PASSWORD = "ada", "dispatch!"
KEY, SECRET = "key-of-roulement", "secret-of-roulement"
WEBHOOK_SECRET = "a secret that only the two know"
STARTS = {"DOING": "started", "TODO": "restored"}
FAULTS = ("500", "after", "timeout", "cut", "bad json", "expired", "half", "stale")


@dataclass
class Faults:
    """Every ``every``th call to /api fails (0: none does), in turn by one of ``kinds``. ``is_down``: all of them do."""

    every: int = 0
    kinds: tuple[str, ...] = FAULTS
    is_down: bool = False
    calls: int = 0
    happened: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _turn: Iterator[str] | None = None

    def next(self) -> str:
        """What happens to this call; empty for nothing."""
        with self._lock:
            self.calls += 1
            if self.is_down:
                return self._count("cut")
            if not self.every or self.calls % self.every:
                return ""
            self._turn = self._turn or cycle(self.kinds)
            return self._count(next(self._turn))

    def _count(self, kind: str) -> str:
        self.happened[kind] = self.happened.get(kind, 0) + 1
        return kind


@dataclass
class Town:
    """All that one CoopCycle knows. ``clock`` is its clock; its times are whole seconds with an offset."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)
    users: list[dict[str, Any]] = field(default_factory=list)
    shifts: list[dict[str, Any]] = field(default_factory=list)
    roles: list[str] = field(default_factory=lambda: ["ROLE_USER", "ROLE_DISPATCHER"])
    has_versions: bool = True
    writes: list[tuple[str, int, str | None]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    listeners: list[Callable[[str, dict[str, Any]], None]] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)

    def hire(self, *names: str) -> None:
        """Couriers."""
        for name in names:
            number = len(self.users) + 1
            self.users.append(
                {"@id": f"/api/users/{number}", "@type": "User", "username": name, "givenName": name.title(),
                 "familyName": "", "roles": ["ROLE_COURIER"]}
            )  # fmt: skip

    def plan(self, username: str, starts: datetime, ends: datetime) -> None:
        """A published shift of one courier."""
        address = next(user["@id"] for user in self.users if user["username"] == username)
        number = len(self.shifts) + 1
        self.shifts.append(
            {"@id": f"/api/shifts/{number}", "@type": "Shift", "startsAt": starts.isoformat(),
             "endsAt": ends.isoformat(), "slots": 1,
             "assignments": [{"@id": f"/api/shift_assignments/{number}", "user": address}]}
        )  # fmt: skip

    def deliver(self, *, number: str = "", lat: float = 60.17, lon: float = 24.94, drops: int = 1) -> list[str]:
        """A delivery: a pickup and drop-offs. The drop-offs' addresses."""
        with self.lock:
            pickup = self._add("PICKUP", lat, lon, None, number)
            added = [self._add("DROPOFF", lat - 0.002 * n, lon + 0.005, pickup, number) for n in range(1, drops + 1)]
            for task in (pickup, *added):
                self._tell("task:created", task)
        return [f"/api/tasks/{task}" for task in added]

    def of(self, address: str) -> dict[str, Any]:
        """The task of an address."""
        return self.tasks[int(address.rsplit("/", 1)[1])]

    def pickup_of(self, address: str) -> dict[str, Any]:
        """The pickup of a drop-off."""
        return self.of(self.of(address)["previous"])

    def assign(self, address: str, username: str | None) -> None:
        """A dispatcher over there gives the whole delivery to somebody, or to nobody."""
        with self.lock:
            for task in (self.pickup_of(address), self.of(address)):
                self.give(task["id"], username)

    def give(self, number: int, username: str | None) -> None:
        """One task."""
        with self.lock:
            task = self.tasks[number]
            task |= {"assignedTo": username, "isAssigned": username is not None}
            self._touch(number)
            self._tell("task:assigned" if username else "task:unassigned", number)

    def move(self, address: str, *, street: str | None = None, before: datetime | None = None) -> None:
        """A dispatcher over there changes where a task is to be done, or until when."""
        with self.lock:
            task = self.of(address)
            if street:
                there = {"@type": "GeoCoordinates", "latitude": 60.175, "longitude": 24.96}
                task["address"] = {**task["address"], "streetAddress": street, "geo": there}
            if before:
                task["before"] = before.isoformat(timespec="seconds")
            self._touch(task["id"])
            self._tell("task:updated", task["id"])

    def mark(self, number: int, status: str) -> None:
        """A courier presses a button, or a dispatcher does."""
        with self.lock:
            self.tasks[number]["status"] = status
            self._touch(number)
            self._tell(f"task:{STARTS.get(status, status.lower())}", number)

    def finish(self, address: str, status: str = "DONE") -> None:
        """Picked up, and brought (or not)."""
        self.mark(self.pickup_of(address)["id"], "DONE" if status != "CANCELLED" else status)
        self.mark(self.of(address)["id"], status)

    def version(self, number: int) -> str:
        """As HTTP tells it."""
        return f'"{number}-{self.versions.get(number, 0)}"'

    def day(self, asked: str) -> list[dict[str, Any]]:
        """The tasks of a day on the walls over there."""
        with self.lock:
            return [dict(task) for task in self.tasks.values() if _day(task["after"]) <= asked <= _day(task["before"])]

    def _add(self, kind: str, lat: float, lon: float, previous: int | None, number: str) -> int:
        one, now = len(self.tasks) + 1, self._now()
        self.tasks[one] = {
            "@context": "/api/contexts/Task", "@id": f"/api/tasks/{one}", "@type": "Task", "id": one, "type": kind,
            "status": "TODO", "assignedTo": None, "isAssigned": False, "previous": None, "next": None, "tags": [],
            "address": {"@type": "Place", "name": f"Door {one}", "streetAddress": f"{one} Street",
                        "geo": {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}},
            "after": now, "before": (self.clock() + timedelta(minutes=50)).isoformat(timespec="seconds"),
            "metadata": {"order_number": number} if number else {}, "weight": 1200,
            "packages": [{"name": "SMALL", "type": "SMALL", "quantity": 2}], "createdAt": now, "updatedAt": now,
        }  # fmt: skip
        if previous:
            self.tasks[one]["previous"] = f"/api/tasks/{previous}"
            self.tasks[previous]["next"] = f"/api/tasks/{one}"
        return one

    def _now(self) -> str:
        return self.clock().astimezone(UTC).isoformat(timespec="seconds")

    def _touch(self, number: int) -> None:
        self.tasks[number]["updatedAt"] = self._now()
        self.versions[number] = self.versions.get(number, 0) + 1

    def _tell(self, name: str, number: int) -> None:
        task = dict(self.tasks[number])
        for listener in tuple(self.listeners):
            listener(name, task)


class StandIn:
    """The town behind a real port. ``slow`` is how long a call hangs that runs into a time-out."""

    def __init__(self, town: Town | None = None, *, slow: float = 0.5, per_page: int = 0) -> None:
        self.town, self.faults, self.slow, self.per_page = town or Town(), Faults(), slow, per_page
        self.tokens: set[str] = set()
        self.asked: list[str] = []
        self.is_channel_open = True
        self.lines: set[socket.socket] = set()
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> StandIn:
        stand_in = self

        class Handler(Calls):
            site = stand_in

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server
        self.cut_lines()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where it is."""
        assert self._server
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def cut_lines(self) -> None:
        """The live channel breaks off."""
        for line in tuple(self.lines):
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def new_token(self, kind: str) -> str:
        """A token that says who bears it."""
        said = {"username": USER, "roles": self.town.roles, "kind": kind, "n": len(self.tokens), "at": time.time()}
        token = ".".join(_base64(json.dumps(part).encode()) for part in ({"alg": "none"}, said)) + ".x"
        self.tokens.add(token)
        return token


class Calls(BaseHTTPRequestHandler):
    """One call."""

    site: StandIn
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # a head and a body are two packets: the second would wait 40 ms

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """By the town's clock."""
        return format_datetime(self.site.town.clock(), usegmt=True)

    def do_GET(self) -> None:
        """Reading."""
        if self.path.startswith("/centrifugo/connection"):
            self._line()
        else:
            self._call("GET", b"")

    def do_POST(self) -> None:
        """Signing in."""
        self._call("POST", self._body())

    def do_PUT(self) -> None:
        """Writing."""
        self._call("PUT", self._body())

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _call(self, method: str, body: bytes) -> None:
        parts = urlsplit(self.path)
        self.site.asked.append(f"{method} {parts.path}")
        fault = self.site.faults.next()
        if fault in ("500", "cut", "timeout", "expired"):
            self._fail(fault)
            return
        status, document, headers = self._answer(method, parts.path, parse_qs(parts.query), body, fault)
        if fault == "after":  # done, and nobody is told
            self._fail("cut")
            return
        text = json.dumps(document).encode()
        if fault == "bad json":
            text = b"<html>" + text
        self._send(status, text[: len(text) // 2] if fault == "half" else text, headers)

    def _fail(self, fault: str) -> None:
        if fault == "timeout":
            time.sleep(self.site.slow)
        if fault == "expired":
            self.site.tokens.clear()
            self._send(401, b'{"code": 401, "message": "Expired JWT Token"}', {})
        elif fault == "500":
            self._send(500, b"<html>Oops</html>", {"Content-Type": "text/html"})
        else:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(
        self, method: str, path: str, query: Mapping[str, list[str]], body: bytes, fault: str
    ) -> tuple[int, Any, dict[str, str]]:
        if path == "/api/login_check":
            given = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            if given != {"_username": USER, "_password": PASSWORD}:
                return 401, {"code": 401, "message": "Invalid credentials."}, {}
            return 200, {"token": self.site.new_token("user"), "refresh_token": "later"}, {}
        if path == "/oauth2/token":
            if self.headers.get("Authorization") != f"Basic {_plain_base64(f'{KEY}:{SECRET}'.encode())}":
                return 401, {"error": "invalid_client", "message": "Client authentication failed"}, {}
            return 200, {"token_type": "Bearer", "expires_in": 3600, "access_token": self.site.new_token("client")}, {}
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if bearer not in self.site.tokens:
            return 401, {"code": 401, "message": "Invalid JWT Token"}, {}
        if self.headers.get("Accept") != "application/ld+json":
            return 406, _error("Requested format is not supported"), {}
        return self._known(method, path, query, body, fault)

    def _known(
        self, method: str, path: str, query: Mapping[str, list[str]], body: bytes, fault: str
    ) -> tuple[int, Any, dict[str, str]]:
        town, site = self.site.town, self.site
        day = query.get("date", [""])[0]
        match method, path:
            case "GET", "/api/users":
                return self._page(town.users, path, query)
            case "GET", "/api/tasks":
                return self._page(town.day(day), path, query)
            case "GET", "/api/task_lists/v2":
                return self._page(_lists(town, day), path, query)
            case "GET", "/api/tours":
                return self._page([], path, query)
            case "GET", "/api/shifts":
                return self._page(town.shifts, path, query)
            case "GET", "/api/centrifugo/token":
                return 200, {"token": site.new_token("channel"), "namespace": "town"}, {}
            case "GET", "/api/webhooks":
                return self._page([], path, query)
        found = re.fullmatch(r"/api/tasks/(\d+)(?:/(assign|unassign|done|failed))?", path)
        if found and int(found[1]) in town.tasks:
            return self._task(method, int(found[1]), found[2], body, fault)
        return 404, _error("Not Found"), {}

    def _task(
        self, method: str, number: int, verb: str | None, body: bytes, fault: str
    ) -> tuple[int, Any, dict[str, str]]:
        town = self.site.town
        with town.lock:
            task = town.tasks[number]
            if method == "PUT" and verb:
                if fault == "stale" or self.headers.get("If-Match", town.version(number)) != town.version(number):
                    return 409, _error("The task was changed meanwhile"), {}
                if "ROLE_DISPATCHER" not in town.roles and "ROLE_ADMIN" not in town.roles:
                    return 403, _error("Access Denied."), {}
                if task["status"] in ("DONE", "FAILED", "CANCELLED"):
                    return 400, _error("The task is completed already"), {}
                given = json.loads(body)
                if verb in ("done", "failed"):
                    before = town.tasks[int(task["previous"].rsplit("/", 1)[1])] if task["previous"] else None
                    if before and before["type"] == "PICKUP" and before["status"] != "DONE":
                        return 400, _error("The previous task must be completed before"), {}
                    town.writes.append((verb, number, given["notes"]))
                    town.mark(number, verb.upper())
                else:
                    username = given["username"] if verb == "assign" else None
                    town.writes.append((verb, number, username))
                    town.give(number, username)
            headers = {"ETag": town.version(number)} if town.has_versions else {}
            return 200, dict(task), headers

    def _page(
        self, members: list[dict[str, Any]], path: str, query: Mapping[str, list[str]]
    ) -> tuple[int, Any, dict[str, str]]:
        size = self.site.per_page or int(query.get("itemsPerPage", ["30"])[0])
        number = int(query.get("page", ["1"])[0])
        last = max(1, -(-len(members) // size))
        return 200, {
            "@context": "/api/contexts/Any", "@id": path, "@type": "hydra:Collection",
            "hydra:member": members[(number - 1) * size : number * size], "hydra:totalItems": len(members),
            "hydra:view": {"@id": f"{path}?page={number}", "hydra:last": f"{path}?page={last}"},
        }, {}  # fmt: skip

    def _send(self, status: int, text: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/ld+json; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def _line(self) -> None:
        """The live channel: Centrifugo's client protocol, version 1."""
        self.close_connection = True
        if not self.site.is_channel_open:
            self._send(503, b"{}", {})
            return
        environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items()}
        self.connection.sendall(handshake(environ))
        self.site.lines.add(self.connection)
        try:
            self._talk()
        except OSError:
            pass
        finally:
            self.site.lines.discard(self.connection)

    def _talk(self) -> None:
        inbox, turn = Inbox(65536), threading.Lock()

        def push(name: str, task: dict[str, Any]) -> None:
            message = {"event": {"name": name, "data": {"task": task}}}
            self._say({"result": {"channel": f"town_events#{USER}", "data": {"data": message}}}, turn)

        try:
            while data := self.connection.recv(4096):
                for kind, payload in inbox.feed(data):
                    if kind == CLOSE:
                        return
                    if kind == TEXT:
                        self._reply(json.loads(payload), turn, push)
        finally:
            if push in self.site.town.listeners:
                self.site.town.listeners.remove(push)

    def _reply(
        self, command: Mapping[str, Any], turn: threading.Lock, push: Callable[[str, dict[str, Any]], None]
    ) -> None:
        params = command.get("params", {})
        if "method" not in command and params.get("token") not in self.site.tokens:
            self._say({"id": command["id"], "error": {"code": 109, "message": "token expired"}}, turn)
            return
        if command.get("method") == 1 and params.get("channel") == f"town_events#{USER}":
            self.site.town.listeners.append(push)
        self._say({"id": command["id"], "result": {}}, turn)

    def _say(self, document: Any, turn: threading.Lock) -> None:
        with turn:
            try:
                self.connection.sendall(frame(TEXT, json.dumps(document).encode()))
            except OSError:
                return


def signed(body: bytes, secret: str = WEBHOOK_SECRET) -> str:
    """The signature that a webhook carries."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def _day(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(HERE).date().isoformat()


def _lists(town: Town, day: str) -> list[dict[str, Any]]:
    owners = sorted({task["assignedTo"] for task in town.day(day) if task["assignedTo"]})
    return [
        {"@id": f"/api/task_lists/{number}", "@type": "TaskList", "id": number, "date": day, "username": owner,
         "items": [task["@id"] for task in town.day(day) if task["assignedTo"] == owner]}
        for number, owner in enumerate(owners, 1)
    ]  # fmt: skip


def _error(text: str) -> dict[str, str]:
    return {"@type": "hydra:Error", "hydra:title": "An error occurred", "hydra:description": text}


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _plain_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
