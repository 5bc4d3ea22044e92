"""Refusals as RFC 9457 documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, current_app, has_request_context, jsonify, request
from werkzeug.exceptions import HTTPException

from dashboard.access import Denied, NotSignedIn, TooLongAgo
from dashboard.api.wrong import Unusable
from dashboard.domain.refusals import (
    N_,
    Conflict,
    Invalid,
    NotFound,
    NotReady,
    Refusal,
    Unavailable,
    WrongField,
    WrongState,
)  # fmt: skip

SAY = "say"
"""Where the application keeps how a refusal is worded for who sits at a page."""

TOO_LARGE = N_("This is too large to be sent: leave something out")

# The first class that fits counts: status, the last part of the type, title.
KINDS: tuple[tuple[type[Refusal], int, str, str], ...] = (
    (NotSignedIn, 401, "not-signed-in", "Nobody is signed in"),
    (Denied, 403, "denied", "Not open to this role"),
    (TooLongAgo, 403, "too-long-ago", "Older than this role sees"),
    (NotFound, 404, "not-found", "Not found"),
    (Conflict, 409, "conflict", "Changed by somebody else"),
    (WrongState, 409, "wrong-state", "No such step from this state"),
    (NotReady, 503, "not-ready", "Not ready yet"),
    (Unavailable, 422, "unavailable", "This courier cannot take it"),
    (Invalid, 422, "invalid", "Some fields have to be mended"),
)


def status_of(refusal: Refusal) -> int:
    """The HTTP status that a refusal is answered with."""
    return _kind(refusal)[0]


def refused(refusal: Refusal, present: Mapping[str, Any] | None = None) -> Response:
    """The problem document of a refusal; ``present`` is what stands in its way (409)."""
    document = {**document_of(refusal), **(present or {})}
    return _answer(document["status"], document)


def refusing[**P](view: Callable[P, Response]) -> Callable[P, Response]:
    """The view, with what it refuses as a problem document."""

    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            return view(*args, **kwargs)
        except Refusal as refusal:
            return refused(refusal)

    return answer


def answering(ask: Callable[[], Mapping[str, Any] | None]) -> Callable[[], Response]:
    """A view that gives what ``ask`` finds as JSON, and what it refuses as a problem document."""
    return refusing(lambda: jsonify(ask()))


def document_of(refusal: Refusal) -> dict[str, Any]:
    """The refusal alone, for an answer that has several."""
    status, name, title = _kind(refusal)
    errors = {"errors": _wrong_fields(refusal)} if status == 422 else {}
    return {**_document(status, name, title, _said(refusal)), **errors}


def failed(error: HTTPException) -> Response:
    """The problem document of whatever Flask itself refuses: no such call, too large, not JSON."""
    status = error.code or 500
    detail = error.description or error.name
    said = _said(WrongField("", detail, TOO_LARGE)) if status == 413 else detail
    answer = problem(status, "http", error.name, said)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


def problem(status: int, name: str, title: str, detail: str, members: Mapping[str, Any] | None = None) -> Response:
    """A document of type application/problem+json."""
    return _answer(status, {**_document(status, name, title, detail), **(members or {})})


def _document(status: int, name: str, title: str, detail: str) -> dict[str, Any]:
    return {"type": f"urn:roulement:problem:{name}", "title": title, "status": status, "detail": detail}


def _answer(status: int, document: Mapping[str, Any]) -> Response:
    answer = Response(json.dumps(document), status, mimetype="application/problem+json")
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _kind(refusal: Refusal) -> tuple[int, str, str]:
    return next((status, name, title) for kind, status, name, title in KINDS if isinstance(refusal, kind))


def _said(refusal: Refusal) -> str:
    """In English to programs, which have a token; to who sits at a page in that person's language."""
    if not has_request_context() or request.authorization:
        return refusal.detail if isinstance(refusal, WrongField) else str(refusal)
    say: Callable[[Refusal], str] = current_app.extensions.get(SAY, str)
    return say(refusal)


def _wrong_fields(refusal: Refusal) -> list[dict[str, str]]:
    if isinstance(refusal, Unusable):
        return [{"field": wrong.field, "detail": _said(wrong)} for wrong in refusal.fields]
    field = "courier" if isinstance(refusal, Unavailable) else refusal.facts.get("field", "")
    return [{"field": field, "detail": _said(refusal)}]
