"""The OpenAPI 3.1 document, read from the calls and their models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from dashboard.api.answers import Problem
from dashboard.api.calls import Call
from dashboard.api.fields import ID_PATTERN, Nothing

SCHEMAS = "#/components/schemas/"
PROBLEM = {"application/problem+json": {"schema": {"$ref": f"{SCHEMAS}Problem"}}}
REFUSALS = {
    400: "The body is not JSON", 401: "No token, or one that is not valid (any more)", 403: "Not open to this role",
    404: "Not found, or another's", 409: "Changed by somebody else, or no such step from this state",
    413: "The body is too large", 415: "The body has another type than JSON", 422: "Every wrong field, named",
    503: "The history is still being read from the journal: ask again in a few minutes",
}  # fmt: skip
ON_HISTORY = frozenset({"see_pay", "see_workload", "see_fairness", "see_assembly", "ask_what_if", "propose"})
"""Actions whose calls may have to wait for the history."""


def document(calls: Sequence[Call[Any, Any]]) -> dict[str, Any]:
    """The whole document as plain JSON values."""
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Roulement", "version": "1",
            "description": "Money in integer cents, times RFC 3339 UTC, metres, seconds.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(calls),
        },
    }  # fmt: skip


def _operation(call: Call[Any, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": call.name,
        "summary": call.summary,
        "parameters": [*_path(call), *_query(call.query), *_key(call)],
        "responses": {**_good(call), **_refusals(call)},
    }
    if call.body is not Nothing:
        operation["requestBody"] = {
            "required": any(field.is_required() for field in call.body.model_fields.values()),
            "content": {"application/json": {"schema": {"$ref": SCHEMAS + call.body.__name__}}},
        }
    return operation


def _path(call: Call[Any, Any]) -> list[dict[str, Any]]:
    if "{id}" not in call.path:
        return []
    return [{"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": ID_PATTERN}}]


def _query(model: type[BaseModel]) -> list[dict[str, Any]]:
    described = model.model_json_schema()
    return [
        {"name": name, "in": "query", "required": False, "explode": False, "schema": schema}
        for name, schema in described.get("properties", {}).items()
    ]


def _key(call: Call[Any, Any]) -> list[dict[str, Any]]:
    if not call.keyed:
        return []
    schema = {"type": "string", "pattern": "^[\\x21-\\x7e]{1,128}$"}
    why = "The same key again gives the same order back, so that a repetition is harmless"
    return [{"name": "Idempotency-Key", "in": "header", "required": False, "description": why, "schema": schema}]


def _good(call: Call[Any, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": SCHEMAS + call.answer.__name__}}}
    words = {200: "Found" if call.method == "GET" else "Done", 201: "Made"}
    return {str(status): {"description": words[status], "content": content} for status in call.statuses}


def _refusals(call: Call[Any, Any]) -> dict[str, Any]:
    possible = {401, 403, 422}
    possible |= {400, 413, 415} if call.body is not Nothing else set()
    possible |= {404} if "{id}" in call.path or call.names_others else set()
    possible |= {503} if call.action in ON_HISTORY else set()
    possible |= {409} if call.present or (call.method == "POST" and "{id}" in call.path) else set()
    return {str(status): {"description": REFUSALS[status], "content": PROBLEM} for status in sorted(possible)}


def _schemas(calls: Sequence[Call[Any, Any]]) -> dict[str, Any]:
    taken = {(call.body, "validation") for call in calls if call.body is not Nothing}
    given = {(call.answer, "serialization") for call in calls} | {(Problem, "serialization")}
    models = sorted(taken | given, key=lambda pair: pair[0].__name__)
    _, described = models_json_schema(models, ref_template=SCHEMAS + "{model}")  # type: ignore[arg-type]
    schemas: dict[str, Any] = described["$defs"]
    return schemas
