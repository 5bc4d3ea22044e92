"""A progress bar on a terminal; silence anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic

WIDTH = 30
SECONDS_BETWEEN = 0.1


def bar(done: int, total: int, what: str) -> None:
    """Draw how far ``what`` is; ends its line when all is done."""
    if sys.stderr.isatty():
        full = WIDTH * done // max(total, 1)
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{what} [{'█' * full}{'·' * (WIDTH - full)}] {done}/{total}{end}")
        sys.stderr.flush()


def watched[T](things: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The same things, with a bar that follows them."""
    drawn = 0.0
    for done, thing in enumerate(things, 1):
        yield thing
        if done == total or monotonic() - drawn > SECONDS_BETWEEN:
            bar(done, total, what)
            drawn = monotonic()


def share(what: str, done: float) -> None:
    """Draw which share (0 to 1) is behind."""
    bar(round(done * 100), 100, f"{what:<24}")
