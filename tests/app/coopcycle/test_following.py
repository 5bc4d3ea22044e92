"""The live channel, the outages, and what is said meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from queue import SimpleQueue
from typing import Any

import pytest

from live.coopcycle.channel import CONNECTED, LOST, Channel
from live.coopcycle.client import Away, Refused
from live.coopcycle.connector import Connector
from tests.app.coopcycle.conftest import COOP, NOON, Beside
from tests.coopcycle import FAULTS
from tests.running import PATIENCE, until


@contextmanager
def running(connector: Connector) -> Iterator[None]:
    """At work in a thread, as in its process."""
    stopped = threading.Event()
    thread = threading.Thread(target=connector.run, args=(stopped,))
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(PATIENCE)


def test_the_live_channel_brings_changes(beside: Beside) -> None:
    """With a reading once an hour only: a new delivery, its courier and its end arrive at once."""
    with running(beside.connector(beside.channel(), poll=3600)):
        until(lambda: beside.town.listeners and beside.store.couriers(COOP), PATIENCE, "it does not listen")
        until(lambda: beside.status().is_live, PATIENCE, "it does not say that it listens")
        readings = beside.site.asked.count("GET /api/tasks")
        (drop,) = beside.town.deliver()
        until(lambda: drop in beside.orders(), PATIENCE, "the new delivery is not here")
        beside.clock.wait(minutes=1)
        beside.town.assign(drop, "tom")
        until(lambda: beside.order(drop).courier == "tom", PATIENCE, "its courier is not here")
        beside.clock.wait(minutes=1)
        beside.town.finish(drop)
        until(lambda: beside.order(drop).state == "delivered", PATIENCE, "its end is not here")
        assert beside.site.asked.count("GET /api/tasks") == readings


def test_what_happened_while_the_channel_was_away_is_read(beside: Beside) -> None:
    """Cut off, it connects again and reads the day: nobody sends what was missed."""
    with running(beside.connector(beside.channel(), poll=3600)):
        until(lambda: beside.town.listeners and beside.store.couriers(COOP), PATIENCE, "it does not listen")
        beside.site.is_channel_open = False
        beside.site.cut_lines()
        until(lambda: not beside.status().is_live, PATIENCE, "it does not say that the channel is lost")
        (drop,) = beside.town.deliver()
        beside.site.is_channel_open = True
        until(lambda: drop in beside.orders(), PATIENCE, "what was missed is not here")


def test_without_the_channel_polling_is_enough(beside: Beside) -> None:
    """Where the channel never opens, the readings bring everything."""
    beside.site.is_channel_open = False
    with running(beside.connector(beside.channel(), poll=0.05)):
        (drop,) = beside.town.deliver()
        until(lambda: drop in beside.orders(), PATIENCE, "nothing is read")


class Heard(Channel):
    """A channel that says what a test puts in."""

    def __init__(self) -> None:
        self.heard = SimpleQueue()

    def start(self) -> None: ...

    def stop(self) -> None: ...


def test_old_and_damaged_events_change_nothing(beside: Beside) -> None:
    """An event from before the last reading, one of another day and one that is none leave everything as it is."""
    channel = Heard()
    (drop,) = beside.town.deliver()
    connector = beside.connector(channel, poll=3600)
    connector.turn()
    beside.clock.wait(minutes=1)
    old: dict[str, Any] = {**beside.town.of(drop), "assignedTo": "lea", "updatedAt": "2026-05-12T11:59:00+00:00"}
    other_day = {**old, "@id": "/api/tasks/90", "after": "2026-05-14T10:00:00Z", "before": "2026-05-14T11:00:00Z"}
    for event in (old, other_day, {"@id": 7}, None):
        channel.heard.put(("task:assigned", event))
    connector.turn()
    assert beside.order(drop).courier is None
    assert set(beside.orders()) == {drop}


def test_two_states_of_one_second_are_settled_by_a_reading(beside: Beside) -> None:
    """An event that is as old as what is known but says otherwise is not believed: the day is read again."""
    channel = Heard()
    (drop,) = beside.town.deliver()
    connector = beside.connector(channel, poll=3600)
    connector.turn()
    channel.heard.put(("task:assigned", {**beside.town.of(drop), "assignedTo": "lea"}))
    readings = beside.site.asked.count("GET /api/tasks")
    connector.turn()
    assert beside.order(drop).courier is None
    assert beside.site.asked.count("GET /api/tasks") == readings + 1


def test_a_nudge_makes_it_read(beside: Beside) -> None:
    """What a webhook left in the record is followed by a reading, once."""
    connector = beside.connector(poll=3600)
    connector.turn()
    (drop,) = beside.town.deliver()
    connector.turn()
    assert beside.orders() == {}
    beside.store.coopcycle.nudge(COOP, "/api/deliveries/1", "delivery.assigned", NOON)
    connector.turn()
    assert set(beside.orders()) == {drop}
    readings = beside.site.asked.count("GET /api/tasks")
    connector.turn()
    assert beside.site.asked.count("GET /api/tasks") == readings


@pytest.mark.parametrize("kind", FAULTS)
def test_every_third_call_that_fails_is_lived_through(beside: Beside, kind: str) -> None:
    """One kind of failure at each third call: a day is read and an assignment written all the same."""
    (drop,) = beside.town.deliver()
    connector = beside.connector()
    connector.turn()
    beside.site.faults.kinds, beside.site.faults.every = (kind,), 3
    beside.dispatch.shift(COOP, "lea", "start", by="anna", at=beside.clock())
    beside.assign(drop, "lea")
    for _ in range(8):
        beside.clock.wait(seconds=5)
        connector.turn()
    assert beside.site.faults.happened[kind] > 3
    assert {beside.town.of(drop)["assignedTo"], beside.town.pickup_of(drop)["assignedTo"]} == {"lea"}
    assert beside.order(drop).courier == "lea"
    assert beside.store.coopcycle.waiting(COOP) == []


def test_an_outage_is_said_and_heals(beside: Beside) -> None:
    """While they are away it says so, keeps what has to be written and loses nothing; then all of it is made good."""
    drop, other = beside.town.deliver()[0], beside.town.deliver()[0]
    connector = beside.connector()
    connector.turn()
    beside.dispatch.shift(COOP, "lea", "start", by="anna", at=beside.clock())
    beside.site.faults.is_down = True
    beside.assign(drop, "lea")
    beside.clock.wait(minutes=1)
    beside.town.assign(other, "tom")
    for _ in range(3):
        connector.turn()
    status, (letter,) = beside.status(), beside.store.coopcycle.waiting(COOP)
    assert "not reached" in status.problem
    assert status.last_read == NOON
    assert (letter.wanted, "not reached" in letter.problem, letter.tries > 0) == ("lea", True, True)
    beside.site.faults.is_down = False
    beside.clock.wait(minutes=1)
    until(lambda: connector.turn() or not beside.status().problem, PATIENCE, "it does not heal")  # type: ignore[func-returns-value]
    beside.clock.wait(minutes=1)
    connector.turn()
    assert (beside.town.of(drop)["assignedTo"], beside.order(other).courier) == ("lea", "tom")
    assert beside.store.coopcycle.waiting(COOP) == []


def test_what_came_and_went_during_an_outage_is_made_good(beside: Beside) -> None:
    """A delivery that nobody here ever saw open: the order is there, brought as it was. Not those before us."""
    (before,) = beside.town.deliver()
    beside.town.assign(before, "lea")
    beside.town.finish(before)
    beside.clock.wait(minutes=1)
    connector = beside.connector()
    connector.turn()
    beside.clock.wait(minutes=1)
    (missed,) = beside.town.deliver()
    beside.town.assign(missed, "tom")
    beside.town.finish(missed)
    beside.connector().turn()
    assert set(beside.orders()) == {missed}
    assert (beside.order(missed).state, beside.order(missed).courier) == ("delivered", "tom")
    assert beside.store.coopcycle.open_jobs(COOP) == []


def test_a_wrong_password_is_said(beside: Beside) -> None:
    """Refused at the door: tried once, and named."""
    client = beside.client()
    object.__setattr__(client.access, "password", "wrong")
    with pytest.raises(Refused, match=r"401 to /api/login_check: Invalid credentials\."):
        list(client.couriers())


def test_a_token_that_ran_out_is_made_anew(beside: Beside) -> None:
    """401 in the middle of a day: signed in again, and nobody notices."""
    client = beside.client()
    assert len(client.couriers()) == 2
    beside.site.tokens.clear()
    assert len(client.couriers()) == 2


def test_it_gives_up_a_call_after_some_tries(beside: Beside) -> None:
    """A call that never works ends with the reason, after no more than four tries, each longer apart."""
    waits: list[float] = []
    client = beside.client(sleep=waits.append)
    beside.site.faults.is_down = True
    with pytest.raises(Away, match="not reached"):
        client.couriers()
    assert len(waits) >= 3
    assert waits[:3] == sorted(waits[:3])


def test_the_channel_says_that_it_is_lost(beside: Beside) -> None:
    """Connected first, then lost with a reason, then connected again."""
    channel = beside.channel()
    channel.start()
    assert channel.heard.get(timeout=PATIENCE) == (CONNECTED, None)
    until(lambda: beside.site.lines, PATIENCE, "no line")
    beside.site.cut_lines()
    name, reason = channel.heard.get(timeout=PATIENCE)
    assert (name, "live channel" in reason) == (LOST, True)
    assert channel.heard.get(timeout=PATIENCE) == (CONNECTED, None)
    channel.stop()
    assert NOON + timedelta() == beside.clock()


def test_changed_places_and_windows_are_followed(beside: Beside) -> None:
    """Another street or another window there is the order's here, with an entry that says so, once; what was decided
    here stays, and so does the pickup of what is on its way."""
    (drop,) = beside.town.deliver()
    beside.town.assign(drop, "lea")
    beside.connector().turn()
    later = NOON + timedelta(minutes=80)
    beside.clock.wait(seconds=2)
    beside.town.move(drop, street="9 New Street", before=later)
    beside.town.move(beside.town.of(drop)["previous"], street="8 Old Street")
    for _ in range(3):
        beside.connector().turn()
    order = beside.order(drop)
    assert (order.dropoff.address, order.dropoff.lat, order.dropoff.before) == ("9 New Street", 60.175, later)
    assert (order.pickup.address, order.courier) == ("8 Old Street", "lea")
    kinds = [entry.kind for entry in beside.store.about(COOP, order.id)]
    assert kinds.count("order.amended") == 1
    beside.town.mark(beside.town.pickup_of(drop)["id"], "DONE")
    beside.connector().turn()
    beside.clock.wait(seconds=2)
    beside.town.move(beside.town.of(drop)["previous"], street="7 Too Late Street")
    beside.connector().turn()
    assert beside.order(drop).pickup.address == "8 Old Street"
    assert beside.order(drop).version == len(beside.store.about(COOP, order.id))


def test_a_closed_order_keeps_its_places(beside: Beside) -> None:
    """What is over is history: a change there is none here."""
    (drop,) = beside.town.deliver()
    beside.town.assign(drop, "lea")
    beside.connector().turn()
    beside.town.finish(drop)
    beside.connector().turn()
    before = beside.order(drop)
    beside.clock.wait(seconds=2)
    beside.town.move(drop, street="9 New Street")
    beside.connector().turn()
    assert beside.order(drop) == before
