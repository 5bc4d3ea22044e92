"""A piece of a co-op's history as bytes: the rows that some entries gave, and the fold's state after the last of them.

Layout, numbers little-endian: SHA-256 of all that follows (32 bytes) · length of the head (u64) · head (JSON: FORMAT,
coop, after, prev, seq, hash, names, notes, ids of orders, numbers of rows) · length of the state (u64) · state (JSON of
``Workload`` as msgspec writes dataclasses, zlib) · the columns, one after the other. Reading it runs nothing.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import numpy as np
import pandas as pd

from dashboard.domain.events import Entry
from dashboard.domain.workload import Workload
from dashboard.domain.workload_clock import Clock
from dashboard.tables import JOB_COLUMNS, STRETCH_COLUMNS, dtype

FORMAT = 4
"""Raised whenever a row or the state would come out otherwise: what older programs wrote is then not read."""
LENGTH = struct.Struct("<Q")
DIGEST = 32


class Damaged(ValueError):
    """The bytes are not what was written, or another version wrote them."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Entries after ``after`` up to ``seq``; ``prev`` and ``hash`` are those of the entries ``after`` and ``seq``.

    ``couriers`` and ``restaurants`` are all names up to ``seq``, those of earlier segments first.
    """

    coop: str
    after: int
    prev: str
    seq: int
    hash: str
    couriers: tuple[str, ...]
    restaurants: tuple[str, ...]
    jobs: pd.DataFrame
    stretches: pd.DataFrame
    notes: tuple[Entry, ...]
    state: bytes

    @property
    def work(self) -> Workload:
        """The fold's state after the last entry."""
        return work_from(self.state)


class _Head(msgspec.Struct):
    format: int
    coop: str
    after: int
    prev: str
    seq: int
    hash: str
    couriers: tuple[str, ...]
    restaurants: tuple[str, ...]
    notes: tuple[Entry, ...]
    orders: list[str]
    stretches: int


def state_of(work: Workload) -> bytes:
    """A workload between two entries, as compressed JSON; what its last entry closed is left out."""
    return zlib.compress(msgspec.json.encode(replace(work, stretches=(), jobs=())), 1)


def work_from(state: bytes) -> Workload:
    """The workload of such bytes."""
    work = msgspec.json.decode(zlib.decompress(state), type=Workload, dec_hook=_as_it_is)
    return replace(work, clocks={courier: _with_place(clock) for courier, clock in work.clocks.items()})


def to_bytes(segment: Segment) -> bytes:
    """The segment as it lies on a disk."""
    head = msgspec.json.encode(
        _Head(
            FORMAT, segment.coop, segment.after, segment.prev, segment.seq, segment.hash, segment.couriers,
            segment.restaurants, segment.notes, segment.jobs["order"].tolist(), len(segment.stretches),
        )
    )  # fmt: skip
    columns = [segment.jobs[name] for name in _plain(JOB_COLUMNS)]
    columns += [segment.stretches[name] for name in STRETCH_COLUMNS]
    parts = [LENGTH.pack(len(head)), head, LENGTH.pack(len(segment.state)), segment.state]
    body = b"".join([*parts, *(column.to_numpy().astype(_stored(str(column.name))).tobytes() for column in columns)])
    return hashlib.sha256(body).digest() + body


def from_bytes(data: bytes) -> Segment:
    """The segment of such bytes; Damaged when they are not whole, or of another FORMAT."""
    body = memoryview(data)[DIGEST:]
    if hashlib.sha256(body).digest() != data[:DIGEST]:
        raise Damaged("its checksum does not fit")
    try:
        return _from_body(body)
    except (msgspec.MsgspecError, struct.error) as error:
        raise Damaged(str(error)) from error


def _from_body(body: memoryview) -> Segment:
    text, at = _block(body, 0)
    if msgspec.json.decode(text, type=dict[str, Any]).get("format") != FORMAT:
        raise Damaged("another version wrote it")
    head = msgspec.json.decode(text, type=_Head)
    state, at = _block(body, at)
    jobs, at = _columns(body, at, _plain(JOB_COLUMNS), len(head.orders))
    stretches, at = _columns(body, at, STRETCH_COLUMNS, head.stretches)
    jobs["order"] = np.array(head.orders, dtype=object)
    return Segment(
        head.coop, head.after, head.prev, head.seq, head.hash, head.couriers, head.restaurants,
        _frame(JOB_COLUMNS, jobs), _frame(STRETCH_COLUMNS, stretches), head.notes, bytes(state),
    )  # fmt: skip


def _block(body: memoryview, at: int) -> tuple[memoryview, int]:
    (length,) = LENGTH.unpack_from(body, at)
    start = at + LENGTH.size
    return body[start : start + length], start + length


def _columns(body: memoryview, at: int, names: Sequence[str], rows: int) -> tuple[dict[str, Any], int]:
    found = {}
    for name in names:
        kind = _stored(name)
        found[name] = np.frombuffer(body, kind, rows, at).astype(dtype(name))
        at += rows * kind.itemsize
    return found, at


def _frame(names: Sequence[str], columns: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame({name: columns[name] for name in names})


def _plain(names: Sequence[str]) -> list[str]:
    return [name for name in names if name != "order"]


def _stored(name: str) -> np.dtype[Any]:
    return np.dtype(dtype(name)).newbyteorder("<")


def _as_it_is(_: type, value: Any) -> Any:
    return value


def _with_place(clock: Clock) -> Clock:
    """A door known by where it is comes out of JSON as a list."""
    if clock.place is None or not isinstance(clock.place[1], list):
        return clock
    lon, lat = clock.place[1]
    return replace(clock, place=(clock.place[0], (lon, lat)))
