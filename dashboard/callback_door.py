"""What a page's callback request has to look like. Dash itself answers 500 to most bodies that are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from dash.exceptions import CallbackException, InvalidCallbackReturnValue
from flask import Flask, abort, request

from dashboard.access import door_of

PATH = "/_dash-update-component"
LARGEST = 2 * 1024 * 1024  # bytes; a calendar of 1 MB is a third longer on its way


class Slot(msgspec.Struct):
    """A property of a component, with what stands in it."""

    id: str | dict[str, str | int | float | bool]
    property: str
    value: Any = None


class Asked(msgspec.Struct):
    """What the page sends: which callback, and the properties that it reads and writes."""

    output: str
    outputs: Slot | list[Slot | list[Slot]] = []
    inputs: list[Slot | list[Slot]] = []
    state: list[Slot | list[Slot]] = []
    changedPropIds: list[str] = []  # noqa: N815  Dash's own name


def check_bodies(flask: Flask, callbacks: Callable[[], Mapping[str, Any]]) -> None:
    """Refuse with 400 whatever is not a request to one of the ``callbacks``; with 415 whatever is not JSON."""

    def check() -> None:
        if request.path == PATH and request.method == "POST":
            request.max_content_length = LARGEST
            wrong = why_not(request.get_json(), callbacks())
            if wrong:
                abort(400, wrong)

    flask.before_request(check)
    flask.register_error_handler(CallbackException, _wrong_shape)


def _wrong_shape(error: CallbackException) -> tuple[str, int]:
    """Dash compares the properties with those declared only when it is about to call."""
    if isinstance(error, InvalidCallbackReturnValue):
        raise error  # what we answered was wrong, not what was asked
    return f"This is no request to this callback: {error}", 400


def why_not(body: Any, callbacks: Mapping[str, Any]) -> str | None:
    """What is wrong with the body of a callback request; None when nothing is."""
    try:
        asked = msgspec.convert(body, Asked)
    except msgspec.ValidationError as error:
        return f"This is no callback request: {error}"
    declared = callbacks.get(asked.output)
    if declared is None or "callback" not in declared:
        return "There is no such callback: load the page again"
    if len(asked.inputs) != len(declared["inputs"]) or len(asked.state) != len(declared["state"]):
        return "The callback takes other inputs: load the page again"
    if isinstance(asked.outputs, Slot) is asked.output.startswith(".."):
        return "The callback has other outputs: load the page again"
    return None


def unguarded(callbacks: Mapping[str, Any]) -> list[str]:
    """The callbacks that ask nobody; there may be none."""
    python = {name: each["callback"] for name, each in callbacks.items() if "callback" in each}
    return [name for name, function in python.items() if door_of(function) is None]
