"""A co-op's history in memory: opened from the segments on disk, and moved on by what is new in the journal."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Lock

import pandas as pd

from dashboard.domain.events import GENESIS, Entry, Head
from dashboard.domain.refusals import NotReady
from dashboard.domain.workload import Workload, apply
from dashboard.domain.workload_states import OFF, Job, Stretch
from dashboard.history_cache import HistoryCache
from dashboard.history_segments import Segment, state_of
from dashboard.ports import Store
from dashboard.tables import JOB_COLUMNS, STRETCH_COLUMNS, Codes, Tables, frame, job_frame, stretch_frame
from dashboard.tables_reopened import settled

PAGE = 1024
PATIENCE = 40_960
"""Entries that a page may wait for: some 3 s."""


class History:
    """One per process. ``tables(coop)`` costs what happened since it was last asked, not what ever happened.

    With a ``cache`` nothing older than its newest segment is replayed, and finished segments are added to it.
    ``patience`` is how many entries whoever asks waits for; beyond them NotReady, and the worker reads them.
    """

    def __init__(
        self, store: Store, breathe: Callable[[], None] = lambda: time.sleep(0), cache: HistoryCache | None = None,
        patience: int | None = None,
    ) -> None:  # fmt: skip
        self._store, self._breathe, self._cache, self._patience = store, breathe, cache, patience
        self._logs: dict[str, _Log] = {}
        self._opening = Lock()

    def tables(self, coop: str, seq: int | None = None) -> Tables:
        """Everything up to the newest entry; NotFound: no such co-op. With ``seq``: as of that entry."""
        head = self._store.head(coop)
        self._ask_patience(coop, head.seq)
        if seq is not None and seq < head.seq:
            return self._caught_up(self._opened(coop, seq), seq)
        with self._opening:
            known = self._logs.get(coop)
            if known is None or self._is_outdated(known, head):
                known = self._logs[coop] = self._opened(coop, head.seq)
        return self._caught_up(known, head.seq)

    def _is_outdated(self, known: _Log, head: Head) -> bool:
        """Whether the journal is another one now, or another process has read on much further."""
        if known.seq > head.seq or known.hash != self._hash_at(known, head):
            return True
        ahead = self._cache.newest(known.work.coop) - self._cache.entries if self._cache else 0
        return known.seq < min(ahead, head.seq)

    def _hash_at(self, known: _Log, head: Head) -> str:
        if known.seq in (0, head.seq):
            return head.hash if known.seq else GENESIS
        return hash_at(self._store, known.work.coop, known.seq)

    def _ask_patience(self, coop: str, head: int) -> None:
        if self._patience is None or self._cache is None:
            return
        known = self._logs.get(coop)
        done = max(self._cache.newest(coop), known.seq if known else 0)
        if head - done > self._patience:
            raise NotReady(100 * done // head)

    def _opened(self, coop: str, until: int) -> _Log:
        found = self._cache.segments(coop, until, lambda at: hash_at(self._store, coop, at)) if self._cache else []
        return _Log(coop, found)

    def _caught_up(self, log: _Log, head: int) -> Tables:
        with log.lock:
            read_on(self._store, self._cache, log, head, self._breathe)
            return log.tables()


def prepare(store: Store, cache: HistoryCache, coop: str, told: Callable[[int, int], None]) -> None:
    """Write all segments that the journal has entries for, going on after the newest one; rows are not kept.

    ``told`` hears after each segment how many entries are done, and of how many; it may raise to end this.
    """
    whole = store.head(coop).seq // cache.entries * cache.entries
    last = cache.last(coop, whole, lambda at: hash_at(store, coop, at))
    log = _Log(coop, [last] if last else [], is_kept=False)
    while log.seq < whole:
        read_on(store, cache, log, log.seq + cache.entries, lambda: None)
        told(log.seq, whole)


def read_on(store: Store, cache: HistoryCache | None, log: _Log, head: int, breathe: Callable[[], None]) -> None:
    """Replay up to entry ``head``; segments that are finished on the way go to the cache."""
    while log.seq < head:
        limit = min(PAGE, head - log.seq, cache.entries - log.seq % cache.entries if cache else PAGE)
        for entry in store.entries(log.work.coop, after=log.seq, limit=limit):
            log.add(entry)
        if cache and log.seq % cache.entries == 0:
            log.finish(cache)
        breathe()


def hash_at(store: Store, coop: str, seq: int) -> str:
    """The journal's hash at an entry that there is."""
    (entry,) = store.entries(coop, after=seq - 1, limit=1)
    return entry.hash


