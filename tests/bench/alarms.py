"""How often the desk is called: an hour of the demo's town against a clock of its own, as fast as the machine can."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from dashboard.domain.alarm_round import Mind, look
from dashboard.domain.alarm_rules import FLOOD
from dashboard.domain.alarm_senses import hear_arrival
from dashboard.domain.alarms import ACTOR, Step, acknowledge
from dashboard.domain.ground import Point
from dashboard.ways import guess
from live.city.build import default_pack
from live.coop import moment
from live.demo.run import COOP
from live.fixes import Fix
from live.routes import CityRouter
from tests.app.city.play import Play

SECONDS = 2.0
"""Between two looks, as in the worker."""
COURIERS = 24
HOUR = 60.0
ANSWERED = timedelta(seconds=90)
"""So long the dispatcher of the model takes to acknowledge: the second ring of a high one comes after three minutes."""
SEEDS = (1, 2, 3, 4, 5)


@dataclass
class Watched:
    """A town with somebody who watches it and a dispatcher who acknowledges."""

    play: Play
    mind: Mind = field(default_factory=Mind)
    told: dict[str, Any] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    _heard: int = 0

    def live(self, minutes: float, spoil: Callable[[list[Fix]], list[Fix]] = lambda fixes: fixes) -> None:
        """So many minutes; ``spoil`` does to the positions what a street does."""
        newest: dict[str, tuple[Point, Any]] = {}
        for now in self.play.live(minutes):
            for fix in spoil(list(now.fixes)):
                newest[fix.courier] = (fix.lon, fix.lat), moment(fix.t)
            on = {one.id for one in self.play.board.couriers.values() if one.can_be_located}
            newest = {courier: fix for courier, fix in newest.items() if courier in on}
            self._hear()
            self._look(newest)

    def _hear(self) -> None:
        entries = self.play.journal()
        for entry in entries[self._heard :]:
            hear_arrival(self.told, entry, self.play.board)
        self._heard = len(entries)

    def _look(self, fixes: dict[str, tuple[Point, Any]]) -> None:
        self.mind, steps = look(self.mind, self.play.board, fixes, self.told, frozenset(), self.play.now, guess)
        late = self.play.now - ANSWERED
        seen = [
            acknowledge(one, "ada", self.play.now) for one in self.play.board.alarms.values()
            if one.is_heard and one.rang_at <= late and one.id not in {each.alarm.id for each in steps}
        ]  # fmt: skip
        for each in (*steps, *seen):
            self.steps.append(each)
            self.play.dispatch.note(COOP.id, each.fact, by=ACTOR, at=self.play.now)
        if steps or seen:
            self.play.look()


def alarms(minutes: float = HOUR) -> Iterator[dict[str, Any]]:
    """A row a seed: with the orders given by somebody who works, and with four in ten left lying until they are old."""
    with tempfile.TemporaryDirectory() as home:
        pack = default_pack(Path(home))
        router = CityRouter(lambda _: pack)
        for desk, share in (("attended", 1.0), ("left alone", 0.6)):
            for seed in SEEDS:
                play = Play(pack, router, couriers=COURIERS, seed=seed, seconds=SECONDS, colleague_share=share)
                watched = Watched(play)
                watched.live(minutes)
                yield {"desk": desk, "seed": seed, **counted(watched.steps, play, minutes)}


def counted(steps: list[Step], play: Play, minutes: float) -> dict[str, Any]:
    """New alarms that stand for themselves, by ten minutes and by rule; the rest beside them."""
    alone = [each for each in steps if not each.alarm.cause and each.alarm.rule != FLOOD]
    new = [each for each in alone if each.word in ("raised", "parted")]
    begun = play.now - timedelta(minutes=minutes)
    each_ten = Counter(int((one.alarm.raised_at - begun) / timedelta(minutes=10)) for one in new)
    words = Counter(each.word for each in steps)
    orders = sum(entry.kind == "order.placed" for entry in play.journal())
    return {
        "orders": orders, "new": len(new), "per_10_min": round(len(new) / (minutes / 10), 2),
        "most_in_10_min": max(each_ten.values(), default=0), "grouped": words["raised"] - len(new) + words["parted"],
        "again": words["repeated"], "back": words["returned"], "entries": len(steps),
        "rules": dict(sorted(Counter(one.alarm.rule for one in new).items())),
    }  # fmt: skip
