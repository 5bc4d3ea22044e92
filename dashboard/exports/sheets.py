"""Tables as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from dashboard.domain.pay import Slip
from dashboard.reports_pay import Pay
from layouts.rule_words import rule_name
from layouts.words import Words

FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOOK = (
    "courier", "name", "first", "last", "currency", "pay", "top_up", "corrections", "tips", "total", "costs",
    "hours_on_shift", "hours_on_job", "jobs",
)  # fmt: skip
SLIP = ("courier", "line", "name", "role", "quantity", "unit", "rate", "amount", "decided_by", "source")
HOUR = timedelta(hours=1)


def sheet(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The table with its heading; texts that a spreadsheet would run as a formula begin with an apostrophe."""
    return lines([head, *rows])


def lines(rows: Iterable[Sequence[Any]]) -> str:
    """Rows alone, to be written behind others."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def safe(cell: Any) -> Any:
    """The cell as it may be written: numbers as they are, texts disarmed, nothing for None."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def money(cents: int) -> Decimal:
    """Cents in the currency's unit, two decimals."""
    return Decimal(cents).scaleb(-2)


def book(found: Pay) -> str:
    """For the book-keeper: one row a courier."""
    return sheet(
        BOOK,
        (
            (
                row.courier, row.name, found.first.isoformat(), found.last.isoformat(), found.currency,
                money(row.pay_cents), money(row.top_up_cents), money(row.correction_cents), money(row.tips_cents),
                money(row.total_cents), money(row.costs_cents), round(row.on_shift / HOUR, 4),
                round(row.on_job / HOUR, 4), row.jobs,
            )
            for row in found.couriers
        ),
    )  # fmt: skip


def slip_lines(slip: Slip, words: Words) -> str:
    """For a courier: one row a line of the slip, ``name`` as people call it; the last is the total."""
    rows: list[tuple[Any, ...]] = [
        (
            slip.courier, line.name, rule_name(line.name, words), line.role, line.quantity, line.unit,
            line.rate, money(line.amount_cents), line.decision.by, line.decision.source,
        )
        for line in (*slip.lines, *slip.costs)
    ]  # fmt: skip
    total = (slip.courier, "total", words("Total"), "", "", "", "", money(slip.total_cents), "", "")
    return sheet(SLIP, [*rows, total])
