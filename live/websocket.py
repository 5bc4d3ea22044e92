"""The WebSocket protocol, server side (RFC 6455), as far as a live desk needs it: no extensions, small messages in.

Written out here because the stock server (simple-websocket) sends parts of messages when a line is slow, compresses
for each viewer anew with 300 kB of memory each, and spends more on an acknowledgement than a frame costs.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Iterator, Mapping
from typing import Any

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
_CONTINUATION, _FINAL, _MASKED = 0x0, 0x80, 0x80
_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_MESSAGE_KINDS = frozenset({_CONTINUATION, TEXT, BINARY})
_CONTROL_KINDS = frozenset({CLOSE, PING, PONG})


class ProtocolError(Exception):
    """The client does not speak WebSocket, or says too much at once."""


def handshake(environ: Mapping[str, Any]) -> bytes:
    """The answer that opens the line; extensions that the client offers are declined by silence."""
    key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "")
    if not key or environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        raise ProtocolError("this is no WebSocket handshake of version 13")
    accept = base64.b64encode(hashlib.sha1((key + _GUID).encode(), usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


def frame(kind: int, payload: bytes) -> bytes:
    """A whole message, from server to client (unmasked)."""
    size = len(payload)
    if size < 126:
        return struct.pack(">BB", _FINAL | kind, size) + payload
    if size < 65536:
        return struct.pack(">BBH", _FINAL | kind, 126, size) + payload
    return struct.pack(">BBQ", _FINAL | kind, 127, size) + payload


class Inbox:
    """Puts together what a client sends. ``limit`` is the largest message, in bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._raw = b""
        self._parts = b""
        self._kind = _CONTINUATION  # of the message in parts, if one has begun

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """(kind, payload) of each message or control frame that is now complete; ProtocolError ends it all."""
        self._raw += data
        while (found := self._next_frame()) is not None:
            final, kind, payload = found
            if kind in _CONTROL_KINDS:
                if not final or len(payload) > 125:
                    raise ProtocolError("a control frame is whole and small")
                yield kind, payload
            elif message := self._assemble(final, kind, payload):
                yield message

    def _next_frame(self) -> tuple[bool, int, bytes] | None:
        raw = self._raw
        if len(raw) < 2:
            return None
        first, second = raw[0], raw[1]
        if first & 0x70 or not second & _MASKED:
            raise ProtocolError("a client's frame is masked and without extensions")
        size, start = second & 0x7F, 2
        if size == 126:
            size, start = int.from_bytes(raw[2:4], "big"), 4
        elif size == 127:
            size, start = int.from_bytes(raw[2:10], "big"), 10
        end = start + 4 + size
        if len(raw) >= start and size > self._limit:
            raise ProtocolError(f"a message has {self._limit} bytes at most")
        if len(raw) < end:
            return None
        self._raw = raw[end:]
        return bool(first & _FINAL), first & 0x0F, unmask(raw[start : start + 4], raw[start + 4 : end])

    def _assemble(self, final: bool, kind: int, payload: bytes) -> tuple[int, bytes] | None:
        if kind not in _MESSAGE_KINDS or (kind == _CONTINUATION) != (self._kind != _CONTINUATION):
            raise ProtocolError("these frames make no message")
        if final and kind != _CONTINUATION:
            return kind, payload
        self._kind, self._parts = self._kind or kind, self._parts + payload
        if len(self._parts) > self._limit:
            raise ProtocolError(f"a message has {self._limit} bytes at most")
        if not final:
            return None
        message, self._kind, self._parts = (self._kind, self._parts), _CONTINUATION, b""
        return message


def unmask(mask: bytes, payload: bytes) -> bytes:
    """The payload that was masked with these four bytes (or the other way round: it is its own inverse)."""
    size = len(payload)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "little") ^ int.from_bytes(key, "little")).to_bytes(size, "little")
