"""The program's table of contents: what there is, and who is handed what. Nothing else is made anywhere else."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from uuid_utils import uuid7

from callbacks import Given
from dashboard.access import identify_by
from dashboard.api.calls import Desk
from dashboard.api.health import new_registry, register_health
from dashboard.api.routes import all_doors, register_api
from dashboard.api.ways import register_ways
from dashboard.cities import Cities, shown
from dashboard.dispatch import Dispatch
from dashboard.doors import DOORS, guard
from dashboard.guests import first_names
from dashboard.pages import create_pages
from dashboard.promises import promise
from dashboard.settings import Settings
from dashboard.signin import register_signin
from dashboard.store import NotMigrated, SqlStore, open_store
from live.announcer import RedisAnnouncer
from live.counters import Counters
from live.feed import Feed
from live.routes import CityRouter

LARGEST_REQUEST = 1024 * 1024  # bytes; a phone that was away for a day sends so much at once
SESSION_SECONDS = 7 * 24 * 3600  # a week of shifts; a revoked token ends it at once


@dataclass(frozen=True, slots=True)
class Application:
    """The running parts of one web process."""

    flask: Flask
    store: SqlStore
    dispatch: Dispatch
    feed: Feed

    def start(self) -> None:
        """Begin to listen."""
        self.feed.start()

    def stop(self) -> None:
        """Let go of everything."""
        self.feed.stop()
        self.store.close()


def now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


def create_app(settings: Settings, *, is_demo: bool = False, clock: Callable[[], datetime] = now) -> Application:
    """One web process. ``is_demo`` opens the desk to everybody who can reach it, as a dispatcher of the demo."""
    store = open_store(settings.database)
    counters = Counters()
    dispatch = Dispatch(store, RedisAnnouncer(settings.redis_url, counters), lambda: str(uuid7()))
    feed = Feed(store, settings.redis_url, time.time, counters=counters)
    cities = Cities(store, settings.home, settings.city)

    flask = Flask("dashboard", static_folder=None)
    flask.json.sort_keys = False  # type: ignore[attr-defined]  # fields come in the order of the contract
    flask.config.update(
        SECRET_KEY=settings.secret_key or secrets.token_urlsafe(), MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        PERMANENT_SESSION_LIFETIME=SESSION_SECONDS,
        SESSION_REFRESH_EACH_REQUEST=False,
    )  # fmt: skip
    guard(flask, identify_by(store, demo_name=first_names() if is_demo else None), {**DOORS, **all_doors()})
    given = Given(
        dispatch=dispatch,
        board=feed.board,
        where=_where(feed),
        coop=store.coop,
        city=lambda coop: shown(cities.of(coop)),
        bundles={},
        now=clock,
        language=settings.lang,
    )
    register_signin(flask, time.monotonic)
    register_api(flask, Desk(store, dispatch), clock)
    register_ways(flask, feed.board, _where(feed), CityRouter(cities.of))

    pages = create_pages(flask, given)
    promise(flask, pages.csp_hashes())

    registry = new_registry()
    counters.register(registry)
    register_health(flask, {"database": lambda: _database_problem(store), "redis": feed.problem}, registry)
    return Application(flask, store, dispatch, feed)


def _where(feed: Feed) -> Callable[[str, str], tuple[float, float] | None]:
    def where(coop: str, courier: str) -> tuple[float, float] | None:
        fix = feed.newest(coop, courier)
        return None if fix is None else (fix.lon, fix.lat)

    return where


def _database_problem(store: SqlStore) -> str | None:
    try:
        store.ping()
    except NotMigrated as error:
        return str(error)
    except SQLAlchemyError:
        return "the database does not answer: check DATABASE_URL"
    return None
