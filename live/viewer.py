"""One open screen: how far it has got, and whether it can take more."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from live.packets import Packet
from live.presence import person_id
from live.sight import Visitor, sees_all

MOST_UNACKNOWLEDGED = 2
"""Position frames on their way to a viewer that acknowledges them: more would be old when they arrive."""
FEW_BYTES = 6000
"""On their way; frames so small that all of them together make no more may be any number."""
MOST_WAITING = 2
"""Packets that wait in this process for a viewer's line before it is passed over."""
QUIET = 2.0
"""Seconds after which a page that says each second that it is here, and says it no more, is not."""
HOPELESS = 256
"""Packets after which a viewer is cut off: it takes nothing, and comes back with a fresh snapshot."""


class Outlet(Protocol):
    """The way to a viewer: never blocks."""

    def send(self, packet: Packet) -> None:
        """Put the packet in line."""
        ...

    def waiting(self) -> int:
        """How many packets have not yet left for the network."""
        ...

    def cut(self) -> None:
        """End the connection."""
        ...


@dataclass(slots=True, eq=False)
class Viewer:
    """``seq`` is the newest entry that it has been sent, None before its snapshot; ``behind`` that it has missed a
    frame and needs one with every courier; ``unacknowledged`` number and size of the frames on their way; ``heard``
    when it last said that it is here, None for programs that never do; ``person`` whose screen it is."""

    outlet: Outlet
    visitor: Visitor
    seq: int | None = None
    behind: bool = True
    looking: str | None = None
    holding: tuple[str, ...] = ()
    heard: float | None = None
    unacknowledged: deque[tuple[int, int]] = field(default_factory=deque)
    acknowledges: bool = False
    bytes_unacknowledged: int = 0
    person: str = field(init=False)

    def __post_init__(self) -> None:
        self.person = person_id(self.visitor.who or self.visitor.name)

    def is_here(self, steady: float) -> bool:
        """Whether somebody looks at it still: a line that was cut says nothing, and is not closed for a while."""
        return self.heard is None or steady - self.heard < QUIET

    @property
    def sees_all(self) -> bool:
        """Whether it is a screen of the desk."""
        return sees_all(self.visitor)

    def is_free(self) -> bool:
        """Whether another position frame may be sent."""
        many = len(self.unacknowledged) >= MOST_UNACKNOWLEDGED and self.bytes_unacknowledged >= FEW_BYTES
        if self.acknowledges and many:
            return False
        return self.outlet.waiting() <= MOST_WAITING

    def send_frame(self, packet: Packet, number: int) -> None:
        """Send a position frame."""
        size = packet.size
        self.unacknowledged.append((number, size))
        self.bytes_unacknowledged += size
        if not self.acknowledges and len(self.unacknowledged) > MOST_UNACKNOWLEDGED:
            self._forget_oldest()
        self.outlet.send(packet)

    def acknowledge(self, number: int) -> None:
        """The viewer has drawn this frame, and with it all before."""
        self.acknowledges = True
        while self.unacknowledged and self.unacknowledged[0][0] <= number:
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        self.bytes_unacknowledged -= self.unacknowledged.popleft()[1]

    def send(self, packet: Packet) -> bool:
        """Send what must not be left out; False if it has been given up on instead."""
        if self.outlet.waiting() > HOPELESS:
            self.outlet.cut()
            return False
        self.outlet.send(packet)
        return True
