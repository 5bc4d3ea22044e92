"""The use cases, on a store in memory: what they do, what they refuse and in which words, what they announce."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from typing import Any

import pytest

from dashboard.dispatch import Dispatch, Placed
from dashboard.domain.events import Entry
from dashboard.domain.orders import MOVES, Order, Place, order_to_wire
from dashboard.domain.refusals import Conflict, Invalid, NotFound, Refusal, Unavailable, WrongState
from dashboard.ports import Coop
from tests.memory_store import MemoryStore

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=10)
COOP = "taille"
DRAFT = Order("", "", "", Place(60.17, 24.94), Place(60.16, 24.95), NOON)


class Scene:
    """A co-op with Léa on shift, Noor on break, Sam off shift and one order; all announcements are kept."""

    def __init__(self) -> None:
        self.store = MemoryStore(Coop(COOP, "Tailleferre"))
        self.heard: list[Entry] = []
        ids = count(1)
        self.dispatch = Dispatch(self.store, self, lambda: f"order-{next(ids)}")
        for name, actions in (("Léa", ["start"]), ("Noor", ["start", "break"]), ("Sam", [])):
            rider = name.lower().replace("é", "e")
            self.dispatch.add_courier(COOP, rider, name, by="admin", at=NOON)
            for action in actions:
                self.dispatch.shift(COOP, rider, action, by=rider, at=NOON)
        self.order = self.dispatch.place(COOP, DRAFT, by="api", at=NOON).order
        self.heard.clear()

    def __call__(self, entry: Entry) -> None:
        """Announcements are made after the commit: the record has the entry already."""
        assert self.store.entries(COOP, after=entry.seq - 1, limit=1) == (entry,)
        self.heard.append(entry)

    def assign(self, courier: str = "lea", **arguments: Any) -> Order:
        """The order in somebody's hands."""
        usual = {"expected_version": None, "by": "anna", "at": LATER}
        return self.dispatch.assign(COOP, self.order.id, courier, **{**usual, **arguments})


@pytest.fixture
def scene() -> Scene:
    """The usual scene."""
    return Scene()


def refused(scene: Scene, command: Callable[[], object], kind: type[Refusal]) -> Refusal:
    """The refusal of the command, which has left no trace."""
    head = scene.store.head(COOP)
    with pytest.raises(kind) as caught:
        command()
    assert type(caught.value) is kind
    assert (scene.store.head(COOP), scene.heard) == (head, [])
    return caught.value


def test_placing_gives_an_id_a_number_and_a_first_version(scene: Scene) -> None:
    """A draft becomes a placed order of the co-op with the next id and number; one entry holds all of it."""
    placed = scene.dispatch.place(COOP, DRAFT, by="api", at=LATER)
    assert placed == Placed(replace(DRAFT, id="order-2", ref="1002", coop=COOP), created=True)
    (entry,) = scene.heard
    assert (entry.kind, entry.actor, entry.at, entry.version) == ("order.placed", "api", LATER, 1)
    assert entry.data == {"changes": order_to_wire(placed.order)}


def test_a_draft_s_own_id_and_number_are_kept(scene: Scene) -> None:
    """Whoever brings an id and a number keeps them; a taken id is refused with the field to mend."""
    mine = replace(DRAFT, id="mine", ref="A-7")
    assert scene.dispatch.place(COOP, mine, by="api", at=NOON).order == replace(mine, coop=COOP)
    scene.heard.clear()
    refusal = refused(scene, lambda: scene.dispatch.place(COOP, mine, by="api", at=NOON), Invalid)
    assert (str(refusal), refusal.facts["field"]) == ("There is an order mine already: choose another id", "id")


def test_an_order_starts_at_the_beginning(scene: Scene) -> None:
    """A draft cannot bring its own state, courier, version or co-op."""
    cheeky = replace(DRAFT, state="delivered", courier="lea", version=9, coop="other")
    order = scene.dispatch.place(COOP, cheeky, by="api", at=NOON).order
    assert (order.state, order.courier, order.version, order.coop) == ("placed", None, 1, COOP)


