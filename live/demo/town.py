"""The whole town, moment by moment: given the board and the time, what everybody does and where everybody is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from random import Random

from dashboard.domain.board import Board
from dashboard.domain.couriers import Courier
from dashboard.domain.ground import Point
from dashboard.domain.orders import Order
from dashboard.ports import Route, Router
from live.city.pack import CityPack
from live.demo.colleague import Colleague, Free
from live.demo.deeds import Deed, Delay, HandOut, Place, Step
from live.demo.demand import PEAK, Customers, intensity
from live.demo.fate import fate_of
from live.demo.kitchens import Kitchens
from live.demo.pace import HOUR, MINUTE, Pace
from live.demo.riders import Rider
from live.demo.rota import Rota
from live.demo.scene import Scene
from live.fixes import Fix

LONGEST_MOMENT = 15.0
"""Demo seconds that anybody lives through at once, however long the machine slept."""

_OPENING = 0.5
"""Orders for each courier that are there when the demo begins, so that there is something to do at once."""

_FRESH = 30 * MINUTE
"""Younger orders of an earlier run count among them."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What happens now: to be done at the desk's doors, and to be published."""

    deeds: Sequence[Deed]
    fixes: Sequence[Fix]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a demo is made of. The same terms and the same board make the same town."""

    couriers: Sequence[str]
    speed: float = 1.0
    seed: int = 1
    colleague_share: float = 0.6


class Town:
    """No clock, no I/O: all of it comes in. ``places`` are where couriers were last seen."""

    def __init__(
        self, pack: CityPack, router: Router, terms: Terms, board: Board, now: datetime, places: Mapping[str, Point]
    ) -> None:
        self._router = router
        self._terms = terms
        self._coop, self._from = board.coop, board.seq
        self._pace = Pace(terms.speed)
        self._started = self._last = now
        self._customers = Customers(pack, self._dice("customers"), self._pace, PEAK * len(terms.couriers))
        self._kitchens = Kitchens(self._pace)
        self._colleague = Colleague(self._pace)
        self._rota = Rota(self._pace, self._dice("rota"))
        self._riders: dict[str, Rider] = {}
        self._places = dict(places)
        self._holders: dict[str, str] = {}
        self._haunts = [(one.lon, one.lat) for one in self._customers.partners]
        self._opening = round(_OPENING * len(terms.couriers))
        self._fate = lru_cache(maxsize=1024)(lambda ref: fate_of(ref, terms.seed, terms.colleague_share))

    def step(self, board: Board, now: datetime, tablets: Collection[str] = ()) -> Moment:
        """Live on to ``now``; the board tells what came of the deeds of before, and what people at the desk did.

        ``tablets``: restaurants where a person has the screen open, and does what the kitchen would do.
        """
        seconds = min(LONGEST_MOMENT, self._pace.between(self._last, now))
        self._last = now
        orders = sorted((one for one in board.orders.values() if one.is_open), key=lambda one: (one.placed_at, one.ref))
        couriers = [board.couriers[one] for one in self._terms.couriers if one in board.couriers]
        self._keep_track_of_food(orders)
        scene = self._scene(orders, now, seconds)
        deeds = [*self._ride(couriers, scene), *self._others(orders, couriers, scene, tablets)]
        return Moment(_one_each(deeds), [self._fix(one, now) for one in couriers if one.shift == "on"])

    def planned(self) -> Mapping[str, datetime]:
        """When each courier who is on shift means to go home."""
        return self._rota.planned()

    def _ride(self, couriers: Sequence[Courier], scene: Scene) -> Iterator[Deed]:
        for courier in couriers:
            if courier.shift == "on":
                step = self._rider(courier.id).step(scene)
                if step:
                    yield step
            elif courier.id in self._riders:
                self._riders[courier.id].stand()

    def _others(
        self, orders: Sequence[Order], couriers: Sequence[Courier], scene: Scene, tablets: Collection[str]
    ) -> Iterator[Deed]:  # fmt: skip
        """Customers, kitchens, the colleague, and those whose shift begins or ends."""
        elapsed = self._pace.between(self._started, scene.now)
        demand = intensity(elapsed)
        fresh = sum(self._pace.between(one.placed_at, scene.now) < _FRESH for one in orders)
        yield from self._order(fresh, elapsed, scene)
        known = [(order, scene.fate(order)) for order in orders]
        yield from self._kitchens.deeds(known, scene.now, tablets)
        on_shift = {one.id: self._free(one.id, scene) for one in couriers if one.shift == "on"}
        free = [one for one in on_shift.values() if not self._rota.is_going_home(one.courier, scene.now)]
        given = list(self._colleague.deeds(known, on_shift, free, scene.now))
        yield from given
        busy = scene.hands.keys() | {deed.courier for deed in given if isinstance(deed, HandOut)}
        yield from self._rota.deeds(couriers, busy, scene.now, demand)

    def _order(self, present: int, elapsed: float, scene: Scene) -> Iterator[Deed]:
        """New orders; at the first moment also those of the last minutes before the demo began."""
        dice = self._dice("opening")
        for _ in range(max(0, self._opening - present)):
            yield Place(self._customers.order(self._coop, self._pace.after(scene.now, -dice.uniform(0, 12) * MINUTE)))
        self._opening = 0
        for draft in self._customers.orders(self._coop, scene.now, elapsed, scene.seconds):
            yield Place(draft)

    def _scene(self, orders: Sequence[Order], now: datetime, seconds: float) -> Scene:
        hands: dict[str, list[Order]] = {}
        for order in orders:
            if order.courier:
                hands.setdefault(order.courier, []).append(order)

        def way(start: Point, end: Point) -> Route | None:
            return self._router.route(self._coop, (start, end))

        return Scene(
            now, seconds, self._pace, hands, self._holders, {one.courier: one.place for one in self._riders.values()},
            lambda order: self._fate(order.ref), way, self._haunts,
        )  # fmt: skip

    def _keep_track_of_food(self, orders: Sequence[Order]) -> None:
        """Food is on the bicycle of whoever picked it up, until the two meet after a hand-over."""
        on_the_way = {order.id: order.courier for order in orders if order.state == "picked_up" and order.courier}
        for gone in self._holders.keys() - on_the_way.keys():
            del self._holders[gone]
        for order, courier in on_the_way.items():
            self._holders.setdefault(order, courier)

    def _rider(self, courier: str) -> Rider:
        if courier not in self._riders:
            dice = self._dice(courier)
            place = self._places[courier] if courier in self._places else self._street(dice)
            self._riders[courier] = Rider(courier, place, dice)
        return self._riders[courier]

    def _street(self, dice: Random) -> Point:
        """Somewhere on a street: where the way from one restaurant to another begins."""
        start, end = dice.choice(self._haunts), dice.choice(self._haunts)
        route = self._router.route(self._coop, (start, end))
        return start if route is None else route.points[0]

    def _free(self, courier: str, scene: Scene) -> Free:
        return Free(courier, self._rider(courier).place, len(scene.hands.get(courier, ())))

    def _fix(self, courier: Courier, now: datetime) -> Fix:
        rider = self._rider(courier.id)
        hours = 0.0 if courier.shift_started_at is None else self._pace.between(courier.shift_started_at, now) / HOUR
        return Fix(
            courier=courier.id, lat=round(rider.place[1], 6), lon=round(rider.place[0], 6), t=now.timestamp(),
            accuracy=5.0, heading=round(rider.heading), battery=round(max(0.15, 1 - hours * 0.09), 2),
        )  # fmt: skip

    def _dice(self, whose: str) -> Random:
        """Dice of somebody's own, so that nobody's luck depends on what others do; others after each restart."""
        return Random(f"{self._terms.seed}:{self._from}:{whose}")  # noqa: S311 - a game of chance, not a secret


def _one_each(deeds: Iterable[Deed]) -> list[Deed]:
    """At most one deed about an order: after the first, the others have seen an order that is no longer so."""
    touched: set[str] = set()
    kept = []
    for deed in deeds:
        order = deed.order.id if isinstance(deed, Step | Delay | HandOut) else ""
        if order not in touched:
            kept.append(deed)
            touched |= {order} - {""}
    return kept
