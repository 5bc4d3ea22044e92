"""Undo and redo: whatever somebody did, taken back one by one, leaves every order as it had been before each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.desk_acts import DeskActs
from dashboard.dispatch import Dispatch
from dashboard.domain.acts import Act
from dashboard.domain.couriers import Courier
from dashboard.domain.orders import KITCHEN_STEPS, Order, Place
from dashboard.domain.refusals import Conflict, Invalid, Refusal, WrongState
from dashboard.domain.working_time import RED, Finding
from dashboard.ports import Coop
from dashboard.undoing import Undoing
from tests.memory_store import MemoryStore

COOP, ME, OTHER = "velo", "anna", "bo"
NOON = datetime(2026, 11, 27, 11, tzinfo=UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")
COURIERS = ("lea", "noe")


class Desk:
    """Three orders and two couriers on a record in memory; each act a second after the one before."""

    def __init__(self, guard: Callable[..., tuple[Finding, ...]] | None = None) -> None:
        self.store, ids, self._seconds = MemoryStore(Coop(COOP, "Vélo")), count(1), count()
        self.dispatch = Dispatch(self.store, lambda entry: None, lambda: f"o{next(ids)}", guard)
        self.acts = DeskActs(self.store, self.dispatch, lambda _: HELSINKI, lambda: f"c{next(ids)}")
        self.undoing = Undoing(self.store, self.dispatch, lambda: f"u{next(ids)}", guard)
        for courier in COURIERS:
            self.dispatch.add_courier(COOP, courier, courier.title(), by="admin", at=self.now())
            self.dispatch.shift(COOP, courier, "start", by=courier, at=self.now())
        ends = Place(60.17, 24.94), Place(60.16, 24.95, after=NOON + timedelta(hours=1))
        draft = Order("", COOP, "", *ends, placed_at=NOON)
        self.orders = [self.dispatch.place(COOP, draft, by="api", at=self.now()).order.id for _ in range(3)]

    def now(self) -> datetime:
        return NOON + timedelta(seconds=next(self._seconds))

    def order(self, number: int = 0) -> Order:
        found = self.store.order(COOP, self.orders[number])
        assert found
        return found

    def courier(self, id: str) -> Courier:
        found = self.store.courier(COOP, id)
        assert found
        return found

    def values(self) -> list[Order]:
        """Every order's values, whatever its version."""
        return [replace(self.order(number), version=0) for number in range(3)]

    def undo(self, by: str = ME, command: str = "") -> None:
        self.undoing.undo(COOP, by=by, at=self.now(), command=command)

    def bulk(self, act: Act, *numbers: int, by: str = ME) -> list[Refusal | None]:
        targets = [(self.orders[number], None) for number in numbers]
        return [
            one.refusal
            for one in self.acts.bulk(COOP, targets, act, by=by, at=self.now(), command=self.acts.new_command())
        ]

    def assign(self, courier: str, number: int = 0, by: str = ME) -> None:
        self.dispatch.assign(COOP, self.orders[number], courier, expected_version=None, by=by, at=self.now())

    def step(self, step: str, number: int = 0, by: str = ME) -> None:
        self.dispatch.move(COOP, self.orders[number], step, by=by, at=self.now())

    def fetched(self, number: int, by: str) -> None:
        for step in ("accept", "pick_up"):
            self.step(step, number, by=by)


ACTS = st.one_of(
    st.builds(Act, st.just("assign"), st.sampled_from(COURIERS)),
    st.builds(Act, st.sampled_from(["unassign", "cancel"])),
    st.builds(Act, st.just("delay"), minutes=st.integers(1, 60)),
    st.builds(Act, st.sampled_from(["tag", "untag"]), tags=st.sets(st.sampled_from("abc"), min_size=1).map(tuple)),
    st.builds(Act, st.just("reschedule"), minutes=st.integers(1, 99)),
    st.builds(Act, st.just("reschedule"), day=st.sampled_from([NOON.date(), NOON.date() + timedelta(days=2)])),
)
STEPS = st.sampled_from(["accept", "prepare", "ready", "pick_up", "deliver", "fail", "reopen", "note"])


