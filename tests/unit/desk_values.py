"""A small board, for tests of what is drawn from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dashboard.domain.board import Board
from dashboard.domain.candidates import Candidate, Point, candidates
from dashboard.domain.couriers import Courier
from dashboard.domain.orders import Order, Place
from dashboard.domain.suggesting import Terms
from dashboard.suggestions import Beside, Suggestion, ranked
from layouts.view import City, DeskView

AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
HELSINKI = City(
    "Helsinki",
    (24.935, 60.164, 24.953, 60.179),
    "Europe/Helsinki",
    "© OpenStreetMap contributors",
    "/city/basemap.json",
)
VIEW = DeskView("acme", "Helsinki Riders", "Ana", HELSINKI, {"deck": "/vendor/deck.js", "socketio": "/vendor/io.js"})
ORDER = Order(
    id="o1", coop="acme", ref="1042", pickup=Place(60.17, 24.94, "Savoy", "Esplanadi 14"),
    dropoff=Place(60.168, 24.95, "", "Bulevardi 5"), placed_at=AT, kind="meal", state="ready",
)  # fmt: skip


def courier(id: str, name: str, shift: str = "on", hours: float = 1) -> Courier:
    started = None if shift == "off" else AT - timedelta(hours=hours)
    return Courier(id, "acme", name, shift, started)


COURIERS = (
    courier("lea", "Léa"), courier("noe", "Noé", hours=3), courier("ida", "Ida", "break"), courier("oto", "Oto", "off"),
)  # fmt: skip
BOARD = Board("acme", 7, {ORDER.id: ORDER}, {one.id: one for one in COURIERS})
TERMS = Terms()
WHERE: dict[str, Point] = {"lea": (24.94, 60.175), "noe": (24.94, 60.171)}


def beside(terms: Terms = TERMS) -> Beside:
    """Everybody beside the order, by what the board alone knows."""
    made = tuple(Suggestion(one, "impossible" if one.obstacle else "open", one.obstacle) for one in found())
    return Beside(ORDER, ranked(made, terms), terms, AT, 7)


def found(board: Board = BOARD, order: Order = ORDER) -> tuple[Candidate, ...]:
    """Who could take the order."""
    return candidates(board, order, WHERE.get)
