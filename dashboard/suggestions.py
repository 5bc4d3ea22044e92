"""Who could take an order, with what that means for customer, couriers and co-op. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from dashboard.domain import fitting
from dashboard.domain.board import Board, load
from dashboard.domain.candidates import Candidate, candidates
from dashboard.domain.fitting import UNPLANNED, Planned
from dashboard.domain.ground import Point
from dashboard.domain.itinerary import DROPOFF, Itinerary, Legs
from dashboard.domain.orders import Order, Place
from dashboard.domain.refusals import NotFound, WrongState
from dashboard.domain.service_times import UNLEARNT, ServiceTimes
from dashboard.domain.stop_order import in_order, with_orders
from dashboard.domain.suggesting import DOMINATED, IMPOSSIBLE, OPEN, STANDINGS, Terms
from dashboard.domain.together import companions
from dashboard.domain.tradeoff import Offer, dominated, ranking, spread
from dashboard.domain.working_time import RED
from dashboard.domain.working_time_limits import FRANCE
from dashboard.reports import Accounts
from dashboard.reports_day import OrderEffect, Weighed
from dashboard.ways import Ways, snapped

MINUTE = timedelta(minutes=1)

type Spots = Mapping[str, Point | None]
type Plan = Mapping[str, Planned]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One courier beside the order. ``standing`` is one of STANDINGS; ``why`` names a courier or a rule.

    Without a position there is no itinerary; without an effect the accounts know nothing of the order. ``offer`` is
    what it is compared by, None where it cannot be compared.
    """

    candidate: Candidate
    standing: str
    why: str | None = None
    before: Itinerary | None = None
    after: Itinerary | None = None
    effect: OrderEffect | None = None
    rate_cents: float | None = None
    spread: float | None = None
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """The order, everybody beside it, and the way of whoever has it now, ``with_it`` and ``without``; as of ``seq``.

    ``along`` goes wherever it goes, for it shares the pickup: all that is said of it is said of both.
    """

    order: Order
    found: tuple[Suggestion, ...]
    terms: Terms
    at: datetime
    seq: int
    with_it: Itinerary | None = None
    without: Itinerary | None = None
    along: tuple[Order, ...] = ()

    def of(self, courier: str) -> Suggestion | None:
        """That courier's line."""
        return next((one for one in self.found if one.candidate.courier.id == courier), None)


class Suggestions:
    """``where`` tells a courier's newest position, ``accounts`` what an order changes for whom, ``times`` how long
    people take at doors, ``terms`` what the members decided, ``planned`` everybody's planned shifts."""

    def __init__(
        self, board: Callable[[str], Board], where: Callable[[str, str], Point | None], ways: Ways, accounts: Accounts,
        times: Callable[[str], ServiceTimes] = lambda _coop: UNLEARNT,
        terms: Callable[[str, datetime], Terms] = lambda _coop, _at: Terms(),
        planned: Callable[[str, datetime], Plan] = lambda _coop, _at: {},
    ) -> None:  # fmt: skip
        self._board, self._where, self._accounts, self._ways = board, where, accounts, ways
        self._times, self._terms, self._planned = times, terms, planned

    def beside(self, coop: str, order: str, at: datetime, *, is_wanted: bool = True) -> Beside:
        """The order, and all couriers beside it: the open ones, the dominated, the impossible.

        By name alone where suggestions are switched off: by the members, or (not ``is_wanted``) by whoever asks.
        NotFound; WrongState when it cannot be given to anybody any more.
        """
        board, found = self._board(coop), self._open_order(coop, order)
        spots = {courier: self._spot(coop, courier) for courier in board.couriers}
        listed = candidates(board, found, spots.__getitem__)
        terms = self._terms(coop, at)
        terms = replace(terms, is_on=terms.is_on and is_wanted)
        able = tuple(one.courier.id for one in listed if one.obstacle is None)
        along = companions(found, board.orders.values())
        rides = _Rides(board, (found, *along), spots, able, self._ways, self._times(coop), at)
        weighed = self._accounts.weighed(coop, order, able, at, [one.id for one in along])
        plan = self._planned(coop, at)
        made = [
            self._one(one, rides, weighed, plan.get(one.courier.id, UNPLANNED), terms) for one in listed
        ]  # fmt: skip
        with_it, without = rides.giver()
        return Beside(found, ranked(made, terms), terms, at, board.seq, with_it, without, along)

    def _open_order(self, coop: str, order: str) -> Order:
        found = self._board(coop).orders.get(order)
        if found is None:
            raise NotFound("There is no order {id}", id=order)
        if not found.is_open:
            raise WrongState("{ref} is {state}: it cannot be assigned any more", ref=found.ref, state=found.state)
        return found

    def _one(self, one: Candidate, rides: _Rides, weighed: Weighed, plan: Planned, terms: Terms) -> Suggestion:
        courier = one.courier.id
        if one.obstacle is not None:
            return Suggestion(one, IMPOSSIBLE, one.obstacle)
        before, after = rides.of(courier)
        effect, ahead = weighed.effects.get(courier), weighed.ahead.get(courier)
        rule = _red(effect) or rides.in_the_way(courier, after, plan, terms.most_g)
        made = Suggestion(
            one, IMPOSSIBLE if rule else OPEN, rule, before, after, effect, ahead.per_hour if ahead else None,
            spread(weighed.ahead, _changes(effect)) if effect and ahead else None,
        )  # fmt: skip
        return replace(made, offer=offer_of(made))

    def _spot(self, coop: str, courier: str) -> Point | None:
        spot = self._where(coop, courier)
        return None if spot is None else snapped(spot)


