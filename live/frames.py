"""The binary frame in which positions go to the screens: 16 + 14 n bytes, little-endian, column by column."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEADER = struct.Struct("<IdI")
MAX_AGE_MS = 65535

type Column = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Positions:
    """Some couriers of a co-op at one moment, a row each: roster index, degrees, and age of the fix in ms."""

    index: Column
    lon: Column
    lat: Column
    age_ms: Column


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame's number, when it was built (epoch seconds), and its rows."""

    number: int
    built_at: float
    positions: Positions


def encode_frame(frame: Frame) -> bytes:
    """u32 number, f64 built at, u32 n; then u32 index[n], f32 lon[n], f32 lat[n], u16 age_ms[n]."""
    rows = frame.positions
    header = HEADER.pack(frame.number & 0xFFFFFFFF, frame.built_at, len(rows.index))
    columns = (rows.index.astype("<u4"), rows.lon.astype("<f4"), rows.lat.astype("<f4"), rows.age_ms.astype("<u2"))
    return b"".join((header, *(column.tobytes() for column in columns)))


def decode_frame(data: bytes) -> Frame:
    """The frame of such bytes; ValueError when they are not exactly one."""
    if len(data) < HEADER.size:
        raise ValueError(f"{len(data)} bytes are no frame: its header alone has {HEADER.size}")
    number, built_at, n = HEADER.unpack_from(data)
    if len(data) != HEADER.size + 14 * n:
        raise ValueError(f"a frame of {n} couriers has {HEADER.size + 14 * n} bytes, not {len(data)}")
    index, lon, lat, age_ms = (
        np.frombuffer(data, dtype, n, HEADER.size + start * n)
        for dtype, start in (("<u4", 0), ("<f4", 4), ("<f4", 8), ("<u2", 12))
    )
    return Frame(number, built_at, Positions(index, lon, lat, age_ms))
