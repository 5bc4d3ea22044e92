"""How good forecasts of arrivals are: said ten minutes before (or at the assignment), against what happened."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from dashboard.arriving import Arriving
from dashboard.domain.arrivals import Sighting, Standing, ahead
from dashboard.domain.board import Board, apply, load
from dashboard.domain.events import Entry
from dashboard.domain.ground import Point
from dashboard.domain.itinerary import DROPOFF, PICKUP, Leg, Visit
from dashboard.domain.orders import Order
from dashboard.domain.service_times import UNLEARNT, ServiceTimes
from dashboard.history import tables_of
from dashboard.tables_service import service_times
from dashboard.ways import Ways, snapped
from live.city.build import default_pack
from live.counters import Counters
from live.demo.run import COOP as DEMO
from live.packets import Packet
from live.replay.chronicle import MIDNIGHT, journal
from live.replay.loader import load as load_day
from live.replay.origin import on_map
from live.replay.simulate import Day, simulate
from live.room import Room
from live.routes import CityRouter
from live.viewer import Viewer
from tests.app.city.play import Play

Row = dict[str, Any]
AHEAD = timedelta(minutes=10)
WITHIN = timedelta(minutes=3)
MINUTE = timedelta(minutes=1)
ENDS = {"order.picked_up": PICKUP, "order.delivered": DROPOFF}


@dataclass
class Watch:
    """Asks for a forecast each minute; what was said is kept until it is known how it went."""

    forecast: Callable[[str, Sequence[Order], datetime], Sequence[Visit]]
    said: dict[tuple[str, str, str], list[tuple[datetime, datetime, timedelta]]] = field(default_factory=dict)
    errors: dict[str, list[float]] = field(default_factory=lambda: {PICKUP: [], DROPOFF: []})
    inside: dict[str, list[bool]] = field(default_factory=lambda: {PICKUP: [], DROPOFF: []})
    widths: list[float] = field(default_factory=list)

    def ask(self, board: Board, couriers: Iterable[str], now: datetime) -> None:
        """All of these couriers' stops."""
        for courier in couriers:
            if hands := load(board, courier):
                for visit in self.forecast(courier, hands, now):
                    key = visit.stop.order, visit.stop.end, courier
                    self.said.setdefault(key, []).append((now, visit.leaves, visit.give_after))

    def hear(self, entry: Entry, courier: str | None) -> None:
        """Compare what was said with what has just happened."""
        if entry.kind not in ENDS or courier is None:
            return
        end = ENDS[entry.kind]
        told = self.said.pop((entry.subject, end, courier), [])
        before = [one for one in told if one[0] <= entry.at - AHEAD] or [one for one in told[:1] if one[0] < entry.at]
        if before:
            _, expected, give = max(before) if before[0][0] <= entry.at - AHEAD else before[0]
            self.errors[end].append((entry.at - expected).total_seconds())
            self.inside[end].append(abs(entry.at - expected) <= give)
            self.widths.append(give.total_seconds() / 60)

    def rows(self, **about: Any) -> Iterator[Row]:
        """One for each end: bias and error are minutes, positive when things came later than was said."""
        for end, errors in self.errors.items():
            off = np.array(errors) / 60
            yield {
                **about, "end": end, "n": len(off),
                "within_3_min_pct": round(100 * float(np.mean(np.abs(off) <= 3)), 1),
                "bias_min": round(float(off.mean()), 2), "median_min": round(float(np.median(off)), 2),
                "in_range_pct": round(100 * float(np.mean(self.inside[end])), 1),
                "range_min": round(2 * float(np.median(self.widths)), 1),
            }  # fmt: skip


def published(days: Sequence[str], policy: str = "plan") -> Iterator[Row]:
    """Days of the MDRP by the metric of the problem; service times learnt on another of the days, and not at all."""
    folder = Path(os.environ["ROULEMENT_MDRP_DIR"])
    played = {name: simulate(load_day(folder / name), policy) for name in days}
    journals = {name: journal(day, policy) for name, day in played.items()}
    for place, name in enumerate(days):
        other = journals[days[place - 1]]
        for learnt, times in (("none", UNLEARNT), ("another day", service_times(tables_of(other), other[-1].at))):
            watch = Watch(partial(_published_forecast, _Way(played[name]), _tracks(played[name]), times))
            _follow(journals[name], watch)
            yield from watch.rows(day=name, policy=policy, learnt=learnt)


