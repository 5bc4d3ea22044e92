"""What goes to the screens, encoded once as it goes over the wire, whatever the number of viewers.

python-socketio encodes an event once per emit, but the WebSocket layer below frames (and compresses) it again for each
viewer. A Packet holds the finished WebSocket frames of an event: a viewer then costs one queue entry and one send.
"""

from __future__ import annotations

from typing import Any

import msgspec
from engineio import packet as engine

from live.websocket import BINARY, TEXT, frame

NAMESPACE = "/live"


class Ready(bytes):
    """WebSocket frames as they go over the wire, server to client (unmasked, RFC 6455 section 5.2)."""


class Packet(engine.Packet):  # type: ignore[misc]
    """An engine.io message that is encoded already."""

    def __init__(self, frames: bytes) -> None:
        super().__init__(engine.MESSAGE, data="")
        self._frames = Ready(frames)

    @property
    def size(self) -> int:
        """Bytes on the wire."""
        return len(self._frames)

    def encode(self, b64: bool = False) -> Ready:  # noqa: ARG002 | the base class has it for long polling
        """The frames."""
        return self._frames


def event(name: str, data: Any) -> Packet:
    """A Socket.IO event with one argument, which may be ``msgspec.Raw`` (JSON already)."""
    text = b'42%s,["%s",%s]' % (NAMESPACE.encode(), name.encode(), msgspec.json.encode(data))
    return Packet(frame(TEXT, text))


def binary_event(name: str, data: bytes) -> Packet:
    """A Socket.IO event whose one argument is these bytes."""
    text = b'451-%s,["%s",{"_placeholder":true,"num":0}]' % (NAMESPACE.encode(), name.encode())
    return Packet(frame(TEXT, text) + frame(BINARY, data))
