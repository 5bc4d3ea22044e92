"""What the use cases need from outside, in the trade's words. Adapters: ``dashboard/store`` and ``live``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dashboard.domain.board import Board
from dashboard.domain.couriers import Courier
from dashboard.domain.events import Entry, Fact, Head
from dashboard.domain.ground import Point
from dashboard.domain.orders import Order
from dashboard.domain.vehicles import BICYCLE


@dataclass(frozen=True, slots=True)
class Coop:
    """A co-operative: every row, channel, room and call belongs to one. ``city`` names a city pack."""

    id: str
    name: str
    city: str = "helsinki"


@dataclass(frozen=True, slots=True)
class Token:
    """A key to the door. ``scope`` is the restaurant or courier that it is limited to; ``digest`` its SHA-256."""

    id: str
    coop: str
    role: str
    digest: str
    name: str = ""
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed something last, and when."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Placement:
    """What an idempotency key was used for: the order, and a digest of the request that placed it."""

    order: str
    request: str


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of the orders in order of placing; ``next`` is the cursor of the following one, None at the end."""

    orders: tuple[Order, ...]
    next: str | None


class Transaction(Protocol):
    """One change of one co-op: nobody else changes that co-op meanwhile; all of it is kept, or nothing."""

    def order(self, id: str) -> Order | None: ...
    def courier(self, id: str) -> Courier | None: ...
    def grouped(self, group: str | None) -> Sequence[Order]:
        """The orders of a group, open or not, in the order in which they were placed; none of None."""
        ...

    def last_change(self, subject: str) -> Change | None: ...
    def placement(self, key: str) -> Placement | None: ...
    def remember(self, key: str, placement: Placement) -> None: ...
    def next_ref(self) -> str:
        """The next short number that people say aloud (1042), unique within the co-op."""
        ...

    def record(self, subject: Order | Courier, fact: Fact, *, by: str, at: datetime) -> Entry:
        """Write the subject as it now is, and the entry that says so."""
        ...

    def note(self, fact: Fact, *, by: str, at: datetime) -> Entry:
        """Write an entry about something that has no row of its own: a rule of pay, a vote, an objection."""
        ...

    def noted(self, subject: str) -> Sequence[Entry]:
        """All entries about a subject, oldest first."""
        ...

    def latest(self, subject: str) -> Entry | None:
        """The newest entry about a subject."""
        ...


class Store(Protocol):
    """The record. Readers see committed states only."""

    def coops(self) -> Sequence[Coop]: ...
    def coop(self, id: str) -> Coop | None: ...
    def add_coop(self, coop: Coop) -> None: ...
    def change(self, coop: str) -> AbstractContextManager[Transaction]:
        """A transaction; committed when the block ends, rolled back when it raises. NotFound: no such co-op."""
        ...

    def order(self, coop: str, id: str) -> Order | None: ...
    def orders(
        self, coop: str, *, states: Collection[str] = (), courier: str | None = None, restaurant: str | None = None,
        after: str | None = None, limit: int = 100, since: datetime | None = None,
    ) -> Page:  # fmt: skip
        """With ``since``: what is open, and what was closed from then on."""
        ...

    def orders_by_id(self, coop: str, ids: Collection[str]) -> Mapping[str, Order]:
        """Those of these orders that exist, open or not."""
        ...

    def orders_by_ref(self, coop: str, refs: Collection[str]) -> Sequence[Order]:
        """Those that people call by these numbers, open or not; a number that came from outside may be several's."""
        ...

    def grouped(self, coop: str, group: str | None) -> Sequence[Order]:
        """The orders of a group, open or not, in the order in which they were placed; none of None."""
        ...

    def courier(self, coop: str, id: str) -> Courier | None: ...
    def couriers(self, coop: str) -> Sequence[Courier]: ...
    def last_change(self, coop: str, subject: str) -> Change | None: ...
    def board(self, coop: str, at: datetime) -> Board:
        """Open orders, those closed within KEEP_CLOSED before ``at``, and couriers: one consistent reading."""
        ...

    def board_at(self, coop: str, seq: int) -> Board:
        """The board as it was right after entry ``seq``; empty at 0. Fast at any seq of a long journal."""
        ...

    def head(self, coop: str) -> Head: ...
    def entries(self, coop: str, *, after: int = 0, limit: int = 1000) -> Sequence[Entry]: ...
    def last_before(self, coop: str, at: datetime) -> int:
        """The seq of the newest entry that is older than ``at``; 0 if none is. Times rise with the seq."""
        ...

    def about(self, coop: str, subject: str) -> Sequence[Entry]:
        """All entries about one order, courier, rule, …, in order."""
        ...

    def steps_of(self, coop: str, actor: str, since: datetime, who: str = "") -> Sequence[Entry]:
        """What somebody did to orders and couriers since then, oldest first: at least their last MOST commands.

        ``who`` tells people of one name apart (domain/commands.py).
        """
        ...

    def noted_since(self, coop: str, prefix: str, since: datetime) -> Sequence[Entry]:
        """All entries since then about subjects that begin so, in order."""
        ...

    def naming(self, coop: str, courier: str) -> Sequence[Entry]:
        """All entries about a courier, and about any subject of which one entry names the courier or is by them."""
        ...

    def add_token(self, token: Token) -> None: ...
    def token(self, digest: str) -> Token | None: ...
    def tokens(self, coop: str) -> Sequence[Token]: ...
    def remove_token(self, coop: str, id: str) -> None:
        """The token opens nothing from now on. NotFound: the co-op has no such token."""
        ...

    def ping(self) -> None:
        """Raise if the database does not answer."""
        ...


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody (``by``, in ``role``) read ``what`` of a courier, first within that hour at ``at``."""

    coop: str
    courier: str
    by: str
    role: str
    what: str
    at: datetime


class LookBook(Protocol):
    """Where looks are kept."""

    def add_look(self, look: Look, hour: datetime, keep_since: datetime) -> None:
        """Keep it, unless the same was kept within that hour; what is older than ``keep_since`` goes."""
        ...

    def looks(self, coop: str, couriers: tuple[str, ...]) -> Sequence[Look]:
        """Those about the couriers, newest first."""
        ...


class Announcer(Protocol):
    """Tells every open screen that something was committed. Never raises: the journal has it already."""

    def __call__(self, entry: Entry) -> None: ...


@dataclass(frozen=True, slots=True)
class Route:
    """A way by bicycle: (lon, lat) points, metres, seconds; ``ascent`` metres uphill, None where nobody knows.

    ``guessed``: as the crow flies, times DETOUR, because no road is known.
    """

    points: tuple[Point, ...]
    metres: float
    seconds: float
    guessed: bool = False
    ascent: float | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Ways from each source (row) to each target (column); NaN where there is none. ``guessed`` as in Route."""

    seconds: NDArray[np.float64]
    metres: NDArray[np.float64]
    guessed: bool = False


class Router(Protocol):
    """Ways through the streets of a co-op's city; points are (lon, lat), ``vehicle`` one of VEHICLES.

    Answers within a second, whatever it has to ask: what no road is found for in time is guessed, and says so.
    """

    def route(self, coop: str, points: Sequence[Point], vehicle: str = BICYCLE) -> Route | None:
        """The way through all points, None where there is none."""
        ...

    def times(self, coop: str, sources: Sequence[Point], targets: Sequence[Point], vehicle: str = BICYCLE) -> Matrix:
        """Seconds and metres of the ways from all sources to all targets."""
        ...
