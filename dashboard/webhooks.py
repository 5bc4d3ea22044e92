"""Webhooks: who wants to be told, and the sender that tells them from the journal, at least once and in order."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit

from dashboard.domain.events import Entry
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.webhooks import (
    DELIVERED,
    GIVEN_UP,
    GONE,
    KEEP_TRYING,
    LONGEST_WAIT,
    PENDING,
    Delivery,
    Subscription,
    check_events,
    check_signing_secret,
    new_signing_secret,
    payload,
    sign,
    wait_after,
)  # fmt: skip
from dashboard.outgoing import Answer, check_url, post
from dashboard.ports import Store

log = logging.getLogger(__name__)

MOST = 50
"""Subscriptions that a co-op may have."""
AT_ONCE = 8
"""Receivers that are spoken to at the same time; a slow one takes one of these places for ten seconds at most."""
LOOKED_THROUGH = 500
SENT_IN_A_ROW = 20
LEASE = timedelta(seconds=60)
"""So long nobody else takes a delivery that a worker has in hand; if that worker dies, it is sent again after that."""
REST = 0.5
KEEP_LOG = timedelta(days=30)


class WebhookBook(Protocol):
    """Where subscriptions and deliveries are kept."""

    def add(self, one: Subscription) -> None: ...
    def one(self, coop: str, id: str) -> Subscription | None: ...
    def all(self, coop: str) -> Sequence[Subscription]: ...
    def change(self, one: Subscription) -> None: ...
    def renew(self, one: Subscription) -> None:
        """Its secrets, and nothing else."""
        ...

    def say(self, coop: str, id: str, problem: str, *, is_off: bool = False) -> None:
        """What is wrong with it, in words; ``is_off`` switches it off as well."""
        ...

    def remove(self, coop: str, id: str) -> bool: ...
    def busy(self, now: datetime) -> Sequence[Subscription]:
        """Those that are on and have entries to look at, or a delivery that is due."""
        ...

    def queue(self, one: Subscription, seq: int, found: Sequence[Delivery]) -> bool:
        """Keep the deliveries, and that entries up to ``seq`` were looked at; False when somebody else did so first."""
        ...

    def waiting(self, coop: str, id: str, limit: int) -> Sequence[Delivery]:
        """Those that are pending, in the order of the journal."""
        ...

    def claim(self, one: Delivery, until: datetime) -> bool:
        """Put ``due_at`` off; False when somebody else did so first."""
        ...

    def settle(self, one: Delivery) -> None: ...
    def drop_waiting(self, coop: str, id: str, problem: str) -> None:
        """All that is pending is given up."""
        ...

    def deliveries(self, coop: str, id: str, state: str | None, before: int | None, limit: int) -> Sequence[Delivery]:
        """Newest first."""
        ...

    def delivery(self, coop: str, webhook: str, id: str) -> Delivery | None: ...
    def forget(self, before: datetime) -> int:
        """What was settled before is not kept any longer."""
        ...


@dataclass(frozen=True, slots=True)
class Webhooks:
    """What an administrator does with them. ``is_open``: they may lead to http and to places inside."""

    book: WebhookBook
    store: Store
    new_id: Callable[[], str]
    is_open: bool = False

    def add(
        self, coop: str, url: str, events: Sequence[str], *, secret: str | None, restaurant: str | None, by: str,
        at: datetime,
    ) -> Subscription:  # fmt: skip
        """A new subscription, told of everything that happens from now on. Invalid says which field to mend."""
        if len(self.book.all(coop)) >= MOST:
            raise Invalid("There are {most} webhooks already: remove one first", most=MOST, field="url")
        one = Subscription(
            self.new_id(), coop, check_url(url, is_open=self.is_open), check_events(events),
            check_signing_secret(secret) if secret else new_signing_secret(), restaurant, by, at, True,
            self.store.head(coop).seq,
        )  # fmt: skip
        self.book.add(one)
        return one

    def one(self, coop: str, id: str) -> Subscription:
        """NotFound when the co-op has none such."""
        found = self.book.one(coop, id)
        if found is None:
            raise NotFound("There is no webhook {id}", id=id)
        return found

    def change(
        self, coop: str, id: str, *, url: str | None, events: Sequence[str] | None, is_on: bool | None
    ) -> Subscription:  # fmt: skip
        """Another address, other events, on or off. Switched on again, it is told of what happens from then on."""
        one = self.one(coop, id)
        one = replace(one, url=check_url(url, is_open=self.is_open)) if url is not None else one
        one = replace(one, events=check_events(events)) if events is not None else one
        if is_on is False and one.is_on:
            self.book.drop_waiting(coop, id, "The webhook was switched off")
        if is_on and not one.is_on:
            one = replace(one, seq=self.store.head(coop).seq, problem="")
        one = replace(one, is_on=one.is_on if is_on is None else is_on)
        self.book.change(one)
        return one

    def renew(self, coop: str, id: str, secret: str | None, at: datetime) -> Subscription:
        """Another secret, the given one or a new one. Invalid: it is none, or the one that it has."""
        one = self.one(coop, id)
        if secret is not None and check_signing_secret(secret) == one.secret:
            raise Invalid("This is the secret that it has already: leave it out, and one is made", field="secret")
        renewed = one.renewed(secret or new_signing_secret(), at)
        self.book.renew(renewed)
        return renewed

    def remove(self, coop: str, id: str) -> None:
        """With its log. NotFound when there is none such."""
        if not self.book.remove(coop, id):
            raise NotFound("There is no webhook {id}", id=id)

    def again(self, coop: str, webhook: str, id: str, at: datetime) -> Delivery:
        """Send an event once more, whatever became of it. Invalid while the webhook is off."""
        if not self.one(coop, webhook).is_on:
            raise Invalid("The webhook is switched off: switch it on first", field="delivery")
        found = self.book.delivery(coop, webhook, id)
        if found is None:
            raise NotFound("There is no delivery {id}", id=id)
        again = replace(found, state=PENDING, tries=0, first_at=None, due_at=at, problem="", status=None)
        self.book.settle(again)
        return again


Send = Callable[[str, bytes, dict[str, str]], Answer]


def sender(*, is_open: bool) -> Send:
    """How events are sent."""
    return lambda url, body, headers: post(url, body, headers, is_open=is_open)


class Sending:
    """One per worker; several share the work. ``step`` is for ``live.loops.in_background``."""

    def __init__(
        self, book: WebhookBook, store: Store, send: Send, clock: Callable[[], datetime], stopped: threading.Event,
        chance: Callable[[], float] = random.random,
    ) -> None:  # fmt: skip
        self._book, self._store, self._send, self._clock = book, store, send, clock
        self._stopped, self._chance = stopped, chance
        self._pool = ThreadPoolExecutor(AT_ONCE, "webhook")
        self._in_hand: dict[str, Future[None]] = {}

    def step(self) -> None:
        """Begin with whatever has something to be told, then rest."""
        for webhook in [known for known, work in self._in_hand.items() if work.done()]:
            if (failure := self._in_hand.pop(webhook).exception()) is not None:
                log.error("the webhook %s failed and is tried again", webhook, exc_info=failure)
        for one in self._book.busy(self._clock()):
            if one.id not in self._in_hand:
                self._in_hand[one.id] = self._pool.submit(self.serve, one)
        self._stopped.wait(REST)

    def close(self) -> None:
        """Finish what is in hand."""
        self._pool.shutdown(cancel_futures=True)

    def serve(self, one: Subscription) -> None:
        """Look through the journal for it, then send what is due, the first first."""
        self._look(one)
        for _ in range(SENT_IN_A_ROW):
            if self._stopped.is_set() or not self._send_next(one):
                return

    def _look(self, one: Subscription) -> None:
        entries = self._store.entries(one.coop, after=one.seq, limit=LOOKED_THROUGH)
        if entries:
            now = self._clock()
            wanted = [each for each in entries if one.wants(each, self._restaurant(one, each))]
            found = [Delivery(each.id, one.coop, one.id, each.seq, each.kind, PENDING, 0, now) for each in wanted]
            self._book.queue(one, entries[-1].seq, found)

    def _restaurant(self, one: Subscription, entry: Entry) -> str | None:
        if one.restaurant is None or not entry.kind.startswith("order."):
            return None
        order = self._store.order(one.coop, entry.subject)
        return order.restaurant if order else None

    def _send_next(self, one: Subscription) -> bool:
        now = self._clock()
        for each in self._book.waiting(one.coop, one.id, LOOKED_THROUGH):
            if each.due_at <= now and self._book.claim(each, now + LEASE):
                return self._try(one, each)
            if not each.lets_others_pass:
                return False
        return False

    def _try(self, one: Subscription, each: Delivery) -> bool:
        """Send it now; whether the next one may be tried at once."""
        entry = next(iter(self._store.entries(one.coop, after=each.seq - 1, limit=1)), None)
        begun, answer, problem = monotonic(), None, ""
        if entry is None or entry.seq != each.seq:
            problem = "The journal does not hold this entry any more"
        else:
            try:
                answer = self._send(one.url, payload(entry, one.restaurant), self._headers(one, each, entry))
            except OSError as error:
                problem = str(error) or type(error).__name__
        tried = replace(
            each, tries=each.tries + 1, first_at=each.first_at or self._clock(), last_at=self._clock(),
            status=answer.status if answer else None, problem=problem or _said(answer),
            took_ms=round((monotonic() - begun) * 1000),
        )  # fmt: skip
        return self._settle(one, tried, answer)

    def _headers(self, one: Subscription, each: Delivery, entry: Entry) -> dict[str, str]:
        now = self._clock()
        signed = sign(one.secrets(now), each.id, now, payload(entry, one.restaurant))
        return signed | {"Content-Type": "application/json", "User-Agent": "Roulement-Webhooks/1"}

    def _settle(self, one: Subscription, tried: Delivery, answer: Answer | None) -> bool:
        if answer and 200 <= answer.status < 300:
            self._book.settle(replace(tried, state=DELIVERED, problem=""))
            if one.problem:
                self._book.say(one.coop, one.id, "")
            return True
        if answer and answer.status == GONE:
            self._switch_off(one, tried)
            return False
        wait = wait_after(tried.tries, self._chance())
        if answer and answer.retry_after:
            wait = max(wait, min(timedelta(seconds=answer.retry_after), LONGEST_WAIT))
        now = self._clock()
        if now + wait > (tried.first_at or now) + KEEP_TRYING:
            self._book.settle(replace(tried, state=GIVEN_UP))
            said = f"An event ({tried.kind}, entry {tried.seq}) was given up after a day: {tried.problem}"
            self._book.say(one.coop, one.id, said)
            log.warning("webhook %s to %s: entry %d given up: %s", one.id, _host(one), tried.seq, tried.problem)
            return True
        self._book.settle(replace(tried, due_at=now + wait))
        return tried.lets_others_pass

    def _switch_off(self, one: Subscription, tried: Delivery) -> None:
        said = "The address answered 410 Gone: the webhook was switched off"
        self._book.settle(replace(tried, state=GIVEN_UP, problem=said))
        self._book.drop_waiting(one.coop, one.id, said)
        self._book.say(one.coop, one.id, said, is_off=True)
        log.warning("webhook %s to %s: 410 Gone, switched off", one.id, _host(one))


def _said(answer: Answer | None) -> str:
    if answer is None or 200 <= answer.status < 300:
        return ""
    if 300 <= answer.status < 400:
        return f"It answered {answer.status}: redirects are not followed, name the last address itself"
    return f"It answered {answer.status}"


def _host(one: Subscription) -> str:
    return urlsplit(one.url).hostname or ""
