"""Drop-offs of one pickup: who shares what, what can be attached, and what the commands on them do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from dashboard.desk_acts import DeskActs
from dashboard.dispatch import Dispatch
from dashboard.domain.acts import Act
from dashboard.domain.ground import metres_between
from dashboard.domain.itinerary import Leg
from dashboard.domain.orders import Order, Place, order_from_wire, order_to_wire
from dashboard.domain.refusals import Conflict, Invalid, Refusal, WrongState
from dashboard.domain.service_times import ServiceTimes, Usual
from dashboard.domain.together import Share, attach, companions, detach, further_doors, is_same_pickup, shares
from dashboard.domain.working_time import RED, Finding
from dashboard.ports import Coop
from dashboard.undoing import Undoing
from tests.memory_store import MemoryStore

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
FLORIST = Place(60.17, 24.94, "Kukka", "Esplanadi 14")
NEXT_DOOR = replace(FLORIST, lat=60.1703, name="", address="Esplanadi 16")  # 33 m away
ACROSS = replace(FLORIST, lat=60.1708, name="", address="")  # 89 m away
BOX = Order("a", "acme", "1001", FLORIST, Place(60.16, 24.95), NOON, state="ready")


def bouquet(id: str, **more: object) -> Order:
    return replace(BOX, **{"id": id, "ref": f"ref {id}", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (bouquet("b"), True),
        (bouquet("b", pickup=NEXT_DOOR), True),
        (bouquet("b", pickup=ACROSS), False),
        (bouquet("b", pickup=replace(ACROSS, address="esplanadi 14 ")), True),
        (bouquet("b", pickup=replace(ACROSS, name="Kukka")), False),
        (bouquet("b", restaurant="thai"), False),
    ],
)  # fmt: skip
def test_one_door(other: Order, same: bool) -> None:
    """One pickup is one address or within fifty metres; a chain's name is none, nor are two kitchens of one house."""
    assert is_same_pickup(replace(BOX, restaurant="sushi"), other) is same


def test_each_drop_off_knows_its_place_among_those_that_come() -> None:
    """As the desk's rows have it (tests/js/rows.test.js): by when they were placed, without what was cancelled."""
    later = NOON + timedelta(minutes=1)
    some = [bouquet("c", group="g", placed_at=later), bouquet("a", group="g"), bouquet("b", group="g"),
            bouquet("x", group="g", state="cancelled"), bouquet("y", group="h"), bouquet("z")]  # fmt: skip
    assert shares(some) == {
        "a": Share(1, 3, ("ref b", "ref c")), "b": Share(2, 3, ("ref a", "ref c")),
        "c": Share(3, 3, ("ref a", "ref b")),
    }  # fmt: skip


def test_further_doors_take_the_ride_there_and_the_time_at_each() -> None:
    """The first door is in a usual job; from there to the nearest, whatever their order, and one door is one go."""
    at = [replace(BOX.dropoff, lat=60.17 - lat / 1000) for lat in (3, 1, 2, 2)]
    order, *along = (bouquet(str(n), dropoff=place) for n, place in enumerate(at))
    times = ServiceTimes(door=Usual(90, 0), off=Usual(10, 0))

    def legs(a: tuple[float, float], b: tuple[float, float]) -> Leg:
        return Leg(round(metres_between(a, b) / 5), 0)

    assert further_doors(order, (), legs, times) == timedelta()
    assert further_doors(order, along, legs, times) == timedelta(seconds=2 * (22 + 90 + 10))
    assert further_doors(along[0], [order, *along[1:]], legs, times) == further_doors(order, along, legs, times)


