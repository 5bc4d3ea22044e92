"""Segments of histories on this machine's disk. All of it is made from the journal, and may be deleted at any time."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from dashboard.history_segments import FORMAT, Damaged, Segment, from_bytes, to_bytes

log = logging.getLogger(__name__)

ENTRIES = 8192
"""Of one segment: what is replayed at most when a history is opened."""


class HistoryCache:
    """One file a segment, named by where it ends and by the journal's hash there: a journal that was restored or
    changed has other hashes, and never meets what was made of the old one. Any number of processes may share it."""

    def __init__(self, folder: Path, entries: int = ENTRIES) -> None:
        self._folder, self.entries = folder, entries

    def segments(self, coop: str, until: int, hash_at: Callable[[int], str]) -> list[Segment]:
        """As many as follow each other without a gap from the first entry on, none beyond entry ``until``.

        ``hash_at`` is asked for the journal's hash at an entry. Damaged files are deleted and logged.
        """
        found: list[Segment] = []
        at, known = min(self.newest(coop), self._whole(until)), None
        while at > 0:
            known = known or hash_at(at)
            segment = self._read(self._path(coop, at, known))
            if segment is None:
                found.clear()
            else:
                found.append(segment)
            known = segment.prev if segment else None
            at -= self.entries
        return found[::-1]

    def last(self, coop: str, until: int, hash_at: Callable[[int], str]) -> Segment | None:
        """The newest segment alone: enough to go on from."""
        for at in range(min(self.newest(coop), self._whole(until)), 0, -self.entries):
            path = self._path(coop, at, hash_at(at))
            if segment := self._read(path):
                return segment
        return None

    def newest(self, coop: str) -> int:
        """Where the furthest segment ends, whichever journal it was made of; 0 without any."""
        ends = (int(path.name.partition("-")[0]) for path in self._of(coop).glob("*.segment"))
        return self._whole(max(ends, default=0))

    def forget_older_formats(self) -> None:
        """Delete what older programs wrote, which nobody reads any more; what newer ones write is theirs."""
        for path in self._folder.glob("*-*"):
            version = path.name.rpartition("-")[2]
            if version.isdecimal() and int(version) < FORMAT:
                log.info("segments of an older format are deleted: %s", path)
                shutil.rmtree(path, ignore_errors=True)

    def _whole(self, seq: int) -> int:
        """The last end of a segment up to ``seq``."""
        return seq // self.entries * self.entries

    def write(self, segment: Segment) -> None:
        """Keep a segment: wholly, or not at all. A disk that is full or read-only is logged, and nothing else."""
        path = self._path(segment.coop, segment.seq, segment.hash)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, prefix="new-", delete=False) as file:
                file.write(to_bytes(segment))
            os.replace(file.name, path)
        except OSError as error:
            log.warning("%s could not be written: %s", path, error)

    def _read(self, path: Path) -> Segment | None:
        try:
            return from_bytes(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("%s cannot be read: %s", path, error)
        except Damaged as error:
            log.warning("%s is made anew: %s", path, error)
            with suppress(OSError):
                path.unlink()
        return None

    def _of(self, coop: str) -> Path:
        return self._folder / f"{hashlib.sha256(coop.encode()).hexdigest()[:16]}-{FORMAT}"

    def _path(self, coop: str, seq: int, hash: str) -> Path:
        return self._of(coop) / f"{seq:012}-{hash[:32]}.segment"