def tables_of(entries: Sequence[Entry]) -> Tables:
    """The frames of a whole journal that is at hand; at least one entry."""
    log = _Log(entries[0].coop)
    for entry in entries:
        log.add(entry)
    return log.tables()


class _Log:
    """The fold, and the rows that it gave so far: those in ``_parts``, and those that are not in a frame yet."""

    def __init__(self, coop: str, segments: Sequence[Segment] = (), *, is_kept: bool = True) -> None:
        last = segments[-1] if segments else None
        self.lock, self.work = Lock(), last.work if last else Workload(coop)
        self.hash = last.hash if last else GENESIS
        self._is_kept = is_kept
        self._couriers = Codes(last.couriers if last else ())
        self._restaurants = Codes(last.restaurants if last else ())
        self._parts = [(one.jobs, one.stretches) for one in segments] if is_kept else []
        self._notes: list[Entry] = [note for one in segments for note in one.notes]
        self._made: Tables | None = None
        self._begin()

    @property
    def seq(self) -> int:
        """The newest entry that is in it."""
        return self.work.seq

    def _begin(self) -> None:
        """A new segment starts after this entry."""
        self._after, self._prev, self._notes_before = self.seq, self.hash, len(self._notes)
        self._jobs: list[Job] = []
        self._stretches: list[Stretch] = []
        self._segment: list[tuple[pd.DataFrame, pd.DataFrame]] = []

    def add(self, entry: Entry) -> None:
        self.work = apply(self.work, entry)
        self.hash = entry.hash
        at_work = [stretch for stretch in self.work.stretches if stretch.state != OFF]
        self._number(self.work.jobs, at_work)
        self._jobs += self.work.jobs
        self._stretches += at_work
        if not entry.kind.startswith(("order.", "courier.", "suggestion.")):
            self._notes.append(entry)

    def _number(self, jobs: Sequence[Job], stretches: Sequence[Stretch]) -> None:
        """Names get their numbers entry by entry: when frames are made must not decide about them."""
        for job in jobs:
            self._couriers[job.courier]
            self._restaurants[job.restaurant]
        for stretch in stretches:
            self._couriers[stretch.courier]

    def finish(self, cache: HistoryCache) -> None:
        """Write the segment that ends here; one that did not begin where the last ended is nobody's."""
        self._to_frames()
        if self._after == self.seq - cache.entries:
            jobs, stretches = _joined(self._segment)
            cache.write(
                Segment(
                    self.work.coop, self._after, self._prev, self.seq, self.hash, self._couriers.names,
                    self._restaurants.names, jobs, stretches, tuple(self._notes[self._notes_before :]),
                    state_of(self.work),
                )
            )  # fmt: skip
        self._begin()

    def tables(self) -> Tables:
        """The frames as they are now: what was made before, and what came since."""
        if self._made is None or self._made.seq != self.seq:
            self._to_frames()
            jobs, stretches = _joined(self._parts)
            self._parts = [(jobs, stretches)]
            names = self._couriers.names, self._restaurants.names
            made = Tables(self.work.coop, self.seq, *names, jobs, stretches, tuple(self._notes))
            self._made = settled(made)
        return self._made

    def _to_frames(self) -> None:
        made = (
            job_frame(self._jobs, self._couriers, self._restaurants),
            stretch_frame(self._stretches, self._couriers),
        )
        self._jobs, self._stretches = [], []
        self._segment.append(made)
        if self._is_kept:
            self._parts.append(made)


def _joined(parts: Sequence[tuple[pd.DataFrame, pd.DataFrame]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    jobs, stretches = zip(*parts, strict=True)
    return _one(jobs, JOB_COLUMNS), _one(stretches, STRETCH_COLUMNS)


def _one(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    full = [each for each in frames if len(each)]
    return pd.concat(full, ignore_index=True) if len(full) > 1 else full[0] if full else frame(columns, ())
