"""Their API over HTTP: tokens, pages, and what goes wrong in words. Nothing here waits for ever."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from random import random
from typing import Any
from urllib.parse import urlsplit

import requests

from live.coopcycle import documents
from live.coopcycle.backoff import Backoff
from live.coopcycle.documents import Shift, Task, TaskList, Unreadable, User

JSON_LD = "application/ld+json"
AT_ONCE = 100
MOST_PAGES = 200
TRIES = 4
SCOPES = "tasks tasks:all"
STALE = frozenset({409, 412})
TOO_BUSY = frozenset({429, 500, 502, 503, 504})
SECOND = timedelta(seconds=1)
"""As exactly as their clock is told."""


class Away(Exception):
    """No usable answer: not reached, too late, broken off, an error of theirs. Worth trying again."""


class Refused(Exception):
    """They answer, and say no: trying again changes nothing. ``status`` is the HTTP status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Stale(Exception):
    """What was to be written was decided by an old reading."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who we are over there: an OAuth2 client (may be empty), and a dispatcher's login."""

    url: str
    user: str
    password: str = field(repr=False)
    key: str = ""
    secret: str = field(default="", repr=False)


class Client:
    """One connection to one CoopCycle; to be used by one thread. ``patience`` is seconds for an answer."""

    def __init__(
        self, access: Access, *, clock: Callable[[], datetime], patience: float = 10.0,
        backoff: Backoff = Backoff(random, first=0.5, longest=5.0),  # noqa: B008  frozen
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self.access, self.skew, self.failures = access, timedelta(), 0
        self._url, self._clock, self._patience = access.url.rstrip("/"), clock, patience
        self._backoff, self._sleep = backoff, sleep
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy and no .netrc of whoever started us
        self._jwt, self._oauth = "", ""

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def user_token(self, *, anew: bool = False) -> str:
        """The dispatcher's token."""
        if anew or not self._jwt:
            login = {"_username": self.access.user, "_password": self.access.password}
            found = self._patiently(lambda: _read(self._send("POST", "/api/login_check", data=login)))
            self._jwt = _token(found, "token")
        return self._jwt

    def client_token(self, *, anew: bool = False) -> str:
        """The OAuth2 client's token."""
        if anew or not self._oauth:
            given = {"grant_type": "client_credentials", "scope": SCOPES}
            key = self.access.key, self.access.secret
            found = self._patiently(lambda: _read(self._send("POST", "/oauth2/token", data=given, auth=key)))
            self._oauth = _token(found, "access_token")
        return self._oauth

    def who(self) -> tuple[str, tuple[str, ...]]:
        """User name and roles that the dispatcher's token says."""
        said = claims(self.user_token())
        roles = said.get("roles")
        return str(said.get("username", self.access.user)), tuple(map(str, roles if isinstance(roles, list) else ()))

    def couriers(self) -> list[User]:
        """Everybody who rides."""
        return [documents.user(each) for each in self._all("/api/users", {"roles[]": "ROLE_COURIER"})]

    def tasks(self, day: date) -> Iterator[Any]:
        """The tasks of a day, as documents."""
        return self._all("/api/tasks", {"date": day.isoformat()}, by_client=True)

    def task(self, address: str) -> Task | None:
        """One task as it is now; None when there is none (any more)."""
        return self.tagged(address)[0]

    def tagged(self, address: str) -> tuple[Task | None, str]:
        """One task as it is now, and its version as HTTP tells it (``ETag``), empty where it does not."""
        try:
            answer = self._get(address)
        except Refused as refusal:
            if refusal.status in (404, 410):
                return None, ""
            raise
        return documents.task(_read(answer)), answer.headers.get("ETag", "")

    def task_lists(self, day: date) -> list[TaskList]:
        """Who has what on a day."""
        return [documents.task_list(each) for each in self._all("/api/task_lists/v2", {"date": day.isoformat()})]

    def tours(self, day: date) -> dict[str, tuple[str, ...]]:
        """The day's tours, by address."""
        return dict(documents.tour(each) for each in self._all("/api/tours", {"date": day.isoformat()}))

    def shifts(self, day: date) -> list[Shift]:
        """The planned shifts that touch a day."""
        asked = {
            "date[after]": (day - timedelta(days=1)).isoformat(), "date[before]": (day + timedelta(days=1)).isoformat()
        }  # fmt: skip
        return [documents.shift(each) for each in self._all("/api/shifts", asked)]

    def assign(self, task: str, username: str | None, version: str = "") -> None:
        """Give a task to somebody, or to nobody. Tried once. Stale: it is not at ``version`` any more."""
        headers = {"If-Match": version} if version else {}
        path = f"{task}/assign" if username else f"{task}/unassign"
        self._as_user("PUT", path, json.dumps({"username": username} if username else {}), headers)

    def press(self, task: str, note: str, version: str = "", *, is_done: bool) -> None:
        """Say that a task was done, or else failed. Tried once. Stale: it is not at ``version`` any more."""
        headers = {"If-Match": version} if version else {}
        self._as_user("PUT", f"{task}/{'done' if is_done else 'failed'}", json.dumps({"notes": note}), headers)

    def live_token(self) -> tuple[str, str]:
        """Token and name space of the live channel."""
        found = _read(self._get("/api/centrifugo/token"))
        return _token(found, "token"), _token(found, "namespace")

    def _all(self, path: str, asked: Mapping[str, str], *, by_client: bool = False) -> Iterator[Any]:
        """All members of a collection, page by page."""
        read = 0
        for number in range(1, MOST_PAGES + 1):
            paged = {**asked, "pagination": "true", "itemsPerPage": str(AT_ONCE), "page": str(number)}
            found = documents.page(_read(self._get(path, paged, by_client=by_client)))
            yield from found.members
            read += len(found.members)
            if not found.members or found.total is None or read >= found.total:
                return

    def _get(
        self, path: str, asked: Mapping[str, str] | None = None, *, by_client: bool = False
    ) -> requests.Response:  # fmt: skip
        """Reading again harms nobody: so it is tried a few times."""
        as_client = by_client and bool(self.access.key)
        return self._patiently(lambda: self._once("GET", path, as_client=as_client, params=asked))

    def _patiently[T](self, ask: Callable[[], T]) -> T:
        for failures in range(1, TRIES):
            try:
                return ask()
            except (Away, Unreadable):
                self._sleep(self._backoff.seconds(failures))
        return ask()

    def _as_user(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> None:
        self._once(method, path, as_client=False, data=body, headers={"Content-Type": JSON_LD, **headers})

    def _once(self, method: str, path: str, *, as_client: bool, **more: Any) -> requests.Response:
        """With a token that is made anew when the old one has run out."""
        token = self.client_token if as_client else self.user_token
        headers = {"Accept": JSON_LD, **more.pop("headers", {})}
        try:
            return self._send(method, path, headers={**headers, "Authorization": f"Bearer {token()}"}, **more)
        except Refused as refusal:
            if refusal.status != 401:
                raise
        return self._send(method, path, headers={**headers, "Authorization": f"Bearer {token(anew=True)}"}, **more)

    def _send(self, method: str, path: str, **more: Any) -> requests.Response:
        began = self._clock()
        try:
            answer = self._session.request(
                method, self._url + path, timeout=(self._patience, self._patience), allow_redirects=False, **more
            )
        except requests.RequestException as error:
            raise Away(_why(error)) from error
        self._compare_clocks(answer, began)
        if answer.status_code in STALE:
            raise Stale(path)
        if answer.status_code in TOO_BUSY:
            raise Away(f"CoopCycle answers {answer.status_code} to {path}")
        if not answer.ok or answer.is_redirect:
            raise Refused(answer.status_code, _no(answer, path))
        if "json" in answer.headers.get("Content-Type", "") and method == "GET":
            _read(answer)  # damaged on the way: found here, so that it is read again
        return answer

    def _compare_clocks(self, answer: requests.Response, began: datetime) -> None:
        try:
            theirs = parsedate_to_datetime(answer.headers.get("Date", "")).astimezone(UTC)
        except (TypeError, ValueError):
            return
        self.skew = skew(theirs, began, self._clock())


def skew(theirs: datetime, began: datetime, ended: datetime) -> timedelta:
    """By how much at least their clock is ahead of ours, if it said so between these two moments of ours."""
    if theirs - ended > SECOND:
        return theirs - ended
    if began - theirs > 2 * SECOND:
        return theirs - began
    return timedelta()


def claims(token: str) -> Mapping[str, Any]:
    """What a JSON Web Token says of its bearer; nothing where it is none. It is theirs to check, not ours."""
    try:
        middle = token.split(".")[1]
        found = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    except (IndexError, ValueError):
        return {}
    return found if isinstance(found, Mapping) else {}


def _read(answer: requests.Response) -> Any:
    return documents.parsed(answer.content)


def _token(document: Any, name: str) -> str:
    found = document.get(name) if isinstance(document, Mapping) else None
    if not isinstance(found, str) or not found:
        raise Unreadable(f"the answer has no {name}")
    return found


def _no(answer: requests.Response, path: str) -> str:
    try:
        said = documents.said(documents.parsed(answer.content))
    except Unreadable:
        said = ""
    return f"CoopCycle answers {answer.status_code} to {urlsplit(path).path}" + (f": {said}" if said else "")


def _why(error: requests.RequestException) -> str:
    match error:
        case requests.exceptions.SSLError():
            return "CoopCycle's certificate cannot be trusted"
        case requests.Timeout():
            return "CoopCycle does not answer in time"
        case requests.ConnectionError():
            return "CoopCycle is not reached, or broke off"
        case _:
            return f"CoopCycle's answer is broken ({type(error).__name__})"
