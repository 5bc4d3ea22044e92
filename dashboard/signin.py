"""In and out by plain HTTP, for programs and for browsers without scripts; the page at /login does the same."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.access import TooManyTries, WrongToken, sign_in, sign_out
from dashboard.tries import Tries


def register_signin(flask: Flask, seconds: Callable[[], float], redis_url: str) -> None:
    """``POST /login`` (form field ``token``) and ``POST /logout``; ``seconds`` only go forward."""
    flask.extensions["throttle"] = Tries("login", redis_url, seconds)
    flask.add_url_rule("/login", "login", _enter, methods=["POST"])
    flask.add_url_rule("/logout", "logout", _leave, methods=["POST"])
    flask.register_error_handler(WrongToken, lambda refusal: (str(refusal), 401))
    flask.register_error_handler(TooManyTries, _wait)


def _enter() -> AnyResponse:
    sign_in(request.form.get("token", ""))
    return redirect("/", 303)


def _leave() -> AnyResponse:
    sign_out()
    return redirect("/sign-in", 303)


def _wait(refusal: TooManyTries) -> Response:
    return Response(str(refusal), 429, {"Retry-After": str(refusal.facts["seconds"])})
