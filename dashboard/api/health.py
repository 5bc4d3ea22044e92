"""What operators and their machines ask: is the process alive, can it do its work, what has it done."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from flask import Flask, Response, jsonify
from prometheus_client import CollectorRegistry, Gauge, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from dashboard.store import NotMigrated, SqlStore

Checks = Mapping[str, Callable[[], str | None]]


def register_health(flask: Flask, checks: Checks, registry: CollectorRegistry, *, notes: Checks) -> None:
    """``/healthz``, ``/readyz`` and ``/metrics``. A check tells what is wrong, None when nothing is; a note, too, but
    the process can do its work all the same."""

    def ready() -> tuple[Response, int]:
        found = {name: check() for name, check in checks.items()}
        wrong = {name: problem for name, problem in found.items() if problem}
        found |= {name: check() for name, check in notes.items()}
        return jsonify(status="not ready" if wrong else "ready", **{name: found[name] or "ok" for name in found}), (
            503 if wrong else 200
        )

    flask.add_url_rule("/healthz", "healthz", lambda: jsonify(status="alive"))
    flask.add_url_rule("/readyz", "readyz", ready)
    flask.add_url_rule(
        "/metrics", "metrics", lambda: Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    )


def new_registry(*collectors: Collector) -> CollectorRegistry:
    """Measures of this process alone: of several behind one port, whichever answers speaks for itself."""
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    which = Gauge("roulement_process", "The web process that these numbers are of", ["pid"], registry=registry)
    which.labels(str(os.getpid())).set(1)
    return registry


def database_problem(store: SqlStore) -> str | None:
    """Why the record cannot be used, in a sentence; None when it can."""
    try:
        store.ping()
    except NotMigrated as error:
        return str(error)
    except SQLAlchemyError:
        return "The database does not answer: check DATABASE_URL and the server that it names"
    return None
