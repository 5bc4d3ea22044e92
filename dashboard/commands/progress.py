"""A progress bar on a terminal; silence anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic

WIDTH = 30
SECONDS_BETWEEN = 0.1
_STAGE = 24
"""Letters for what is being done: the bar stands still while it changes."""


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


class _Share:
    """One bar for a work of several stages; drawn anew when there is something new to see."""

    def __init__(self) -> None:
        self._drawn = ""

    def __call__(self, what: str, done: float) -> None:
        """Draw which share (0 to 1) is behind, and what is being done."""
        full = int(WIDTH * done)
        line = f"\r{what:<{_STAGE}} [{'█' * full}{'·' * (WIDTH - full)}] {int(100 * done):3} %"
        if line != self._drawn and sys.stderr.isatty():
            self._drawn = line if done < 1 else ""
            sys.stderr.write(line + ("\n" if done >= 1 else ""))
            sys.stderr.flush()

    def leave(self) -> None:
        """Take the bar away if it did not come to its end: what is said next has the line to itself."""
        if self._drawn:
            sys.stderr.write("\r\033[K")
            self._drawn = ""


share = _Share()
