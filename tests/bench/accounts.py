"""What the accounts cost: a month of 300,000 orders out of its journal, and one event of the day as the day grows."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from dashboard import accounts_period
from dashboard.accounts import BookedAccounts, scheme_of
from dashboard.domain.events import GENESIS, Entry
from dashboard.domain.pay import Calendar
from dashboard.domain.rules_packs import COOP_EMPLOYEE, MDRP
from dashboard.history import History, prepare
from dashboard.history_cache import HistoryCache
from dashboard.ledger import Ledger
from dashboard.ports import Coop
from dashboard.store import open_store
from tests.bench.history import month
from tests.bench.journal import COOP, month_database, write_month
from tests.bench.measure import ROOT
from tests.memory_store import MemoryStore

PARIS = ZoneInfo("Europe/Paris")
FIRST, LAST = date(2026, 5, 18), date(2026, 6, 16)
MORNING = datetime(2026, 5, 18, 6, tzinfo=UTC)
EVENTS = 5000
Row = dict[str, Any]


def accounts(runs: int = 5) -> list[Row]:
    """500 couriers × 30 days × 20 orders on SQLite and PostgreSQL, then one event at ever longer days."""
    return [*month_on("sqlite", runs), *month_on("postgresql", runs), _month_before(runs), *growing_day()]


def month_on(kind: str, runs: int) -> list[Row]:
    """The first reading once; opened cold by ``runs`` new processes, medians."""
    with month_database(kind) as (url, folder):
        head = write_month(url)
        first = _elsewhere("first_reading", url, folder)
        cold = [_elsewhere("opened_cold", url, folder) for _ in range(runs)]
        size = sum(path.stat().st_size for path in folder.rglob("*.segment"))
        return [
            {"report": "first_reading", "database": kind, "entries": head.seq, **first, "cache_mb": size // 2**20},
            {"report": "cold", "database": kind, "runs": runs,
             **{name: round(median(run[name] for run in cold), 3) for name in cold[0]}},
        ]  # fmt: skip


def first_reading(url: str, folder: str) -> Row:
    """All segments, from nothing."""
    store, cache = open_store(url), HistoryCache(Path(folder))
    seconds = _took(lambda: prepare(store, cache, COOP, lambda done, whole: None))
    return {"seconds": round(seconds, 1), "peak_mb": _peak_mb()}


def opened_cold(url: str, folder: str) -> Row:
    """A process that knows nothing yet answers; seconds of each answer, the whole up to the first in ``cold``."""
    store = open_store(url)
    history = History(store, cache=HistoryCache(Path(folder)))
    ledger = Ledger(store, lambda _: PARIS, lambda coop: scheme_of(store, coop), store.shifts)

    def fresh() -> BookedAccounts:
        """Knows the frames, and remembers no answer."""
        return BookedAccounts(store, ledger, history, lambda _: PARIS)

    known, days = fresh(), (COOP, FIRST, LAST)
    asked: dict[str, Callable[[], object]] = {
        "cold": lambda: known.fairness(*days), "asked_again": lambda: known.fairness(*days),
        "fairness": lambda: fresh().fairness(*days), "pay": lambda: fresh().pay(*days),
        "workload": lambda: fresh().workload(*days), "what_if": lambda: fresh().what_if(*days, MDRP),
        "frozen": lambda: history.tables(COOP, store.head(COOP).seq * 3 // 4),
    }  # fmt: skip
    return {name: round(_took(ask), 4) for name, ask in asked.items()} | {"peak_mb": _peak_mb()}


def month_before(*_: str) -> Row:
    """Fairness of a month when the month before (60 days, 600,000 orders) is compared: anew, and with that one kept.

    ``again`` is what an entry more costs: every figure of the month is computed again. From frames that are made up.
    """
    period = accounts_period.Period(
        month(days=60, first=FIRST - timedelta(days=30)), COOP_EMPLOYEE, Calendar(PARIS), FIRST, LAST, {}
    )
    found: list[accounts_period.Earlier] = []
    asked: dict[str, Callable[[], object]] = {
        "earlier": lambda: found.append(accounts_period.earlier(period)),
        "again": lambda: accounts_period.fairness(period, before=found[0]),
        "again_second": lambda: accounts_period.fairness(period, before=found[0]),
        "known": lambda: accounts_period.contents_before(period),
    }
    return {name: round(_took(ask), 4) for name, ask in asked.items()} | {"peak_mb": _peak_mb()}


def _month_before(runs: int) -> Row:
    each = [_elsewhere("month_before", "", Path()) for _ in range(runs)]
    return {
        "report": "month_before", "runs": runs,
        **{name: round(median(run[name] for run in each), 3) for name in each[0]},
    }  # fmt: skip


def growing_day(couriers: int = 100, events: int = 9 * EVENTS) -> list[Row]:
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


def _elsewhere(what: str, url: str, folder: Path) -> Row:
    """In a process of its own; ``process`` is its whole life, Python's start and imports included."""
    command = [sys.executable, "-m", "tests.bench.accounts", what, url, str(folder / "cache")]
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    row: Row = json.loads(done.stdout)
    return row | {"process": round(time.perf_counter() - begin, 2)}


def _peak_mb() -> int:
    return int(getrusage(RUSAGE_SELF).ru_maxrss) // 1024


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


if __name__ == "__main__":
    known: dict[str, Callable[..., Row]] = {
        "first_reading": first_reading, "opened_cold": opened_cold, "month_before": month_before,
    }  # fmt: skip
    asked = known[sys.argv[1]]
    print(json.dumps(asked(*sys.argv[2:])))
