"""Couriers that report once a second, open loop: each fix carries the instant at which it was due to be sent.

Run as a program. Writes RESP by hand, so that 20,000 single messages a second take a small part of a core.
"""

from __future__ import annotations

import argparse
import json
import random
import socket
import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlparse

SLICES_PER_SECOND = 50
CENTRE_LON, CENTRE_LAT = 24.944, 60.1715
SPREAD_DEGREES = 0.008
STEP_DEGREES = 0.00005  # about 5 m, a second of riding


class Fleet:
    """A seeded random walk of couriers c0, c1, …"""

    def __init__(self, couriers: int, seed: int) -> None:
        self._random = random.Random(seed)
        spread = lambda centre: [centre + self._random.uniform(-1, 1) * SPREAD_DEGREES for _ in range(couriers)]  # noqa: E731
        self._lon, self._lat = spread(CENTRE_LON), spread(CENTRE_LAT)

    def fix(self, courier: int, due: float) -> bytes:
        """The courier's next fix as JSON."""
        self._lon[courier] += self._random.uniform(-1, 1) * STEP_DEGREES
        self._lat[courier] += self._random.uniform(-1, 1) * STEP_DEGREES
        return b'{"courier":"c%d","lat":%.6f,"lon":%.6f,"t":%.3f}' % (
            courier, self._lat[courier], self._lon[courier], due,
        )  # fmt: skip


def messages(fixes: Sequence[bytes], batch: int) -> Iterator[bytes]:
    """The fixes as they are published: one object a message, or arrays of ``batch``."""
    if batch == 1:
        yield from fixes
    else:
        for first in range(0, len(fixes), batch):
            yield b"[" + b",".join(fixes[first : first + batch]) + b"]"


def publish(channel: bytes, message: bytes) -> bytes:
    """A PUBLISH as it goes over the wire."""
    return b"*3\r\n$7\r\nPUBLISH\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n" % (len(channel), channel, len(message), message)


def main() -> None:
    """Publish for so many seconds; print what was sent and how busy this process was."""
    options = _options()
    address = urlparse(options.redis)
    connection = socket.create_connection((address.hostname or "127.0.0.1", address.port or 6379))
    channel = b"positions:{%s}" % options.coop.encode()
    fleet, sent, late = Fleet(options.couriers, options.seed), 0, 0.0
    begun, cpu = time.time(), time.process_time()
    for number in range(int(options.seconds * SLICES_PER_SECOND)):
        due = begun + number / SLICES_PER_SECOND
        time.sleep(max(0.0, due - time.time()))
        late = max(late, time.time() - due)
        turn = range(number % SLICES_PER_SECOND, options.couriers, SLICES_PER_SECOND)
        fixes = [fleet.fix(courier, due) for courier in turn]
        connection.sendall(b"".join(publish(channel, message) for message in messages(fixes, options.batch)))
        sent += len(fixes)
        _drain(connection)
    spent = time.process_time() - cpu
    print(json.dumps({"sent": sent, "busy": spent / (time.time() - begun), "worst_lateness_s": late}))


def _drain(connection: socket.socket) -> None:
    connection.setblocking(False)
    try:
        while connection.recv(65536):
            pass
    except BlockingIOError:
        connection.setblocking(True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--redis", required=True)
    parser.add_argument("--coop", required=True)
    parser.add_argument("--couriers", type=int, required=True)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
