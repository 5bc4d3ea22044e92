"""A call of the API as a value: routing, access, checking and the OpenAPI document are all read from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from dashboard.access import Visitor
from dashboard.accounts import BookedAccounts
from dashboard.alarms import Alarms
from dashboard.amending import Amending
from dashboard.api.fields import Nothing
from dashboard.api.intake import LARGEST_BODY
from dashboard.arriving import Arriving
from dashboard.assembly import Assembly
from dashboard.coopcycle import Books
from dashboard.decisions import Decisions
from dashboard.desk_acts import DeskActs
from dashboard.dispatch import Dispatch
from dashboard.domain.board import Board
from dashboard.handover import Handovers
from dashboard.incidents import Incidents
from dashboard.kitchens import Kitchens
from dashboard.looks import Looks
from dashboard.planner import Planner
from dashboard.plans import Plans
from dashboard.ports import Store
from dashboard.repeating import Repeating
from dashboard.suggestions import Suggestions
from dashboard.token_uses import TokenLine
from dashboard.trials import Trials
from dashboard.undoing import Undoing
from dashboard.weather import Weather
from dashboard.webhooks import Webhooks
from live.city.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Desk:
    """What the calls work on: the record to read, the use cases to change it, and the accounts."""

    store: Store
    dispatch: Dispatch
    accounts: BookedAccounts
    assembly: Assembly
    trials: Trials
    decisions: Decisions
    looks: Looks
    kitchens: Kitchens
    webhooks: Webhooks
    suggestions: Suggestions
    books: Books
    plans: Plans
    tokens: Callable[[str], Sequence[TokenLine]]
    weather: Weather
    alarms: Alarms
    board: Callable[[str], Board]
    unwatched_since: Callable[[str], datetime | None]
    planner: Planner
    gazetteer: Callable[[str], Gazetteer | None]
    arriving: Arriving
    handovers: Handovers
    amending: Amending
    acts: DeskActs
    undoing: Undoing
    repeating: Repeating
    incidents: Incidents


@dataclass(frozen=True, slots=True)
class Asked[B: BaseModel, Q: BaseModel]:
    """One request, checked: who asks, when, about what (``id`` of the path), with which body and query."""

    by: Visitor
    at: datetime
    id: str
    body: B
    query: Q
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: a JSON document."""

    document: Mapping[str, Any]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call[B: BaseModel, Q: BaseModel]:
    """A call: ``path`` below /api/v1 with ``{id}`` where the subject stands; ``action`` is what access is asked for.

    ``statuses`` are the good answers; ``present`` tells what stands in the way of a 409; ``names_others`` when the body
    or the query names something that may not be there (404). ``largest``: bytes of the body.
    """

    method: str
    path: str
    name: str
    summary: str
    action: str
    run: Callable[[Desk, Asked[B, Q]], Reply]
    answer: type[BaseModel]
    body: type[BaseModel] = Nothing
    query: type[BaseModel] = Nothing
    statuses: tuple[int, ...] = (200,)
    keyed: bool = False
    present: Callable[[Desk, Asked[Any, Any]], Mapping[str, Any]] | None = None
    names_others: bool = False
    largest: int = LARGEST_BODY
