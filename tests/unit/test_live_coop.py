"""One co-op as a process knows it: announcements come late, twice, in any order or never; the board is right."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.dispatch import Dispatch
from dashboard.domain.board import Board
from dashboard.domain.events import Entry, entry_to_wire
from dashboard.domain.orders import Order, Place
from dashboard.ports import Coop
from live.coop import Listeners, LiveCoop
from live.counters import Counters
from live.fixes import MAX_MESSAGE
from tests.memory_store import MemoryStore

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOW = AT.timestamp() + 60


class Desk:
    """A record with a courier, a live co-op that follows it, and all that its listeners were told."""

    def __init__(self) -> None:
        self.store = MemoryStore(Coop("acme", "Acme"))
        self.announced: list[Entry] = []
        ids = count(1)
        self.dispatch = Dispatch(self.store, self.announced.append, lambda: f"o{next(ids)}")
        self.told: list[Entry] = []
        self.reloaded: list[str] = []
        listeners = Listeners()
        listeners.entry.append(self._tell)
        listeners.reload.append(self.reloaded.append)
        self.counters = Counters()
        board = self.store.board("acme", AT)
        self.coop = LiveCoop(board, self.store, listeners, self.counters, now=NOW, steady=0.0)

    def _tell(self, entry: Entry, board: Board) -> None:
        assert board.seq == entry.seq
        self.told.append(entry)

    def work(self, n: int = 3) -> None:
        """A courier comes on shift, orders are placed."""
        if not self.store.courier("acme", "lea"):
            self.dispatch.add_courier("acme", "lea", "Léa", by="ada", at=AT)
            self.dispatch.shift("acme", "lea", "start", by="ada", at=AT)
        for _ in range(n):
            draft = Order("", "acme", "", Place(60.17, 24.94), Place(60.18, 24.95), AT)
            placed = self.dispatch.place("acme", draft, by="ada", at=AT).order
            self.dispatch.assign("acme", placed.id, "lea", expected_version=1, by="ada", at=AT)

    def hear(self, *entries: Entry) -> None:
        for entry in entries:
            self.coop.hear_journal(msgspec.json.encode(entry_to_wire(entry)), NOW, 1.0)

    def beat(self) -> None:
        head = self.store.head("acme").seq
        assert self.coop.hear_journal(json.dumps({"heartbeat": head}).encode(), NOW, 2.0)

    def is_right(self) -> bool:
        return self.coop.board == self.store.board("acme", AT) and list(self.told) == list(
            self.store.entries("acme", limit=10_000)
        )


def test_announcements_in_order_need_no_journal() -> None:
    """Each moves the board on and is told once; nothing is read."""
    desk = Desk()
    desk.work()
    desk.hear(*desk.announced)
    assert desk.is_right()
    assert not desk.coop.behind
    assert desk.counters.counts["caught_up"] == 0


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_lost_doubled_and_shuffled_announcements_end_right(data: st.DataObject) -> None:
    """With a heartbeat and the journal every listener is told every entry, once, in order."""
    desk = Desk()
    desk.work()
    heard: Sequence[Entry] = data.draw(st.lists(st.sampled_from(desk.announced), max_size=20))
    for entry in heard:
        desk.hear(entry)
        if desk.coop.behind and data.draw(st.booleans()):
            desk.coop.catch_up(AT)
    desk.beat()
    assert desk.coop.behind or desk.coop.board.seq == desk.store.head("acme").seq
    desk.coop.catch_up(AT)
    assert desk.is_right()
    assert desk.reloaded == []


def test_a_gap_is_seen_at_once() -> None:
    """An entry that is not the next one says that the journal has more."""
    desk = Desk()
    desk.work()
    desk.hear(desk.announced[3])
    assert desk.coop.behind
    assert desk.told == []


def test_an_entry_that_somebody_changed_is_not_believed() -> None:
    """Nor nonsense of any kind: it is counted, and the journal asked instead."""
    desk = Desk()
    desk.work()
    forged = entry_to_wire(desk.announced[0]) | {"actor": "mallory"}
    foreign = entry_to_wire(desk.announced[0]) | {"coop": "other"}
    nonsense = [b"", b"\xff", b"[]", b"{}", b'{"heartbeat":"x"}', b'{"seq":1}', b"x" * (MAX_MESSAGE + 1), b"[" * 5000]
    for message in (json.dumps(forged).encode(), json.dumps(foreign).encode(), *nonsense):
        assert not desk.coop.hear_journal(message, NOW, 1.0)
    assert desk.counters.counts["bad_announcements"] == 2 + len(nonsense)
    assert desk.told == []
    desk.coop.catch_up(AT)
    assert desk.is_right()


def test_a_journal_that_goes_back_is_read_anew() -> None:
    """After a restored backup the board is that of the record, and the screens are told to begin again."""
    desk = Desk()
    desk.work()
    desk.hear(*desk.announced)
    younger = Desk()
    younger.work(1)
    desk.coop._store = younger.store
    desk.coop.hear_journal(json.dumps({"heartbeat": younger.store.head("acme").seq}).encode(), NOW, 2.0)
    assert desk.coop.behind
    desk.coop.catch_up(AT)
    assert desk.coop.board == younger.store.board("acme", AT)
    assert desk.reloaded == ["acme"]


def test_positions_follow_the_shift() -> None:
    """Accepted from the start of the shift, forgotten as soon as its end is heard."""
    desk = Desk()
    desk.work(0)
    desk.hear(*desk.announced)
    fix = {"courier": "lea", "lat": 60.17, "lon": 24.94, "t": NOW}
    desk.coop.hear_positions(json.dumps(fix).encode(), NOW)
    assert desk.coop.newest("lea") is not None
    desk.dispatch.shift("acme", "lea", "break", by="ada", at=AT + timedelta(seconds=50))
    desk.hear(desk.announced[-1])
    assert desk.coop.newest("lea") is None
    desk.dispatch.shift("acme", "lea", "resume", by="ada", at=AT + timedelta(seconds=60))
    desk.hear(desk.announced[-1])
    late = fix | {"t": NOW - 5}  # kept by the phone during the break
    desk.coop.hear_positions(json.dumps(late).encode(), NOW)
    assert desk.coop.newest("lea") is None
    assert desk.counters.refused == {"before_shift": 1}


def test_what_was_last_known_is_taken_as_far_as_it_is_news() -> None:
    """At the start of a process: fixes of couriers on shift; nothing is counted."""
    desk = Desk()
    desk.work(0)
    desk.hear(*desk.announced)
    known = [
        json.dumps({"courier": courier, "lat": 60, "lon": 24, "t": NOW - 20}).encode() for courier in ("lea", "gone")
    ]
    desk.coop.remember([*known, b"\xff"], NOW)
    assert desk.coop.newest("lea") is not None
    assert not desk.counters.refused
