"""What suggestions go by, read from the very values that the code runs on: the page /how shows nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from dashboard import accounts_day
from dashboard.domain import decisions
from dashboard.domain.coop_settings import Held
from dashboard.domain.rules import Scheme
from dashboard.domain.suggesting import Terms, terms_of
from dashboard.domain.tradeoff import Weights
from dashboard.domain.working_time_limits import Limits


@dataclass(frozen=True, slots=True)
class Workings:
    """``ranking``: names of the criteria in the order in which they count; ``recorded``: fields of each hand-over.

    ``usual_*`` is what is expected of a job and a shift before there is any experience (minutes, orders an hour,
    metres).
    """

    ranking: tuple[str, ...]
    limits: Limits
    usual_shift: timedelta
    usual_job: timedelta
    usual_pace: float
    usual_metres: int
    recorded: tuple[str, ...]
    scheme: Scheme
    today: date
    settings: Mapping[str, Held]
    terms: Terms
    is_demo: bool = False


def workings(scheme: Scheme, today: date, settings: Mapping[str, Held], *, is_demo: bool = False) -> Workings:
    """As the program runs at this moment."""
    return Workings(
        ranking=tuple(field.name for field in fields(Weights)), limits=accounts_day.GUARD,
        usual_shift=accounts_day.USUAL_SHIFT, usual_job=timedelta(milliseconds=accounts_day.USUAL_JOB_MS),
        usual_pace=accounts_day.USUAL_PACE, usual_metres=accounts_day.USUAL_METRES,
        recorded=tuple(field.name for field in fields(decisions.Given)), scheme=scheme, today=today, settings=settings,
        terms=terms_of({name: one.value for name, one in settings.items()}), is_demo=is_demo,
    )  # fmt: skip
