"""The way to Redis for a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from uuid_utils import uuid7

from dashboard.commands.command import Failed
from dashboard.dispatch import Dispatch
from dashboard.domain.events import Entry
from dashboard.ports import Announcer, Store
from dashboard.settings import Settings
from live.announcer import RedisAnnouncer
from live.embedded import EmbeddedRedis, NoRedis


def dispatch_of(store: Store, settings: Settings) -> Dispatch:
    """The use cases. Without REDIS_URL nothing is announced at once: the worker's next heartbeat tells."""
    announce: Announcer = RedisAnnouncer(settings.redis_url) if settings.redis_url else _leave_it_to_the_heartbeat
    return Dispatch(store, announce, lambda: str(uuid7()))


def _leave_it_to_the_heartbeat(entry: Entry) -> None: ...


@contextmanager
def redis_of(settings: Settings) -> Iterator[str]:
    """The URL of the Redis to use: the one in the settings, else one of our own, shared by all of this home."""
    if settings.redis_url:
        yield settings.redis_url
        return
    own = EmbeddedRedis(settings.home)
    try:
        yield own.start()
    except NoRedis as error:
        raise Failed(str(error)) from error
    finally:
        own.stop()
