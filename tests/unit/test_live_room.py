"""The screens of one co-op: who gets what, encoded once, and what happens to those who are too slow."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.domain.alarms import Alarm, alarm_to_wire
from dashboard.domain.board import Board
from dashboard.domain.couriers import Courier
from dashboard.domain.events import Entry, Fact, Head, seal
from dashboard.domain.orders import Order, Place
from live import viewer as viewers
from live.counters import Counters
from live.fixes import Fix
from live.fleet import Fleet
from live.frames import Frame, decode_frame
from live.packets import Packet
from live.presence import Person, person_id
from live.room import Room
from live.selections import Selection
from live.telling import Moment
from live.viewer import FEW_BYTES, HOPELESS, MOST_UNACKNOWLEDGED, MOST_WAITING, QUIET, Viewer

NOW = 1_700_000_000.0
AT = datetime.fromtimestamp(NOW, UTC)


@dataclass(frozen=True)
class Who:
    """A visitor."""

    role: str = "dispatcher"
    scope: str | None = None
    name: str = "Ada"
    coop: str = "acme"
    who: str = ""
    key: str | None = None

    def sees_since(self, at: datetime) -> datetime | None:
        """A day."""
        return at - timedelta(days=1)


@dataclass
class Line:
    """Where a viewer's packets go in these tests. A slow line takes nothing until ``take`` is called."""

    is_slow: bool = False
    packets: list[Packet] = field(default_factory=list)
    taken: int = 0
    is_cut: bool = False

    def send(self, packet: Packet) -> None:
        self.packets.append(packet)

    def waiting(self) -> int:
        return len(self.packets) - self.taken if self.is_slow else 0

    def cut(self) -> None:
        self.is_cut = True

    def take(self) -> list[tuple[str, Any]]:
        """The events that came since the last time: frames decoded, all else as JSON."""
        new, self.taken = self.packets[self.taken :], len(self.packets)
        return [_read(packet) for packet in new]


def _read(packet: Packet) -> tuple[str, Any]:
    """As a client would."""
    raw, pieces = bytes(packet.encode()), []
    while raw:
        size, start = raw[1], 2
        if size > 125:
            start = {126: 4, 127: 10}[size]
            size = int.from_bytes(raw[2:start], "big")
        pieces.append(raw[start : start + size])
        raw = raw[start + size :]
    if len(pieces) == 2:
        return "positions", decode_frame(pieces[1])
    name, data = json.loads(pieces[0].removeprefix(b"42/live,"))
    return name, data


class Stage:
    """A room with a fleet of three, on a board with an order."""

    def __init__(self) -> None:
        self.counters = Counters()
        couriers = {who: Courier(who, "acme", who.title(), "on", AT) for who in ("lea", "max", "zoe")}
        order = Order("o1", "acme", "1001", Place(60, 24), Place(60, 24), AT, restaurant="soup", courier="lea")
        self.board = Board("acme", 4, {"o1": order}, couriers)
        self.fleet = Fleet()
        for courier in couriers.values():
            self.fleet.follow(courier, NOW - 900)
        self.room = Room(4, self.counters)
        self.now = NOW
        self.stale_since: str | None = None
        self.people = [Person("Ada")]

    def enter(self, who: Who | None = None, *, is_slow: bool = False) -> tuple[Viewer, Line]:
        line = Line(is_slow)
        viewer = Viewer(line, who or Who())
        self.room.enter(str(id(line)), viewer)
        return viewer, line

    def tick(self) -> None:
        self.now += 0.125
        self.room.tick(Moment(self.board, self.fleet, self.now, self.stale_since), self.people)

    def ride(self, *couriers: str) -> None:
        for courier in couriers:
            assert self.fleet.accept(Fix(courier, 60.5, 24.5, self.now), self.now) is None

    def tell(self, kind: str = "order.ready", subject: str = "o1", **data: Any) -> Entry:
        head = Head(self.board.seq, "0" * 64)
        entry = seal(Fact(kind, subject, 2, {"changes": {}, **data}), head, coop="acme", id="e", at=AT, actor="ada")
        self.board = replace(self.board, seq=entry.seq)
        self.room.tell(entry, self.board)
        return entry


