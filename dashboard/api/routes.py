"""Registers the calls: checks what came in, asks access, runs, and turns refusals into problems."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, HTTPException, UnsupportedMediaType

from dashboard.access import require
from dashboard.api import (
    acts,
    alarms,
    amending,
    arrivals,
    candidates,
    coopcycle,
    couriers,
    handovers,
    incidents,
    journal,
    kitchen,
    metrics,
    objections,
    orders,
    places,
    plans,
    proposals,
    recurring,
    rules,
    shifts,
    together,
    tokens,
    weather,
    webhooks,
)
from dashboard.api.calls import Asked, Call, Desk
from dashboard.api.fields import ID_PATTERN, Nothing
from dashboard.api.openapi import document
from dashboard.api.problems import failed, refused, status_of
from dashboard.api.reference import page
from dashboard.api.wrong import Unusable, wrong_fields
from dashboard.domain.refusals import NotFound, Refusal, WrongField

PREFIX = "/api/v1"
CALLS: tuple[Call[Any, Any], ...] = (
    *orders.CALLS, *candidates.CALLS, *couriers.CALLS, *journal.CALLS, *metrics.CALLS, *objections.CALLS, *rules.CALLS,
    *proposals.CALLS, *kitchen.CALLS, *webhooks.CALLS, *coopcycle.CALLS, *shifts.CALLS, *tokens.CALLS, *weather.CALLS,
    *alarms.CALLS, *arrivals.CALLS,
    *plans.CALLS,
    *places.CALLS,
    *handovers.CALLS,
    *amending.CALLS,
    *acts.CALLS,
    *together.CALLS,
    *recurring.CALLS,
    *incidents.CALLS,
)  # fmt: skip


def register_api(flask: Flask, desk: Desk, clock: Callable[[], datetime]) -> None:
    """All calls under /api/v1, and the document that describes them."""
    api = Blueprint("api", __name__, url_prefix=PREFIX)
    described = _described()
    api.add_url_rule("/openapi.json", "openapi", lambda: jsonify(described))
    api.add_url_rule("/reference", "reference", lambda: Response(page(described), mimetype="text/html"))
    for call in CALLS:
        api.add_url_rule(rule(call), call.name, _view(call, desk, clock), methods=[call.method])
    api.register_error_handler(Refusal, refused)
    flask.register_blueprint(api)
    flask.register_error_handler(HTTPException, _http_error)


@cache
def _described() -> dict[str, Any]:
    # Once for all desks of a process: it takes as long as all the rest of their start.
    return document(CALLS)


def rule(call: Call[Any, Any]) -> str:
    """The call's path as Flask writes it, below PREFIX."""
    return call.path.replace("{id}", "<id>")


def _view(call: Call[Any, Any], desk: Desk, clock: Callable[[], datetime]) -> Callable[..., Response]:
    def view(id: str = "") -> Response:
        by = require(call.action)
        if id and not re.match(ID_PATTERN, id):
            raise NotFound("There is no {id}", id=id)
        asked = Asked(
            by, clock(), id, _body(call.body, call.largest), _query(call.query), _key() if call.keyed else None
        )
        try:
            reply = call.run(desk, asked)
        except Refusal as refusal:
            blocked = call.present if status_of(refusal) == 409 else None
            return refused(refusal, blocked and blocked(desk, asked))
        answer = jsonify(reply.document)
        answer.status_code = reply.status
        answer.headers.extend(reply.headers)
        return answer

    return view


def _body(model: type[BaseModel], largest: int) -> BaseModel:
    if model is Nothing:
        return Nothing()
    request.max_content_length = largest
    raw = request.get_data() or b"{}"
    if raw != b"{}" and request.mimetype != "application/json":
        raise UnsupportedMediaType("Send JSON, with Content-Type: application/json")
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            raise BadRequest(f"The body is not JSON: {error.errors()[0]['msg']}") from error
        raise Unusable(wrong_fields(error)) from error


def _query(model: type[BaseModel]) -> BaseModel:
    lists = {name for name, field in model.model_fields.items() if field.default == ()}
    given = {name: values if name in lists else values[0] for name, values in request.args.lists()}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise Unusable(wrong_fields(error)) from error


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not re.fullmatch(r"[\x21-\x7e]{1,128}", key):
        raise Unusable((WrongField("Idempotency-Key", "should be 1 to 128 visible ASCII characters"),))
    return key


def _http_error(error: HTTPException) -> Response | HTTPException:
    return failed(error) if request.path.startswith(PREFIX) else error


def all_doors() -> dict[str, str]:
    """What each rule of the API asks of the visitor."""
    return {f"{call.method} {PREFIX}{rule(call)}": call.action for call in CALLS}
