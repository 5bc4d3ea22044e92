"""Where a co-op's couriers are now: columns of numbers, and the door that lets fixes in."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dashboard.domain.couriers import Courier
from live.fixes import MAX_AGE, MAX_AHEAD, OFF_SHIFT, UNKNOWN_COURIER, Fix, why_refused
from live.frames import MAX_AGE_MS, Column, Positions

SHARE = 0.3
"""How much the newest time between two fixes counts in what is said of a phone."""


class Fleet:
    """The newest fix of each courier who can be located now; nothing is kept of the others.

    A courier's index is given once and stays, so that a screen may name the rows of a frame by it. One thread writes
    (``accept``, ``follow``) while others read.
    """

    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self._on_shift: dict[str, int] = {}
        self._since: list[float] = []
        self._floor: list[float] = []  # what a fix has to be newer than: one comparison instead of two
        self._fixes: list[Fix | None] = []
        self._every: list[float | None] = []
        self._lon, self._lat, self._t = (np.full(64, np.nan, dtype) for dtype in ("f4", "f4", "f8"))
        self._changed = np.zeros(64, bool)

    def accept(self, fix: Fix, now: float) -> str | None:
        """Take in a fix, or say why not (a reason of live.fixes)."""
        index = self._on_shift.get(fix.courier)
        if index is None:
            return OFF_SHIFT if fix.courier in self.index else UNKNOWN_COURIER
        t = fix.t
        if self._floor[index] < t <= now + MAX_AHEAD and t >= now - MAX_AGE:
            lat, lon = fix.lat, fix.lon
            if -90 <= lat <= 90 and -180 <= lon <= 180:
                if (last := self._fixes[index]) is not None:
                    every = self._every[index]
                    self._every[index] = t - last.t if every is None else every + SHARE * (t - last.t - every)
                self._floor[index] = t
                self._fixes[index] = fix
                self._lon[index] = lon
                self._lat[index] = lat
                self._t[index] = t
                self._changed[index] = True
                return None
        return self.why_refused(fix, now)

    def why_refused(self, fix: Fix, now: float) -> str | None:
        """The reason why ``accept`` would refuse this fix, or None; nothing is changed."""
        index = self._on_shift.get(fix.courier)
        if index is None:
            return OFF_SHIFT if fix.courier in self.index else UNKNOWN_COURIER
        newest = self._fixes[index]
        return why_refused(fix, since=self._since[index], newest=-np.inf if newest is None else newest.t, now=now)

    def follow(self, courier: Courier, since: float) -> bool:
        """Take note of a courier's shift; True if this gave out a new index.

        ``since`` is when a courier who can be located became so, epoch seconds. Whoever leaves shift or takes a break
        is forgotten at once.
        """
        known = courier.id in self.index
        index = self.index.setdefault(courier.id, len(self.index))
        if not known:
            self._make_room()
        if not courier.can_be_located:
            self._on_shift.pop(courier.id, None)
            self._forget(index)
        elif courier.id not in self._on_shift:
            self._since[index] = since
            self._floor[index] = np.nextafter(since, -np.inf)
            self._on_shift[courier.id] = index
        return not known

    @property
    def on_shift(self) -> Mapping[str, int]:
        """Index of each courier who can be located now."""
        return self._on_shift

    def newest(self, index: int) -> Fix | None:
        """The fix last accepted, None if there is none since the courier came on shift."""
        return self._fixes[index]

    def every(self, courier: str) -> float | None:
        """Seconds between the courier's fixes, the last ones counting most; None before the second."""
        index = self._on_shift.get(courier)
        return None if index is None else self._every[index]

    def seen(self) -> dict[str, float | None]:
        """Time of the newest fix of every courier ever heard of, epoch seconds."""
        fixes = self._fixes
        return {courier: None if (fix := fixes[index]) is None else fix.t for courier, index in self.index.items()}

    def heard(self) -> tuple[int, float]:
        """How many couriers there are a fix of now, and the time of the newest, epoch seconds (-inf: of nobody)."""
        times = self._t[: len(self._fixes)]
        times = times[np.isfinite(times)]
        return len(times), float(times.max(initial=-np.inf))

    def take_changed(self) -> Column:
        """Indices of those who have a new fix since this was asked last."""
        changed = np.flatnonzero(self._changed)
        self._changed[changed] = False  # before the values are read: a fix that comes in between is sent again
        return changed

    def mark_all(self) -> None:
        """Take everybody who has a fix for changed."""
        self._changed[: len(self._fixes)] = np.isfinite(self._lon[: len(self._fixes)])

    def positions(self, now: float, of: Column | None = None) -> Positions:
        """Where these couriers are (None: all), without those of whom nothing is known."""
        index = np.arange(len(self._fixes)) if of is None else of
        lon, lat = self._lon[index], self._lat[index]
        here = np.isfinite(lon) & np.isfinite(lat)
        age = np.clip((now - self._t[index][here]) * 1000, 0, MAX_AGE_MS)
        return Positions(index[here], lon[here], lat[here], age)

    def _forget(self, index: int) -> None:
        self._fixes[index] = self._every[index] = None
        self._lon[index] = self._lat[index] = self._t[index] = np.nan
        self._changed[index] = False

    def _make_room(self) -> None:
        self._since.append(-np.inf)
        self._floor.append(-np.inf)
        self._fixes.append(None)
        self._every.append(None)
        if len(self._fixes) > len(self._lon):
            more = np.full(len(self._lon), np.nan)
            self._lon, self._lat, self._t = (
                np.concatenate((column, more.astype(column.dtype))) for column in (self._lon, self._lat, self._t)
            )
            self._changed = np.concatenate((self._changed, np.zeros(len(self._changed), bool)))