def names(events: list[tuple[str, Any]]) -> list[str]:
    return [name for name, _ in events]


def frames(events: list[tuple[str, Any]]) -> list[Frame]:
    return [data for name, data in events if name == "positions"]


def test_a_newcomer_gets_a_snapshot_then_everybodys_place() -> None:
    """In this order: snapshot, who is there, a frame with all that is known, a heartbeat."""
    stage = Stage()
    stage.ride("lea", "zoe")
    _, line = stage.enter()
    stage.tick()
    events = line.take()
    assert names(events) == ["snapshot", "presence", "positions", "heartbeat"]
    snapshot = events[0][1]
    assert (snapshot["coop"], snapshot["seq"], snapshot["stale_since"]) == ("acme", 4, None)
    assert [order["id"] for order in snapshot["orders"]] == ["o1"]
    assert [courier["id"] for courier in snapshot["couriers"]] == ["lea", "max", "zoe"]
    assert snapshot["roster"] == [
        {"courier": "lea", "index": 0, "seen": NOW},
        {"courier": "max", "index": 1, "seen": None},
        {"courier": "zoe", "index": 2, "seen": NOW},
    ]
    assert snapshot["visitor"] == {"id": person_id("Ada"), "name": "Ada", "role": "dispatcher"}
    assert frames(events)[0].positions.index.tolist() == [0, 2]


def test_a_frame_is_encoded_once_whatever_the_number_of_viewers() -> None:
    """A hundred viewers, one frame a tick; only who has moved is in it."""
    stage = Stage()
    lines = [stage.enter()[1] for _ in range(100)]
    stage.tick()
    for line in lines:
        line.take()
    before = stage.counters.counts["frames_encoded"]
    for _ in range(5):
        stage.ride("max")
        stage.tick()
    assert stage.counters.counts["frames_encoded"] - before == 5
    received = frames(lines[42].take())
    assert [frame.positions.index.tolist() for frame in received] == [[1]] * 5
    assert all(packet is lines[0].packets[-1] for packet in (line.packets[-1] for line in lines))


def test_nothing_moves_and_nothing_is_sent() -> None:
    """A still city costs heartbeats only: two a second, and one at once when Redis falls silent."""
    stage = Stage()
    _, line = stage.enter()
    stage.tick()
    line.take()
    for _ in range(10):
        stage.tick()
    assert names(line.take()) == ["heartbeat"] * 2
    stage.stale_since = "2026-11-24T12:00:00.000Z"
    stage.tick()
    assert line.take() == [
        (
            "heartbeat",
            {
                "seq": 4,
                "at": "2023-11-14T22:13:21.500Z",
                "stale_since": "2026-11-24T12:00:00.000Z",
                "routes": None,
                "unwatched_since": None,
            },
        )
    ]


def test_a_viewer_that_acknowledges_has_two_frames_on_their_way_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """Later ones are left out; after an acknowledgement comes one frame with everybody, not those it missed."""
    monkeypatch.setattr(viewers, "FEW_BYTES", 0)
    stage = Stage()
    viewer, line = stage.enter()
    stage.tick()
    viewer.acknowledge(frames(line.take())[0].number)
    for _ in range(6):
        stage.ride("lea")
        stage.tick()
    assert len(viewer.unacknowledged) == MOST_UNACKNOWLEDGED
    assert stage.counters.counts["frames_skipped"] == 4
    stage.ride("zoe")
    viewer.acknowledge(viewer.unacknowledged[-1][0])
    stage.tick()
    frame = frames(line.take())[-1]
    assert frame.positions.index.tolist() == [0, 2]
    assert [number for number, _ in viewer.unacknowledged] == [frame.number]


def test_small_frames_on_their_way_are_bounded_by_their_bytes() -> None:
    """More than two may be under way, until all together are no longer few; an acknowledgement makes room again."""
    stage = Stage()
    viewer, line = stage.enter()
    stage.tick()
    viewer.acknowledge(frames(line.take())[0].number)
    for _ in range(1000):
        stage.ride("lea")
        stage.tick()
    sent = [packet for name, packet in line.take() if name == "positions"]
    assert MOST_UNACKNOWLEDGED < len(viewer.unacknowledged) == len(sent) < 1000
    assert FEW_BYTES <= viewer.bytes_unacknowledged < FEW_BYTES + 200
    viewer.acknowledge(viewer.unacknowledged[-1][0])
    assert viewer.bytes_unacknowledged == 0
    assert viewer.is_free()


