"""Their jobs become our orders, once, and go on as theirs do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.app.coopcycle.conftest import COOP, NOON, Beside


def test_a_pair_becomes_an_order(beside: Beside) -> None:
    """A pickup and a drop-off are one order with both places, the window, the number and what is carried."""
    (drop,) = beside.town.deliver(number="A1")
    beside.connector().turn()
    order = beside.order(drop)
    assert (order.ref, order.kind, order.state, order.courier) == ("A1", "parcel", "placed", None)
    assert (order.pickup.lat, order.pickup.lon, order.pickup.name) == (60.17, 24.94, "Door 1")
    assert (order.dropoff.address, order.dropoff.before) == ("2 Street", NOON + timedelta(minutes=50))
    assert (order.weight_g, [(item.name, item.quantity) for item in order.items]) == (1200, [("SMALL", 2)])
    assert beside.status().last_read == NOON
    assert beside.status().problem == ""


def test_several_drop_offs_are_several_orders(beside: Beside) -> None:
    """One pickup and three drop-offs: three orders, each with a number of its own."""
    drops = beside.town.deliver(number="B2", drops=3)
    beside.connector().turn()
    assert set(beside.orders()) == set(drops)
    assert len({order.ref for order in beside.orders().values()} | {"B2"}) == 4


def test_all_pages_are_read(beside: Beside) -> None:
    """A collection that comes in pages of seven is read to its end, by the OAuth2 client."""
    beside.site.per_page = 7
    drops = [drop for _ in range(15) for drop in beside.town.deliver()]
    beside.connector().turn()
    assert set(beside.orders()) == set(drops)
    assert beside.site.asked.count("GET /api/tasks") == 5
    assert "POST /oauth2/token" in beside.site.asked


def test_nothing_is_taken_in_twice(beside: Beside) -> None:
    """Neither at the next reading, nor after a restart, nor by a process that forgot, nor by four at once."""
    drops = [drop for _ in range(5) for drop in beside.town.deliver()]
    first = beside.connector()
    for connector in (first, first, beside.connector()):
        connector.turn()
    with ThreadPoolExecutor(4) as hands:
        list(hands.map(lambda one: one.turn(), [beside.connector() for _ in range(4)]))
    drops += beside.town.deliver()
    with ThreadPoolExecutor(4) as hands:
        list(hands.map(lambda one: one.turn(), [beside.connector() for _ in range(4)]))
    assert set(beside.orders()) == set(drops)
    assert beside.all_orders() == len(drops)


def test_couriers_come_along(beside: Beside) -> None:
    """Users who ride are couriers here, by name; one who is a courier here already is the same person."""
    beside.dispatch.add_courier(COOP, "tom", "Thomas", by="anna", at=NOON)
    beside.town.hire("zoë b")
    beside.connector().turn()
    names = {courier.id: courier.name for courier in beside.store.couriers(COOP)}
    strange = next(one for one in names if one.startswith("cc-"))
    assert names == {"lea": "Lea", "tom": "Thomas", strange: "Zoë B"}


def test_assignments_are_taken_over(beside: Beside) -> None:
    """Who has it there has it here, on shift from then on; changed there, it is changed here, and taken back too."""
    drop, other = beside.town.deliver()[0], beside.town.deliver()[0]
    beside.town.assign(drop, "lea")
    connector = beside.connector()
    connector.turn()
    assert (beside.order(drop).courier, beside.order(other).courier) == ("lea", None)
    for name in ("tom", None, "lea"):
        beside.clock.wait(minutes=1)
        beside.town.assign(drop, name)
        connector.turn()
        assert beside.order(drop).courier == name
    assert beside.overruled() == []
    assert beside.town.writes == []


@pytest.mark.parametrize(("status", "state"), [("DONE", "delivered"), ("FAILED", "failed"), ("CANCELLED", "cancelled")])
def test_steps_are_followed(beside: Beside, status: str, state: str) -> None:
    """Picked up, brought, failed and cancelled there is so here; what is over is watched no more."""
    (drop,) = beside.town.deliver()
    beside.town.assign(drop, "lea")
    connector = beside.connector()
    connector.turn()
    if status != "CANCELLED":
        beside.town.mark(beside.town.pickup_of(drop)["id"], "DONE")
        connector.turn()
        assert beside.order(drop).state == "picked_up"
    beside.town.finish(drop, status)
    beside.clock.wait(minutes=1)
    connector.turn()
    connector.turn()
    assert beside.order(drop).state == state
    assert beside.store.coopcycle.open_jobs(COOP) == []


def test_what_is_restored_comes_back(beside: Beside) -> None:
    """A job that was cancelled and is restored there is a new order here; cancelled here only, it is not."""
    (drop,) = beside.town.deliver()
    connector = beside.connector()
    connector.turn()
    first = beside.order(drop)
    beside.clock.wait(minutes=1)
    beside.town.finish(drop, "CANCELLED")
    connector.turn()
    assert beside.order(drop).state == "cancelled"
    beside.clock.wait(minutes=1)
    for task in (beside.town.pickup_of(drop), beside.town.of(drop)):
        beside.town.mark(task["id"], "TODO")
    connector.turn()
    second = beside.order(drop)
    assert (second.state, second.id == first.id) == ("placed", False)
    beside.dispatch.move(COOP, second.id, "cancel", by="anna", at=beside.clock())
    beside.clock.wait(minutes=1)
    beside.town.mark(beside.town.of(drop)["id"], "TODO")
    connector.turn()
    assert (beside.order(drop).id, beside.all_orders()) == (second.id, 2)


def test_what_is_deleted_there_is_cancelled_here(beside: Beside) -> None:
    """A task that is gone takes its order along; one that was moved to another day stays."""
    drop, moved = beside.town.deliver()[0], beside.town.deliver()[0]
    connector = beside.connector()
    connector.turn()
    for task in (beside.town.pickup_of(moved), beside.town.of(moved)):
        task |= {"after": "2026-05-13T12:00:00+00:00", "before": "2026-05-13T13:00:00+00:00"}
    gone = beside.order(drop)
    for task in (beside.town.pickup_of(drop), beside.town.of(drop)):
        del beside.town.tasks[task["id"]]
    connector.turn()
    assert beside.store.order(COOP, gone.id).state == "cancelled"  # type: ignore[union-attr]
    assert beside.order(moved).state == "placed"


def test_a_document_that_is_none_stops_nothing(beside: Beside) -> None:
    """A task without a place is left aside and named; all others are taken in."""
    bad, good = beside.town.deliver()[0], beside.town.deliver()[0]
    beside.town.of(bad)["address"] = {"geo": {"latitude": "north"}}
    beside.connector().turn()
    assert set(beside.orders()) == {good}
    assert "no place on the map" in beside.status().aside[bad]
    assert beside.status().problem == ""


def test_an_open_job_whose_document_breaks_is_kept(beside: Beside) -> None:
    """What cannot be read is not what is gone: the order stays as it is, and the trouble is named."""
    (drop,) = beside.town.deliver()
    connector = beside.connector()
    connector.turn()
    del beside.town.of(drop)["updatedAt"]
    connector.turn()
    assert beside.order(drop).state == "placed"
    assert "updatedAt" in beside.status().aside[drop]


def test_shifts_begin_and_end_as_planned(beside: Beside) -> None:
    """On shift as planned, home at its end, not with an order in hand, and not again once sent home here."""
    beside.town.plan("lea", NOON - timedelta(hours=1), NOON + timedelta(hours=1))
    connector, shifts = beside.connector(), lambda: {one.id: one.shift for one in beside.store.couriers(COOP)}
    (drop,) = beside.town.deliver()
    beside.town.assign(drop, "lea")
    connector.turn()
    assert shifts() == {"lea": "on", "tom": "off"}
    beside.clock.wait(hours=2)
    connector.turn()
    assert shifts()["lea"] == "on"
    beside.town.finish(drop)
    connector.turn()
    connector.turn()
    assert shifts()["lea"] == "off"
    beside.town.plan("tom", NOON, NOON + timedelta(hours=9))
    connector.turn()
    assert shifts()["tom"] == "on"
    beside.dispatch.shift(COOP, "tom", "end", by="tom", at=beside.clock())
    connector.turn()
    assert shifts()["tom"] == "off"


def test_a_courier_on_break_is_left_in_peace(beside: Beside) -> None:
    """An order given there to somebody on break here waits, with the reason, and is theirs when the break ends."""
    (drop,) = beside.town.deliver()
    beside.town.plan("lea", NOON, NOON + timedelta(hours=1))
    connector = beside.connector()
    connector.turn()
    beside.dispatch.shift(COOP, "lea", "break", by="lea", at=NOON)
    beside.town.assign(drop, "lea")
    beside.clock.wait(minutes=1)
    connector.turn()
    assert beside.order(drop).courier is None
    assert "on break" in beside.status().aside[drop]
    beside.dispatch.shift(COOP, "lea", "resume", by="lea", at=beside.clock())
    connector.turn()
    assert beside.order(drop).courier == "lea"
    assert beside.status().aside == {}