class _Rides:
    """Everybody's way without and with the orders: the first, and what goes along with it."""

    def __init__(
        self, board: Board, orders: Sequence[Order], spots: Spots, able: Collection[str], ways: Ways,
        times: ServiceTimes, at: datetime,
    ) -> None:  # fmt: skip
        order, *self._along = orders
        self._order, self._at, self._ways, self._couriers, self._times = order, at, ways, board.couriers, times
        self._hands = {
            courier: load(board, courier) for courier in (*able, *([order.courier] if order.courier else []))
        }
        self._starts = {courier: spot for courier in self._hands if (spot := spots.get(courier))}
        self._offered = _as_taken_over(order, spots.get(order.courier or ""))
        for vehicle, couriers in _by_vehicle(self._starts, board).items():
            starts = [(self._starts[one], (*self._hands[one], *self._along)) for one in couriers]
            ways.prepare(self._offered or order, starts, vehicle)

    def of(self, courier: str) -> tuple[Itinerary | None, Itinerary | None]:
        """Without and with it; None without a position, of who takes it or of who has it on the bicycle."""
        spot = self._starts.get(courier)
        if spot is None or self._offered is None:
            return None, None
        legs = self._legs(courier)
        before = in_order(spot, self._at, self._hands[courier], legs, self._times, self._couriers[courier].stops)
        orders = (self._offered, *self._along)
        return before, with_orders(spot, self._at, before, self._hands[courier], orders, legs, self._times)

    def giver(self) -> tuple[Itinerary | None, Itinerary | None]:
        """The way of whoever has the order now, with and without it."""
        courier = self._order.courier or ""
        spot = self._starts.get(courier)
        if spot is None:
            return None, None
        hands, legs = self._hands[courier], self._legs(courier)
        gone = {self._order.id, *(one.id for one in self._along)}
        left = [one for one in hands if one.id not in gone]
        wanted = self._couriers[courier].stops
        with_it, without = (in_order(spot, self._at, some, legs, self._times, wanted) for some in (hands, left))
        return with_it, without

    def in_the_way(
        self, courier: str, after: Itinerary | None, plan: Planned, loads: Mapping[str, int]
    ) -> str | None:  # fmt: skip
        """See domain/fitting.py."""
        most_g = loads.get(self._couriers[courier].vehicle, 0)
        orders = (self._order, *self._along)
        doors = [there.leaves for one in orders if after and (there := after.at(one.id, DROPOFF))]
        hands = (*self._hands[courier], *self._along)
        return fitting.in_the_way(self._order, hands, most_g, max(doors, default=None), plan, FRANCE.rest)

    def _legs(self, courier: str) -> Legs:
        return partial(self._ways.leg, self._order.coop, vehicle=self._couriers[courier].vehicle)


def _as_taken_over(order: Order, holder: Point | None) -> Order | None:
    """What is on somebody's bicycle is fetched there; None where nobody knows where that is."""
    if order.state != "picked_up":
        return order
    return replace(order, state="ready", pickup=Place(holder[1], holder[0])) if holder else None


def _by_vehicle(couriers: Iterable[str], board: Board) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for courier in couriers:
        found.setdefault(board.couriers[courier].vehicle, []).append(courier)
    return found


def ranked(made: Sequence[Suggestion], terms: Terms) -> tuple[Suggestion, ...]:
    """Open, dominated (with by whom), impossible; in each by weights, or the least late, the lowest paid, the nearest.

    By name alone where suggestions are off.
    """
    if not terms.is_on:
        return tuple(sorted(made, key=lambda one: (one.candidate.obstacle is not None, one.candidate.courier.name)))
    offers = [one.offer for one in made if one.offer]
    places = {offer.courier: place for place, offer in enumerate(ranking(offers, terms.weights))}
    beaten = dominated(offers)
    placed = [_placed(one, beaten.get(one.candidate.courier.id)) for one in made]
    return tuple(sorted(placed, key=lambda one: _rank(one, places)))


def offer_of(one: Suggestion) -> Offer | None:
    """The suggestion by its criteria, as whole as the journal keeps them; None for what cannot be compared."""
    if one.standing != OPEN or one.before is None or one.after is None or one.rate_cents is None:
        return None
    late = round((one.after.late - one.before.late) / MINUTE)
    metres = round(one.after.metres - one.before.metres)
    return Offer(one.candidate.courier.id, late, round(one.rate_cents), metres)


def _placed(one: Suggestion, by: str | None) -> Suggestion:
    return one if by is None else replace(one, standing=DOMINATED, why=by)


def _rank(one: Suggestion, places: Mapping[str, int]) -> tuple[Any, ...]:
    courier = one.candidate.courier
    return STANDINGS.index(one.standing), places.get(courier.id, len(places)), one.candidate.load, courier.name


def _red(effect: OrderEffect | None) -> str | None:
    return next((each.rule for each in effect.working_time if each.level == RED), None) if effect else None


def _changes(effect: OrderEffect) -> dict[str, float]:
    giver = {effect.giver: float(effect.effect.giver_cents)} if effect.giver else {}
    return {effect.courier: float(effect.effect.taker_cents), **giver}
