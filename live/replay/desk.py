"""The desk's HTTP API as the replay uses it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 10.0
PAGE = 1000


class DeskAway(OSError):
    """The desk does not answer, or not as a desk does: worth another try."""


class NotAllowed(Exception):
    """The token is not good for this; the message is one line that says how to mend it."""


class Desk:
    """One connection, kept. ``base_url`` such as ``http://127.0.0.1:8050``, ``token`` of a dispatcher or admin."""

    def __init__(self, base_url: str, token: str) -> None:
        address = urlsplit(base_url)
        kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(address.netloc, timeout=PATIENCE)
        self._path = f"{address.path.rstrip('/')}/api/v1"
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def get(self, path: str) -> Mapping[str, Any]:
        """The document at a path below /api/v1; DeskAway when there is none."""
        status, document = self._call("GET", path, None)
        if status != 200:
            raise DeskAway(f"GET {path}: {document.get('detail', status)}")
        return document

    def post(self, path: str, document: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What the desk answers, None when it refuses (404, 409, 422): somebody was quicker."""
        status, answer = self._call("POST", path, json.dumps(document))
        if status >= 500 or status == 429:
            raise DeskAway(f"POST {path}: {answer.get('detail', status)}")
        return answer if status < 300 else None

    def entries(self, after: int) -> Iterator[Mapping[str, Any]]:
        """All journal entries that follow ``after``."""
        cursor: int | None = after
        while cursor is not None:
            page = self.get(f"/journal?after={cursor}&limit={PAGE}")
            yield from page["entries"]
            cursor = page["next"]

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _call(self, method: str, path: str, body: str | None) -> tuple[int, Mapping[str, Any]]:
        try:
            self._connection.request(method, self._path + path, body, self._headers)
            answer = self._connection.getresponse()
            status, document = answer.status, json.loads(answer.read() or b"{}")
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._connection.close()
            raise DeskAway(f"{method} {path}: {error or type(error).__name__}") from error
        if status in (401, 403):
            raise NotAllowed(f"The desk refuses the token ({document.get('detail', status)}): use a dispatcher's")
        return status, document
