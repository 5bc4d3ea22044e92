"""``intake:{coop}``: orders that come by a Redis stream, acknowledged after the commit."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from redis import Redis
from redis.exceptions import ResponseError

from dashboard.domain.refusals import Refusal
from live import channels
from live.channels import INTAKE_GROUP
from live.counters import Counters

log = logging.getLogger(__name__)

PlaceOrder = Callable[[str, bytes, str], object]
"""Places the order of a JSON text for a co-op, under an idempotency key; raises Refusal or ValueError if it is
unusable (kept aside with that reason), anything else if it should be tried again."""

WAIT_MS = 500
AT_ONCE = 50
ABANDONED_MS = 10_000
"""After which an entry that its reader never finished with goes to another."""
KEEP_REJECTED = 10_000
REASON_LENGTH = 500


class Intake:
    """One reader of the group ``roulement``: any number of them share the work, and each order is placed once."""

    def __init__(self, redis: Redis, place_order: PlaceOrder, reader: str, counters: Counters) -> None:
        self._redis: Any = redis  # redis-py's types say what RESP 2 and RESP 3 together might answer
        self._place_order, self._reader, self._counts = place_order, reader, counters.counts
        self._known: set[str] = set()

    def take(self, coops: Sequence[str]) -> None:
        """Take in what waits in these co-ops' streams, abandoned entries first; wait a little if nothing does.

        May be called with the same entry twice, by a reader that died in between: the key makes that harmless.
        """
        streams = {channels.intake(coop): coop for coop in coops}
        try:
            for stream in streams.keys() - self._known:
                self._open(stream)
            for stream, coop in streams.items():
                _, entries, *_ = self._redis.xautoclaim(stream, INTAKE_GROUP, self._reader, ABANDONED_MS, count=AT_ONCE)
                self._take_all(stream, coop, entries)
            answer = self._redis.xreadgroup(INTAKE_GROUP, self._reader, dict.fromkeys(streams, ">"), AT_ONCE, WAIT_MS)
        except ResponseError as error:
            if "NOGROUP" not in str(error):
                raise
            self._known.clear()  # a Redis that has forgotten everything
            return
        for stream, entries in answer or ():
            self._take_all(stream.decode(), streams[stream.decode()], entries)

    def _open(self, stream: str) -> None:
        try:
            self._redis.xgroup_create(stream, INTAKE_GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise
        self._known.add(stream)

    def _take_all(
        self, stream: str, coop: str, entries: Iterable[tuple[bytes | None, Mapping[bytes, bytes] | None]]
    ) -> None:
        for entry, fields in entries:
            if entry is not None:  # Redis 6.2 names entries that were deleted while they were pending so
                self._take(stream, coop, entry.decode(), fields or {})

    def _take(self, stream: str, coop: str, id: str, fields: Mapping[bytes, bytes]) -> None:
        document = fields.get(b"order")
        try:
            if document is None:
                raise ValueError("the entry has no field named order")
            self._place_order(coop, document, _key(id, document))
        except (Refusal, ValueError) as reason:
            self._reject(coop, id, document or b"", str(reason))
        else:
            self._counts["orders_taken_in"] += 1
        with self._redis.pipeline() as pipe:
            pipe.xack(stream, INTAKE_GROUP, id)
            pipe.xdel(stream, id)  # what is in the journal need not fill the memory
            pipe.execute()

    def _reject(self, coop: str, id: str, document: bytes, reason: str) -> None:
        self._counts["orders_rejected"] += 1
        log.warning("intake entry %s of %s made no order: %s", id, coop, reason[:REASON_LENGTH])
        kept = {"order": document, "reason": reason[:REASON_LENGTH], "entry": id}
        self._redis.xadd(channels.rejected(coop), kept, maxlen=KEEP_REJECTED, approximate=True)


def _key(id: str, document: bytes) -> str:
    """Idempotency key: the entry's id alone would not do, a Redis that starts empty may give it out again."""
    return f"intake:{id}:{hashlib.sha256(document).hexdigest()[:16]}"
