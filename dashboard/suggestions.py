"""Who could take an order, with what that means for customer, couriers and co-op. Nothing is decided here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from math import isnan
from threading import Lock
from typing import Any, Protocol

from dashboard.domain.board import Board, load
from dashboard.domain.candidates import Candidate, candidates
from dashboard.domain.ground import BICYCLE_SPEED, Point, metres_between
from dashboard.domain.itinerary import Itinerary, Leg, in_hand, stops_of, with_order
from dashboard.domain.orders import Order
from dashboard.domain.refusals import NotFound, WrongState
from dashboard.domain.tradeoff import Forecast, Offer, dominated, ranking, spread
from dashboard.domain.working_time import RED
from dashboard.reports import Accounts, OrderEffect

DETOUR = 1.35
"""Of a guessed way, times the straight line."""
KEPT = 100_000
MINUTE = timedelta(minutes=1)


type Start = tuple[Point, Sequence[Order]]
"""Where a courier is, and what he or she has in hand."""
type Ridden = tuple[Itinerary | None, Itinerary | None]


class Roads(Protocol):
    """The ways through a co-op's city, seconds and metres from each source (row) to each target; NaN: none."""

    def times(self, coop: str, sources: Sequence[Point], targets: Sequence[Point]) -> Any: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One courier beside the order. ``standing`` is open, dominated or impossible; ``why`` names a courier or a rule.

    Without a position there is no itinerary; without an effect the accounts know nothing of the order.
    """

    candidate: Candidate
    standing: str
    why: str | None = None
    before: Itinerary | None = None
    after: Itinerary | None = None
    effect: OrderEffect | None = None
    rate_cents: float | None = None
    spread: float | None = None


@dataclass
class Ways:
    """Ways that were asked for already."""

    roads: Roads
    known: OrderedDict[tuple[str, Point, Point], Leg] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def learn(self, coop: str, sources: Iterable[Point], targets: Iterable[Point]) -> None:
        """Ask for all ways between them that are not known yet."""
        starts, ends = list(dict.fromkeys(sources)), list(dict.fromkeys(targets))
        starts = [a for a in starts if any((coop, a, b) not in self.known for b in ends)]
        ends = [b for b in ends if any((coop, a, b) not in self.known for a in starts)]
        if not starts or not ends:
            return
        found = self.roads.times(coop, starts, ends)
        with self.lock:
            for row, a in enumerate(starts):
                for column, b in enumerate(ends):
                    seconds, metres = float(found.seconds[row, column]), float(found.metres[row, column])
                    self.known[coop, a, b] = guess(a, b) if isnan(seconds) else Leg(seconds, metres)
            while len(self.known) > KEPT:
                self.known.popitem(last=False)

    def leg(self, coop: str, a: Point, b: Point) -> Leg:
        """The way, guessed where it was not learnt."""
        return self.known.get((coop, a, b)) or guess(a, b)


def guess(a: Point, b: Point) -> Leg:
    """As the crow flies, times a factor."""
    metres = metres_between(a, b) * DETOUR
    return Leg(metres / BICYCLE_SPEED, metres, guessed=True)


class Suggestions:
    """``where`` tells a courier's newest position; ``accounts`` what an order changes for whom."""

    def __init__(
        self, board: Callable[[str], Board], where: Callable[[str, str], Point | None], roads: Roads, accounts: Accounts
    ) -> None:
        self._board, self._where, self._accounts, self._ways = board, where, accounts, Ways(roads)

    def beside(self, coop: str, order: str, at: datetime) -> tuple[Order, tuple[Suggestion, ...]]:
        """The order, and all couriers beside it: the open ones, the dominated, the impossible.

        NotFound; WrongState when it cannot be given to anybody any more.
        """
        board = self._board(coop)
        found = board.orders.get(order)
        if found is None:
            raise NotFound("There is no order {id}", id=order)
        if not found.is_open:
            raise WrongState("{ref} is {state}: it cannot be assigned any more", ref=found.ref, state=found.state)
        spots = {courier: self._spot(coop, courier) for courier in board.couriers}
        listed = candidates(board, found, spots.__getitem__)
        able = tuple(one.courier.id for one in listed if one.obstacle is None)
        starts = {courier: (spot, load(board, courier)) for courier in able if (spot := spots[courier])}
        effects = self._effects(coop, order, able, at)
        ahead = self._accounts.forecasts(coop, at)
        self._learn(found, starts.values())
        made = [
            self._one(one, effects.get(one.courier.id), ahead, self._ridden(found, starts.get(one.courier.id), at))
            for one in listed
        ]
        return found, ranked(made)

    def _one(
        self, one: Candidate, effect: OrderEffect | None, ahead: Mapping[str, Forecast], ridden: Ridden
    ) -> Suggestion:
        courier = one.courier.id
        if one.obstacle is not None:
            return Suggestion(one, "impossible", one.obstacle)
        before, after = ridden
        made = Suggestion(one, "open", before=before, after=after)
        if courier in ahead:
            made = replace(made, rate_cents=ahead[courier].per_hour)
        if effect is None:
            return made
        made = replace(made, effect=effect, spread=spread(ahead, _changes(effect)) if courier in ahead else None)
        red = next((each.rule for each in effect.working_time if each.level == RED), None)
        return replace(made, standing="impossible", why=red) if red else made

    def _ridden(self, order: Order, start: Start | None, at: datetime) -> Ridden:
        if start is None:
            return None, None
        (spot, hands), legs = start, partial(self._ways.leg, order.coop)
        before = in_hand(spot, at, hands, legs)
        after = with_order(spot, at, [visit.stop for visit in before.visits], order, legs)
        return before, after

    def _learn(self, order: Order, starts: Collection[Start]) -> None:
        learn, new = partial(self._ways.learn, order.coop), [stop.place for stop in stops_of(order)]
        learn([*(spot for spot, _ in starts), new[0]], new)
        for spot, hands in starts:
            own = [stop.place for each in hands for stop in stops_of(each)]
            if own:
                learn([spot], own)
                learn(own, [*own, *new])
                learn(new, own)

    def _spot(self, coop: str, courier: str) -> Point | None:
        """Rounded to a hundred metres, so that ways are learnt once: within half a minute it is old anyway."""
        spot = self._where(coop, courier)
        return None if spot is None else (round(spot[0], 3), round(spot[1], 3))

    def _effects(self, coop: str, order: str, able: tuple[str, ...], at: datetime) -> Mapping[str, OrderEffect]:
        try:
            return {each.courier: each for each in self._accounts.effects_of(coop, order, able, at)}
        except NotFound:
            return {}  # not heard of yet


