"""What a dispatcher sees of the past: a day of it, everywhere; an administrator all."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from dashboard.access import ROLES
from dashboard.app import create_app
from dashboard.ports import Coop
from dashboard.roles import Visitor
from tests.app.conftest import Desk, settings_for

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
A_DAY = timedelta(hours=24)


@dataclass
class Aged:
    """A desk whose clock can be put forward: ``old`` and ``left_open`` are two days old, ``new`` was closed lately."""

    desk: Desk
    hours: list[datetime]
    old: str = ""
    left_open: str = ""
    new: str = ""
    seen: int = 0
    """The seq of the newest entry that is too old for a dispatcher."""

    def over(self, id: str) -> None:
        for step in ("picked-up", "delivered"):
            assert self.desk.post(f"/orders/{id}/{step}").status_code == 200

    def file(self, path: str, role: str) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.desk.token(role)}"}
        return self.desk.flask.test_client().get(path, headers=headers)


@pytest.fixture
def aged(home: Path) -> Iterator[Aged]:
    """Two days of a co-op."""
    hours = [NOON]
    application = create_app(settings_for(home), clock=lambda: hours[-1])
    application.store.add_coop(Coop("acme", "Acme"))
    aged = Aged(Desk(application, home), hours)
    aged.desk.courier("lea")
    aged.old, aged.left_open = aged.desk.given("lea")["id"], aged.desk.given("lea")["id"]
    aged.over(aged.old)
    aged.seen = application.store.head("acme").seq
    hours.append(NOON + 2 * A_DAY)
    aged.desk.courier("max")
    aged.new = aged.desk.given("max")["id"]
    aged.over(aged.new)
    yield aged
    application.store.close()


@pytest.mark.parametrize("role", ROLES)
def test_only_dispatchers_look_back_a_day_alone(role: str) -> None:
    """An administrator sees all, and the scoped roles their own, from the beginning."""
    since = Visitor("acme", role, "somebody").sees_since(NOON)
    assert since == (NOON - A_DAY if role == "dispatcher" else None)


def test_the_journal_begins_a_day_ago(aged: Aged) -> None:
    """From its beginning a dispatcher reads the last day, gapless; to go on from an older entry is refused in words."""
    desk, admin = aged.desk, aged.desk.token("admin")
    told = desk.get("/journal").json
    assert [entry["seq"] for entry in told["entries"]] == list(range(aged.seen + 1, aged.seen + 8))
    assert desk.get(f"/journal?after={aged.seen}").json == told
    assert desk.get(f"/journal?after={aged.seen}&limit=2").json["next"] == aged.seen + 2
    refused = desk.get(f"/journal?after={aged.seen - 1}")
    assert (refused.status_code, refused.json["type"]) == (403, "urn:roulement:problem:too-long-ago")
    assert "the last 24 hours" in refused.json["detail"]
    assert [entry["seq"] for entry in desk.get("/journal", token=admin).json["entries"]] == list(
        range(1, aged.seen + 8)
    )
    aged.hours.append(aged.hours[-1] + 2 * A_DAY)
    assert desk.get("/journal").json == {"entries": [], "next": None}


def test_orders_that_are_over_are_seen_for_a_day(aged: Aged) -> None:
    """What is open stays, however old; what was closed too long ago is in no list, and not to be had by its id."""
    desk, admin = aged.desk, aged.desk.token("admin")

    def listed(query: str = "", token: str = "") -> list[str]:
        return [order["id"] for order in desk.get(f"/orders{query}", token=token).json["orders"]]

    assert listed() == [aged.left_open, aged.new]
    assert listed("?state=delivered&courier=max") == [aged.new]
    assert listed(token=admin) == [aged.old, aged.left_open, aged.new]
    assert listed(token=desk.token("courier", scope="lea")) == [aged.old, aged.left_open]
    assert desk.get(f"/orders/{aged.old}").status_code == 403
    assert desk.get(f"/orders/{aged.left_open}").status_code == 200
    assert desk.get(f"/orders/{aged.new}").status_code == 200
    assert desk.get(f"/orders/{aged.old}", token=admin).status_code == 200


def test_a_conflict_gives_nothing_old_away(aged: Aged) -> None:
    """Refused for the order's state, an old order is not shown in the refusal; a new one is."""
    give = {"courier": "max", "expected_version": 1}
    old, new = (aged.desk.post(f"/orders/{each}/assign", give) for each in (aged.old, aged.new))
    assert (old.status_code, "order" in old.json) == (409, False)
    assert (new.status_code, new.json["order"]["id"]) == (409, aged.new)
    assert aged.desk.post(f"/orders/{aged.old}/delivered").status_code == 403


def test_files_hold_a_day(aged: Aged) -> None:
    """The list of orders has those placed within the day; earlier days, old jobs and the journal are refused."""

    def rows(answer: TestResponse) -> list[str]:
        assert answer.status_code == 200
        return [row["id"] for row in csv.DictReader(io.StringIO(answer.get_data(as_text=True)))]

    assert rows(aged.file("/exports/orders.csv", "dispatcher")) == [aged.new]
    assert rows(aged.file("/exports/orders.csv?from=2026-11-25", "dispatcher")) == [aged.new]
    assert aged.file("/exports/orders.csv?from=2026-11-24", "dispatcher").status_code == 403
    assert rows(aged.file("/exports/orders.csv?from=2026-11-24", "admin")) == [aged.old, aged.left_open, aged.new]
    assert aged.file(f"/exports/job/{aged.old}.gpx", "dispatcher").status_code == 403
    assert aged.file(f"/exports/job/{aged.old}.gpx", "admin").status_code == 200
    assert aged.file(f"/exports/job/{aged.new}.gpx", "dispatcher").status_code == 200
    assert aged.file("/exports/week.zip?from=2026-11-24", "dispatcher").status_code == 403
    week = aged.file("/exports/week.zip?from=2026-11-24", "admin")
    assert "journal.jsonl" in zipfile.ZipFile(io.BytesIO(week.data)).namelist()
