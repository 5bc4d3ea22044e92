"""A courier's position as it comes in, and the checks at the door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

MAX_MESSAGE = 256 * 1024
"""Bytes. A single huge message can cut off every subscriber of a Redis (its limit is 32 MB a subscriber)."""
MAX_AHEAD = 60.0
MAX_AGE = 300.0

TOO_LARGE = "too_large"
MALFORMED = "malformed"
WRONG_SHAPE = "wrong_shape"
OUT_OF_RANGE = "out_of_range"
UNKNOWN_COURIER = "unknown_courier"
OFF_SHIFT = "off_shift"
BEFORE_SHIFT = "before_shift"
DUPLICATE = "duplicate"
OUT_OF_ORDER = "out_of_order"
FUTURE = "future"
TOO_OLD = "too_old"
REASONS = (
    TOO_LARGE, MALFORMED, WRONG_SHAPE, OUT_OF_RANGE, UNKNOWN_COURIER, OFF_SHIFT, BEFORE_SHIFT, DUPLICATE,
    OUT_OF_ORDER, FUTURE, TOO_OLD,
)  # fmt: skip


class Fix(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Where a courier was: degrees WGS 84, ``t`` epoch seconds UTC, metres, degrees from north, 0 to 1."""

    courier: str
    lat: float
    lon: float
    t: float
    accuracy: float | None = None
    heading: float | None = None
    battery: float | None = None


_MESSAGE = msgspec.json.Decoder(Fix | list[Fix])
_PIECES = msgspec.json.Decoder(list[msgspec.Raw])
_PIECE = msgspec.json.Decoder(Fix)
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def encode(fix: Fix) -> bytes:
    """The fix as the contract writes it."""
    return msgspec.json.encode(fix)


def decode(message: bytes | str, refused: Counter[str]) -> Sequence[Fix]:
    """The fixes of a message: a JSON object, or an array of them, of which the bad ones are left out.

    Never raises; what is refused is counted in ``refused`` by its reason.
    """
    if len(message) > MAX_MESSAGE:
        refused[TOO_LARGE] += 1
        return ()
    try:
        fixes = _MESSAGE.decode(message)
    except msgspec.ValidationError:
        return tuple(_good_pieces(message, refused))
    except _UNREADABLE:
        refused[MALFORMED] += 1
        return ()
    return fixes if isinstance(fixes, list) else (fixes,)


def why_refused(fix: Fix, *, since: float, newest: float, now: float) -> str | None:
    """The reason why a fix of a courier on shift is of no use, or None.

    ``since`` is when the courier could first be located (start of shift, end of break), ``newest`` the time of the
    fix last accepted, ``now`` the present; epoch seconds. Phones keep what they could not send: without ``since`` a
    fix from before the shift would be let in afterwards.
    """
    if not in_range(fix):
        return OUT_OF_RANGE
    if fix.t > now + MAX_AHEAD:
        return FUTURE
    if fix.t < now - MAX_AGE:
        return TOO_OLD
    if fix.t < since:
        return BEFORE_SHIFT
    if fix.t <= newest:
        return DUPLICATE if fix.t == newest else OUT_OF_ORDER
    return None


def in_range(fix: Fix) -> bool:
    """Whether the fix is a place on earth at some time: not a number is in no range."""
    return -90 <= fix.lat <= 90 and -180 <= fix.lon <= 180 and fix.t >= 0


def _good_pieces(message: bytes | str, refused: Counter[str]) -> Iterator[Fix]:
    try:
        pieces = _PIECES.decode(message)
    except (*_UNREADABLE, msgspec.ValidationError):
        refused[WRONG_SHAPE] += 1
        return
    for piece in pieces:
        try:
            yield _PIECE.decode(piece)
        except (*_UNREADABLE, msgspec.ValidationError):
            refused[WRONG_SHAPE] += 1