@pytest.mark.parametrize(
    ("order", "to", "group", "why"),
    [
        (bouquet("b", state="picked_up", courier="lea"), BOX, (), "ref b is picked_up: only what waits"),
        (bouquet("b"), replace(BOX, state="delivered"), (), "1001 is delivered: only what waits"),
        (bouquet("b", pickup=ACROSS), BOX, (), "fetched at different places"),
        (bouquet("b", courier="lea"), replace(BOX, courier="noe"), (), "hand one of them over first"),
        (BOX, BOX, (), "cannot be attached to itself"),
        (bouquet("b", group="g"), BOX, (bouquet("c", group="g"),), "with ref c already: detach it first"),
        (bouquet("b", group="g"), replace(BOX, group="g"), (replace(BOX, group="g"),), "one pickup already"),
    ],
)  # fmt: skip
def test_what_cannot_be_attached(order: Order, to: Order, group: Sequence[Order], why: str) -> None:
    """Each refusal says why, and what to do first."""
    with pytest.raises(WrongState, match=why):
        attach(order, to, group, "new")


def test_attach_and_detach_by_values() -> None:
    """The second founds the group, the third joins it, the last but one who leaves dissolves it."""
    b, a = attach(bouquet("b"), BOX, (), "g")
    assert (a.group, b.group, a.version, b.version) == ("g", "g", 2, 2)
    (c,) = attach(bouquet("c", group="left over"), a, (), "h")
    assert c.group == "g"
    assert [(one.id, one.group) for one in detach(c, (a, b, c))] == [("c", None)]
    assert [(one.id, one.group) for one in detach(b, (a, b))] == [("b", None), ("a", None)]
    with pytest.raises(WrongState, match="has its pickup for itself"):
        detach(c, (c, replace(a, state="delivered")))


def test_who_shares_what_is_done_at_the_pickup() -> None:
    """Those that wait as it does with the same courier: not what is closed or on the way, nor what another fetches."""
    group = [
        bouquet("b", group="g", courier="lea"), bouquet("c", group="g"), bouquet("d", group="other", courier="lea"),
        bouquet("e", group="g", courier="lea", state="picked_up"),
    ]  # fmt: skip
    mine = replace(BOX, group="g", courier="lea")
    assert [one.id for one in companions(mine, group)] == ["b"]
    assert companions(replace(mine, state="picked_up"), group) == ()
    assert companions(replace(mine, group=None), group) == ()


def test_the_wire_without_a_group_is_what_it_was() -> None:
    """An order by itself says nothing of groups, and one of a group comes back as it was."""
    assert "group" not in order_to_wire(BOX)
    grouped = replace(BOX, group="g")
    assert order_from_wire(order_to_wire(grouped)) == grouped


