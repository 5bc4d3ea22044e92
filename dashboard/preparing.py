"""Keeps the segments of every co-op's history written, beside whatever else the worker does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from dashboard.history import prepare
from dashboard.history_cache import HistoryCache
from dashboard.ports import Store

log = logging.getLogger(__name__)

REST = 30.0
"""Seconds between two looks at the journals."""
TELL_EVERY = 20
"""Segments between two lines in the log."""


class Stopped(Exception):
    """The program is about to end."""


def preparing(store: Store, cache: HistoryCache, stopped: threading.Event) -> Callable[[], None]:
    """A step for ``live.loops.in_background``: all co-ops once, then a rest; old segments go before new ones come."""

    def step() -> None:
        cache.forget_older_formats()
        for coop in store.coops():
            prepare_one(store, cache, coop.id, stopped)
        stopped.wait(REST)

    return step


def prepare_one(store: Store, cache: HistoryCache, coop: str, stopped: threading.Event) -> None:
    """One co-op's segments; ends early, with what is done so far kept, once ``stopped`` is set."""
    done = 0

    def told(seq: int, whole: int) -> None:
        nonlocal done
        done += 1
        if done % TELL_EVERY == 0 or (seq == whole and done > TELL_EVERY):
            log.info("history of %s: %d of %d entries", coop, seq, whole)
        if stopped.is_set():
            raise Stopped

    try:
        prepare(store, cache, coop, told)
    except Stopped:
        log.info("history of %s: to be continued", coop)
