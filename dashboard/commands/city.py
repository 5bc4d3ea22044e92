"""City packs, and the demo city that lives in one."""

from __future__ import annotations

import logging
import re
import signal
import unicodedata
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from dashboard.commands.command import (
    LOG_FORMAT,
    Argument,
    Command,
    Failed,
    Misused,
    argument,
    now,
    record,
    speed,
    until_told_to_stop,
    whole,
)  # fmt: skip
from dashboard.commands.connections import dispatch_of, redis_of
from dashboard.commands.progress import share
from dashboard.exports.calendars import Planned
from dashboard.plans import PlanBook
from dashboard.settings import Settings
from live.demo.run import COURIERS


def people_the_demo(settings: Settings, couriers: int) -> None:
    """Build the city if it is not there yet, add the demo's co-op and its couriers as far as they are missing."""
    from live.city.build import default_pack
    from live.city.pack import CityError
    from live.demo import people
    from live.demo.past import DAYS, live_through
    from live.demo.run import COOP, hire

    try:
        pack = default_pack(settings.home, share)
        with record(settings) as store:
            is_new, at = store.coop(COOP.id) is None, now()
            hire(store, dispatch_of(store, settings), pack, couriers, at - timedelta(days=DAYS + 1) if is_new else at)
            if is_new:
                with store.past(COOP.id) as change:
                    live_through(change, COOP.id, [one for one, _ in people.couriers(couriers)], pack, at)
            _plan_ahead(store.plans(Planned), COOP.id, [one for one, _ in people.couriers(couriers)], at)
    except CityError as error:
        raise Failed(str(error)) from error


def _plan_ahead(plans: PlanBook, coop: str, couriers: Sequence[str], at: datetime) -> None:
    """Where nothing is planned any more."""
    from live.demo.ahead import DAYS, planned_ahead

    if plans.everybodys(coop, at, at + timedelta(days=DAYS)):
        return
    for courier, begins, ends in planned_ahead(couriers, at):
        plans.add(coop, courier, Planned(f"demo-{begins:%Y%m%d}", begins, ends))


def _build(asked: Namespace, settings: Settings) -> None:
    from live.city.build import DEFAULT, build
    from live.city.pack import CityError
    from live.replay import origin

    name = asked.name or _name_of(asked.file)
    if name in (DEFAULT, origin.CITY):
        raise Misused(f"{name} is the city of the {'demo' if name == DEFAULT else 'replays'}: give another --name")
    try:
        pack = build(asked.file, settings.home, name, share, asked.elevation)
    except CityError as error:
        share.leave()
        raise Failed(str(error)) from error
    print(f"{pack.name}: {len(pack.restaurants)} places to eat, {len(pack.doors)} doors, in {pack.folder}")


def _name_of(file: Path) -> str:
    """What a city is called unless somebody says: «Île-de-France.osm.pbf» is ile-de-france."""
    plain = unicodedata.normalize("NFKD", file.name.removesuffix(".pbf").removesuffix(".osm").lower())
    return re.sub(r"[^a-z0-9_]+", "-", plain.encode("ascii", "ignore").decode()).strip("-_") or "city"


def _live(asked: Namespace, settings: Settings) -> None:
    from live.bus import open_redis
    from live.city.build import default_pack
    from live.city.pack import CityError
    from live.demo.run import COOP, run
    from live.demo.tablets import Tablets
    from live.routes import CityRouter

    logging.basicConfig(level=logging.WARNING, format=LOG_FORMAT)
    stopped = until_told_to_stop(signal.SIGTERM, signal.SIGINT)
    with record(settings) as store, redis_of(settings) as url:
        try:
            pack = default_pack(settings.home, share)
            run(
                store, dispatch_of(store, settings), open_redis(url), pack,
                CityRouter(lambda _: pack, settings.valhalla_url), now, stopped,
                couriers=asked.couriers, speed=asked.speed, seed=asked.seed, tablets=Tablets(url, COOP.id).open,
                plan=_planned_in(store.plans(Planned), COOP.id),
            )  # fmt: skip
        except CityError as error:
            raise Failed(str(error)) from error


def _planned_in(plans: PlanBook, coop: str) -> Callable[[str, datetime, datetime], None]:
    """Planned shifts of the demo's running day, so that its desk knows who goes home when."""

    def plan(courier: str, begins: datetime, ends: datetime) -> None:
        plans.add(coop, courier, Planned(f"demo-{begins:%Y%m%dT%H%M%S}", begins, ends))

    return plan


LIVING: tuple[Argument, ...] = (
    argument("--couriers", type=whole(1, 1000), default=COURIERS, metavar="N", help="how many ride"),
    argument("--speed", type=speed, default=1.0, metavar="X", help="how many times as fast as life"),
    argument("--seed", type=whole(0, 2**31 - 1), default=1, metavar="S", help="the same seed, the same day"),
)
CITY = Command(
    "city", "City packs: build one from an OpenStreetMap extract; let the demo city live.", parts=(
        Command("build", "Build a city pack: base map, places to eat, doors, bicycle routes.", (
            argument("file", type=Path, metavar="FILE.osm.pbf", help="the extract"),
            argument("--name", help="what co-ops call it; the file's name unless given"),
            argument("--elevation", type=Path, metavar="DIR", help="a folder of heights, such as N60/N60E024.hgt"),
        ), _build),
        Command("live", "Let the demo city live in a running desk, as `roulement demo` does.", LIVING, _live),
    ),
)  # fmt: skip
