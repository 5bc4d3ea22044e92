"""Compute the figures of some days again from the journal alone, with the program's own rules and nothing else.

    python -m dashboard.exports.recompute journal.jsonl Europe/Helsinki 2026-05-11 2026-05-17

``journal.jsonl`` is one entry a line, as `roulement export --coop ID` writes it and as the weekly download holds it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from dashboard import accounts_period
from dashboard.accounts_period import Period
from dashboard.domain.events import Entry, Head, entry_from_wire, first_fault
from dashboard.domain.pay import Calendar
from dashboard.domain.rules_packs import COOP_EMPLOYEE
from dashboard.domain.rules_wire import with_changes
from dashboard.domain.weather import rain
from dashboard.history import tables_of
from dashboard.reports_wire import wire


def figures(entries: list[Entry], zone: str, first: date, last: date) -> dict[str, Any]:
    """Pay, workload and fairness of those days; ValueError when the journal is not what was written."""
    if fault := first_fault(entries, Head(entries[-1].seq, entries[-1].hash)):
        raise ValueError(f"the journal is damaged: {fault.reason}")
    tables = tables_of(entries)
    names = {e.subject: e.data["changes"]["name"] for e in entries if e.kind == "courier.added"}
    scheme = with_changes(COOP_EMPLOYEE, tables.notes)
    calendar = Calendar(ZoneInfo(zone), rain=rain(tables.notes))
    return of_period(Period(tables, scheme, calendar, first, last, names))


def of_period(period: Period) -> dict[str, Any]:
    """The same of a period whose history is at hand."""
    reports = (accounts_period.pay, accounts_period.workload, accounts_period.fairness)
    return {report.__name__: wire(report(period)) for report in reports}


def read(lines: Iterable[str]) -> list[Entry]:
    """The entries, one a line."""
    return [entry_from_wire(json.loads(line)) for line in lines if line.strip()]


if __name__ == "__main__":
    path, place, begin, end = sys.argv[1:]
    with open(path, encoding="utf-8") as journal:
        found = figures(read(journal), place, date.fromisoformat(begin), date.fromisoformat(end))
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
