"""Ways by bicycle, by whoever can make them: a Valhalla server, the city pack's own streets, the straight line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Protocol

import numpy as np

from dashboard.domain.ground import DETOUR, Point, length, metres_between
from dashboard.domain.times import to_wire
from dashboard.domain.vehicles import BICYCLE, speed
from dashboard.ports import Matrix, Route
from live.breaker import PATIENCE, Breaker
from live.city.ask import Ask, AskServer, AskTiles
from live.city.pack import CityPack
from live.valhalla import ValhallaStreets

__all__ = [
    "BY_GUESS",
    "BY_TILES",
    "CityRouter",
    "Fallback",
    "StraightLines",
    "Streets",
    "ValhallaStreets",
    "streets_of",
]

BY_TILES, BY_GUESS = "tiles", "guess"


class Streets(Protocol):
    """The ways of one city; points are (lon, lat)."""

    def route(self, points: Sequence[Point], vehicle: str = BICYCLE) -> Route | None:
        """The way by bicycle through all points; None where there is none."""
        ...

    def times(self, sources: Sequence[Point], targets: Sequence[Point], vehicle: str = BICYCLE) -> Matrix:
        """Seconds and metres of the ways from all sources to all targets."""
        ...


class StraightLines:
    """As the crow flies, at the speed in town: for a city without streets; for one that has some, times DETOUR, as a
    guess."""

    def __init__(self, *, guessed: bool = False) -> None:
        self._guessed, self._factor = guessed, DETOUR if guessed else 1.0

    def route(self, points: Sequence[Point], vehicle: str = BICYCLE) -> Route | None:
        """See ``Streets``."""
        metres = length(points) * self._factor
        return Route(tuple(points), metres, metres / speed(vehicle), self._guessed)

    def times(self, sources: Sequence[Point], targets: Sequence[Point], vehicle: str = BICYCLE) -> Matrix:
        """See ``Streets``."""
        metres = np.array([[metres_between(a, b) for b in targets] for a in sources], float) * self._factor
        return Matrix(metres / speed(vehicle), metres, self._guessed)


@dataclass(frozen=True, slots=True)
class Fallback:
    """Since when a city's ways are not made by whom they should be, and by whom instead: BY_TILES or BY_GUESS."""

    since: datetime
    by: str

    def to_wire(self) -> dict[str, str]:
        """The same as plain JSON values."""
        return {"since": to_wire(self.since), "by": self.by}


@dataclass(frozen=True, slots=True)
class Makers:
    """The ways of a city by the first of several that finds them; by ``last`` when none of them answers."""

    makers: Sequence[tuple[ValhallaStreets, Breaker]] = ()
    last: StraightLines = field(default_factory=lambda: StraightLines(guessed=True))
    patience: float = PATIENCE

    def route(self, points: Sequence[Point], vehicle: str) -> Route | None:
        """The way through all points; None when nobody who answers finds one."""
        is_answered = False
        for found in self._answers(lambda streets, until: streets.route(points, vehicle, until)):
            if found:
                return found
            is_answered = True
        return None if is_answered else self.last.route(points, vehicle)

    def times(self, sources: Sequence[Point], targets: Sequence[Point], vehicle: str) -> Matrix:
        """All the ways."""
        nowhere = None
        for found in self._answers(lambda streets, until: streets.times(sources, targets, vehicle, until)):
            if not np.isnan(found.seconds).all():
                return found
            nowhere = found
        return nowhere or self.last.times(sources, targets, vehicle)

    def fallback(self) -> Fallback | None:
        """Since when the first of them is away; None while it is there."""
        away = [breaker.since for _, breaker in self.makers if breaker.since is not None]
        if not away or self.makers[0][1].since is None:
            return None
        return Fallback(min(away), BY_GUESS if len(away) == len(self.makers) else BY_TILES)

    def _answers[T](self, question: Callable[[ValhallaStreets, float], T]) -> Iterator[T]:
        until = monotonic() + self.patience
        for streets, _ in self.makers:
            with suppress(OSError):  # its breaker has noted it
                yield question(streets, until)


class CityRouter:
    """The ``dashboard.ports.Router``: sends each co-op's question to the streets of its own city.

    ``pack_of`` tells a co-op's city pack; where all share one, ``CityRouter(lambda coop: pack)``. ``url`` is that of a
    Valhalla server, which is asked first; ``clock`` says since when it is away.
    """

    def __init__(
        self, pack_of: Callable[[str], CityPack], url: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC), patience: float = PATIENCE,
    ) -> None:  # fmt: skip
        self._pack_of, self._clock, self._patience = pack_of, clock, patience
        self._server = _guarded(AskServer(url), clock) if url else None
        self._cities: dict[str, Makers] = {}
        self._coops: dict[str, Makers] = {}

    def route(self, coop: str, points: Sequence[Point], vehicle: str = BICYCLE) -> Route | None:
        """The way by bicycle through all points; None where there is none."""
        return self._of(coop).route(points, vehicle)

    def times(self, coop: str, sources: Sequence[Point], targets: Sequence[Point], vehicle: str = BICYCLE) -> Matrix:
        """Seconds and metres of the ways from all sources to all targets."""
        return self._of(coop).times(sources, targets, vehicle)

    def fallback(self, coop: str) -> Fallback | None:
        """Since when the co-op's ways are made by somebody else than they should be, as far as any was asked for."""
        return self._coops[coop].fallback() if coop in self._coops else None

    def look(self, coops: Iterable[str]) -> None:
        """Ask the server, if there is one, so that it is noticed when it goes while nobody wants to know a way."""
        if self._server is None:
            return
        for coop in coops:
            pack = self._pack_of(coop)
            if self._of(coop).makers:
                with suppress(OSError):  # noted
                    self._server[0].times([pack.centre], [pack.centre], until=monotonic() + self._patience)
                return

    def _of(self, coop: str) -> Makers:
        pack = self._pack_of(coop)
        if pack.name not in self._cities:
            self._cities[pack.name] = self._makers(pack)
        self._coops[coop] = self._cities[pack.name]
        return self._coops[coop]

    def _makers(self, pack: CityPack) -> Makers:
        if pack.invented or pack.tiles is None:
            return Makers(last=StraightLines())
        own = _guarded(AskTiles(pack.tiles), self._clock)
        return Makers((self._server, own) if self._server else (own,), patience=self._patience)


def streets_of(pack: CityPack) -> Streets:
    """The ways of a city: its own tiles, or straight lines where it is invented."""
    return StraightLines() if pack.tiles is None else ValhallaStreets(AskTiles(pack.tiles))


def _guarded(ask: Ask, clock: Callable[[], datetime]) -> tuple[ValhallaStreets, Breaker]:
    breaker = Breaker(ask, clock)
    return ValhallaStreets(breaker), breaker