def test_a_viewer_that_never_acknowledges_is_measured_by_what_waits_for_it() -> None:
    """Whatever it does not take, a few packets wait for it in this process, and no more."""
    stage = Stage()
    _, line = stage.enter(is_slow=True)
    for _ in range(200):
        stage.ride("lea")
        stage.tick()
    assert line.waiting() <= MOST_WAITING + 2
    assert stage.counters.counts["frames_skipped"] > 190
    line.take()
    stage.tick()
    assert len(frames(line.take())) == 1


def test_a_viewer_that_takes_nothing_at_all_is_cut_off() -> None:
    """Entries may not be left out, so they wait, but not for ever."""
    stage = Stage()
    _, line = stage.enter(is_slow=True)
    stage.tick()
    for _ in range(HOPELESS + 10):
        stage.tell()
    assert line.is_cut
    assert line.waiting() <= HOPELESS + 1


def test_every_entry_after_the_snapshot_comes_once_in_order() -> None:
    """Those before the snapshot are in it; an entry that the snapshot already holds is not told again."""
    stage = Stage()
    _, line = stage.enter()
    stage.tell()
    stage.tick()
    stage.room.tell(seal(Fact("x.y", "s", 1), Head(4, "0" * 64), coop="acme", id="e", at=AT, actor="a"), stage.board)
    told = [stage.tell().seq for _ in range(3)]
    events = line.take()
    assert dict(events)["snapshot"]["seq"] == 5
    assert [data["seq"] for name, data in events if name == "journal"] == told == [6, 7, 8]


def test_missed_entries_are_told_again() -> None:
    """From what is at hand; None when that does not reach back so far; of what is too old, that it happened."""
    stage = Stage()
    viewer, line = stage.enter()
    stage.tick()
    entries = [stage.tell() for _ in range(3)]
    line.take()
    again = stage.room.recent(5, 7)
    assert again == entries[1:]
    stage.room.tell_again(viewer, again, stage.board, AT)
    assert [data["seq"] for _, data in line.take()] == [6, 7]
    stage.room.tell_again(viewer, again, stage.board, AT + timedelta(days=2))
    assert line.take() == [("journal", {"seq": 6}), ("journal", {"seq": 7})]
    assert stage.room.recent(2, 7) is None


def test_other_roles_see_no_positions_and_of_others_only_that_something_happened() -> None:
    """A restaurant sees its own orders and entries, of all others the seq; so does a courier; a member nothing."""
    stage = Stage()
    lines = [
        stage.enter(who)[1]
        for who in (Who("restaurant", "soup"), Who("restaurant", "pizza"), Who("courier", "lea"), Who("courier", "max"),
                    Who("member"))
    ]  # fmt: skip
    stage.ride("lea")
    stage.tick()
    snapshots = [dict(line.take()) for line in lines]
    assert all(set(events) == {"snapshot", "heartbeat"} for events in snapshots)
    seen = [[order["id"] for order in events["snapshot"]["orders"]] for events in snapshots]
    assert seen == [["o1"], [], ["o1"], [], []]
    known = [[courier["id"] for courier in events["snapshot"]["couriers"]] for events in snapshots]
    assert known == [[], [], ["lea"], ["max"], []]
    assert all(events["snapshot"]["roster"] == [] for events in snapshots)
    entry = stage.tell("order.reassigned", "o1", **{"from": "max"})
    told = [dict(line.take())["journal"] for line in lines]
    assert [set(data) == {"seq"} for data in told] == [False, True, False, False, True]
    assert all(data["seq"] == entry.seq for data in told)


def test_a_new_courier_is_named_before_the_first_frame() -> None:
    """The roster comes when an index is added."""
    stage = Stage()
    _, line = stage.enter()
    stage.tick()
    line.take()
    stage.fleet.follow(Courier("tom", "acme", "Tom", "on", AT), NOW - 900)
    stage.ride("tom")
    stage.tick()
    events = line.take()
    assert names(events)[:2] == ["roster", "positions"]
    assert events[0][1][3] == {"courier": "tom", "index": 3, "seen": stage.now - 0.125}


