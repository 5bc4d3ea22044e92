"""A restaurant's day as a table: who waited for whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.domain.events import Entry, Fact, Head, seal
from dashboard.domain.workload_states import Job
from dashboard.exports.waits import HEAD, waits

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HELSINKI = ZoneInfo("Europe/Helsinki")


def told(kind: str, minute: float, changes: Mapping[str, Any], **more: Any) -> Entry:
    """An entry about the order, so many minutes after noon."""
    fact = Fact(f"order.{kind}", "o1", 1, {"changes": changes, **more})
    return seal(fact, Head(0), coop="acme", id="e", at=NOON + minute * MINUTE, actor="Toscana")


def job(*, arrived: float | None = 14, picked_up: float | None = 20) -> Job:
    """Léa's, by minutes after noon."""
    at = {name: None if minute is None else NOON + minute * MINUTE for name, minute in
          (("arrived_at", arrived), ("picked_up_at", picked_up))}  # fmt: skip
    return Job("lea", "o1", NOON, NOON + 40 * MINUTE, on_job_ms=0, metres=2000, restaurant="toscana", **at)  # type: ignore[arg-type]


PLACED = told("placed", 0, {"ref": "1042", "state": "placed", "ready_at": "2026-05-04T12:15:00.000Z"})
READY = told("ready", 17, {"state": "ready"})
GONE = told("picked_up", 20, {"state": "picked_up"})


def rows(entries: list[Entry], of: Job) -> list[dict[str, Any]]:
    """The table's rows by the names of its columns."""
    return [dict(zip(HEAD, row, strict=True)) for row in waits([of], lambda order: entries, HELSINKI)]


def test_both_waits_are_counted_until_the_pickup() -> None:
    """The courier waited from the arrival, the food from being ready; times are those of the co-op's clock."""
    assert rows([PLACED, READY, GONE], job()) == [
        {"order": "1042", "ready_by": "15:15:00", "ready": "15:17:00", "courier_came": "15:14:00",
         "picked_up": "15:20:00", "courier_waited_s": 360, "food_waited_s": 180}
    ]  # fmt: skip


def test_what_nobody_reported_is_empty() -> None:
    """Without an arrival, or without Ready, that wait is unknown and not zero; what was never picked up has no row."""
    row = rows([PLACED, GONE], job(arrived=None))[0]
    assert (row["courier_came"], row["ready"], row["courier_waited_s"], row["food_waited_s"]) == (None,) * 4
    assert rows([PLACED], job(picked_up=None)) == []


def test_a_press_without_a_network_counts_from_when_it_was_pressed() -> None:
    """Ready that was pressed at 12:16 and came at 12:17 counts from 12:16; one that was taken back does not count."""
    late = told("ready", 17, {"state": "ready"}, pressed_at="2026-05-04T12:16:00.000Z")
    assert rows([PLACED, late, GONE], job())[0]["food_waited_s"] == 240
    again = [PLACED, told("ready", 10, {"state": "ready"}), told("undone", 10.1, {"state": "preparing"}), READY, GONE]
    assert rows(again, job())[0]["food_waited_s"] == 180
