"""The bare web server, before anything is served on it."""

from __future__ import annotations

import secrets

from flask import Flask

from dashboard.access import Identify
from dashboard.api.routes import all_doors
from dashboard.compression import compress
from dashboard.doors import DOORS, guard

LARGEST_REQUEST = 1024 * 1024  # bytes; a phone that was away for a day sends so much at once
SESSION_SECONDS = 7 * 24 * 3600  # a week of shifts; a revoked token ends it at once


def new_flask(secret_key: str, identify: Identify) -> Flask:
    """A guarded Flask: whatever is put on it is shut until ``DOORS`` or the table of calls says whose it is."""
    flask = Flask("dashboard", static_folder=None)
    flask.json.sort_keys = False  # type: ignore[attr-defined]  # fields come in the order of the contract
    flask.config.update(
        SECRET_KEY=secret_key or secrets.token_urlsafe(), MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        PERMANENT_SESSION_LIFETIME=SESSION_SECONDS, SESSION_REFRESH_EACH_REQUEST=False,
    )  # fmt: skip
    guard(flask, identify, {**DOORS, **all_doors()})
    compress(flask)
    return flask