def try_step(desk: Desk, step: str, number: int) -> None:
    which, who = desk.orders[number], {"by": ME, "at": desk.now()}
    if step == "reopen":
        desk.acts.override(COOP, which, step, reason="by mistake", **who)  # type: ignore[arg-type]
    elif step == "note":
        desk.acts.note(COOP, which, f"at {who['at']}", **who)  # type: ignore[arg-type]
    else:
        desk.step(step, number)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.one_of(ACTS, STEPS), st.sets(st.integers(0, 2), min_size=1)), min_size=1, max_size=12))
def test_as_many_undos_as_commands_lead_back_step_by_step(doings: list[tuple[Act | str, set[int]]]) -> None:
    """Any sequence of commands, several orders at once among them: each undo gives back the values before it, each
    redo those after it."""
    desk = Desk()
    before = [desk.values()]
    for what, numbers in doings:
        try:
            desk.bulk(what, *numbers) if isinstance(what, Act) else try_step(desk, what, min(numbers))
        except WrongState:
            continue
        if desk.values() != before[-1]:
            before.append(desk.values())
    done = len(before) - 1
    for number in range(done, 0, -1):
        assert desk.values() == before[number]
        desk.undo()
    assert desk.values() == before[0]
    with pytest.raises(WrongState, match="nothing to undo"):
        desk.undo()
    for number in range(done):
        desk.undoing.redo(COOP, by=ME, at=desk.now())
        assert desk.values() == before[number + 1]
    with pytest.raises(WrongState, match="nothing to redo"):
        desk.undoing.redo(COOP, by=ME, at=desk.now())


def test_what_somebody_has_built_on_stays() -> None:
    """The refusal names who did what; a command of several goes back where nobody did."""
    desk = Desk()
    desk.bulk(Act("assign", "lea"), 0, 1, 2)
    desk.fetched(1, by=OTHER)
    outcomes = desk.undoing.undo(COOP, by=ME, at=desk.now()).outcomes
    assert [one.refusal is None for one in outcomes] == [True, False, True]
    refusal = outcomes[1].refusal
    assert isinstance(refusal, Conflict)
    assert (refusal.facts["by"], refusal.facts["deed"]) == (OTHER, "order.picked_up")
    assert [desk.order(number).courier for number in range(3)] == [None, "lea", None]


def test_a_refused_undo_is_passed_over() -> None:
    """Of two commands the newer is refused, as its order has moved on; the next undo reaches the older; no redo is
    lost; a command of several of which nothing goes back is passed over likewise."""
    desk = Desk()
    desk.assign("lea", 0)
    desk.assign("lea", 1)
    desk.fetched(1, by=OTHER)
    with pytest.raises(Conflict, match="bo"):
        desk.undo()
    desk.undo()
    assert [desk.order(number).courier for number in (0, 1)] == [None, "lea"]
    desk.undoing.redo(COOP, by=ME, at=desk.now())
    assert desk.order(0).courier == "lea"
    desk.bulk(Act("assign", "noe"), 0, 1)
    desk.fetched(0, by=OTHER)
    desk.step("deliver", 1, by=OTHER)
    assert all(one.refusal for one in desk.undoing.undo(COOP, by=ME, at=desk.now()).outcomes)
    with pytest.raises(Conflict):  # the assignment that was done again before
        desk.undo()
    with pytest.raises(WrongState, match="nothing to undo"):
        desk.undo()


def test_two_people_of_one_name_have_a_stack_each() -> None:
    """Whose an entry is says the person, not the name; what was written before persons were counts by name."""
    desk, now = Desk(), "p1"
    desk.dispatch = Dispatch(desk.store, lambda entry: None, lambda: "o", None, lambda: now)
    desk.assign("lea", 0)
    now = "p2"
    desk.assign("noe", 1)
    stacks = [desk.undoing.stack(COOP, ME, desk.now(), who).done for who in ("p1", "p2", "p3", "")]
    assert [[one.entries[0].subject for one in stack] for stack in stacks] == [
        desk.orders[:1], desk.orders[1:2], [], desk.orders[:2],
    ]  # fmt: skip


