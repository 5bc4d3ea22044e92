"""A long past, written at once, is the same record as one that was lived change by change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.dispatch import Dispatch
from dashboard.domain.events import first_fault
from dashboard.domain.working_time_limits import FRANCE
from dashboard.history import History
from dashboard.ports import Coop
from dashboard.store import open_store
from dashboard.store.sql import SqlStore
from dashboard.tables import NONE
from live.city.build import default_pack
from live.demo.past import DAYS, live_through

NOW = datetime(2026, 11, 24, 0, 5, tzinfo=UTC)
COURIERS = [f"c{n}" for n in range(9)]


def _lived(folder: Path, home: Path, seed: int = 1) -> SqlStore:
    store = open_store(f"sqlite:///{folder / f'past-{seed}.db'}")
    store.migrate()
    store.add_coop(Coop("demo", "Demo co-op"))
    dispatch = Dispatch(store, lambda _: None, lambda: "unused")
    for courier in COURIERS:
        dispatch.add_courier("demo", courier, courier, by="demo", at=NOW - timedelta(days=DAYS + 1))
    with store.past("demo") as change:
        live_through(change, "demo", COURIERS, default_pack(home, lambda *_: None), NOW, seed)
    return store


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> SqlStore:
    """The demo's past, once for all."""
    return _lived(tmp_path_factory.mktemp("past"), tmp_path_factory.mktemp("city"))


def test_the_chain_of_a_past_verifies(past: SqlStore) -> None:
    """Every entry follows the one before, none lies in the future, and times never run backwards."""
    entries = list(past.iter_entries("demo"))
    assert first_fault(entries, past.head("demo")) is None
    times = [entry.at for entry in entries]
    assert times == sorted(times)
    assert times[-1] < NOW


def test_what_stands_is_what_the_entries_say(past: SqlStore) -> None:
    """Orders and couriers as projected are at the version of their last entry, everybody is at home."""
    last = {entry.subject: entry.version for entry in past.iter_entries("demo")}
    couriers = past.couriers("demo")
    assert {one.id: one.version for one in couriers} == {one: last[one] for one in COURIERS}
    assert {one.shift for one in couriers} == {"off"}
    page = past.orders("demo", limit=500)
    assert all(order.version == last[order.id] and order.state == "delivered" for order in page.orders)
    assert len({order.ref for order in page.orders}) == len(page.orders) == 500


def test_nobody_works_longer_than_the_law_allows(past: SqlStore) -> None:
    """No shift is over ten hours, and eleven hours of rest lie between two."""
    ends: dict[str, datetime] = {}
    for shift in past.shifts("demo", NOW - timedelta(days=DAYS + 2)):
        assert shift.ended_at is not None
        assert shift.ended_at - shift.started_at <= FRANCE.day
        if shift.courier in ends:
            assert shift.started_at - ends[shift.courier] >= FRANCE.rest
        ends[shift.courier] = shift.ended_at
    assert set(ends) == set(COURIERS)


def test_waiting_is_known_for_every_pickup(past: SqlStore) -> None:
    """Each meal that was picked up had an arrival before."""
    jobs = History(past).tables("demo").jobs
    assert len(jobs) > 1000
    assert (jobs["waited"] != NONE).all()