def test_what_is_answered_is_what_is_kept(scene: Scene) -> None:
    """Times of any zone and precision come back as the record keeps them: UTC, cut to milliseconds."""
    precise = datetime(2026, 5, 4, 15, 0, 0, 123_456, tzinfo=timezone(timedelta(hours=3)))
    order = scene.dispatch.place(COOP, replace(DRAFT, placed_at=precise), by="api", at=precise).order
    assert order.placed_at == NOON + timedelta(milliseconds=123)
    assert order.placed_at.tzinfo is UTC
    assert scene.heard[0].at == order.placed_at
    started = scene.dispatch.shift(COOP, "sam", "start", by="sam", at=precise)
    assert started == scene.store.courier(COOP, "sam")
    assert started.shift_started_at == order.placed_at


def test_a_repeated_key_is_harmless(scene: Scene) -> None:
    """The same key gives the same order as it is by now, announces nothing, and is refused for another request."""

    def place(request: str) -> Placed:
        return scene.dispatch.place(COOP, DRAFT, by="api", at=NOON, key="k", request=request)

    first = place("r")
    moved = scene.dispatch.move(COOP, first.order.id, "accept", by="anna", at=NOON)
    scene.heard.clear()
    assert place("r") == Placed(moved, created=False)
    assert scene.heard == []
    refusal = refused(scene, lambda: place("another"), Invalid)
    assert (refusal.facts["field"], "send a new key" in str(refusal)) == ("Idempotency-Key", True)


def test_assigning_and_handing_over(scene: Scene) -> None:
    """A first assignment and a hand-over are different facts; the entry says from whom and why."""
    scene.dispatch.shift(COOP, "noor", "resume", by="noor", at=NOON)
    given = scene.assign("noor")
    taken = scene.assign("lea", reason="closer", expected_version=given.version)
    assert (given, taken) == (
        replace(scene.order, courier="noor", version=2), replace(scene.order, courier="lea", version=3),
    )  # fmt: skip
    first, second = scene.heard[-2:]
    assert (first.kind, first.data) == ("order.assigned", {"changes": {"courier": "noor"}})
    assert (second.kind, second.actor, second.version) == ("order.reassigned", "anna", 3)
    assert second.data == {"changes": {"courier": "lea"}, "from": "noor", "reason": "closer"}


def test_taking_back(scene: Scene) -> None:
    """An order taken back waits again, and the entry says from whom."""
    scene.assign()
    back = scene.dispatch.unassign(COOP, scene.order.id, expected_version=2, by="anna", at=LATER, reason="flat tyre")
    assert back == replace(scene.order, version=3)
    assert scene.heard[-1].kind == "order.unassigned"
    assert scene.heard[-1].data == {"changes": {"courier": None}, "from": "lea", "reason": "flat tyre"}


@pytest.mark.parametrize(
    ("courier", "words"),
    [
        ("sam", "Sam is off shift: choose a courier who is on shift"),
        ("noor", "Noor is on break: wait for the break to end or choose another"),
        ("x", "There is no courier x: choose one from the list"),
    ],
)
def test_who_cannot_take_an_order(scene: Scene, courier: str, words: str) -> None:
    """Nobody off shift, on break or unknown is given anything, and the refusal says what to do."""
    assert str(refused(scene, lambda: scene.assign(courier), Unavailable)) == words


def test_an_old_version_is_a_conflict(scene: Scene) -> None:
    """Whoever decides on an old version learns who changed the order, when, and how it is now; nothing is lost."""
    present = scene.assign(by="bea", at=LATER)
    scene.heard.clear()
    stale: list[Callable[[], object]] = [
        lambda: scene.assign("noor", expected_version=1),
        lambda: scene.dispatch.unassign(COOP, present.id, expected_version=1, by="anna", at=LATER),
        lambda: scene.dispatch.move(COOP, present.id, "accept", expected_version=1, by="anna", at=LATER),
        lambda: scene.dispatch.delay(COOP, present.id, 5, expected_version=3, by="anna", at=LATER),
    ]
    for command in stale:
        conflict = refused(scene, command, Conflict)
        assert isinstance(conflict, Conflict)
        assert conflict.present == present == scene.store.order(COOP, present.id)
        assert conflict.facts == {"by": "bea", "at": "2026-05-04T12:10:00.000Z", "ref": "1001"}
        assert str(conflict) == "bea changed 1001 first: look at it again, then decide"