def test_an_order_of_stops_goes_back_as_far_as_it_lies_ahead() -> None:
    """Decided twice: undone it is the first again, without an order that was taken away since; then as it comes."""
    desk = Desk()
    desk.assign("lea", 0)
    desk.assign("lea", 1)
    first, second = (((one, "pickup"), (one, "dropoff")) for one in desk.orders[:2])
    for stops in ((*first, *second), (*second, *first)):
        desk.dispatch.order_stops(COOP, "lea", stops, expected_version=None, by=ME, at=desk.now())
    desk.undo()
    assert desk.courier("lea").stops == (*first, *second)
    desk.undoing.redo(COOP, by=ME, at=desk.now())
    assert desk.courier("lea").stops == (*second, *first)
    desk.dispatch.unassign(COOP, desk.orders[1], expected_version=None, by=OTHER, at=desk.now())
    desk.undo()
    assert desk.courier("lea").stops == first
    desk.undo()
    assert desk.courier("lea").stops == ()


def test_what_is_about_something_else_stands_in_nobodys_way() -> None:
    """A tag of somebody else's since then stays, and the assignment before it can still be taken back; and a tag can,
    although the kitchen went on."""
    desk = Desk()
    desk.assign("lea")
    desk.bulk(Act("tag", tags=("vip",)), 0, by=OTHER)
    desk.undo()
    assert (desk.order().courier, desk.order().tags) == (None, ("vip",))
    desk.step("accept")
    desk.undo(by=OTHER)
    assert (desk.order().state, desk.order().tags) == ("accepted", ())


def test_a_kitchen_that_goes_on_stands_in_nobodys_way() -> None:
    """Given, and accepted and ready since: it can be taken back and given again, and the kitchen's steps stay; an order
    that was put off cannot come back to its hour."""
    desk = Desk()
    desk.assign("lea")
    for step in ("accept", "prepare", "ready"):
        desk.step(step, by=OTHER)
        desk.undo()
        assert desk.order().courier is None
        desk.undoing.redo(COOP, by=ME, at=desk.now())
        assert desk.order().courier == "lea"
    assert desk.order().state == "ready"
    desk.bulk(Act("reschedule", minutes=30), 1)
    desk.step("accept", 1, by=OTHER)
    with pytest.raises(Conflict, match=r"order\.accepted, bo"):
        desk.undo()


def test_whoever_gives_an_order_overlooks_what_its_kitchen_did() -> None:
    """Of a version that is old by the kitchen's steps alone an order is given where these are overlooked, and nowhere
    else; a hand-over, a delay or a version that never was is a conflict all the same."""
    desk = Desk()
    at_the_desk = desk.dispatch.overlooking(KITCHEN_STEPS)

    def give(dispatch: Dispatch, courier: str, version: int) -> Order:
        return dispatch.assign(COOP, desk.orders[0], courier, expected_version=version, by=ME, at=desk.now())

    for step in ("accept", "ready"):
        desk.step(step, by=OTHER)
    for dispatch, version in ((desk.dispatch, 1), (at_the_desk, 0), (at_the_desk, 4)):
        with pytest.raises(Conflict):
            give(dispatch, "lea", version)
    assert (give(at_the_desk, "lea", 1).courier, desk.order().state) == ("lea", "ready")
    with pytest.raises(Conflict):
        give(at_the_desk, "noe", 3)
    desk.dispatch.delay(COOP, desk.orders[0], 5, by=OTHER, at=desk.now())
    with pytest.raises(Conflict):
        give(at_the_desk, "noe", 4)
    assert give(at_the_desk, "noe", 5).courier == "noe"


def test_a_command_upon_an_order_that_was_changed_and_changed_back_can_go() -> None:
    """Somebody else's change that was itself taken back is as if it had not been; what was refused before is asked for
    by its id."""
    desk = Desk()
    desk.assign("lea")
    mine = desk.undoing.stack(COOP, ME, desk.now()).done[-1].id
    desk.assign("noe", by=OTHER)
    with pytest.raises(Conflict):
        desk.undo()
    desk.undo(by=OTHER)
    desk.undo(command=mine)
    assert desk.order().courier is None


def test_something_new_ends_the_redo() -> None:
    """Redo takes back an undo only until something else was done; and a single command can be undone by its name."""
    desk = Desk()
    desk.assign("lea", 0)
    desk.assign("lea", 1)
    first = desk.undoing.stack(COOP, ME, desk.now()).done[0].id
    desk.undo(command=first)
    assert [desk.order(number).courier for number in range(2)] == [None, "lea"]
    desk.assign("noe", 2)
    with pytest.raises(WrongState, match="nothing to redo"):
        desk.undoing.redo(COOP, by=ME, at=desk.now())


