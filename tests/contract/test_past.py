"""A long past, written at once, is the same record as one that was lived change by change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from dashboard import accounts_period
from dashboard.dispatch import Dispatch
from dashboard.domain.events import first_fault
from dashboard.domain.pay import Calendar
from dashboard.domain.rules_packs import COOP_EMPLOYEE
from dashboard.domain.rules_wire import with_changes
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


def _lived(folder: Path, home: Path, days: int = DAYS, seed: int = 1) -> SqlStore:
    store = open_store(f"sqlite:///{folder / f'past-{uuid4()}.db'}")
    store.migrate()
    store.add_coop(Coop("demo", "Demo co-op"))
    dispatch = Dispatch(store, lambda _: None, lambda: "unused")
    for courier in COURIERS:
        dispatch.add_courier("demo", courier, courier, by="demo", at=NOW - timedelta(days=DAYS + 1))
    with store.past("demo") as change:
        live_through(change, "demo", COURIERS, default_pack(home, lambda *_: None), NOW, seed, days)
    return store


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory, city_home: Path) -> SqlStore:
    """The demo's past, once for all."""
    return _lived(tmp_path_factory.mktemp("past"), city_home)


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


def test_pay_varies_and_the_vote_is_marked(past: SqlStore) -> None:
    """Rates on shift lie apart by more than a tenth over four weeks; the rule on waiting is a mark."""
    tables = History(past).tables("demo")
    scheme = with_changes(COOP_EMPLOYEE, tables.notes)
    today = NOW.date()
    days = today - timedelta(days=28), today
    found = accounts_period.fairness(accounts_period.Period(tables, scheme, Calendar(ZoneInfo("UTC")), *days, {}))
    assert not found.too_few
    assert found.lowest is not None
    assert found.highest is not None
    assert found.highest > 1.1 * found.lowest
    assert found.gini is not None
    assert found.gini > 0.01
    assert len({round(rate) for rate in found.rates}) > len(found.rates) / 2
    assert "waiting" in {mark.what for mark in found.marks}


def test_the_same_seed_is_the_same_past(tmp_path: Path, city_home: Path) -> None:
    """A week lived again: each thing happens at the same moment by the same person; another seed is another past."""
    once, again, other = (_lived(tmp_path, city_home, 7, seed) for seed in (1, 1, 2))
    assert _told(again) == _told(once) != _told(other)
    for store in (once, again, other):
        store.close()


def _told(store: SqlStore) -> list[tuple[datetime, str, str]]:
    """What happened, without the orders' ids, which are drawn anew each time."""
    return [(entry.at, entry.kind, entry.actor) for entry in store.iter_entries("demo")]