def test_the_way_of_an_order(scene: Scene) -> None:
    """Each step raises the version by one and is announced as the journal's word for it."""
    scene.assign()
    steps = ["accept", "prepare", "ready", "pick_up", "deliver"]
    for step in steps:
        done = scene.dispatch.move(COOP, scene.order.id, step, by="anna", at=LATER, reason="because")
        assert done.state == MOVES[step].target
        assert scene.heard[-1].kind == MOVES[step].kind
        assert scene.heard[-1].data == {"changes": {"state": done.state}, "reason": "because"}
    assert (done.version, done.courier) == (2 + len(steps), "lea")


def test_a_wrong_step_is_refused_before_anything_is_written(scene: Scene) -> None:
    """A step that does not exist from here is refused with both states."""
    wrong = refused(scene, lambda: scene.dispatch.move(COOP, scene.order.id, "deliver", by="a", at=NOON), WrongState)
    assert str(wrong) == "1001 is placed: it cannot become delivered"


def test_a_delay_counts_from_now_or_from_the_time_given(scene: Scene) -> None:
    """Without a time the kitchen's minutes count from now, afterwards from what was said."""
    for expected in (LATER + timedelta(minutes=5), LATER + timedelta(minutes=10)):
        late = scene.dispatch.delay(COOP, scene.order.id, 5, by="kitchen", at=LATER, reason="oven")
        assert late.ready_at == expected
    assert scene.heard[-1].data == {
        "changes": {"ready_at": "2026-05-04T12:20:00.000Z"}, "minutes": 5, "reason": "oven",
    }  # fmt: skip


def test_a_shift_from_start_to_end(scene: Scene) -> None:
    """Each action is announced as its own fact with what it changed."""
    for action in ("start", "break", "resume", "end"):
        scene.dispatch.shift(COOP, "sam", action, by="sam", at=LATER)
    assert [(entry.kind, entry.subject, entry.version) for entry in scene.heard] == [
        ("courier.shift_started", "sam", 2), ("courier.break_started", "sam", 3),
        ("courier.break_ended", "sam", 4), ("courier.shift_ended", "sam", 5),
    ]  # fmt: skip
    assert scene.heard[0].data == {"changes": {"shift": "on", "shift_started_at": "2026-05-04T12:10:00.000Z"}}
    assert scene.heard[-1].data == {"changes": {"shift": "off", "shift_started_at": None}}


def test_refusals_about_couriers(scene: Scene) -> None:
    """A taken id, an unknown courier, an unknown action and a step that is not due are refused, each by name."""
    shift = scene.dispatch.shift
    taken = refused(scene, lambda: scene.dispatch.add_courier(COOP, "lea", "Lea", by="x", at=NOON), Invalid)
    assert (str(taken), taken.facts["field"]) == ("There is a courier lea already: choose another id", "id")
    nobody = refused(scene, lambda: shift(COOP, "x", "start", by="x", at=NOON), NotFound)
    assert str(nobody) == "There is no courier x"
    strange = refused(scene, lambda: shift(COOP, "lea", "nap", by="x", at=NOON), Invalid)
    assert (strange.facts["field"], "use start, end, break or resume" in str(strange)) == ("action", True)
    early = refused(scene, lambda: shift(COOP, "sam", "end", by="x", at=NOON), WrongState)
    assert str(early) == "Sam is off: the shift cannot become off"


def test_what_does_not_exist_is_not_found(scene: Scene) -> None:
    """Unknown orders and co-ops are refused by name, another co-op's order is unknown."""
    scene.store.add_coop(Coop("other", "Other"))
    for command in (
        lambda: scene.dispatch.move(COOP, "x", "accept", by="a", at=NOON),
        lambda: scene.dispatch.move("other", scene.order.id, "accept", by="a", at=NOON),
        lambda: scene.dispatch.move("nobody", scene.order.id, "accept", by="a", at=NOON),
    ):
        refused(scene, command, NotFound)
