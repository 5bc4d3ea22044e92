"""The couriers of the reference file, written as a real history of last month: shifts, orders and corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from uuid import uuid4

from dashboard.access import digest
from dashboard.dispatch import Dispatch
from dashboard.domain.events import Fact
from dashboard.domain.orders import Order, Place
from dashboard.domain.rules import Decision, Rule
from dashboard.domain.rules_wire import KIND, rule_to_wire
from dashboard.ports import Coop, Store, Token
from tests.today import today

WAGE = Decimal("12.31")
LONGEST_MINUTES = 600
"""Of one shift: whoever worked more has several, one a day."""
HERE, THERE = Place(60.17, 24.94, name="Toscana"), Place(60.168, 24.95)

type Deed = tuple[datetime, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Worked:
    """What one courier did and got: cents without tips, minutes on shift and of them on a job."""

    courier: str
    pay_cents: int
    on_shift: int
    on_job: int = 0
    tips_cents: int = 0

    @property
    def shifts(self) -> Iterator[tuple[int, int]]:
        """Minutes on shift and on a job, of each shift."""
        jobs = self.on_job
        for begin in range(0, self.on_shift, LONGEST_MINUTES):
            length = min(LONGEST_MINUTES, self.on_shift - begin)
            yield length, min(jobs, length)
            jobs -= min(jobs, length)
        assert not jobs, "more on jobs than on shift"


def last_month() -> date:
    """Its first day: over, within the 91 days of the fairness page, and one of the months of the pay page."""
    return (today().replace(day=1) - timedelta(days=1)).replace(day=1)


class Panel:
    """Writes a co-op with such couriers into a record, by the use cases, oldest first."""

    def __init__(self, store: Store, coop: str, month: date) -> None:
        self.store, self.coop, self.month = store, coop, month
        numbers = count(1)
        self._dispatch = Dispatch(store, lambda entry: None, lambda: f"o{next(numbers)}")

    def write(self, worked: Sequence[Worked]) -> None:
        """The co-op, its wage and floor, who works there, what they did, and corrections that make up the pay."""
        self.store.add_coop(Coop(self.coop, self.coop.title()))
        for name, role in (("wage", "pay"), ("smic", "floor")):
            rule = Rule(name, "hour_on_shift", WAGE, Decision("assembly"), self.month, role=role, window="month")
            fact = Fact(KIND, "rules", 0, {"rule": rule_to_wire(rule)})
            self._dispatch.note(self.coop, fact, by="assembly", at=self._at(1))
        for one in worked:
            name = f"Courier {one.courier}"
            self._dispatch.add_courier(self.coop, one.courier, name, by="desk", at=self._at(1))
        for _, deed in sorted((deed for one in worked for deed in self._deeds(one)), key=lambda deed: deed[0]):
            deed()
        for one in worked:
            self._correct(one)

    def token(self, role: str, name: str, scope: str | None = None) -> str:
        """Somebody's; its secret."""
        secret = uuid4().hex
        self.store.add_token(Token(str(uuid4()), self.coop, role, digest(secret), name, scope))
        return secret

    def _at(self, day: int) -> datetime:
        """A morning of the month."""
        return datetime(self.month.year, self.month.month, day, 7, tzinfo=UTC)

    @property
    def _monday(self) -> int:
        """The second of the month: all shifts lie within one week, as one with few couriers is not shown."""
        return 14 - (self.month.weekday() + 6) % 7

    def _deeds(self, one: Worked) -> Iterator[Deed]:
        for number, (length, job) in enumerate(one.shifts):
            begin = self._at(self._monday + number)
            end = begin + timedelta(minutes=length)
            yield begin, partial(self._dispatch.shift, self.coop, one.courier, "start", by=one.courier, at=begin)
            if job:
                done = begin + timedelta(minutes=job)
                yield from self._job(one, f"{one.courier}{number}", begin, done, 0 if number else one.tips_cents)
            yield end, partial(self._dispatch.shift, self.coop, one.courier, "end", by=one.courier, at=end)

    def _job(self, one: Worked, order: str, begin: datetime, done: datetime, tip: int) -> Iterator[Deed]:
        draft = Order(order, self.coop, order, HERE, THERE, begin, restaurant="toscana", tip_cents=tip)
        steps = partial(self._dispatch.move, self.coop, order, by=one.courier)
        yield begin, partial(self._dispatch.place, self.coop, draft, by="shop", at=begin)
        yield begin, partial(steps, "accept", at=begin)
        assign = partial(self._dispatch.assign, expected_version=None, by="desk")
        yield begin, partial(assign, self.coop, order, one.courier, at=begin)
        yield done, partial(steps, "pick_up", at=done)
        yield done, partial(steps, "deliver", at=done)

    def _correct(self, one: Worked) -> None:
        """What the wage does not make of it; beside the floor, which the wage reaches by itself."""
        missing = one.pay_cents - int(WAGE * 100 * one.on_shift / 60)
        if missing:
            self._dispatch.correct_pay(
                self.coop, one.courier, missing, reason="as agreed", by="admin", at=self._at(20), counts=False
            )
