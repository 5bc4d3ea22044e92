"""The bare web server, before anything is served on it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Flask

from dashboard.access import Identify
from dashboard.api.routes import all_doors
from dashboard.compression import compress
from dashboard.doors import DOORS, guard

LARGEST_REQUEST = 1024 * 1024  # bytes; a phone that was away for a day sends so much at once
A_WEEK = timedelta(days=7)  # of shifts; a revoked token ends it at once


def new_flask(secret_key: str, identify: Identify, *, lasts: timedelta = A_WEEK, is_behind_tls: bool = False) -> Flask:
    """A guarded Flask: whatever is put on it is shut until ``DOORS`` or the table of calls says whose it is.

    ``lasts``: how long a browser keeps its cookie. ``is_behind_tls``: cookies go over https alone.
    """
    flask = Flask("dashboard", static_folder=None)
    flask.json.sort_keys = False  # type: ignore[attr-defined]  # fields come in the order of the contract
    flask.config.update(
        SECRET_KEY=secret_key or secrets.token_urlsafe(), MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        PERMANENT_SESSION_LIFETIME=lasts, SESSION_REFRESH_EACH_REQUEST=False,
        BEHIND_TLS=is_behind_tls,
    )  # fmt: skip
    guard(flask, identify, {**DOORS, **all_doors()})
    compress(flask)
    return flask