@dataclass(frozen=True)
class _Way:
    """Seconds by the metric of the problem: whole minutes from door to door."""

    day: Day

    def __call__(self, a: Point, b: Point) -> Leg:
        metres = np.hypot(*(one - other for one, other in zip(_spot(a), _spot(b), strict=True)))
        minutes = np.ceil(round(metres) / self.day.instance.rules.metres_per_minute)
        return Leg(float(minutes) * 60, float(metres))


type Track = list[tuple[float, float, tuple[float, float], tuple[float, float]]]
"""Legs: left and arrived (minutes), from, to."""


def _tracks(day: Day) -> Mapping[str, Track]:
    rules = day.instance.rules
    tracks = {one.courier.id: [(0.0, 0.0, one.courier.spot, one.courier.spot)] for one in day.wheels}
    for trip in day.trips:
        track = tracks[trip.courier]
        track.append((trip.left, trip.arrived, track[-1][3], trip.bundle[0].pickup))
        leaves = trip.ride.picked_up + rules.pickup_minutes / 2
        for task, at in zip(trip.bundle, trip.ride.delivered, strict=True):
            track.append((leaves, at - rules.dropoff_minutes / 2, track[-1][3], task.dropoff))
            leaves = at + rules.dropoff_minutes / 2
    return tracks


def _published_forecast(
    way: _Way, tracks: Mapping[str, Track], times: ServiceTimes, courier: str, hands: Sequence[Order], now: datetime
) -> Sequence[Visit]:
    minute = (now - MIDNIGHT) / MINUTE
    left, arrived, start, end = next(leg for leg in reversed(tracks[courier]) if leg[0] <= minute)
    done = min(1.0, (minute - left) / (arrived - left)) if arrived > left else 1.0
    place = on_map((start[0] + done * (end[0] - start[0]), start[1] + done * (end[1] - start[1])))
    standing = _standing(hands, end, MIDNIGHT + arrived * MINUTE) if done == 1.0 else None
    return ahead(hands, Sighting(place, now), now, way, times, standing).visits


def _standing(hands: Sequence[Order], spot: tuple[float, float], since: datetime) -> Standing | None:
    for order in hands:
        for end, place in ((PICKUP, order.pickup), (DROPOFF, order.dropoff)):
            is_ahead = (end == DROPOFF) == (order.state == "picked_up")
            if is_ahead and np.hypot(*(a - b for a, b in zip(_spot(place.point), spot, strict=True))) < 1:
                return Standing(order.id, end, since)
    return None


def _spot(point: Point) -> tuple[float, float]:
    """The inverse of ``on_map``."""
    lon, lat = on_map((1000.0, 1000.0))
    lon0, lat0 = on_map((0.0, 0.0))
    return (point[0] - lon0) / (lon - lon0) * 1000, (point[1] - lat0) / (lat - lat0) * 1000


def _follow(entries: Sequence[Entry], watch: Watch) -> None:
    board, due = Board(entries[0].coop), entries[0].at
    for entry in entries:
        while due < entry.at:
            watch.ask(board, board.couriers, due)
            due += MINUTE
        order = board.orders.get(entry.subject)
        watch.hear(entry, order.courier if order else None)
        board = apply(board, entry)


