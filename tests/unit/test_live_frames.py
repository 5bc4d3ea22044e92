"""The binary frame of the contract."""

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live.frames import Frame, Positions, decode_frame, encode_frame

ROWS = st.lists(
    st.tuples(
        st.integers(0, 2**32 - 1), st.floats(-180, 180, width=32), st.floats(-90, 90, width=32), st.integers(0, 65535)
    ),
    max_size=50,
)


def positions(rows: list[tuple[int, float, float, int]]) -> Positions:
    columns = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Positions(*(np.array(list(column), "f8") for column in columns))


def test_the_layout_is_that_of_the_contract() -> None:
    """u32 number, f64 built at, u32 n, then the columns u32, f32, f32, u16, all little-endian: 16 + 14 n bytes."""
    frame = Frame(7, 1.5, positions([(1, 24.5, 60.25, 100), (258, -24.5, -60.25, 65535)]))
    expected = struct.pack("<IdI2I2f2f2H", 7, 1.5, 2, 1, 258, 24.5, -24.5, 60.25, -60.25, 100, 65535)
    assert encode_frame(frame) == expected
    assert len(expected) == 16 + 14 * 2


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0, 4e9), ROWS)
def test_a_frame_reads_back(number: int, built_at: float, rows: list[tuple[int, float, float, int]]) -> None:
    """Whatever is encoded is decoded to the same."""
    data = encode_frame(Frame(number, built_at, positions(rows)))
    frame = decode_frame(data)
    back = zip(*(column.tolist() for column in vars_of(frame.positions)), strict=True)
    assert len(data) == 16 + 14 * len(rows)
    assert (frame.number, frame.built_at, list(back)) == (number, built_at, rows)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_frame_are_refused(data: bytes) -> None:
    """Decoding gives a frame of exactly these bytes, or a ValueError: nothing else."""
    try:
        frame = decode_frame(data)
    except ValueError:
        return
    assert len(data) == 16 + 14 * len(frame.positions.index)


@pytest.mark.parametrize("size", [0, 15, 17, 29])
def test_a_frame_of_the_wrong_length_is_named(size: int) -> None:
    """The message says how many bytes there should be."""
    with pytest.raises(ValueError, match="bytes"):
        decode_frame(struct.pack("<IdI", 1, 1.0, 1).ljust(size, b"\0")[:size])


def vars_of(rows: Positions) -> tuple[np.ndarray, ...]:
    return rows.index, rows.lon, rows.lat, rows.age_ms
