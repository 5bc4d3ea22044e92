"""Who is on shift: more when more is ordered, nobody for ever, and breaks in between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from random import Random

from dashboard.domain.couriers import Courier
from live.demo.deeds import Shift
from live.demo.pace import HOUR, MINUTE, Pace

_LEAST, _MORE = 0.55, 0.35
"""Shares of the co-op that ride when it is quiet, and that come on top at the peak."""

_REST = 30 * MINUTE
_ON_BREAK = 8
"""One in so many may be on break at the same time."""

LAST_ORDERS = 12 * MINUTE
"""So long before a shift ends the colleague gives no more."""


@dataclass(slots=True)
class Plan:
    """What a courier means to do with this shift; ``break_ends`` is None outside a break."""

    ends: datetime
    next_break: datetime
    break_ends: datetime | None = None


class Rota:
    """The shifts of the demo's couriers. A shift that the desk started or ended is lived with."""

    def __init__(self, pace: Pace, dice: Random) -> None:
        self._pace = pace
        self._dice = dice
        self._plans: dict[str, Plan] = {}
        self._home_since: dict[str, datetime] = {}
        self._shortest = HOUR

    def deeds(self, couriers: Sequence[Courier], busy: Collection[str], now: datetime, demand: float) -> list[Shift]:
        """Who starts, ends, breaks and resumes now. ``busy`` have orders in hand; ``demand`` is 0 to 1."""
        for courier in couriers:
            self._take_note(courier, now)
        wanted = round(len(couriers) * (_LEAST + _MORE * demand))
        missing = wanted - sum(courier.shift != "off" for courier in couriers)
        deeds = [*self._starts(couriers, now, missing), *self._ends(couriers, busy, now), *self._resumes(couriers, now)]
        deeds += self._breaks(couriers, {*busy, *(deed.courier for deed in deeds)}, now)
        return deeds

    def planned(self) -> Mapping[str, datetime]:
        """When each shift that runs is to end."""
        return {courier: plan.ends for courier, plan in self._plans.items()}

    def is_going_home(self, courier: str, now: datetime) -> bool:
        """Whether the shift ends so soon that another order would keep them."""
        plan = self._plans.get(courier)
        return plan is not None and self._pace.between(now, plan.ends) < LAST_ORDERS

    def _take_note(self, courier: Courier, now: datetime) -> None:
        """Whatever changed the shift: make, mend or drop the plan for it."""
        plan = self._plans.get(courier.id)
        if courier.shift == "off":
            if self._plans.pop(courier.id, None):
                self._home_since[courier.id] = now
        elif plan is None:
            self._plans[courier.id] = plan = self._plan(courier, now)
        if plan and courier.shift == "break" and plan.break_ends is None:
            plan.break_ends = self._later(courier.break_started_at or now, 12, 22)
        elif plan and courier.shift == "on" and plan.break_ends is not None:
            plan.break_ends, plan.next_break = None, self._later(now, 80, 130)

    def _plan(self, courier: Courier, now: datetime) -> Plan:
        """The first shifts are of any length, so that not everybody goes home at once."""
        started = courier.shift_started_at or now
        ends = self._pace.after(started, self._dice.uniform(self._shortest, 4.5 * HOUR))
        is_first = courier.id not in self._home_since
        return Plan(max(ends, self._later(now, 2, 20)), self._later(now, 20 if is_first else 80, 130))

    def _later(self, moment: datetime, least: float, most: float) -> datetime:
        return self._pace.after(moment, self._dice.uniform(least, most) * MINUTE)

    def _starts(self, couriers: Iterable[Courier], now: datetime, missing: int) -> Iterator[Shift]:
        """Those who have been at home longest, first those who have not been seen at all."""
        ready = [one.id for one in couriers if one.shift == "off" and self._has_rested(one.id, now)]
        ready.sort(key=lambda one: self._home_since[one].timestamp() if one in self._home_since else 0.0)
        return (Shift(one, "start") for one in ready[: max(0, missing)])

    def _has_rested(self, courier: str, now: datetime) -> bool:
        home = self._home_since.get(courier)
        return home is None or self._pace.between(home, now) >= _REST

    def _ends(self, couriers: Iterable[Courier], busy: Collection[str], now: datetime) -> Iterator[Shift]:
        return (
            Shift(one.id, "end")
            for one in couriers
            if one.shift == "on" and one.id not in busy and now >= self._plans[one.id].ends
        )

    def _resumes(self, couriers: Iterable[Courier], now: datetime) -> Iterator[Shift]:
        for one in couriers:
            ends = self._plans[one.id].break_ends if one.shift == "break" else None
            if ends and now >= ends:
                yield Shift(one.id, "resume")

    def _breaks(self, couriers: Sequence[Courier], busy: Collection[str], now: datetime) -> Iterator[Shift]:
        room = max(1, len(couriers) // _ON_BREAK) - sum(one.shift == "break" for one in couriers)
        tired = (
            one.id
            for one in couriers
            if one.shift == "on" and one.id not in busy and now >= self._plans[one.id].next_break
        )
        return (Shift(one, "break") for one in islice(tired, max(0, room)))
