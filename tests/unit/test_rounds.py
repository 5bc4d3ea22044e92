"""The desk's plan: what it may change, what it has to keep, and that it says truly what would come of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.itinerary import DROPOFF, PICKUP, Leg
from dashboard.domain.orders import Order, Place
from dashboard.domain.rounds import AtWork, Draft, propose

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def spot(metres: float) -> Point:
    """So far north of the corner."""
    return 24.94, 60.17 + metres / 111_195


def straight(a: Point, b: Point) -> Leg:
    """5 m a second: 300 m a minute."""
    return Leg(metres_between(a, b) / 5, metres_between(a, b))


def order(id: str, pickup: float, dropoff: float, *, due: float | None = 60, **more: Any) -> Order:
    """From so far north to so far north, promised in ``due`` minutes."""
    (lon, lat), (lon2, lat2) = spot(pickup), spot(dropoff)
    before = None if due is None else NOON + due * MINUTE
    given: dict[str, Any] = {"state": "ready", **more}
    return Order(id, "acme", id, Place(lat, lon), Place(lat2, lon2, before=before), NOON, **given)


def at_work(id: str, metres: float, *hands: Order, **more: Any) -> AtWork:
    """A courier so far north, who has these orders."""
    return AtWork(id, spot(metres), tuple(replace(one, courier=id) for one in hands), **more)


def taken(draft: Draft) -> dict[str, str]:
    """Who would get which order."""
    return {line.order.id: line.taker for line in draft.lines}


def plan(people: Iterable[AtWork], *waiting: Order) -> Draft:
    """At noon."""
    return propose(NOON, tuple(people), waiting, lambda _: straight)


def test_each_line_says_what_would_come_of_it() -> None:
    """Two orders, two couriers beside them: each gets the near one; times and lateness are those of the ways."""
    draft = plan([at_work("lea", 0), at_work("noe", 6000)], order("a", 300, 900, due=3), order("b", 6000, 6300))
    assert taken(draft) == {"a": "lea", "b": "noe"}
    line = next(line for line in draft.lines if line.order.id == "a")
    assert (line.picked_up, line.arrives) == (NOON + MINUTE, NOON + 5 * MINUTE)
    assert (line.late, line.before, line.late_before) == (2 * MINUTE, None, None)


def test_what_is_on_a_bicycle_stays_there_and_comes_first() -> None:
    """An order that was picked up is in no line, and its courier delivers it before anything else."""
    aboard = order("hot", 0, 1500, state="picked_up")
    draft = plan([at_work("lea", 0, aboard), at_work("noe", 9000)], order("new", 1500, 1800))
    assert taken(draft) == {"new": "lea"}
    (ridden,) = draft.rounds
    assert [(v.stop.order, v.stop.end) for v in ridden.after.visits] == [
        ("hot", DROPOFF), ("new", PICKUP), ("new", DROPOFF),
    ]  # fmt: skip


def test_a_hand_over_has_to_be_worth_it() -> None:
    """An order in hand changes hands where that saves many minutes, not for one or two."""
    held = order("held", 600, 900)
    near = plan([at_work("lea", 0, held), at_work("noe", 600)])
    assert near.lines == ()
    far = plan([at_work("lea", 12_000, held), at_work("noe", 600)])
    (line,) = far.lines
    assert (line.order.courier, line.taker) == ("lea", "noe")
    assert line.before is not None
    assert line.before - line.arrives > 30 * MINUTE


def test_no_drop_off_after_the_end_of_the_shift() -> None:
    """Who has to stop in ten minutes gets nothing that takes longer, and what nobody can do is named."""
    ending = {"ends": NOON + 10 * MINUTE}
    draft = plan([at_work("lea", 0, **ending), at_work("noe", 9000)], order("a", 300, 6000))
    assert taken(draft) == {"a": "noe"}
    draft = plan([at_work("lea", 0, **ending)], order("a", 300, 6000))
    assert (draft.lines, [one.id for one in draft.left]) == ((), ["a"])


def test_a_break_that_is_due_is_taken_in_between() -> None:
    """A break due in ten minutes is put before the job that would run over it, and all after it is later."""
    rests = {"break_by": NOON + 10 * MINUTE, "breather": 20 * MINUTE}
    draft = plan([at_work("lea", 0, **rests)], order("a", 0, 300), order("b", 3000, 6000))
    (ridden,) = draft.rounds
    assert ridden.rest is not None
    assert NOON <= ridden.rest <= NOON + 10 * MINUTE
    first, *_, last = ridden.after.visits
    assert first.leaves <= ridden.rest
    assert last.arrives >= ridden.rest + 20 * MINUTE


def test_no_more_than_there_is_room_for() -> None:
    """Three heavy orders of one counter are not carried together by somebody who has room for one."""
    heavy = [order(name, 300, 900, weight_g=9000) for name in "abc"]
    (together,) = plan([at_work("lea", 0)], *heavy).rounds
    (apart,) = plan([at_work("lea", 0, room_g=10_000)], *heavy).rounds
    assert _most_at_once(together.after.visits) == 3
    assert _most_at_once(apart.after.visits) == 1


def test_an_order_that_opens_later_is_not_brought_before() -> None:
    """A customer who is home from half past on does not count as served before."""
    late = order("a", 300, 600, due=None)
    late = replace(late, dropoff=replace(late.dropoff, after=NOON + 30 * MINUTE))
    (ridden,) = plan([at_work("lea", 0)], late).rounds
    assert ridden.after.visits[-1].leaves >= NOON + 30 * MINUTE


def _most_at_once(visits: Any) -> int:
    most = now = 0
    for visit in visits:
        now += 1 if visit.stop.end == PICKUP else -1
        most = max(most, now)
    return most


orders = st.lists(
    st.tuples(
        st.sampled_from([0, 900, 2400]), st.integers(0, 3000), st.integers(5, 60), st.integers(0, 3), st.booleans()
    ),
    min_size=1, max_size=7,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(orders, st.lists(st.integers(0, 3000), min_size=1, max_size=3), st.integers(5, 90), st.integers(0, 40))
def test_the_rules_hold_whatever_there_is(
    some: list[tuple[int, int, int, int, bool]], people: list[int], ends: int, rests: int
) -> None:
    """Of any board: nothing is lost, pickups come first, loads fit, nobody is planned beyond shift or break."""
    made = [order(f"o{n}", a, b, due=due, weight_g=4000) for n, (a, b, due, _, _) in enumerate(some)]
    hands: dict[str, list[Order]] = {f"c{n}": [] for n in range(len(people))}
    waiting = []
    for one, (*_, who, aboard) in zip(made, some, strict=True):
        if (holder := f"c{who}") in hands:
            hands[holder].append(replace(one, state="picked_up" if aboard else "ready"))
        else:
            waiting.append(one)
    team = [
        at_work(f"c{n}", place, *hands[f"c{n}"], ends=NOON + ends * MINUTE, room_g=8000,
                break_by=NOON + rests * MINUTE, breather=20 * MINUTE)
        for n, place in enumerate(people)
    ]  # fmt: skip
    draft = plan(team, *waiting)
    lines = {line.order.id: line for line in draft.lines}
    assert len(lines) == len(draft.lines)
    assert set(lines) | {one.id for one in draft.left} >= {one.id for one in waiting}
    assert not set(lines) & {one.id for who in team for one in who.hands if one.state == "picked_up"}
    for each in draft.rounds:
        kept = next(who for who in team if who.courier == each.courier)
        stops = [(visit.stop.order, visit.stop.end) for visit in each.after.visits]
        carried = [one.id for one in kept.hands if one.state == "picked_up"]
        assert {one for one, _ in stops[: len(carried)]} == set(carried), "what is on the bicycle is delivered first"
        for place, (one, end) in enumerate(stops):
            assert end == DROPOFF or (one, DROPOFF) in stops[place:]
        assert _most_at_once(each.after.visits[len(carried) :]) <= 2
        gained = [v for v in each.after.visits if v.stop.order in lines and v.stop.end == DROPOFF]
        assert all(visit.leaves <= NOON + ends * MINUTE for visit in gained)
        if gained and gained[-1].leaves > NOON + rests * MINUTE:
            assert each.rest is not None


def test_what_shares_a_pickup_goes_to_one_courier() -> None:
    """Though the doors lie with different couriers: picked up in one go, each in a line, and none left behind alone."""
    box = [order(name, 3000, door, group="g") for name, door in (("a", 100), ("b", 5900), ("c", 3300))]
    draft = plan([at_work("lea", 0), at_work("noe", 6000)], *box)
    assert set(taken(draft)) == {"a", "b", "c"}
    assert len(set(taken(draft).values())) == 1
    (ridden,) = draft.rounds
    assert [visit.stop.end for visit in ridden.after.visits] == [PICKUP] * 3 + [DROPOFF] * 3
    assert {one.id for one in plan([], *box).left} == {"a", "b", "c"}
    held = plan([at_work("lea", 12_000, *box), at_work("noe", 3000)])
    assert taken(held) == {"a": "noe", "b": "noe", "c": "noe"}
