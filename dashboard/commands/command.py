"""What a command is: its name, its sentence, its arguments and what it does."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from dashboard.settings import Settings
from dashboard.store import NotMigrated, SqlStore, open_store

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
Run = Callable[[Namespace, Settings], int | None]


class Failed(Exception):
    """The command could not do it; the message says what, and how to mend it, in one line."""


class Misused(Failed):
    """The arguments make no sense."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument, as argparse takes it."""

    name: str
    options: dict[str, Any]


def argument(name: str, **options: Any) -> Argument:
    """An argument of a command."""
    return Argument(name, options)


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or (with ``parts``) a word that commands follow."""

    name: str
    sentence: str
    arguments: tuple[Argument, ...] = ()
    run: Run | None = None
    parts: tuple[Command, ...] = field(default=())

    def add_to(self, commands: Any) -> None:
        """Tell argparse."""
        parser: ArgumentParser = commands.add_parser(self.name, help=self.sentence, description=self.sentence)
        for each in self.arguments:
            parser.add_argument(each.name, **each.options)
        if self.run:
            parser.set_defaults(run=self.run)
        if self.parts:
            below = parser.add_subparsers(required=True, metavar="COMMAND")
            for part in self.parts:
                part.add_to(below)


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    """An argument that is a whole number within limits."""

    def parse(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not lowest <= int(text) <= highest:
            raise ArgumentTypeError(f"{text!r} is not a whole number from {lowest} to {highest}")
        return int(text)

    return parse


def speed(text: str) -> float:
    """How many seconds go by in one."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.1 <= value <= 1000:
        raise ArgumentTypeError(f"{text!r} is no speed: use a number from 0.1 to 1000")
    return value


def until_told_to_stop(*signals: signal.Signals) -> threading.Event:
    """Set by these signals."""
    stopped = threading.Event()
    for each in signals:
        signal.signal(each, lambda *_: stopped.set())
    return stopped


def now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


@contextmanager
def record(settings: Settings) -> Iterator[SqlStore]:
    """The record, for the time of one command."""
    try:
        store = open_store(settings.database)
    except ValueError as error:
        raise Failed(str(error)) from error
    try:
        yield store
    except NotMigrated as error:
        raise Failed(str(error)) from error
    except SQLAlchemyError as error:
        raise no_answer(error) from error
    finally:
        store.close()


def ping(settings: Settings) -> None:
    """Failed where the record cannot be used."""
    with record(settings) as store:
        store.ping()


def no_answer(error: Exception) -> Failed:
    """The database cannot be reached, or does not do what it should."""
    why = str(getattr(error, "orig", None) or error).splitlines()
    if "unable to open database file" in str(error):
        return Failed("There is no database yet: run `roulement migrate`")
    return Failed(f"The database does not answer: check DATABASE_URL ({why[0] if why else type(error).__name__})")