def test_only_the_last_twenty_of_the_last_day_count() -> None:
    """Older commands stay as they are."""
    desk = Desk()
    for number in range(25):
        desk.acts.note(COOP, desk.orders[0], str(number), by=ME, at=desk.now())
    for _ in range(20):
        desk.undo()
    assert desk.order().desk_note == "4"
    with pytest.raises(WrongState, match="nothing to undo"):
        desk.undo()
    assert desk.undoing.stack(COOP, ME, desk.now() + timedelta(hours=25)).undone == ()


def test_an_undo_gives_to_nobody_whom_the_desk_could_not_give_to() -> None:
    """Taking back an unassignment is giving: working time is guarded, and who is off shift gets nothing."""
    beyond: list[Finding] = []
    desk = Desk(lambda *_: tuple(beyond))
    desk.assign("lea")
    desk.dispatch.unassign(COOP, desk.orders[0], expected_version=None, by=ME, at=desk.now())
    command = desk.undoing.stack(COOP, ME, desk.now()).done[-1].id
    beyond.append(Finding("day", RED, NOON, timedelta(minutes=-5)))
    with pytest.raises(Invalid, match="across a limit of working time"):
        desk.undo()
    beyond.clear()
    desk.dispatch.shift(COOP, "lea", "end", by="lea", at=desk.now())
    with pytest.raises(Refusal, match="off shift"):
        desk.undo(command=command)
    assert desk.order().courier is None


def test_several_at_once_ask_nobody() -> None:
    """An order that would cross a limit is refused in the list, and the others are given."""
    desk = Desk(lambda _coop, order, *_: (Finding("day", RED, NOON, timedelta()),) if order == desk.orders[1] else ())
    refusals = desk.bulk(Act("assign", "lea"), 0, 1, 2)
    assert [str(one).split(": ")[-1] if one else None for one in refusals] == [
        None,
        "ask first, and give it alone",
        None,
    ]


def test_a_round_changes_hands_and_comes_back() -> None:
    """All of one courier's orders go to another and to nobody else, then wait again; two undos, and the first has them
    back."""
    desk = Desk()
    holders = []
    for act in (Act("assign", "lea"), Act("assign", "noe"), Act("unassign")):
        assert not any(desk.bulk(act, 0, 1, 2))
        holders.append({desk.order(number).courier for number in range(3)})
    for _ in range(2):
        desk.undo()
    assert holders == [{"lea"}, {"noe"}, {None}]
    assert {desk.order(number).courier for number in range(3)} == {"lea"}


def test_a_round_is_marked_done_in_one_go() -> None:
    """What is on the bicycle is delivered; what was not picked up or was cancelled is refused by its own state."""
    desk = Desk()
    desk.bulk(Act("assign", "lea"), 0, 1, 2)
    desk.bulk(Act("cancel"), 2)
    desk.bulk(Act("ready"), 0)
    desk.bulk(Act("pick_up"), 0)
    done, *refused = desk.bulk(Act("deliver"), 0, 1, 2)
    assert (done, desk.order(0).state) == (None, "delivered")
    assert [str(one).split(" ", 1)[1] for one in refused] == [
        "is placed: it cannot become delivered", "is cancelled: it cannot become delivered",
    ]  # fmt: skip


def test_steps_of_a_shift_go_back_by_their_own_steps() -> None:
    """A break begun by mistake ends, a shift ended by mistake begins again: the record keeps what was."""
    desk = Desk()
    for action in ("break", "resume", "end"):
        desk.dispatch.shift(COOP, "lea", action, by=ME, at=desk.now(), minutes=20 if action == "break" else None)
    shifts = []
    for _ in range(3):
        desk.undo()
        courier = desk.store.courier(COOP, "lea")
        assert courier
        shifts.append((courier.shift, courier.break_until is not None))
    assert shifts == [("on", False), ("break", True), ("on", False)]
    desk.dispatch.shift(COOP, "lea", "break", by=ME, at=desk.now())
    desk.dispatch.shift(COOP, "lea", "resume", by=OTHER, at=desk.now())
    with pytest.raises(Conflict, match="Lea has moved on since"):
        desk.undo()
