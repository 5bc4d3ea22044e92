"""A co-op's history in memory, read from the journal once and then moved on by what is new."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Lock

import pandas as pd

from dashboard.domain.events import Entry
from dashboard.domain.workload import Workload, apply
from dashboard.domain.workload_states import OFF, Job, Stretch
from dashboard.ports import Store
from dashboard.tables import JOB_COLUMNS, STRETCH_COLUMNS, Codes, Tables, frame, job_frame, stretch_frame

PAGE = 1000


class History:
    """One per process. ``tables(coop)`` costs what happened since it was last asked, not what ever happened."""

    def __init__(self, store: Store, breathe: Callable[[], None] = lambda: time.sleep(0)) -> None:
        self._store, self._breathe = store, breathe
        self._logs: dict[str, _Log] = {}

    def tables(self, coop: str, seq: int | None = None) -> Tables:
        """Everything up to the newest entry; NotFound: no such co-op.

        With ``seq``: as of that entry, made anew from the first (a frozen snapshot; costs the whole history).
        """
        head = self._store.head(coop).seq
        if seq is not None:
            return self._caught_up(_Log(coop), min(seq, head))
        return self._caught_up(self._logs.setdefault(coop, _Log(coop)), head)

    def _caught_up(self, log: _Log, head: int) -> Tables:
        with log.lock:
            while log.work.seq < head:
                limit = min(PAGE, head - log.work.seq)
                for entry in self._store.entries(log.work.coop, after=log.work.seq, limit=limit):
                    log.add(entry)
                self._breathe()
            return log.tables()


def tables_of(entries: Sequence[Entry]) -> Tables:
    """The frames of a whole journal that is at hand; at least one entry."""
    log = _Log(entries[0].coop)
    for entry in entries:
        log.add(entry)
    return log.tables()


class _Log:
    def __init__(self, coop: str) -> None:
        self.lock, self.work = Lock(), Workload(coop)
        self._couriers, self._restaurants = Codes(), Codes()
        self._jobs: list[Job] = []
        self._stretches: list[Stretch] = []
        self._notes: list[Entry] = []
        self._made = Tables(coop, 0, (), (), frame(JOB_COLUMNS, ()), frame(STRETCH_COLUMNS, ()))

    def add(self, entry: Entry) -> None:
        self.work = apply(self.work, entry)
        self._jobs += self.work.jobs
        self._stretches += (stretch for stretch in self.work.stretches if stretch.state != OFF)
        if not entry.kind.startswith(("order.", "courier.")):
            self._notes.append(entry)

    def tables(self) -> Tables:
        """The frames as they are now: what was made before, and what came since."""
        if self._made.seq != self.work.seq:
            jobs = job_frame(self._jobs, self._couriers, self._restaurants)
            stretches = stretch_frame(self._stretches, self._couriers)
            self._made = Tables(
                self.work.coop, self.work.seq, self._couriers.names, self._restaurants.names,
                _longer(self._made.jobs, jobs), _longer(self._made.stretches, stretches), tuple(self._notes),
            )  # fmt: skip
            self._jobs, self._stretches = [], []
        return self._made


def _longer(made: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([made, more], ignore_index=True) if len(made) and len(more) else more if len(more) else made
