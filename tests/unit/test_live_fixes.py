"""Positions as they come in: what is read, and what is refused at the door."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live import fixes
from live.fixes import MAX_MESSAGE, REASONS, Fix, decode, encode, why_refused

NOW = 1_700_000_000.0
GOOD: dict[str, Any] = {"courier": "lea", "lat": 60.17, "lon": 24.94, "t": NOW}
LEA = Fix("lea", 60.17, 24.94, NOW)


@dataclass
class Read:
    """A message, read."""

    message: bytes
    refused: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.fixes = list(decode(self.message, self.refused))


def test_an_object_and_an_array_are_read() -> None:
    """One fix as an object, several as an array; what is optional may be there, and what is unknown too."""
    assert Read(json.dumps(GOOD).encode()).fixes == [LEA]
    full = GOOD | {"accuracy": 5, "heading": 270.5, "battery": 0.4, "speed": 3}
    read = Read(json.dumps([GOOD, full]).encode())
    assert read.fixes == [LEA, Fix("lea", 60.17, 24.94, NOW, 5, 270.5, 0.4)]
    assert not read.refused


def test_a_bad_piece_of_an_array_is_left_out_alone() -> None:
    """The others of the same message are taken."""
    read = Read(json.dumps([GOOD, {"courier": "max"}, 7, GOOD | {"lat": "60"}, GOOD]).encode())
    assert read.fixes == [LEA, LEA]
    assert read.refused == {fixes.WRONG_SHAPE: 3}


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (b"", fixes.MALFORMED),
        (b"\xff\xfe\x00", fixes.MALFORMED),
        (b'{"courier":', fixes.MALFORMED),
        (b'{"courier":"lea","lat":NaN,"lon":1,"t":1}', fixes.MALFORMED),
        (b'{"courier":"lea","lat":1e999,"lon":1,"t":1}', fixes.WRONG_SHAPE),
        (b'{"courier":"\xff","lat":1,"lon":1,"t":1}', fixes.MALFORMED),
        (b"[" * 100_000, fixes.WRONG_SHAPE),
        (b'{"x":' * 40_000 + b"1" + b"}" * 40_000, fixes.MALFORMED),
        (b"null", fixes.WRONG_SHAPE),
        (b'"lea"', fixes.WRONG_SHAPE),
        (b"{}", fixes.WRONG_SHAPE),
        (b'{"courier":7,"lat":1,"lon":1,"t":1}', fixes.WRONG_SHAPE),
        (b'{"courier":"lea","lat":true,"lon":1,"t":1}', fixes.WRONG_SHAPE),
        (b'{"courier":"lea","lat":1,"lon":1,"t":"2026-11-24"}', fixes.WRONG_SHAPE),
        (b" " * (MAX_MESSAGE + 1), fixes.TOO_LARGE),
    ],
)
def test_what_cannot_be_read_is_counted(message: bytes, reason: str) -> None:
    """Each kind of nonsense has its reason, and raises nothing."""
    read = Read(message)
    assert read.fixes == []
    assert read.refused == {reason: 1}


@settings(deadline=None)
@given(st.binary(max_size=2000) | st.text(max_size=500).map(str.encode))
def test_no_bytes_at_all_raise(message: bytes) -> None:
    """Whatever is published, reading it ends with fixes or with a reason."""
    read = Read(message)
    assert read.fixes or set(read.refused) <= set(REASONS)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*GOOD, "accuracy", "x"]), inner, max_size=5)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(json_values)
def test_no_json_at_all_raises(document: Any) -> None:
    """JSON of any shape is read, or refused for its shape."""
    read = Read(json.dumps(document).encode())
    assert all(isinstance(fix, Fix) for fix in read.fixes)
    assert set(read.refused) <= {fixes.WRONG_SHAPE, fixes.MALFORMED}


@settings(deadline=None)
@given(st.builds(Fix, st.text(max_size=20), *[st.floats(allow_nan=False, allow_infinity=False)] * 3))
def test_what_is_written_reads_back(fix: Fix) -> None:
    """A fix survives the wire unchanged."""
    assert Read(encode(fix)).fixes == [fix]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"t": NOW + 59}, None),
        ({"t": NOW - 299}, None),
        ({"lat": 90, "lon": -180}, None),
        ({"lat": 90.001}, fixes.OUT_OF_RANGE),
        ({"lon": 180.001}, fixes.OUT_OF_RANGE),
        ({"lat": float("nan")}, fixes.OUT_OF_RANGE),
        ({"lon": float("inf")}, fixes.OUT_OF_RANGE),
        ({"t": float("nan")}, fixes.OUT_OF_RANGE),
        ({"t": NOW * 1000}, fixes.FUTURE),
        ({"t": NOW + 61}, fixes.FUTURE),
        ({"t": float("inf")}, fixes.FUTURE),
        ({"t": NOW - 301}, fixes.TOO_OLD),
        ({"t": NOW - 250}, None),
    ],
)
def test_the_door_checks_place_and_time(changes: dict[str, float], reason: str | None) -> None:
    """Out of range, from the future (over 60 s) or too old (over 300 s): each is refused with its reason."""
    fix = Fix(**GOOD | changes)
    assert why_refused(fix, since=0, newest=0, now=NOW) == reason


@pytest.mark.parametrize(
    ("t", "reason"),
    [
        (NOW - 10.5, fixes.BEFORE_SHIFT),
        (NOW - 10, None),
        (NOW - 5, fixes.OUT_OF_ORDER),
        (NOW - 2, fixes.DUPLICATE),
        (NOW - 1, None),
    ],
)
def test_a_fix_has_to_be_news_of_this_shift(t: float, reason: str | None) -> None:
    """From before the shift, older than the last or the same again: refused; a shift's first may be as old as it."""
    newest = NOW - 2 if t > NOW - 10 else float("-inf")
    assert why_refused(Fix("lea", 60.17, 24.94, t), since=NOW - 10, newest=newest, now=NOW) == reason
