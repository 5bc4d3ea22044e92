"""Plans for several orders at once, and the best order of one courier's stops: proposed, then carried out by a person.

A proposal is kept for a quarter of an hour, nowhere but in Redis, and leaves nothing behind when it is discarded. What
is committed goes through ``Dispatch`` order by order, each against the version that was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from math import inf
from typing import Any, Protocol

from dashboard.dispatch import Dispatch
from dashboard.domain.board import Board, load
from dashboard.domain.couriers import Courier
from dashboard.domain.fitting import UNPLANNED, Planned
from dashboard.domain.ground import Point
from dashboard.domain.itinerary import Itinerary
from dashboard.domain.orders import KITCHEN_STEPS, WAITING_STATES, Order
from dashboard.domain.refusals import NotFound, Refusal, Unavailable
from dashboard.domain.rounds import AtWork, Draft, Line, Outcome, propose
from dashboard.domain.service_times import ServiceTimes
from dashboard.domain.stop_order import Mark, StopOrder, best_order, groups_of, in_order, mark
from dashboard.domain.times import to_wire
from dashboard.domain.tradeoff import Forecast
from dashboard.domain.working_time import Finding
from dashboard.domain.working_time_limits import FRANCE
from dashboard.ports import Router
from dashboard.ways import Ways, snapped

KEPT = timedelta(minutes=15)
"""A proposal that is older says nothing about the city any more."""
PATIENCE = 0.8
"""Seconds that a plan waits for roads; what has not come by then is guessed, which its rounds say."""
BREAK = "break"


class Drafts(Protocol):
    """Where proposals wait for an answer."""

    def keep(self, coop: str, id: str, document: Mapping[str, Any], lasts: timedelta) -> None: ...
    def find(self, coop: str, id: str) -> Mapping[str, Any] | None: ...
    def take(self, coop: str, id: str) -> Mapping[str, Any] | None:
        """The proposal, which is gone from now on: two people never carry out the same one."""
        ...


@dataclass(frozen=True, slots=True)
class Around:
    """What a plan has to know of a co-op: limits of working time, planned shifts, expected pay, how long
    people take at doors, and how many grams fit on each vehicle (0: no limit)."""

    limits: Callable[[str, str, str, datetime], Sequence[Finding]]
    planned: Callable[[str, datetime], Mapping[str, Planned]]
    ahead: Callable[[str, datetime], Mapping[str, Forecast]]
    times: Callable[[str], ServiceTimes]
    most_g: Callable[[str, datetime], Mapping[str, int]]


class Planner:
    """``board`` and ``where`` are the desk's present, ``ways`` the roads; ``drafts`` keeps what was proposed."""

    def __init__(
        self, board: Callable[[str], Board], where: Callable[[str, str], Point | None], ways: Ways, around: Around,
        router: Router, dispatch: Dispatch, drafts: Drafts, new_id: Callable[[], str],
    ) -> None:  # fmt: skip
        self._board, self._where, self._ways, self._around = board, where, ways, around
        self._router, self._dispatch, self._drafts, self._new_id = router, dispatch, drafts, new_id

    def propose(self, coop: str, at: datetime) -> tuple[str, Draft]:
        """A plan for all that can still change hands, and the id under which it may be carried out."""
        board = self._board(coop)
        people, waiting = self._people(board, at), _waiting(board)
        for vehicle in {one.vehicle for one in people}:
            starts = [(one.place, one.hands) for one in people if one.vehicle == vehicle]
            self._ways.prepare_all(coop, starts, waiting, vehicle, PATIENCE)
        draft = propose(
            at,
            people,
            waiting,
            lambda vehicle: partial(self._ways.leg, coop, vehicle=vehicle),
            self._around.times(coop),
        )
        rounds = [_round_to_keep(board.couriers[each.courier], each.start, each.after) for each in draft.rounds]
        return self._kept(coop, {"lines": [_line_to_keep(line) for line in draft.lines], "rounds": rounds}), draft

    def propose_order(self, coop: str, courier: str, at: datetime) -> tuple[str, StopOrder]:
        """The best order of a courier's stops, and the id under which it may be carried out; see ``best_order``."""
        found = self.best_order(coop, courier, at)
        ridden = _round_to_keep(self._board(coop).couriers[courier], found.start, found.after)
        return self._kept(coop, {"lines": [], "rounds": [ridden]}), found

    def ways(self, coop: str, id: str) -> list[Sequence[Point]]:
        """The proposed ways of all rounds through the streets; none of a plan that is not there any more."""
        kept = self._drafts.find(coop, id) or {"rounds": []}
        found = (self._router.route(coop, [(lon, lat) for lon, lat in each["places"]]) for each in kept["rounds"])
        return [way.points for way in found if way]

    def commit(self, coop: str, id: str, struck: Collection[str], *, by: str, at: datetime) -> tuple[Outcome, ...]:
        """Carry out the lines but those ``struck`` (orders): each by itself, so that what is refused stops no other.

        What shares a pickup is given in one go, or struck out with it.
        NotFound: there is no such plan any more.
        """
        kept = self._drafts.take(coop, id)
        if kept is None:
            raise NotFound("This plan is not there any more: have a new one proposed")
        parted = {line["group"] for line in kept["lines"] if line["order"] in struck and line.get("group")}
        left = {line["order"] for line in kept["lines"] if line["order"] in struck or line.get("group") in parted}
        dispatch = self._dispatch.under("").overlooking(KITCHEN_STEPS)
        lines = [self._carry_out(dispatch, coop, id, line, left, by, at) for line in kept["lines"]]
        moved = {one.order for one in lines if one.outcome == "given"}
        touched = {line["taker"] for line in kept["lines"] if line["order"] in moved}
        rounds = [each for each in kept["rounds"] if each["courier"] in touched or not kept["lines"]]
        ordered = [self._order_stops(coop, id, each, by, at) for each in rounds]
        return (*lines, *(one for one in ordered if one.refusal or not lines))

    def discard(self, coop: str, id: str) -> None:
        """Forget the plan. NotFound: there is none (any more)."""
        if self._drafts.take(coop, id) is None:
            raise NotFound("This plan is not there any more: have a new one proposed")

    def best_order(self, coop: str, courier: str, at: datetime) -> StopOrder:
        """The courier's stops, as they are ridden to now and in the best order.

        NotFound: no such courier. Unavailable: nobody knows where the courier is, or there is nothing to order.
        """
        board = self._board(coop)
        known = board.couriers.get(courier)
        if known is None:
            raise NotFound("There is no courier {id}", id=courier)
        spot, hands = self._spot(coop, courier), load(board, courier)
        if spot is None:
            raise Unavailable("Nobody knows where {courier} is: wait for a position", courier=known.name)
        if not hands:
            raise Unavailable("{courier} has no stops: there is nothing to order", courier=known.name)
        self._ways.prepare_all(coop, [(spot, hands)], (), known.vehicle, PATIENCE)
        legs = partial(self._ways.leg, coop, vehicle=known.vehicle)
        before = in_order(spot, at, hands, legs, self._around.times(coop), known.stops)
        after = best_order(spot, at, [visit.stop for visit in before.visits], legs, groups=groups_of(hands))
        return StopOrder(courier, known.version, spot, before, after)

    def _kept(self, coop: str, document: Mapping[str, Any]) -> str:
        plan = self._new_id()
        self._drafts.keep(coop, plan, document, KEPT)
        return plan

    def _people(self, board: Board, at: datetime) -> tuple[AtWork, ...]:
        """Everybody on shift who can be seen and may go on working."""
        coop = board.coop
        planned, ahead = self._around.planned(coop, at), self._around.ahead(coop, at)
        most = self._around.most_g(coop, at)
        found = []
        for courier in board.couriers.values():
            spot = self._spot(coop, courier.id) if courier.shift == "on" else None
            if spot is None:
                continue
            limits = self._around.limits(coop, "", courier.id, at)
            crossed = {one.rule: one.crosses_at for one in limits if one.crosses_at}
            ends = [moment for rule, moment in crossed.items() if rule != BREAK]
            plan = planned.get(courier.id, UNPLANNED)
            ends += [plan.ends_at] if plan.ends_at else []
            ends += [plan.next_at - FRANCE.rest] if plan.next_at else []
            if min(ends, default=at + KEPT) <= at:
                continue
            expected = ahead.get(courier.id, Forecast(0, 1))
            room_g = most.get(courier.vehicle) or inf
            found.append(AtWork(
                courier.id, spot, load(board, courier.id), courier.stops, min(ends, default=None), crossed.get(BREAK),
                FRANCE.breather, courier.vehicle, room_g, expected.cents / 100, expected.hours,
            ))  # fmt: skip
        return tuple(found)

    def _spot(self, coop: str, courier: str) -> Point | None:
        spot = self._where(coop, courier)
        return None if spot is None else snapped(spot)

    def _carry_out(
        self, dispatch: Dispatch, coop: str, id: str, line: Mapping[str, Any], struck: Collection[str], by: str,
        at: datetime,
    ) -> Outcome:  # fmt: skip
        order, taker = line["order"], line["taker"]
        if order in struck:
            return Outcome(order, taker, "struck")
        if moved := dispatch.moved.get(order):
            return Outcome(order, taker, "given", version=moved.version)
        try:
            given = dispatch.assign(
                coop, order, taker, expected_version=line["version"], by=by, at=at, consent=False,
                plan={"plan": id, "foreseen": line["foreseen"]},
            )  # fmt: skip
        except Refusal as refusal:
            return Outcome(order, taker, "refused", refusal)
        return Outcome(order, taker, "given", version=given.version)

    def _order_stops(self, coop: str, id: str, each: Mapping[str, Any], by: str, at: datetime) -> Outcome:
        """What of the round lies ahead; what was struck out, refused or done meanwhile is not in it."""
        wanted = _marks(each["stops"])
        try:
            self._dispatch.order_stops(
                coop, each["courier"], wanted, expected_version=None, by=by, at=at, plan=id, seen=_marks(each["seen"])
            )
        except Refusal as refusal:
            return Outcome("", each["courier"], "refused", refusal)
        return Outcome("", each["courier"], "given")


