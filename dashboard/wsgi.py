"""For a WSGI server of one's own: ``gunicorn -k gevent 'dashboard.wsgi:app()'``. ``roulement web`` needs it not."""

from __future__ import annotations

import os

from flask import Flask

from dashboard.app import create_app
from dashboard.settings import Settings, WrongSetting


def app() -> Flask:
    """One web process by the environment, listening to Redis."""
    settings = Settings.read(os.environ)
    settings.require_secret()
    if not settings.redis_url:
        raise WrongSetting("REDIS_URL is missing: set it, or use `roulement web`, which brings a Redis of its own")
    application = create_app(settings)
    application.start()
    return application.flask
