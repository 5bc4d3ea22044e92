"""Subscriptions and deliveries: webhooks.WebhookBook, each method one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, insert, or_, select, update

from dashboard.domain.webhooks import GIVEN_UP, PENDING, Delivery, Subscription
from dashboard.store.tables import coops
from dashboard.store.tables import webhook_deliveries as letters
from dashboard.store.tables import webhooks as hooks

type Opened = Callable[[], AbstractContextManager[Connection]]


class SqlWebhooks:
    """``reading`` and ``writing`` open a transaction of the record."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading, self._writing = reading, writing

    def add(self, one: Subscription) -> None:
        """A new subscription."""
        with self._writing() as connection:
            connection.execute(insert(hooks), {**asdict(one), "events": list(one.events)})

    def one(self, coop: str, id: str) -> Subscription | None:
        """None: the co-op has none such."""
        with self._reading() as connection:
            row = connection.execute(_all(hooks, Subscription).where(*_is(coop, id))).one_or_none()
        return None if row is None else _subscription(row)

    def all(self, coop: str) -> Sequence[Subscription]:
        """Oldest first."""
        mine = _all(hooks, Subscription).where(hooks.c.coop == coop).order_by(hooks.c.created_at, hooks.c.id)
        with self._reading() as connection:
            return [_subscription(row) for row in connection.execute(mine)]

    def change(self, one: Subscription) -> None:
        """What people and receivers may change about it; how far the journal was read stays, unless it was off."""
        new: dict[str, Any] = {
            "url": one.url, "events": list(one.events), "is_on": one.is_on, "problem": one.problem,
        }  # fmt: skip
        with self._writing() as connection:
            if not connection.scalar(select(hooks.c.is_on).where(*_is(one.coop, one.id))):
                new["seq"] = one.seq
            connection.execute(update(hooks).where(*_is(one.coop, one.id)), new)

    def renew(self, one: Subscription) -> None:
        """The secrets alone."""
        new = {"secret": one.secret, "former_secret": one.former_secret, "former_until": one.former_until}
        with self._writing() as connection:
            connection.execute(update(hooks).where(*_is(one.coop, one.id)), new)

    def say(self, coop: str, id: str, problem: str, *, is_off: bool = False) -> None:
        """That alone: whatever else people change meanwhile stays."""
        with self._writing() as connection:
            off = {"is_on": False} if is_off else {}
            connection.execute(update(hooks).where(*_is(coop, id)), {"problem": problem, **off})

    def remove(self, coop: str, id: str) -> bool:
        """With all of its deliveries."""
        with self._writing() as connection:
            connection.execute(delete(letters).where(letters.c.coop == coop, letters.c.webhook == id))
            return connection.execute(delete(hooks).where(*_is(coop, id))).rowcount == 1

    def busy(self, now: datetime) -> Sequence[Subscription]:
        """One reading for all co-ops: it is asked twice a second."""
        due = exists().where(
            letters.c.coop == hooks.c.coop, letters.c.webhook == hooks.c.id, letters.c.state == PENDING,
            letters.c.due_at <= now,
        )  # fmt: skip
        behind = select(coops.c.seq).where(coops.c.id == hooks.c.coop).scalar_subquery() > hooks.c.seq
        with self._reading() as connection:
            rows = connection.execute(_all(hooks, Subscription).where(hooks.c.is_on, or_(behind, due)))
            return [_subscription(row) for row in rows]

    def queue(self, one: Subscription, seq: int, found: Sequence[Delivery]) -> bool:
        """Whoever moves ``seq`` first writes."""
        with self._writing() as connection:
            here = (*_is(one.coop, one.id), hooks.c.seq == one.seq, hooks.c.is_on)
            if connection.execute(update(hooks).where(*here), {"seq": seq}).rowcount != 1:
                return False
            if found:
                connection.execute(insert(letters), [asdict(each) for each in found])
            return True

    def waiting(self, coop: str, id: str, limit: int) -> Sequence[Delivery]:
        """In the order of the journal."""
        mine = (letters.c.coop == coop, letters.c.webhook == id, letters.c.state == PENDING)
        return self._read(_all(letters, Delivery).where(*mine).order_by(letters.c.seq).limit(limit))

    def claim(self, one: Delivery, until: datetime) -> bool:
        """Whoever moves ``due_at`` first has it."""
        here = (*_letter(one.coop, one.webhook, one.id), letters.c.state == PENDING, letters.c.due_at == one.due_at)
        with self._writing() as connection:
            return connection.execute(update(letters).where(*here), {"due_at": until}).rowcount == 1

    def settle(self, one: Delivery) -> None:
        """As it is now."""
        row = asdict(one)
        new = {name: row[name] for name in row if name not in ("id", "coop", "webhook", "seq", "kind")}
        with self._writing() as connection:
            connection.execute(update(letters).where(*_letter(one.coop, one.webhook, one.id)), new)

    def drop_waiting(self, coop: str, id: str, problem: str) -> None:
        """They can be sent again by hand."""
        here = (letters.c.coop == coop, letters.c.webhook == id, letters.c.state == PENDING)
        with self._writing() as connection:
            connection.execute(update(letters).where(*here), {"state": GIVEN_UP, "problem": problem})

    def deliveries(self, coop: str, id: str, state: str | None, before: int | None, limit: int) -> Sequence[Delivery]:
        """Newest first."""
        mine = _all(letters, Delivery).where(letters.c.coop == coop, letters.c.webhook == id)
        mine = mine.where(letters.c.state == state) if state else mine
        mine = mine.where(letters.c.seq < before) if before is not None else mine
        return self._read(mine.order_by(letters.c.seq.desc()).limit(limit))

    def delivery(self, coop: str, webhook: str, id: str) -> Delivery | None:
        """None: there is none such."""
        return next(iter(self._read(_all(letters, Delivery).where(*_letter(coop, webhook, id)))), None)

    def forget(self, before: datetime) -> int:
        """What is pending stays."""
        old = (letters.c.state != PENDING, letters.c.due_at < before)
        with self._writing() as connection:
            return connection.execute(delete(letters).where(*old)).rowcount

    def _read(self, chosen: Any) -> Sequence[Delivery]:
        with self._reading() as connection:
            return [Delivery(**row._mapping) for row in connection.execute(chosen)]


def _subscription(row: Any) -> Subscription:
    return Subscription(**{**row._mapping, "events": tuple(row.events)})


def _is(coop: str, id: str) -> tuple[ColumnElement[bool], ...]:
    return hooks.c.coop == coop, hooks.c.id == id


def _letter(coop: str, webhook: str, id: str) -> tuple[ColumnElement[bool], ...]:
    return letters.c.coop == coop, letters.c.webhook == webhook, letters.c.id == id


def _all(table: Table, value: type[Any]) -> Any:
    return select(*(table.c[each.name] for each in fields(value)))
