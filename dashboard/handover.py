"""Handing the desk over, and taking it over: use cases that add to the journal, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from dashboard.dispatch import Dispatch
from dashboard.domain import handover
from dashboard.domain.board import Board
from dashboard.domain.events import Entry
from dashboard.domain.fitting import Planned
from dashboard.domain.handover import Around, Handover, Item
from dashboard.domain.recurring import Missed
from dashboard.domain.refusals import NotFound
from dashboard.ports import Store


class Handovers:
    """``board`` is the present one, ``rain`` since when it rains, ``running`` the planned shifts by courier, ``missed``
    the recurring orders that nobody placed."""

    def __init__(
        self, store: Store, dispatch: Dispatch, board: Callable[[str], Board],
        rain: Callable[[str], datetime | None], running: Callable[[str, datetime], Mapping[str, Planned]],
        missed: Callable[[str, datetime], Sequence[Missed]], new_id: Callable[[], str],
    ) -> None:  # fmt: skip
        self._store, self._dispatch, self._board = store, dispatch, board
        self._rain, self._running, self._missed, self._new_id = rain, running, missed, new_id

    def sheet(self, coop: str, now: datetime) -> tuple[Item, ...]:
        """What lies open now, and the notes since the desk was last taken over."""
        since = handover.notes_since(self.all(coop, now - handover.SHIFT), now)
        notes = self._store.noted_since(coop, handover.NOTES, since)
        planned = self._running(coop, now)
        ends = {courier: one.ends_at for courier, one in planned.items() if one.ends_at}
        return handover.gather(self._board(coop), notes, Around(self._rain(coop), ends, self._missed(coop, now)), now)

    def note(self, coop: str, text: str, *, by: str, at: datetime) -> Entry:
        """A note for whoever comes next. Invalid: it is empty, or too long."""
        return self._dispatch.note(coop, handover.noted(text), by=by, at=at)

    def give(self, coop: str, note: str = "", to: str = "", *, by: str, at: datetime) -> Handover:
        """Hand over with the list as it is now; what the same person gave before and nobody took is withdrawn.

        WrongState: somebody is taking that one over at this very moment.
        """
        mine = [one for one in self.all(coop, at - handover.SHIFT) if one.is_open and one.by == by]
        stands = partial(handover.may_withdraw, by=by)
        fact = handover.given(self._new_id(), self.sheet(coop, at), note, to)
        withdrawn = [(handover.withdrawn(one.id), stands) for one in mine]
        entries = self._dispatch.write(coop, *withdrawn, (fact, lambda _: None), by=by, at=at)
        return handover.handovers(entries[-1:])[0]

    def confirm(self, coop: str, id: str, *, by: str, at: datetime) -> Handover:
        """Take over. NotFound. WrongState: one's own, or somebody was first, or it was withdrawn."""
        self._dispatch.note(coop, handover.taken(id), by=by, at=at, unless=partial(handover.may_take, by=by))
        return self.one(coop, id)

    def withdraw(self, coop: str, id: str, *, by: str, at: datetime) -> Handover:
        """Take one's own back. NotFound. WrongState: another's, or taken, or withdrawn."""
        self._dispatch.note(coop, handover.withdrawn(id), by=by, at=at, unless=partial(handover.may_withdraw, by=by))
        return self.one(coop, id)

    def one(self, coop: str, id: str) -> Handover:
        """One of them. NotFound."""
        found = handover.handovers(self._store.about(coop, handover.SUBJECT + id))
        if not found:
            raise NotFound("There is no such handover: look at the list")
        return found[0]

    def all(self, coop: str, since: datetime) -> Sequence[Handover]:
        """Those given since then, newest first."""
        return handover.handovers(self._store.noted_since(coop, handover.SUBJECT, since))

    def waiting(self, coop: str, now: datetime) -> Sequence[Handover]:
        """Those that somebody still has to take."""
        return [one for one in self.all(coop, now - handover.SHIFT) if one.is_open]
