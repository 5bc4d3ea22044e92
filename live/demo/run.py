"""Runs the demo city against a desk: reads the journal, lets the town live on, does its deeds, publishes positions."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
from redis import Redis
from redis.exceptions import RedisError

from dashboard.dispatch import Dispatch
from dashboard.domain.board import Board, apply
from dashboard.domain.ground import Point
from dashboard.domain.refusals import Refusal
from dashboard.ports import Coop, Router, Store
from live import channels
from live.city.pack import CityError, CityPack
from live.demo import people
from live.demo.deeds import Arrive, Deed, Delay, HandOut, Place, Shift, Step
from live.demo.town import Terms, Town
from live.fixes import Fix
from live.loops import keep_going

log = logging.getLogger(__name__)

COOP = Coop("demo", "Demo co-op")
COURIERS = 25

type Plan = Callable[[str, datetime, datetime], None]
"""Told of a courier's shift: its beginning, and when it is planned to end."""

ORGANISER = "demo"
_BEHIND = timedelta(seconds=5)
_BATCH = 1000


def run(
    store: Store, dispatch: Dispatch, redis: Redis, pack: CityPack, router: Router, clock: Callable[[], datetime],
    stopped: threading.Event, *, couriers: int = COURIERS, speed: float = 1.0, seed: int = 1,
    colleague_share: float = 0.6, tablets: Callable[[], Collection[str]] = tuple, plan: Plan = lambda *_: None,
) -> None:  # fmt: skip
    """Live until ``stopped``. What happened in an earlier run is taken up where it was left.

    ``clock`` tells aware UTC; ``speed`` demo seconds go by in each of its seconds; ``tablets`` tells at which
    restaurants a person has the screen open; ``plan`` is told of each shift that begins until when it is to last.
    """
    if not pack.restaurants or not pack.doors:
        raise CityError(f"{pack.name} has no places to eat or no doors: the demo needs a real city")
    terms = Terms([courier for courier, _ in people.couriers(couriers)], speed, seed, colleague_share)
    hire(store, dispatch, pack, couriers, clock())
    demo = Demo(store, dispatch, redis, clock, stopped, tablets, plan)
    demo.open(pack, router, terms)
    keep_going(demo.live_on, stopped, rest=1.0)


def hire(store: Store, dispatch: Dispatch, pack: CityPack, count: int, at: datetime) -> None:
    """The demo's co-op and its couriers, as far as they are missing; those of a larger demo before go home.

    CityError when the co-op rides in another city already.
    """
    coop = store.coop(COOP.id)
    if coop is None:
        store.add_coop(replace(COOP, city=pack.name))
    elif coop.city != pack.name:
        raise CityError(f"The demo rides in {coop.city}, not in {pack.name}: set another ROULEMENT_HOME for a new one")
    present = {one.id: one for one in store.couriers(COOP.id)}
    wanted = dict(people.couriers(count))
    for courier in (one for one in wanted if one not in present):
        dispatch.add_courier(COOP.id, courier, wanted[courier], by=ORGANISER, at=at)
    for courier, _ in people.couriers(len(present)):
        if courier in present and courier not in wanted and present[courier].shift != "off":
            dispatch.shift(COOP.id, courier, "end", by=ORGANISER, at=at)


class Demo:
    """A town and the desk that it lives with."""

    def __init__(
        self, store: Store, dispatch: Dispatch, redis: Redis, clock: Callable[[], datetime], stopped: threading.Event,
        tablets: Callable[[], Collection[str]], plan: Plan,
    ) -> None:  # fmt: skip
        self._store = store
        self._dispatch = dispatch
        self._redis = redis
        self._clock = clock
        self._stopped = stopped
        self._tablets = tablets
        self._plan, self._planned = plan, dict[str, datetime]()

    def open(self, pack: CityPack, router: Router, terms: Terms) -> None:
        """Make the town as the record has it."""
        self._now = self._clock()
        self._every = timedelta(seconds=1 / moments_a_second(terms.speed))
        self._board = self._store.board(COOP.id, self._now)
        self._town = Town(pack, router, terms, self._board, self._now, last_seen(self._redis))

    def live_on(self) -> None:
        """Wait for the next moment, then live it. Moments are evenly spaced, so that a seed repeats itself."""
        self._now += self._every
        late = self._clock() - self._now
        if late > _BEHIND:
            self._now += late
        if self._stopped.wait(max(0.0, -late.total_seconds())):
            return
        self._board = follow(self._store, self._board)
        moment = self._town.step(self._board, self._now, self._tablets())
        publish(self._redis, moment.fixes)
        for deed in moment.deeds:
            do(self._dispatch, deed, self._now)
        self._tell_plans()

    def _tell_plans(self) -> None:
        planned = self._town.planned()
        for courier, ends in planned.items():
            began = self._board.couriers[courier].shift_started_at
            if began and self._planned.get(courier) != ends:
                self._plan(courier, began, ends)
        self._planned = dict(planned)


def moments_a_second(speed: float) -> float:
    """How often the town lives and positions are published: 1 to 5 times; very fast days need more, at most 20."""
    return min(20.0, max(1.0, min(5.0, speed), speed / 12))


def follow(store: Store, board: Board) -> Board:
    """The board after all that the journal has."""
    while True:
        entries = store.entries(board.coop, after=board.seq, limit=_BATCH)
        for entry in entries:
            board = apply(board, entry)
        if len(entries) < _BATCH:
            return board


def do(dispatch: Dispatch, deed: Deed, at: datetime) -> None:
    """One deed through the use cases. A refusal is normal: somebody at the desk was quicker."""
    try:
        _do(dispatch, deed, at)
    except Refusal as refusal:
        log.info("%s: %s", deed.by, refusal)


def _do(dispatch: Dispatch, deed: Deed, at: datetime) -> None:
    match deed:
        case Place(draft, by):
            dispatch.place(COOP.id, draft, by=by, at=at)
        case Step(order, step, by, reason):
            dispatch.move(COOP.id, order.id, step, by=by, at=at, expected_version=order.version, reason=reason)
        case Delay(order, minutes, by):
            dispatch.delay(COOP.id, order.id, minutes, by=by, at=at, expected_version=order.version)
        case HandOut(order, courier, reason, by):
            dispatch.assign(COOP.id, order.id, courier, expected_version=order.version, by=by, at=at, reason=reason)
        case Arrive(courier, order, place):
            dispatch.arrive(COOP.id, courier, order, place, by=deed.by, at=at)
        case Shift(courier, action):
            dispatch.shift(COOP.id, courier, action, by=deed.by, at=at)


def publish(redis: Redis, fixes: Sequence[Fix]) -> None:
    """All positions as one message. Without Redis they are lost, as those of phones would be."""
    try:
        redis.publish(channels.positions(COOP.id), msgspec.json.encode(fixes))
    except RedisError as lost:
        log.debug("positions not published: %s", lost)


def last_seen(redis: Redis) -> Mapping[str, Point]:
    """Where couriers were when the last run ended, if Redis still knows."""
    try:
        known = redis.hvals(channels.last(COOP.id))
    except RedisError:
        return {}
    fixes = [msgspec.json.decode(one, type=Fix) for one in known]
    return {fix.courier: (fix.lon, fix.lat) for fix in fixes}