class Desk:
    """Two couriers at work, and one person at the desk."""

    def __init__(self) -> None:
        self.store, names = MemoryStore(Coop("acme", "Acme")), count()
        self.red = False
        new_id = lambda: f"n{next(names):03}"  # noqa: E731
        self.asked: list[str] = []

        def guard(_coop: str, order: str, *_: object) -> list[Finding]:
            self.asked.append(order)
            return [Finding("day", RED, None, None)] if self.red else []

        self.dispatch = Dispatch(self.store, lambda _: None, new_id, guard)
        self.acts = DeskActs(self.store, self.dispatch, lambda _: ZoneInfo("UTC"), new_id, guard)
        self.undoing = Undoing(self.store, self.dispatch, new_id)
        for rider in ("lea", "noe"):
            self.dispatch.add_courier("acme", rider, rider.title(), by="ana", at=NOON)
            self.dispatch.shift("acme", rider, "start", by="ana", at=NOON)

    def order(self, **more: object) -> str:
        return self.dispatch.place("acme", bouquet("", ref="", **more), by="api", at=NOON).order.id

    def box(self, many: int) -> list[str]:
        drafts = [bouquet("", ref="") for _ in range(many)]
        return [one.order.id for one in self.dispatch.place_together("acme", drafts, by="api", at=NOON)]

    def now(self, id: str) -> Order:
        found = self.store.order("acme", id)
        assert found
        return found

    def assign(self, id: str, courier: str, **more: object) -> Order:
        seen: dict[str, object] = {"expected_version": None, "by": "ana", "at": NOON, "consent": False, **more}
        return self.dispatch.assign("acme", id, courier, **seen)  # type: ignore[arg-type]

    def do(self, id: str, verb: str, **more: object) -> Order:
        command = f"c{len(self.store.entries('acme', limit=10**6))}"
        return self.acts.do("acme", id, Act(verb, **more), by="ana", at=NOON, command=command)  # type: ignore[arg-type]

    def undo(self) -> list[Refusal | None]:
        return [one.refusal for one in self.undoing.undo("acme", by="ana", at=NOON).outcomes]

    def kinds(self, id: str) -> list[str]:
        return [entry.kind for entry in self.store.about("acme", id)]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_is_done_at_the_pickup_is_done_to_all(desk: Desk) -> None:
    """Given, handed over, taken back, fetched: one entry an order, one command; at the doors each goes by itself."""
    a, b, c = desk.box(3)
    bound = desk.dispatch.under("")
    bound.assign("acme", b, "lea", expected_version=1, by="ana", at=NOON)
    assert set(bound.moved) == {a, b, c}
    assert {desk.now(one).courier for one in (a, b, c)} == {"lea"}
    commands = {entry.data["command"] for one in (a, b, c) for entry in desk.store.about("acme", one)[1:]}
    assert len(commands) == 1
    desk.assign(a, "noe")
    desk.do(c, "unassign")
    assert {desk.now(one).courier for one in (a, b, c)} == {None}
    desk.do(a, "assign", courier="noe")
    desk.do(b, "ready")
    assert {desk.now(one).state for one in (a, b, c)} == {"ready"}
    desk.do(b, "pick_up")
    desk.do(c, "deliver")
    assert [desk.now(one).state for one in (a, b, c)] == ["picked_up", "picked_up", "delivered"]
    desk.assign(a, "lea")
    assert [desk.now(one).courier for one in (a, b)] == ["lea", "noe"]


def test_one_that_is_cancelled_holds_up_none_of_the_others(desk: Desk) -> None:
    """The rest of one pickup keeps its prices and its courier, is fetched in one go and comes to its own ends."""
    a, b, c = desk.box(3)
    desk.assign(a, "lea")
    before = [desk.now(one) for one in (a, c)]
    desk.do(b, "cancel", reason="not wanted any more")
    assert [desk.now(one) for one in (a, c)] == before
    desk.do(a, "ready")
    desk.do(a, "pick_up")
    desk.do(a, "fail")
    desk.do(c, "deliver")
    assert [desk.now(one).state for one in (a, b, c)] == ["failed", "cancelled", "delivered"]


def test_meals_are_ready_one_by_one_and_fetched_all_or_none(desk: Desk) -> None:
    """What a kitchen has not made yet keeps all of one pickup there; the refusal says which it is."""
    a, b = (desk.order(kind="meal") for _ in range(2))
    desk.do(b, "attach", to=a)
    desk.assign(a, "lea")
    desk.do(a, "accept")
    desk.do(a, "ready")
    with pytest.raises(WrongState, match=f"{desk.now(b).ref} is placed: it cannot become picked_up"):
        desk.do(a, "pick_up")
    assert [desk.now(one).state for one in (a, b)] == ["ready", "placed"]


def test_attach_gives_what_waits_to_whoever_has_the_other(desk: Desk) -> None:
    """By the same door as an assignment: its own entry, its limits; and both ways round."""
    a, b, c = (desk.order() for _ in range(3))
    desk.assign(a, "lea")
    desk.do(b, "attach", to=a)
    assert (desk.now(b).courier, desk.kinds(b)) == ("lea", ["order.placed", "order.assigned", "order.attached"])
    assert desk.now(a).group == desk.now(b).group is not None
    desk.red = True
    with pytest.raises(Invalid, match="ask first, and give it alone"):
        desk.do(c, "attach", to=a)
    assert desk.now(c).version == 1
    desk.red = False
    d, e = desk.box(2)
    desk.assign(c, "noe")
    desk.do(c, "attach", to=d)
    assert desk.asked[-1] == d, "the limits are those of what is given: the other, with what goes along with it"
    assert {desk.now(one).courier for one in (c, d, e)} == {"noe"}


