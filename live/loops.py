"""Work that goes on until it is told to stop, whatever goes wrong meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def keep_going(step: Callable[[], None], stopped: threading.Event, *, rest: float) -> None:
    """Call ``step`` again and again until ``stopped``; after a failure wait ``rest`` seconds and go on.

    A failure is logged when it begins, not each time that it is still there.
    """
    said = ""
    while not stopped.is_set():
        try:
            step()
            said = ""
        except (RedisError, OSError) as lost:
            if said != str(lost):
                log.warning("%s: %s", step.__qualname__, lost)
            said = str(lost)
            stopped.wait(rest)
        except Exception:  # a live map that stands still is worse than any single failure
            log.exception("%s failed and goes on", step.__qualname__)
            stopped.wait(rest)


def in_background(step: Callable[[], None], stopped: threading.Event, *, rest: float = 0.25) -> threading.Thread:
    """The same, in a thread of its own (a greenlet where gevent has patched threading)."""
    thread = threading.Thread(
        target=keep_going, args=(step, stopped), kwargs={"rest": rest}, name=step.__qualname__, daemon=True
    )
    thread.start()
    return thread
