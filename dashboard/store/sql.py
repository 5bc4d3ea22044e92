"""The store on SQL: ports.Store, each method one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from sqlalchemy import Connection, text

from dashboard.domain.board import Board
from dashboard.domain.couriers import Courier, Shift
from dashboard.domain.events import Entry, Head
from dashboard.domain.orders import Order
from dashboard.domain.spans import Span
from dashboard.ports import Change, Coop, Look, Page, Token, Transaction
from dashboard.store import doors, journal, looks, past, projections, readings, schema, shifts
from dashboard.store.bulk import BulkTransaction
from dashboard.store.coopcycle import SqlBooks
from dashboard.store.database import Database, in_turns
from dashboard.store.people import SqlPeopleRows
from dashboard.store.photos import SqlPhotos
from dashboard.store.plans import SqlPlans
from dashboard.store.traces import SqlTraces
from dashboard.store.transaction import SqlTransaction
from dashboard.store.webhooks import SqlWebhooks

AT_ONCE = 8192
"""Entries that one reading looks through: some 20 ms."""
SUBJECTS_AT_ONCE = 50


def open_store(url: str) -> SqlStore:
    """The store at ``sqlite:///path`` or ``postgresql://…``; connects when first used."""
    return SqlStore(url)


class SqlStore:
    """The record. Safe to use from any thread or greenlet; NotMigrated at first use if the tables are not there."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._database = Database(url)
        self._is_checked = False

    def migrate(self) -> None:
        """Create the tables or bring them up to date."""
        schema.migrate(self._url)

    def close(self) -> None:
        """Give all connections back; the store may be used again, with new ones."""
        self._database.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent snapshot."""
        self._check()
        with self._database.reading() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        self._check()
        with self._database.writing() as connection:
            yield connection

    def _check(self) -> None:
        if not self._is_checked:
            schema.check(self._database)
            self._is_checked = True

    @contextmanager
    def change(self, coop: str) -> Iterator[Transaction]:
        """A change of one co-op: all of it, or nothing."""
        with self._writing() as connection:
            transaction = SqlTransaction(connection, coop)
            yield transaction
            transaction.finish()

    @contextmanager
    def past(self, coop: str) -> Iterator[Transaction]:
        """A change of so many entries that they are written at once, when the block ends: all of it, or nothing."""
        with self._writing() as connection:
            transaction = BulkTransaction(connection, coop)
            yield transaction
            transaction.finish()

    def coops(self) -> Sequence[Coop]:
        """All co-ops, by id."""
        with self.reading() as connection:
            return doors.read_coops(connection)

    def coop(self, id: str) -> Coop | None:
        """The co-op, None if there is none."""
        with self.reading() as connection:
            return doors.read_coop(connection, id)

    def add_coop(self, coop: Coop) -> None:
        """A new co-op; Invalid when its id is taken."""
        with self._writing() as connection:
            doors.write_coop(connection, coop)

    def order(self, coop: str, id: str) -> Order | None:
        """The order, None if there is none."""
        with self.reading() as connection:
            return projections.read_order(connection, coop, id)

    def orders(
        self, coop: str, *, states: Collection[str] = (), courier: str | None = None, restaurant: str | None = None,
        after: str | None = None, limit: int = 100, since: datetime | None = None,
    ) -> Page:  # fmt: skip
        """A page of the orders that fit, in order of placing; with ``since`` those open, or closed from then on."""
        with self.reading() as connection:
            return readings.read_page(
                connection, coop, states=states, courier=courier, restaurant=restaurant, after=after, limit=limit,
                since=since,
            )  # fmt: skip

    def grouped(self, coop: str, group: str | None) -> Sequence[Order]:
        """The orders of a group, in the order in which they were placed."""
        with self.reading() as connection:
            return projections.read_grouped(connection, coop, group)

    def orders_by_ref(self, coop: str, refs: Collection[str]) -> Sequence[Order]:
        """Those that people call by these numbers."""
        with self.reading() as connection:
            return readings.read_by_ref(connection, coop, refs)

    def orders_by_id(self, coop: str, ids: Collection[str]) -> Mapping[str, Order]:
        """Those of these orders that exist."""
        with self.reading() as connection:
            return readings.read_orders(connection, coop, ids)

    def courier(self, coop: str, id: str) -> Courier | None:
        """The courier, None if there is none."""
        with self.reading() as connection:
            return projections.read_courier(connection, coop, id)

    def couriers(self, coop: str) -> Sequence[Courier]:
        """Everybody who rides, by id."""
        with self.reading() as connection:
            return readings.read_couriers(connection, coop)

    def shifts(self, coop: str, since: datetime) -> Sequence[Shift]:
        """The shifts that were running at ``since`` or began later, in order of their start."""
        with self.reading() as connection:
            return shifts.read_shifts(connection, coop, since)

    def last_change(self, coop: str, subject: str) -> Change | None:
        """Who changed the order or courier last, and when."""
        with self.reading() as connection:
            return readings.read_last_change(connection, coop, subject)

    def board(self, coop: str, at: datetime) -> Board:
        """All that is in hand, as of one seq; NotFound: no such co-op."""
        with self.reading() as connection:
            return readings.read_board(connection, coop, at)

    def board_at(self, coop: str, seq: int) -> Board:
        """All that was in hand as of entry ``seq``; empty before the first."""
        with self.reading() as connection:
            return past.read_board_at(connection, coop, seq)

    def activity(self, coop: str, span: Span, step: timedelta) -> tuple[Sequence[int], Sequence[int]]:
        """How many orders were placed, and how many were delivered late, in each step of a span."""
        with self.reading() as connection:
            return past.read_activity(connection, coop, span, step)

    def head(self, coop: str) -> Head:
        """The newest entry's seq and hash; NotFound: no such co-op."""
        with self.reading() as connection:
            return journal.read_head(connection, coop)

    def entries(self, coop: str, *, after: int = 0, limit: int = 1000) -> Sequence[Entry]:
        """Up to ``limit`` entries that follow ``after``, in order."""
        with self.reading() as connection:
            return tuple(journal.read_entries(connection, coop, after=after, limit=limit))

    def last_before(self, coop: str, at: datetime) -> int:
        """The seq of the newest entry that is older than ``at``, 0 if none is."""
        with self.reading() as connection:
            return journal.read_last_before(connection, coop, at)

    def about(self, coop: str, subject: str) -> Sequence[Entry]:
        """All entries about one order, courier, rule, …, in order."""
        with self.reading() as connection:
            return journal.read_entries_about(connection, coop, subject)

    def steps_of(self, coop: str, actor: str, since: datetime, who: str = "") -> Sequence[Entry]:
        """What somebody did to orders and couriers since then, oldest first: at least their last MOST commands."""
        with self.reading() as connection:
            return journal.read_steps(connection, coop, actor, since, who)

    def noted_since(self, coop: str, prefix: str, since: datetime) -> Sequence[Entry]:
        """All entries since then about subjects that begin so, in order."""
        with self.reading() as connection:
            return tuple(in_turns(journal.read_since(connection, coop, prefix, since)))

    def naming(self, coop: str, courier: str) -> Sequence[Entry]:
        """All entries about a courier, and about any subject of which one entry names the courier or is by them.

        In short readings: one through the whole journal would hold up everybody else for seconds.
        """
        until, subjects = self.head(coop).seq, {courier}
        for after in range(0, until, AT_ONCE):
            with self.reading() as connection:
                subjects |= {*journal.read_naming(connection, coop, courier, after=after, until=after + AT_ONCE)}
        entries: list[Entry] = []
        for some in batched(sorted(subjects), SUBJECTS_AT_ONCE):
            with self.reading() as connection:
                entries += journal.read_entries_about_all(connection, coop, some, until=until)
        return sorted(entries, key=lambda entry: entry.seq)

    def iter_entries(self, coop: str, *, after: int = 0) -> Iterator[Entry]:
        """All entries that follow ``after``, in order. No connection is held meanwhile: take as long as you like."""
        while page := self.entries(coop, after=after, limit=journal.PAGE):
            yield from page
            after = page[-1].seq

    def add_token(self, token: Token) -> None:
        """A new token; NotFound when its co-op does not exist."""
        with self._writing() as connection:
            doors.write_token(connection, token)

    def token(self, digest: str) -> Token | None:
        """The token whose secret has this SHA-256, None if there is none."""
        with self.reading() as connection:
            return doors.read_token(connection, digest)

    def tokens(self, coop: str) -> Sequence[Token]:
        """All tokens of the co-op, by name."""
        with self.reading() as connection:
            return doors.read_tokens(connection, coop)

    def remove_token(self, coop: str, id: str) -> None:
        """Forget a token; NotFound when the co-op has no such token."""
        with self._writing() as connection:
            doors.delete_token(connection, coop, id)

    def note_use(self, coop: str, token: str, at: datetime) -> None:
        """The token was used at ``at``."""
        with self._writing() as connection:
            doors.write_use(connection, coop, token, at)

    def token_uses(self, coop: str) -> Mapping[str, datetime]:
        """When each of the co-op's tokens was used last, by its id."""
        with self.reading() as connection:
            return doors.read_uses(connection, coop)

    def orders_placed(self, coop: str, since: datetime, until: datetime) -> Iterator[Order]:
        """Orders placed from ``since`` on and before ``until``, in the order of placing, some at a time."""
        after = 0
        while True:
            with self.reading() as connection:
                found = readings.read_placed(connection, coop, since, until, after)
            if not found:
                return
            after = found[-1][0]
            yield from (order for _, order in found)

    def add_look(self, look: Look, hour: datetime, keep_since: datetime) -> None:
        """Keep who looked, once an hour."""
        with self._writing() as connection:
            looks.write_look(connection, look, hour, keep_since)

    def looks(self, coop: str, couriers: tuple[str, ...]) -> Sequence[Look]:
        """Who looked at these couriers, newest first."""
        with self.reading() as connection:
            return looks.read_looks(connection, coop, couriers)

    @property
    def coopcycle(self) -> SqlBooks:
        """What is kept about a CoopCycle beside us."""
        return SqlBooks(self.reading, self._writing)

    def plans(self, made: Callable[..., Any]) -> SqlPlans:
        """Planned shifts and calendars' keys."""
        return SqlPlans(self.reading, self._writing, made)

    def traces(self, made: Callable[..., Any]) -> SqlTraces:
        """Where couriers on shift were, and what else goes after a time."""
        return SqlTraces(self.reading, self._writing, made)

    def photos(self, made: Callable[..., Any]) -> SqlPhotos:
        """Photos of incidents."""
        return SqlPhotos(self.reading, self._writing, made)

    @property
    def webhooks(self) -> SqlWebhooks:
        """Who is told what happens, and what became of it."""
        return SqlWebhooks(self.reading, self._writing)

    @contextmanager
    def reading_people(self) -> Iterator[SqlPeopleRows]:
        """One consistent reading of people, memberships, links and sessions."""
        with self.reading() as connection:
            yield SqlPeopleRows(connection)

    @contextmanager
    def changing_people(self) -> Iterator[SqlPeopleRows]:
        """A change of them: all of it, or nothing."""
        with self._writing() as connection:
            yield SqlPeopleRows(connection, locks=True)

    def ping(self) -> None:
        """Raise if the database does not answer, or is not ready for this version."""
        with self.reading() as connection:
            connection.execute(text("SELECT 1"))
