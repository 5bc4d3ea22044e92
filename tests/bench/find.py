"""What the desk's line takes to find something among 5,000 orders: the page's own modules, in Node."""

from __future__ import annotations

import json
from statistics import median
from typing import Any

from tests.bench.measure import node

ORDERS, COURIERS = 5_000, 200
Row = dict[str, Any]


def find(runs: int = 5) -> list[Row]:
    """Milliseconds, medians of the runs: the index made whole, moved on by one entry, asked; the slowest question."""
    rows = [_row() for _ in range(runs)]
    figures = {name: median(row[name] for row in rows) for name in rows[0] if name.endswith("_ms")}
    return [{**rows[0], **figures, "runs": runs}]


def _row() -> Row:
    process = node("find.mjs", {"orders": ORDERS, "couriers": COURIERS, "runs": 30})
    assert process.stdout is not None
    row: Row = json.loads(process.stdout.readline())
    process.wait(60)
    return row
