"""What the accounts cost: a month of 300,000 orders, and one event of the running day as the day grows."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dashboard import accounts_period
from dashboard.accounts_period import Period
from dashboard.domain.events import GENESIS, Entry
from dashboard.domain.pay import Calendar
from dashboard.domain.rules_packs import COOP_EMPLOYEE, MDRP
from dashboard.ledger import Ledger
from dashboard.ports import Coop
from tests.bench.history import month
from tests.memory_store import MemoryStore

PARIS = ZoneInfo("Europe/Paris")
FIRST, LAST = date(2026, 5, 18), date(2026, 6, 16)
MORNING = datetime(2026, 5, 18, 6, tzinfo=UTC)
EVENTS = 5000


def accounts() -> list[dict[str, Any]]:
    """Seconds of each report of a month of 500 couriers × 20 orders a day, frames in memory, nothing remembered."""
    tables = month()
    period = Period(tables, COOP_EMPLOYEE, Calendar(PARIS), FIRST, LAST, {})
    asked: dict[str, Callable[[], object]] = {
        "pay": lambda: accounts_period.pay(period), "fairness": lambda: accounts_period.fairness(period),
        "workload": lambda: accounts_period.workload(period), "what_if": lambda: accounts_period.what_if(period, MDRP),
    }  # fmt: skip
    rows = [
        {"report": name, "orders": len(tables.jobs), "seconds": round(_took(ask), 3)} for name, ask in asked.items()
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return [*rows, {"report": "memory", "peak_mb": peak}, *growing_day()]


def growing_day(couriers: int = 100, events: int = 8 * EVENTS) -> list[dict[str, Any]]:
    """Microseconds of one event in the running day, for each further 5,000 events: it has to stay level."""
    ledger = Ledger(MemoryStore(Coop("bench", "Bench")), lambda _: PARIS, lambda _: MDRP, lambda _coop, _since: ())
    ledger.now("bench", MORNING)
    rows = []
    stream = _day(couriers)
    for done in range(0, events, EVENTS):
        some = [next(stream) for _ in range(EVENTS)]
        seconds = _took(lambda some=some: [ledger.hear(entry) for entry in some])
        rows.append({"report": "event", "after_events": done, "microseconds": round(seconds / EVENTS * 1e6, 1)})
    return rows


def _took(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _day(couriers: int) -> Iterator[Entry]:
    """Everybody starts, then orders are placed, given, picked up and delivered in turn."""
    seq = 0

    def entry(kind: str, subject: str, **changes: Any) -> Entry:
        nonlocal seq
        seq += 1
        at = MORNING + timedelta(milliseconds=seq)
        return Entry("bench", seq, str(seq), at, "desk", kind, subject, 1, {"changes": changes}, GENESIS, GENESIS)

    for number in range(couriers):
        yield entry("courier.shift_started", f"c{number}")
    here, there = {"lon": 2.35, "lat": 48.85}, {"lon": 2.36, "lat": 48.86}
    while True:
        order, courier = f"o{seq}", f"c{seq % couriers}"
        yield entry("order.placed", order, pickup=here, dropoff=there, state="placed", courier=None)
        yield entry("order.assigned", order, courier=courier)
        yield entry("order.picked_up", order, state="picked_up")
        yield entry("order.delivered", order, state="delivered")
