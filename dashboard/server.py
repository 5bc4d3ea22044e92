"""The web server in production: gunicorn with gevent, configured here and nowhere else.

``python -m dashboard.server`` is a process of its own that loads nothing else before gevent has made the standard
library cooperative: psycopg looks once, when it is loaded, and would hold up everybody with each query.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from typing import TYPE_CHECKING, Any

import gevent  # type: ignore[import-untyped]
from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.workers.ggevent import GeventWorker  # type: ignore[import-untyped]

from dashboard.settings import Settings

if TYPE_CHECKING:
    from dashboard.app import Application

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
DRAIN_SECONDS = 10
STOPS_ACCEPTING = 1.2  # seconds; gunicorn's worker looks once a second whether it has to end
MOST_CONNECTIONS = 10_000  # a screen keeps one open


class Web(BaseApplication):  # type: ignore[misc]
    """One gunicorn: ``settings.web_concurrency`` processes behind one port.

    ``is_demo``: on this machine alone, and open to everybody on it; ``pace``: of its city, as many times as life.
    """

    application: Application

    def __init__(self, settings: Settings, *, is_demo: bool = False, pace: float = 1.0) -> None:
        self._settings = settings
        self._is_demo, self._pace = is_demo, pace
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn wants to know."""
        host = "127.0.0.1" if self._is_demo else "0.0.0.0"  # noqa: S104  behind whatever stands before it
        options: dict[str, Any] = {
            "bind": f"{host}:{self._settings.port}", "workers": self._settings.web_concurrency, "worker_class": Worker,
            "worker_connections": MOST_CONNECTIONS, "graceful_timeout": DRAIN_SECONDS, "timeout": 60, "keepalive": 5,
            "control_socket_disable": True, "proc_name": "roulement", "worker_exit": _let_go,
            "loglevel": "warning" if self._is_demo else "info",
        }  # fmt: skip
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """In each process, once gevent has made it cooperative."""
        from dashboard.app import create_app

        logging.basicConfig(level=logging.WARNING if self._is_demo else logging.INFO, format=LOG_FORMAT)
        logging.getLogger("alembic").setLevel(logging.WARNING)
        self.application = create_app(self._settings, is_demo=self._is_demo, pace=self._pace)
        self.application.start()
        gc.freeze()  # what is loaded by now stays for good: the collector need not hold everybody up to look through it
        return self.application.flask


class Worker(GeventWorker):  # type: ignore[misc]
    """On SIGTERM: accept nobody new, send the screens to another process, finish what was asked, end."""

    def handle_exit(self, sig: int, frame: Any) -> None:
        """SIGTERM."""
        gevent.spawn_later(STOPS_ACCEPTING, self.app.application.drain)
        super().handle_exit(sig, frame)


def _let_go(_: Any, worker: Worker) -> None:
    application: Application | None = getattr(worker.app, "application", None)
    if application:
        application.stop()


if __name__ == "__main__":
    pace = float(sys.argv[2]) if sys.argv[1:2] == ["--demo"] else 1.0
    Web(Settings.read(os.environ), is_demo="--demo" in sys.argv, pace=pace).run()
