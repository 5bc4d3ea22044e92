"""The town does what the person at the desk says, at once, and takes up after a restart what it had in hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from dashboard.domain.ground import Point, metres_between
from dashboard.domain.orders import Order, Place
from live.city.pack import CityPack
from live.demo.run import COOP
from live.routes import CityRouter
from tests.app.city.play import Play

MakePlay = Callable[..., Play]


@pytest.fixture
def play(pack: CityPack) -> MakePlay:
    """A town of so many couriers, where the colleague hands out nothing by itself unless told otherwise."""

    def make(**terms: float) -> Play:
        settings = {"couriers": 8, "colleague_share": 0.0, "seconds": 1.0, **terms}
        return Play(pack, CityRouter(lambda coop: pack), **settings)  # type: ignore[arg-type]

    return make


def _errand(play: Play, courier: str) -> tuple[str, str | None] | None:
    errand = play.town._riders[courier]._errand
    return None if errand is None else (errand.kind, errand.order)


def _place(play: Play, courier: str) -> Point:
    return play.town._riders[courier].place


def _two_on_shift(play: Play) -> tuple[str, str]:
    on = [one.id for one in play.board.couriers.values() if one.shift == "on"]
    return on[0], on[1]


def _carried(play: Play) -> tuple[Order, str, str]:
    """An order on the bicycle of one courier, and another courier with nothing in hand."""
    play.pass_by(0.1)
    first, second = _two_on_shift(play)
    play.until(lambda: bool(play.open_orders("ready")))
    order = play.open_orders("ready")[0]
    play.assign(order, first)
    play.until(lambda: play.order(order.id).state == "picked_up")
    play.step()
    return play.order(order.id), first, second


def test_a_courier_sets_out_for_an_order_at_the_next_moment(play: MakePlay) -> None:
    """Given an order by the desk, a courier turns to its restaurant within a second and reaches it."""
    town = play()
    town.pass_by(0.2)
    courier, _ = _two_on_shift(town)
    order = next(one for one in town.board.orders.values() if one.courier is None)

    town.assign(order, courier)
    town.step()

    assert _errand(town, courier) == ("pickup", order.id)
    town.until(lambda: metres_between(_place(town, courier), (order.pickup.lon, order.pickup.lat)) < 80)
    town.until(lambda: town.order(order.id).state == "delivered")
    assert town.journal()[-1].at - order.placed_at < timedelta(minutes=60)


def test_a_hand_over_before_the_pickup_is_obeyed_at_once(play: MakePlay) -> None:
    """The courier who loses an order lets it go at the next moment, the one who gets it sets out."""
    town = play()
    town.pass_by(0.2)
    first, second = _two_on_shift(town)
    order = next(one for one in town.board.orders.values() if one.courier is None)
    town.assign(order, first)
    town.step()
    assert _errand(town, first) == ("pickup", order.id)

    town.assign(order, second)
    town.step()

    assert _errand(town, first) != ("pickup", order.id)
    assert _errand(town, second) == ("pickup", order.id)
    town.until(lambda: town.order(order.id).state == "delivered")
    assert {entry.actor for entry in town.journal() if entry.kind == "order.delivered"} == {f"courier:{second}"}


def test_a_hand_over_of_food_on_a_bicycle_makes_the_two_meet(play: MakePlay) -> None:
    """The food cannot fly: the one who has it waits, the other comes for it and then delivers it."""
    town = play()
    order, first, second = _carried(town)

    town.assign(order, second)
    town.step()
    town.step()
    stands = _place(town, first)
    assert _errand(town, second) == ("meet", order.id)
    assert town.town._holders[order.id] == first

    town.until(lambda: town.town._holders[order.id] == second)
    assert _place(town, first) == stands
    assert metres_between(_place(town, first), _place(town, second)) < 41
    town.until(lambda: town.order(order.id).state == "delivered")
    assert town.journal()[-1].actor == f"courier:{second}"


def test_two_who_fetch_food_from_each_other_meet(play: MakePlay) -> None:
    """Crossed hand-overs end: neither waits for the other for ever."""
    town = play()
    one, first, second = _carried(town)
    other = next(order for order in town.open_orders("preparing", "ready") if order.courier is None)
    town.assign(other, second)
    town.until(lambda: town.order(other.id).state == "picked_up" or town.order(one.id).state != "picked_up")
    assert town.order(one.id).state == "picked_up", "the first was delivered before the second was picked up"

    town.assign(town.order(one.id), second)
    town.assign(town.order(other.id), first)

    town.until(lambda: {town.order(one.id).state, town.order(other.id).state} == {"delivered"})
    assert (town.order(one.id).courier, town.order(other.id).courier) == (second, first)


def test_an_order_taken_back_is_left_to_the_desk(play: MakePlay) -> None:
    """What the desk takes back, the colleague does not hand out again before the usual patience is over."""
    town = play(colleague_share=1.0)
    town.until(lambda: any(one.courier and one.state == "preparing" for one in town.board.orders.values()))
    town.step()
    order = next(one for one in town.open_orders("preparing") if one.courier)

    town.dispatch.unassign(COOP.id, order.id, expected_version=None, by="user:desk", at=town.now)
    town.look()
    town.pass_by(8.9)

    assert town.order(order.id).courier is None
    town.until(lambda: town.order(order.id).courier is not None, minutes=10)


def test_whoever_is_sent_home_is_located_no_more(play: MakePlay) -> None:
    """A shift ended by the desk stops the positions, and the colleague sees to the orders that were in hand."""
    town = play()
    town.pass_by(0.2)
    courier, _ = _two_on_shift(town)
    order = next(one for one in town.board.orders.values() if one.courier is None)
    town.assign(order, courier)
    assert courier in {fix.courier for fix in town.step().fixes}

    town.dispatch.shift(COOP.id, courier, "end", by="user:desk", at=town.now)
    town.look()
    seen = {fix.courier for moment in town.live(5) for fix in moment.fixes}

    assert courier not in seen
    assert town.order(order.id).courier not in (None, courier)
    town.until(lambda: town.order(order.id).state == "delivered")


def test_a_break_stops_the_positions_until_it_ends(play: MakePlay) -> None:
    """Nobody is followed on a break; after a quarter of an hour or so the courier is back where the break began."""
    town = play()
    town.pass_by(0.2)
    courier, _ = _two_on_shift(town)
    place = _place(town, courier)

    town.dispatch.shift(COOP.id, courier, "break", by="user:desk", at=town.now)
    town.look()
    during = {fix.courier for moment in town.live(10) for fix in moment.fixes}
    town.until(lambda: town.board.couriers[courier].shift == "on", minutes=15)
    back = {fix.courier: (fix.lon, fix.lat) for fix in town.step().fixes}

    assert courier not in during
    assert metres_between(back[courier], place) < 15


def test_a_parcel_from_outside_is_delivered_too(play: MakePlay, pack: CityPack) -> None:
    """An order that no customer of the demo placed, without kitchen or times, is taken like the others."""
    town = play()
    start, end = pack.doors[0], pack.doors[-1]
    draft = Order(
        id="",
        ref="",
        coop=COOP.id,
        pickup=Place(start.lat, start.lon),
        dropoff=Place(end.lat, end.lon),
        placed_at=town.now,
    )

    placed = town.dispatch.place(COOP.id, draft, by="api", at=town.now).order
    town.look()

    town.until(lambda: town.order(placed.id).state == "delivered", minutes=60)


def test_an_order_that_nobody_can_reach_does_not_live_for_ever(play: MakePlay) -> None:
    """A place beyond all streets is given up before two hours are over, and holds up nobody."""
    town = play(seconds=5.0)
    draft = Order(id="", ref="", coop=COOP.id, pickup=Place(0.0, 0.0), dropoff=Place(0.1, 0.1), placed_at=town.now)
    lost = town.dispatch.place(COOP.id, draft, by="api", at=town.now).order
    town.pass_by(1)
    courier, _ = _two_on_shift(town)
    town.assign(lost, courier)
    town.until(lambda: any(one.state == "ready" and one.courier is None for one in town.board.orders.values()))
    other = next(one for one in town.open_orders("ready") if one.courier is None)
    town.assign(other, courier)

    town.until(lambda: town.order(other.id).state == "delivered")
    town.until(lambda: not town.order(lost.id).is_open, minutes=120)
    assert town.now - lost.placed_at < timedelta(hours=2)


def test_a_restart_takes_up_what_was_in_hand(play: MakePlay) -> None:
    """Started again a minute later, the town goes on with the same couriers, places and orders."""
    town = play(couriers=25, colleague_share=0.6, seconds=2.0)
    town.pass_by(20)
    on = {one.id for one in town.board.couriers.values() if one.shift == "on"}
    places = {one: _place(town, one) for one in on}
    in_hand = [one for one in town.board.orders.values() if one.is_open]

    town.now += timedelta(minutes=1)
    town.open(places)
    fixes = {fix.courier: (fix.lon, fix.lat) for fix in town.step().fixes}

    assert set(fixes) == on
    assert max(metres_between(fixes[one], places[one]) for one in on) < 16
    assert len(in_hand) >= 12
    town.pass_by(60)
    assert {town.order(one.id).is_open for one in in_hand} == {False}
    assert len([one for one in in_hand if town.order(one.id).state == "delivered"]) > 0.9 * len(in_hand)


def test_the_next_day_begins_with_a_clear_desk(play: MakePlay) -> None:
    """Started again after a night, yesterday's orders are given up at once, and it is lively again."""
    town = play(couriers=25, colleague_share=0.6, seconds=2.0)
    town.pass_by(20)
    yesterday = [one.id for one in town.board.orders.values() if one.is_open]

    town.now += timedelta(hours=10)
    town.open()
    town.pass_by(0.5)

    assert not any(town.order(one).is_open for one in yesterday)
    today = [one for one in town.board.orders.values() if one.is_open]
    assert len(today) >= 10
    assert min(one.placed_at for one in today) > town.now - timedelta(minutes=15)


def test_ten_times_as_fast(play: MakePlay) -> None:
    """At ten times the speed everything takes a tenth of the time by the clock: riding, cooking, promises, ages."""
    town = play(couriers=25, colleague_share=0.6, speed=10.0, seconds=0.2)
    town.pass_by(6)

    delivered = {entry.subject: entry.at for entry in town.journal() if entry.kind == "order.delivered"}
    minutes = sorted((at - town.order(one).placed_at).total_seconds() / 60 for one, at in delivered.items())
    assert len(minutes) > 25
    assert 1.5 < minutes[len(minutes) // 2] < 3
    promises = [one.dropoff.before - one.placed_at for one in town.board.orders.values() if one.dropoff.before]
    assert max(promises) < timedelta(minutes=6)


def test_a_thousand_couriers(play: MakePlay) -> None:
    """A large demo has a thousand couriers with names of their own, riding at once."""
    town = play(couriers=1000, colleague_share=0.6, seconds=1.0)
    for _ in range(3):
        moment = town.step()

    names = [courier.name for courier in town.store.couriers(COOP.id)]
    assert len(set(names)) == len(names) == 1000
    assert len(moment.fixes) > 500
