"""Who writes down that it rains: use cases that add to the journal, and nothing else."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from dashboard.dispatch import Dispatch
from dashboard.domain import weather
from dashboard.domain.refusals import Invalid
from dashboard.domain.weather import SUBJECT, Spell
from dashboard.ports import Store


class Weather:
    """Supplements for rain go by what is written here, at once and for the days before."""

    def __init__(self, store: Store, dispatch: Dispatch) -> None:
        self._store, self._dispatch = store, dispatch

    def spells(self, coop: str) -> tuple[Spell, ...]:
        """All that stand, oldest first."""
        return weather.spells(self._store.about(coop, SUBJECT))

    def rains_since(self, coop: str) -> datetime | None:
        """None while it does not rain."""
        here = weather.raining(self._store.about(coop, SUBJECT))
        return None if here is None else here.since

    def begins(
        self, coop: str, since: datetime | None = None, until: datetime | None = None, *, by: str, at: datetime
    ) -> Spell:
        """It rains since then (default: now), or rained until then. Invalid: rain is written down already."""
        fact = weather.spell(since or at, until, at)
        unless = weather.may_begin if until is None else lambda _: None
        return weather.spells([self._dispatch.note(coop, fact, by=by, at=at, unless=unless)])[0]

    def ends(self, coop: str, until: datetime | None = None, *, by: str, at: datetime) -> Spell:
        """The rain that goes on is over since then (default: now). Invalid: none is written down."""
        here = weather.raining(self._store.about(coop, SUBJECT))
        if here is None:
            raise Invalid("No rain is written down: nothing ends", field="rain")
        self.correct(coop, here.id, here.since, until or at, by=by, at=at)
        return Spell(here.id, here.since, until or at, by, at)

    def correct(
        self, coop: str, id: str, since: datetime, until: datetime | None, *, by: str, at: datetime
    ) -> None:  # fmt: skip
        """Another entry takes its place (``until`` = ``since``: it did not rain). NotFound: it stands no longer."""
        fact = weather.spell(since, until, at, id)
        self._dispatch.note(coop, fact, by=by, at=at, unless=partial(weather.stands, id=id))
