"""The form in which Valhalla writes a line."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.domain.ground import Point


def decoded(shape: str) -> Iterator[Point]:
    """Differences of latitude and longitude in millionths, 5 bits a character."""
    values = _differences(shape)
    lat = lon = 0
    for north in values:
        lat, lon = lat + north, lon + next(values)
        yield lon / 1e6, lat / 1e6


def _differences(shape: str) -> Iterator[int]:
    value = bits = 0
    for letter in shape:
        chunk = ord(letter) - 63
        value |= (chunk & 0x1F) << bits
        bits += 5
        if chunk < 0x20:
            yield ~(value >> 1) if value & 1 else value >> 1
            value = bits = 0
