"""Who could take an order, with what that means for customer, couriers and co-op. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from dashboard.domain.board import Board, load
from dashboard.domain.candidates import Candidate, candidates
from dashboard.domain.ground import Point
from dashboard.domain.itinerary import Itinerary, with_order
from dashboard.domain.orders import Order
from dashboard.domain.refusals import NotFound, WrongState
from dashboard.domain.service_times import ServiceTimes
from dashboard.domain.stop_order import Mark, in_order
from dashboard.domain.tradeoff import Forecast, Offer, dominated, ranking, spread
from dashboard.domain.working_time import RED
from dashboard.reports import Accounts, OrderEffect
from dashboard.ways import Start, Ways, snapped

MINUTE = timedelta(minutes=1)


type Ridden = tuple[Itinerary | None, Itinerary | None]


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


class Suggestions:
    """``where`` tells a courier's newest position; ``accounts`` what an order changes for whom; ``times`` how long
    people take at doors."""

    def __init__(
        self, board: Callable[[str], Board], where: Callable[[str, str], Point | None], ways: Ways, accounts: Accounts,
        times: Callable[[str], ServiceTimes],
    ) -> None:  # fmt: skip
        self._board, self._where, self._accounts, self._ways = board, where, accounts, ways
        self._times = times

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
        self._ways.prepare(found, starts.values())
        made = [
            self._one(
                one,
                effects.get(one.courier.id),
                ahead,
                self._ridden(found, starts.get(one.courier.id), at, one.courier.stops),
            )
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

    def _ridden(self, order: Order, start: Start | None, at: datetime, wanted: Sequence[Mark]) -> Ridden:
        if start is None:
            return None, None
        (spot, hands), legs = start, partial(self._ways.leg, order.coop)
        times = self._times(order.coop)
        before = in_order(spot, at, hands, legs, times, wanted)
        after = with_order(spot, at, [visit.stop for visit in before.visits], order, legs, times)
        return before, after

    def _spot(self, coop: str, courier: str) -> Point | None:
        spot = self._where(coop, courier)
        return None if spot is None else snapped(spot)

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