def city(hours: float, seed: int = 1, couriers: int = 25) -> Iterator[Row]:
    """The demo's town on real roads: an afternoon to learn from, then as long again with forecasts."""
    with TemporaryDirectory() as home:
        pack = default_pack(Path(home))
        router = CityRouter(lambda _: pack)
        play = Play(pack, router, couriers=couriers, seed=seed)
        play.pass_by(60 * hours)
        times = service_times(tables_of(play.journal()), play.now)
        ways, known = Ways(router, patience=60), len(play.journal())
        fixes: dict[str, Sighting] = {}
        standing: dict[str, Standing] = {}
        watches = {
            name: Watch(partial(_city_forecast, ways, fixes, standing, learnt))
            for name, learnt in (("none", UNLEARNT), ("this afternoon", times))
        }
        due, end = play.now, play.now + timedelta(hours=hours)
        board = play.board
        while play.now < end:
            before, moment = board, play.step()
            for fix in moment.fixes:
                fixes[fix.courier] = Sighting((fix.lon, fix.lat), play.now)
            for entry in play.journal()[known:]:
                known = entry.seq
                order = before.orders.get(entry.subject)
                _stand(standing, entry)
                for watch in watches.values():
                    watch.hear(entry, order.courier if order else None)
                before = apply(before, entry)
            board = play.board
            if play.now >= due:
                due += MINUTE
                for watch in watches.values():
                    watch.ask(board, fixes, play.now)
        for name, watch in watches.items():
            yield from watch.rows(day=f"{pack.name}, seed {seed}", policy="demo", learnt=name)


def _city_forecast(
    ways: Ways, fixes: Mapping[str, Sighting], standing: Mapping[str, Standing], times: ServiceTimes, courier: str,
    hands: Sequence[Order], now: datetime,
) -> Sequence[Visit]:  # fmt: skip
    seen = fixes[courier]
    seen = Sighting(snapped(seen.place), seen.at)
    ways.prepare(hands[0], [(seen.place, hands)])
    legs = partial(ways.leg, hands[0].coop)
    return ahead(hands, seen, now, legs, times, standing.get(courier)).visits


def _stand(standing: dict[str, Standing], entry: Entry) -> None:
    if entry.kind == "courier.arrived":
        standing[entry.subject] = Standing(str(entry.data["order"]), str(entry.data["place"]), entry.at)


def cost(couriers: int = 40, minutes: float = 10) -> Row:
    """What it costs to tell a busy desk its arrivals each five seconds, as CPU time; and the bytes that go out."""
    with TemporaryDirectory() as home:
        pack = default_pack(Path(home))
        router = CityRouter(lambda _: pack)
        play = Play(pack, router, couriers=couriers)
        play.pass_by(20)
        fixes: dict[str, tuple[float, float, datetime]] = {}
        arriving = Arriving(
            lambda _: play.board, lambda _, courier: fixes.get(courier), Ways(router), lambda _: UNLEARNT
        )
        room, viewer = Room(play.board.seq, Counters()), _Counting()
        room.enter("desk", Viewer(viewer, _Dispatcher(), seq=play.board.seq))
        spent, rounds, given = 0.0, 0, 0
        for moment in play.live(minutes):
            fixes |= {fix.courier: (fix.lon, fix.lat, play.now) for fix in moment.fixes}
            began = time.process_time()
            told = arriving.to_wire(DEMO.id, play.now)
            room.tell_arrivals(told)
            spent, rounds, given = spent + time.process_time() - began, rounds + 1, given + len(told)
    return {
        "couriers": couriers, "given_orders": round(given / rounds, 1), "open_orders": len(play.open_orders(*OPEN)),
        "cpu_ms_per_round": round(1000 * spent / rounds, 2), "core_pct": round(100 * spent / rounds / 5, 2),
        "bytes_per_s_and_screen": round(viewer.bytes / rounds / 5),
    }  # fmt: skip


OPEN = ("placed", "accepted", "preparing", "ready", "picked_up")


@dataclass
class _Counting:
    """A line that counts what goes over it."""

    bytes: int = 0

    def send(self, packet: Packet) -> None:
        self.bytes += packet.size

    def waiting(self) -> int:
        return 0

    def cut(self) -> None:
        raise AssertionError("nobody is cut")


@dataclass(frozen=True)
class _Dispatcher:
    coop: str = DEMO.id
    role: str = "dispatcher"
    name: str = "bench"
    scope: str | None = None
    key: str | None = None


DAYS = ("0o50t100s1p100", "0r50t100s1p100", "1o50t100s2p100")


def arrivals(_: object = None) -> list[Row]:
    """All of it; the published days only where ROULEMENT_MDRP_DIR names their folder."""
    found = [*city(4), *city(4, seed=2), cost(), cost(70)]
    if "ROULEMENT_MDRP_DIR" in os.environ:
        found += [row for policy in ("plan", "suggest") for row in published(DAYS, policy)]
    return found
