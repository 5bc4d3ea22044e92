"""The phones' door over HTTP: who sends, whether it may, and the answer that each client understands.

These clients send the same report again for ever while they get an error, and the newer ones wait behind it. So only
bad credentials, overload and bytes that were damaged on the way are refused; whatever else is wrong gets its 200, is
dropped and counted by reason (``Door.count``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NoReturn

from flask import Blueprint, Response, abort, request

from dashboard.access import Tokens, digest
from dashboard.limits import address
from dashboard.tries import Tries
from live.phones import overland, owntracks, traccar
from live.phones.door import Door
from live.phones.fix import Report
from live.phones.keys import Keys
from live.phones.pace import Pace
from live.phones.values import Malformed

LARGEST_BODY = 1024 * 1024  # bytes; a batch of 1,000 points has 600 kB
LARGEST_UPLOAD = 16 * LARGEST_BODY  # so much is read and forgotten: a photograph must not block the queue behind it
UNKNOWN_PHONES = 60
"""Reports with unknown keys that one address may send in a minute; a phone that was not set up right sends some six."""
UNKNOWN = "This phone's key is not known here: set the phone up again with the link from your dispatcher"
WRONG = "This key is not the one of this courier's phone: ask your dispatcher for a new link"


def ingest(tokens: Tokens, door: Door, clock: Callable[[], datetime], unknown: Tries | None = None) -> Blueprint:
    """The three calls under /ingest. All of their state (keys, pace, door) belongs to this process."""
    phones = Blueprint("ingest", __name__, url_prefix="/ingest")
    gate = Gate(Keys(tokens.token, clock), Pace(clock), door.count, unknown)

    @phones.post("/owntracks")
    def from_owntracks() -> Response:
        given = request.authorization
        user, secret = (given.username or "", given.password) if given else ("", None)
        _take(door, gate.courier(secret, user, {"WWW-Authenticate": 'Basic realm="Roulement"'}), owntracks.parse)
        return Response("[]", mimetype="application/json")

    @phones.post("/overland")
    def from_overland() -> Response:
        given = request.authorization
        _take(door, gate.courier(given.token if given else None, None, {"WWW-Authenticate": "Bearer"}), overland.parse)
        return Response('{"result":"ok"}', mimetype="application/json")

    @phones.route("/traccar", methods=["GET", "POST"])
    def from_traccar() -> Response:
        query, kind, body = _take_query(), request.content_type or "", _body()
        report = _parsed(door, lambda sent: traccar.parse(query, kind, sent, clock()), body or b"")
        if body is None and report.token is None:
            abort(413, f"A Traccar report has at most {LARGEST_BODY} bytes")
        whose = gate.courier(report.token, None, {})
        door.take(*whose, report if body is not None else Report(skipped=("too_large",)))
        return Response("")

    return phones


class Gate:
    """Lets couriers' phones in, each at its pace; whom it turns away is counted."""

    def __init__(self, keys: Keys, pace: Pace, count: Callable[[str], None], unknown: Tries | None = None) -> None:
        self._keys = keys
        self._unknown = unknown
        self._pace = pace
        self._count = count

    def courier(self, secret: str | None, user: str | None, challenge: Mapping[str, str]) -> tuple[str, str]:
        """Co-op and courier whose phone it is. 401 unknown, 403 another role's or courier's key, 429 too often."""
        known_as = digest(secret) if secret else ""
        token = self._keys.token(known_as) if known_as else None
        if token is None:
            self._turn_away_unknown(challenge)
        if token.role != "courier" or token.scope is None or user not in (None, token.scope):
            self._turn_away("wrong_key", 403, WRONG, {})
        if not self._pace.allows(known_as):
            self._turn_away("too_often", 429, "This phone reports too often", {"Retry-After": "5"})
        return token.coop, token.scope

    def _turn_away_unknown(self, challenge: Mapping[str, str]) -> NoReturn:
        """Phones that are known go on from the same address: many of them share one."""
        here = address()
        if self._unknown and self._unknown.wait(here):
            self._turn_away("too_often", 429, "Too many unknown keys from this address", {"Retry-After": "60"})
        if self._unknown:
            self._unknown.failed(here)
        self._turn_away("unknown_key", 401, UNKNOWN, challenge)

    def _turn_away(self, word: str, status: int, sentence: str, headers: Mapping[str, str]) -> NoReturn:
        self._count(word)
        abort(Response(sentence, status, headers, mimetype="text/plain"))


def _take(door: Door, whose: tuple[str, str], parse: Callable[[bytes], Report]) -> None:
    body = _body()
    if door.locatable(*whose) is None:
        door.count("off_shift")  # what it says is nobody's business: it is not even looked at
    elif body is None:
        door.count("too_large")
    else:
        door.take(*whose, _parsed(door, parse, body))


def _parsed(door: Door, parse: Callable[[bytes], Report], body: bytes) -> Report:
    try:
        return parse(body)
    except Malformed as damage:
        door.count("malformed")
        abort(Response(f"{damage}: send it again", 400, mimetype="text/plain"))


def _body() -> bytes | None:
    """The request's body; None when it is larger than a report can be.

    It is read to its end in either case: a client that is cut off while it sends sees an error, and sends it again.
    """
    request.max_content_length = LARGEST_UPLOAD
    pieces, size = [], 0
    while piece := request.stream.read(64 * 1024):
        size += len(piece)
        if size <= LARGEST_BODY:
            pieces.append(piece)
    return b"".join(pieces) if size <= LARGEST_BODY else None


def _take_query() -> str:
    """The query string, taken out of the request: it holds the key and the place, and access logs write it down."""
    query: str = request.query_string.decode("utf-8", "replace")
    request.environ["QUERY_STRING"] = ""
    for name in ("RAW_URI", "REQUEST_URI"):
        if name in request.environ:
            request.environ[name] = request.path
    return query