def ranked(made: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """Open, dominated (with by whom), impossible; in each the least late, then the lowest paid, then the nearest."""
    offers = [offer for one in made if (offer := offer_of(one))]
    places = {offer.courier: place for place, offer in enumerate(ranking(offers))}
    beaten = dominated(offers)
    placed = [_placed(one, beaten.get(one.candidate.courier.id)) for one in made]
    return tuple(sorted(placed, key=lambda one: _rank(one, places)))


def offer_of(one: Suggestion) -> Offer | None:
    """The suggestion by its criteria; None for what cannot be compared."""
    if one.standing != "open" or one.before is None or one.after is None or one.rate_cents is None:
        return None
    late = round((one.after.late - one.before.late) / MINUTE)
    return Offer(one.candidate.courier.id, late, one.rate_cents, one.after.metres - one.before.metres)


def _placed(one: Suggestion, by: str | None) -> Suggestion:
    return one if by is None else replace(one, standing="dominated", why=by)


def _rank(one: Suggestion, places: Mapping[str, int]) -> tuple[Any, ...]:
    courier = one.candidate.courier
    standing = ("open", "dominated", "impossible").index(one.standing)
    return standing, places.get(courier.id, len(places)), courier.name


def _changes(effect: OrderEffect) -> dict[str, float]:
    giver = {effect.giver: float(effect.effect.giver_cents)} if effect.giver else {}
    return {effect.courier: float(effect.effect.taker_cents), **giver}