def _waiting(board: Board) -> list[Order]:
    """Orders that nobody has, or that somebody has who is off shift."""
    return [
        order
        for order in board.orders.values()
        if order.state in WAITING_STATES and (order.courier is None or _is_off(board, order.courier))
    ]


def _is_off(board: Board, courier: str) -> bool:
    return courier not in board.couriers or board.couriers[courier].shift == "off"


def _marks(stops: Iterable[Mapping[str, str]]) -> tuple[Mark, ...]:
    return tuple((stop["order"], stop["end"]) for stop in stops)


def _round_to_keep(courier: Courier, start: Point, way: Itinerary) -> dict[str, Any]:
    """As much as is needed to carry it out, and to draw it; ``seen`` is what was decided of the order until then."""
    stops = [visit.stop for visit in way.visits]
    return {
        "courier": courier.id, "seen": _to_keep(courier.stops), "stops": _to_keep(mark(stop) for stop in stops),
        "places": [start, *(stop.place for stop in stops)],
    }  # fmt: skip


def _to_keep(marks: Iterable[Mark]) -> list[dict[str, str]]:
    return [{"order": order, "end": end} for order, end in marks]


def _line_to_keep(line: Line) -> dict[str, Any]:
    foreseen = {
        "at": to_wire(line.arrives), "late_seconds": round(line.late.total_seconds()),
        "before": line.before and to_wire(line.before),
        "late_seconds_before": None if line.late_before is None else round(line.late_before.total_seconds()),
    }  # fmt: skip
    kept = {name: value for name, value in foreseen.items() if value is not None}
    about = {"order": line.order.id, "version": line.order.version, "group": line.order.group}
    return {**about, "taker": line.taker, "foreseen": kept}