def test_who_is_at_the_desk_is_told_when_it_changes() -> None:
    """Not with each tick."""
    stage = Stage()
    _, line = stage.enter()
    stage.tick()
    line.take()
    stage.people = [Person("Ada"), Person("Bob", "o1")]
    stage.tick()
    stage.tick()
    people = [data for name, data in line.take() if name == "presence"]
    assert [[(one["name"], one["looking"]) for one in each] for each in people] == [[("Ada", None), ("Bob", "o1")]]


def test_all_windows_of_a_person_select_the_same() -> None:
    """The one where it was done is told that it was its own; nobody else is told; who is looked at changes for all."""
    stage = Stage()
    (here, first), (there, second) = stage.enter(Who(who="ada")), stage.enter(Who(who="ada"))
    others = [stage.enter(Who(who="another Ada"))[1], stage.enter(Who("courier", "lea", who="ada"))[1]]
    stage.tick()
    for line in (first, second, *others):
        line.take()
    stage.room.step(Selection(here.person, str(id(first)), 7, "o1", None, ("o1",)))
    told = {"order": "o1", "courier": None, "chosen": ["o1"], "number": 7}
    assert first.take() == [("select", {**told, "own": True})]
    assert second.take() == [("select", {**told, "own": False})]
    assert [line.take() for line in others] == [[], []]
    assert (here.looking, there.looking) == ("o1", "o1")


def test_a_window_that_is_opened_later_begins_with_what_its_person_has_selected() -> None:
    """As long as another of theirs is open: tomorrow morning begins with nothing."""
    stage = Stage()
    viewer, line = stage.enter(Who(who="ada"))
    stage.people = [Person("Ada", id=viewer.person)]
    stage.tick()
    stage.room.step(Selection(viewer.person, str(id(line)), 1, "o1", "lea", ()))
    later, second = stage.enter(Who(who="ada"))
    stage.tick()
    assert ("select", {"order": "o1", "courier": "lea", "chosen": [], "number": 1, "own": False}) in second.take()
    assert later.looking == "o1"
    stage.people = []
    stage.tick()
    _, tomorrow = stage.enter(Who(who="ada"))
    stage.tick()
    assert "select" not in names(tomorrow.take())


def test_a_page_that_falls_silent_is_not_here_any_more() -> None:
    """Those that never say that they are here count as long as they are connected."""
    viewer, _ = Stage().enter()
    assert viewer.is_here(NOW)
    viewer.heard = NOW
    assert viewer.is_here(NOW + QUIET - 0.01)
    assert not viewer.is_here(NOW + QUIET)


def test_starting_anew_sends_a_snapshot_and_then_everything_again() -> None:
    """To one viewer, or to all."""
    stage = Stage()
    stage.ride("lea")
    viewer, line = stage.enter()
    _, other = stage.enter()
    stage.tick()
    line.take(), other.take()
    stage.room.start_anew(viewer)
    stage.tick()
    assert names(line.take()) == ["snapshot", "presence", "positions"]
    assert names(other.take()) == []
    stage.room.start_anew()
    stage.tick()
    assert "snapshot" in names(other.take())


def test_alarms_are_told_to_the_desk_alone() -> None:
    """As an entry, and by themselves for programs that keep no board; in the snapshot, too. Others get the seq."""
    stage = Stage()
    desk, courier = stage.enter()[1], stage.enter(Who("courier", "lea"))[1]
    stage.tick()
    assert dict(desk.take())["snapshot"]["alarms"] == []
    assert "alarms" not in dict(courier.take())["snapshot"]
    known = Alarm("A7.lea", "A7", "lea", "low", AT, AT, courier="lea")
    entry = stage.tell("alarm.raised", "alarm:A7.lea", changes=alarm_to_wire(known))
    told = desk.take()
    assert names(told) == ["journal", "alarm"]
    assert (told[1][1]["id"], told[1][1]["kind"]) == ("A7.lea", "alarm.raised")
    assert courier.take() == [("journal", {"seq": entry.seq})]
