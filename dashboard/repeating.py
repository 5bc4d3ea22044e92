"""Recurring orders: set, left out for a day, ended; and made, each day's once, whoever makes them and how often."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from dashboard import recurrence
from dashboard.api.intake import parse_order
from dashboard.dispatch import Dispatch, Placed
from dashboard.domain import recurring
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order
from dashboard.domain.recurring import ACTOR, SUBJECT, Absent, Document, Missed, Recurring
from dashboard.domain.refusals import Invalid, NotFound, Refusal, WrongState
from dashboard.domain.spans import local_date
from dashboard.ports import Store, Transaction

log = logging.getLogger(__name__)
REST = 20.0
"""Seconds between two looks of the worker at what is due."""
EVER = datetime(1970, 1, 1, tzinfo=UTC)


class Repeating:
    """``zone`` is the co-op's. What this process has made once it does not try again."""

    def __init__(
        self, store: Store, dispatch: Dispatch, zone: Callable[[str], ZoneInfo], new_id: Callable[[], str]
    ) -> None:
        self._store, self._dispatch, self.zone, self._new_id = store, dispatch, zone, new_id
        self._made: set[tuple[str, str]] = set()

    def all(self, coop: str) -> Sequence[Recurring]:
        """Every rule, newest first, ended ones too."""
        return recurring.recurrings(self._store.noted_since(coop, SUBJECT, EVER))

    def one(self, coop: str, id: str) -> Recurring:
        """A rule. NotFound."""
        found = recurring.recurrings(self._store.about(coop, SUBJECT + id))
        if not found:
            raise NotFound("There is no such recurring order: look at the list")
        return found[0]

    def template(self, order: Order) -> dict[str, Any]:
        """An order as a rule keeps it; one without any time is for the time at which it was placed."""
        zone = self.zone(order.coop)
        found = recurring.repeated(order, zone)
        if recurring.times_of(found):
            return found
        return recurring.moved_to(found, f"{order.placed_at.astimezone(zone):%H:%M}")

    def next(self, coop: str, rule: Recurring, at: datetime, count: int = 3) -> Sequence[date]:
        """The next days whose order still lies ahead."""
        if not rule.is_live:
            return ()
        zone = self.zone(coop)
        since = local_date(at, zone)
        found = self._days(rule, since, count + 1)
        return [day for day in found if recurring.instant(day, recurring.starts(rule.order), zone) > at][:count]

    def check(self, coop: str, order: Document, rrule: str, first: date, until: date | None, at: datetime) -> Recurring:
        """The rule as it would be. Invalid says what is wrong with it."""
        recurring.starts(order)
        today = local_date(at, self.zone(coop))
        if not today - recurrence.FAR <= first <= today + recurrence.FAR:
            raise Invalid("The first day lies too far away: choose one nearer to today", field="first")
        if until and until < first:
            raise Invalid("The last day comes before the first: choose another", field="until")
        line = recurrence.checked(rrule, first)
        rule = Recurring("", order, line, first, until, "", at)
        come = self._days(rule, max(first, today), 1)
        if not come:
            raise Invalid("No day comes of this rule any more: change it, or its last day", field="until")
        self._draft(coop, rule, come[0], at)
        return rule

    def set(
        self, coop: str, order: Document, rrule: str, first: date, until: date | None = None, *, by: str, at: datetime
    ) -> Recurring:  # fmt: skip
        """A new rule; what is due of it already is made at once. Invalid."""
        rule = self.check(coop, order, rrule, first, until, at)
        fact = recurring.was_set(self._new_id(), order, rule.rrule, first, until)
        entry = self._dispatch.note(coop, fact, by=by, at=at)
        made = recurring.recurrings([entry])[0]
        self._make_of(coop, made, at)
        return made

    def end(self, coop: str, id: str, *, by: str, at: datetime) -> Recurring:
        """It comes no more; orders that were made stay. NotFound. WrongState: it has ended."""

        def stands(entries: Sequence[Entry]) -> None:
            recurring.still_live(entries)

        self._dispatch.note(coop, recurring.was_ended(id), by=by, at=at, unless=stands)
        return self.one(coop, id)

    def skip(self, coop: str, id: str, day: date, *, by: str, at: datetime) -> Recurring:
        """That day is left out. NotFound. Invalid: it does not come then. WrongState: its order is there already."""

        def stands(entries: Sequence[Entry]) -> None:  # nobody places anything while this is asked
            recurring.still_comes(entries, day)
            rule = recurring.still_live(entries)
            if not recurrence.comes(rule.rrule, rule.first, rule.until, rule.skipped, day):
                raise Invalid("It does not come on {day}: choose one of its days", day=day.isoformat(), field="day")
            if order := self._store.order(coop, recurring.order_id(id, day)):
                raise WrongState("The order of that day is there already: cancel {ref} instead", ref=order.ref)

        self._dispatch.note(coop, recurring.was_skipped(id, day), by=by, at=at, unless=stands)
        return self.one(coop, id)

    def missed(self, coop: str, at: datetime) -> Sequence[Missed]:
        """The days of the last week whose order should be there and is not, oldest first."""
        found = [Missed(rule, day) for rule in self.all(coop) for day in self.missed_of(coop, rule, at)]
        return sorted(found, key=lambda one: (one.day, recurring.starts(one.rule.order), one.rule.id))

    def missed_of(self, coop: str, rule: Recurring, at: datetime) -> Sequence[date]:
        """Those of one rule that nobody has ended. What was past when it was set was never to come."""
        if not rule.is_live:
            return ()
        zone = self.zone(coop)
        past = {
            recurring.order_id(rule.id, day): day
            for day in self._days_after(rule, at - recurring.SHOWN, zone)
            if recurring.is_past(rule.order, day, at, zone)
        }
        placed = self._store.orders_by_id(coop, past)
        return [day for order, day in past.items() if order not in placed]

    def absent(self, coop: str, at: datetime) -> Sequence[Absent]:
        """The orders that should be there by now and are not, whether or not it is too late for them."""
        zone = self.zone(coop)
        due = [
            recurring.absent(rule, day, zone)
            for rule in self.all(coop) if rule.is_live
            for day in self._days_after(rule, at - recurring.CALLED, zone)
            if recurring.due_from(rule.order, day, zone) <= at
        ]  # fmt: skip
        placed = self._store.orders_by_id(coop, [one.order for one in due])
        return [one for one in due if one.order not in placed]

    def place_missed(self, coop: str, id: str, day: date, *, by: str, at: datetime) -> Order:
        """Place the order of a missed day after all, for now. NotFound. Invalid: it was not missed, or is refused.

        WrongState: somebody was first, the day is left out, or the rule has ended.
        """
        rule, zone = self.one(coop, id), self.zone(coop)
        if day not in self.missed_of(coop, rule, at):
            if order := self._store.order(coop, recurring.order_id(id, day)):
                raise WrongState("The order of that day is there already: {ref}", ref=order.ref)
            raise Invalid("The order of {day} was not missed: look at the list", day=day.isoformat(), field="day")
        today, clock = local_date(at, zone), f"{at.astimezone(zone):%H:%M}"
        moved = replace(rule, order=recurring.moved_to(rule.order, clock))
        placed = self._place(coop, moved, day, self._draft(coop, moved, today, at), by=by, at=at)
        if not placed.created:
            raise WrongState("The order of that day is there already: {ref}", ref=placed.order.ref)
        return placed.order

    def make_due(self, coop: str, at: datetime) -> int:
        """Place what is due of all rules; how many orders that were. One that cannot be placed keeps none up."""
        return sum(self._make_of(coop, rule, at) for rule in self.all(coop) if rule.is_live)

    def _make_of(self, coop: str, rule: Recurring, at: datetime) -> int:
        zone, made = self.zone(coop), 0
        for day in recurring.today_of(at, zone):
            is_new = (coop, recurring.order_id(rule.id, day)) not in self._made
            if is_new and recurring.is_due(rule.order, day, at, zone) and day in self._days(rule, day, 1):
                try:
                    made += self._make(coop, rule, day, at)
                except WrongState:
                    continue  # ended, or left out, while we looked
                except Refusal as refusal:
                    log.warning("recurring order %s of %s on %s: %s", rule.id, coop, day, refusal)
        return made

    def _make(self, coop: str, rule: Recurring, day: date, at: datetime) -> bool:
        placed = self._place(coop, rule, day, self._draft(coop, rule, day, at), by=ACTOR, at=at)
        self._made.add((coop, placed.order.id))
        return placed.created

    def _place(self, coop: str, rule: Recurring, day: date, draft: Order, *, by: str, at: datetime) -> Placed:
        def stands(change: Transaction) -> None:
            recurring.still_comes(change.noted(SUBJECT + rule.id), day)

        key = recurring.key_of(rule.id, day)
        return self._dispatch.place(
            coop, replace(draft, id=recurring.order_id(rule.id, day)), by=by, at=at, key=key, request=key,
            why={"recurring": rule.id, "day": day.isoformat()}, stands=stands,
        )  # fmt: skip

    def _draft(self, coop: str, rule: Recurring, day: date, at: datetime) -> Order:
        document = recurring.on_day(rule.order, day, self.zone(coop))
        return parse_order(coop, json.dumps(document), at)

    def _days_after(self, rule: Recurring, since: datetime, zone: ZoneInfo) -> Sequence[date]:
        """Those whose time had not passed then, and not when the rule was set: of a week at most."""
        begins = max(rule.at, since)
        found = self._days(rule, local_date(begins, zone) - timedelta(days=1), recurring.SHOWN.days + 2)
        return [day for day in found if not recurring.is_past(rule.order, day, begins, zone)]

    def _days(self, rule: Recurring, since: date, count: int) -> Sequence[date]:
        return recurrence.days(rule.rrule, rule.first, rule.until, rule.skipped, since=since, count=count)


class Making:
    """The worker makes what is due of all co-ops, and knows what it could not make."""

    def __init__(self, repeating: Repeating, store: Store, clock: Callable[[], datetime], stopped: Event) -> None:
        self._repeating, self._store, self._clock, self._stopped = repeating, store, clock, stopped
        self._absent: dict[str, Sequence[Absent]] = {}

    def step(self) -> None:
        """For ``live.loops.in_background``: all of it once, then a rest."""
        for coop in self._store.coops():
            self._repeating.make_due(coop.id, self._clock())
            self._absent[coop.id] = self._repeating.absent(coop.id, self._clock())
        self._stopped.wait(REST)

    def absent(self, coop: str) -> Sequence[Absent]:
        """The orders that should be there and were not at its last look."""
        return self._absent.get(coop, ())