def test_attach_is_undone_and_redone(desk: Desk) -> None:
    """As one command, the assignment with it; not once a third has joined, or the box is on its way."""
    a, b, c = (desk.order() for _ in range(3))
    desk.assign(a, "lea")
    desk.do(b, "attach", to=a)
    assert desk.undo() == [None, None, None]
    assert [(desk.now(one).group, desk.now(one).courier) for one in (a, b)] == [(None, "lea"), (None, None)]
    desk.undoing.redo("acme", by="ana", at=NOON)
    assert desk.now(b).courier == "lea"
    assert desk.now(a).group == desk.now(b).group is not None
    desk.acts.do("acme", c, Act("attach", to=a), by="bo", at=NOON)
    assert all(isinstance(one, Conflict) for one in desk.undo())
    assert len({desk.now(one).group for one in (a, b, c)}) == 1


def test_detach_is_undone_unless_the_others_have_left(desk: Desk) -> None:
    """Two that part are both alone, and together again by Ctrl+Z; not while the other is with somebody else."""
    a, b = desk.box(2)
    desk.assign(a, "lea")
    assert desk.do(a, "detach").courier == "lea"
    assert {desk.now(one).group for one in (a, b)} == {None}
    assert desk.undo() == [None, None]
    desk.do(b, "detach")
    desk.dispatch.assign("acme", b, "noe", expected_version=None, by="bo", at=NOON)
    refused = [one for one in desk.undo() if one]
    assert len(refused) == 1
    assert "hand one of them over first" in str(refused[0])


def test_several_at_once_name_all_that_moved(desk: Desk) -> None:
    """Of a marked two of three that share a pickup each is done, and the third is named; so it is when they part."""
    a, b, c = desk.box(3)
    targets = [(a, 1), (b, 1)]
    found = desk.acts.bulk("acme", targets, Act("assign", "lea"), by="ana", at=NOON, command="k")
    assert [(one.id, one.refusal) for one in found] == [(a, None), (b, None), (c, None)]
    assert desk.now(b).version == 2
    parted = desk.acts.bulk("acme", [(a, None), (b, None), (c, None)], Act("detach"), by="ana", at=NOON, command="l")
    assert [one.refusal for one in parted] == [None, None, None]
    assert {desk.now(one).group for one in (a, b, c)} == {None}


def test_another_day_is_another_pickup(desk: Desk) -> None:
    """What is moved to another day rides by itself, and the rest stays."""
    a, b, c = desk.box(3)
    desk.do(b, "reschedule", day=datetime(2026, 5, 6, tzinfo=UTC).date())
    assert desk.now(b).group is None
    assert desk.now(a).group == desk.now(c).group is not None


def test_placed_together_once(desk: Desk) -> None:
    """A second press makes nothing new; what had come already is joined by the rest; two doors are refused."""
    drafts = [bouquet("", ref="") for _ in range(3)]
    keys = [(f"k/{number}", "digest") for number in range(3)]
    first = desk.dispatch.place_together("acme", drafts[:2], by="api", at=NOON, keys=keys[:2])
    again = desk.dispatch.place_together("acme", drafts, by="api", at=NOON, keys=keys)
    assert [one.created for one in again] == [False, False, True]
    assert [one.order.id for one in again[:2]] == [one.order.id for one in first]
    assert len({one.order.group for one in again}) == 1
    with pytest.raises(Invalid, match="fetched at one place"):
        desk.dispatch.place_together("acme", [drafts[0], replace(drafts[0], pickup=ACROSS)], by="api", at=NOON)
