"""What app.py hands to the callbacks: the use cases in, the present board out, and the page's surroundings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from callbacks import session
from dashboard.alarms import Alarms
from dashboard.assembly import Assembly
from dashboard.coopcycle import Going
from dashboard.decisions import Decisions
from dashboard.desk_acts import DeskActs
from dashboard.dispatch import Dispatch
from dashboard.domain.board import Board
from dashboard.domain.ground import Point
from dashboard.domain.orders import Order
from dashboard.domain.spans import local_date
from dashboard.handover import Handovers
from dashboard.imports.taking_in import Imports
from dashboard.incidents import Incidents
from dashboard.looks import Looks
from dashboard.phones import Phones
from dashboard.planner import Planner
from dashboard.plans import Plans
from dashboard.ports import Coop
from dashboard.repeating import Repeating
from dashboard.reports import Accounts
from dashboard.suggestions import Suggestions
from dashboard.token_uses import TokenLine
from dashboard.trials import Trials
from dashboard.undoing import Undoing
from dashboard.weather import Weather
from dashboard.webhooks import Webhooks
from layouts.view import City
from layouts.words import Words


@dataclass(frozen=True, slots=True)
class Given:
    """``board``, ``coop`` and ``city`` are asked by co-op id, ``where`` by co-op and courier id; ``now`` is the clock.

    ``bundles`` are the URLs of deck.gl (``deck``) and Socket.IO (``socketio``); ``language`` is the installation's,
    empty for the browser's.
    """

    dispatch: Dispatch
    acts: DeskActs
    undoing: Undoing
    accounts: Accounts
    assembly: Assembly
    trials: Trials
    decisions: Decisions
    suggestions: Suggestions
    looks: Looks
    weather: Weather
    planner: Planner
    alarms: Alarms
    handovers: Handovers
    repeating: Repeating
    incidents: Incidents
    orders: Callable[[str, Collection[str]], Mapping[str, Order]]
    board: Callable[[str], Board]
    where: Callable[[str, str], Point | None]
    coop: Callable[[str], Coop | None]
    city: Callable[[str], City]
    bundles: Mapping[str, str]
    now: Callable[[], datetime]
    tokens: Callable[[str], Sequence[TokenLine]]
    phones: Phones
    webhooks: Webhooks
    plans: Plans
    imports: Imports
    language: str = ""
    coopcycle: Callable[[str], Going | None] = lambda _: None

    def words(self, coop: str | None = None) -> Words:
        """The words for whoever asks, in the time zone of the co-op's city and the currency of its rules today."""
        language = session.language(self.language)
        if coop is None:
            return Words(language)
        return Words(language, self.city(coop).time_zone, self.accounts.scheme(coop).era(self.today(coop)).currency)

    def today(self, coop: str) -> date:
        """The day on the co-op's calendar."""
        return local_date(self.now(), ZoneInfo(self.city(coop).time_zone))

    def names(self, coop: str) -> Mapping[str, str]:
        """The couriers' names by id."""
        return {courier.id: courier.name for courier in self.board(coop).couriers.values()}
