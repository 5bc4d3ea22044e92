"""What is kept for a time goes when its time has come; positions are kept only where the members have decided so."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard.commands.worker import keeping_of
from dashboard.domain.coop_settings import KIND, SUBJECT, TRACE
from dashboard.domain.events import Fact
from dashboard.domain.people import Link, Person, Session
from dashboard.domain.times import to_wire
from dashboard.exports.calendars import Planned
from dashboard.ports import Look
from dashboard.retention import PERIODS, Keeping, Point
from dashboard.store.tables import metadata
from layouts.register import REGISTER, register_page
from layouts.words import Words
from live.fixes import Fix
from live.fleet import Fleet
from tests.app.conftest import Desk
from tests.app.pages.page import texts

NOON = datetime.now(UTC).replace(microsecond=0)


class Moved:
    """A clock of our own, and a fleet with Léa on shift."""

    def __init__(self, desk: Desk) -> None:
        self.now, self.fleet, self.desk = NOON, Fleet(), desk
        store = desk.application.store
        self.keeping: Keeping = keeping_of(store, lambda: {"acme": self.fleet}, lambda: self.now, _stopped())
        desk.courier("lea")
        self.follow()

    def follow(self) -> None:
        lea = self.desk.application.store.courier("acme", "lea")
        assert lea is not None
        self.fleet.follow(lea, 0.0)

    def ride(self) -> None:
        self.fleet.accept(Fix("lea", 60.17, 24.94, self.now.timestamp()), self.now.timestamp())
        self.keeping.step()

    def decide(self, days: int) -> None:
        data = {"setting": TRACE, "value": days, "since": (NOON - timedelta(days=1)).date().isoformat()}
        with self.desk.application.store.change("acme") as change:
            change.note(Fact(KIND, SUBJECT, 1, data), by="the assembly", at=NOON)

    @property
    def kept(self) -> list[Point]:
        traces = self.desk.application.store.traces(Point)
        return list(traces.trace("acme", "lea", NOON - timedelta(days=900), NOON + timedelta(days=900)))


def _stopped() -> Event:
    stopped = Event()
    stopped.set()
    return stopped


@pytest.fixture
def moved(desk: Desk) -> Moved:
    """At noon, nothing decided."""
    return Moved(desk)


def test_positions_are_live_only_unless_decided(moved: Moved) -> None:
    """The usual: nothing of a ride is written anywhere."""
    for _ in range(4):
        moved.ride()
        moved.now += timedelta(seconds=20)
    assert moved.kept == []


def test_traces_are_kept_as_long_as_decided_and_no_longer(moved: Moved) -> None:
    """Sixty days: there on the 60th, gone on the 61st; switched off: all gone at the next look."""
    moved.decide(60)
    moved.ride()
    assert len(moved.kept) == 1
    moved.now += timedelta(seconds=5)
    moved.ride()
    assert len(moved.kept) == 1, "a point every 15 s is enough"
    moved.now = NOON + timedelta(days=59, hours=23)
    moved.keeping.step()
    assert len(moved.kept) == 1
    moved.now = NOON + timedelta(days=60, minutes=1)
    moved.keeping.step()
    assert moved.kept == []
    moved.ride()
    assert len(moved.kept) == 1
    moved.decide(0)
    moved.now += timedelta(minutes=11)
    moved.keeping.step()
    assert moved.kept == []


def test_couriers_take_their_own_trace_away(moved: Moved) -> None:
    """What is kept of somebody's ways is in the download of that person, in both forms, and in nobody else's."""
    moved.decide(60)
    moved.ride()
    moved.desk.courier("max")
    point = {"lat": 60.17, "lon": 24.94}

    def taken(kind: str, courier: str) -> Any:
        headers = {"Authorization": f"Bearer {moved.desk.token('courier', scope=courier)}"}
        return moved.desk.flask.test_client().get(f"/exports/me.{kind}", headers=headers)

    assert taken("json", "lea").json["trace"] == [{"at": to_wire(NOON), **point}]
    rows = [row for row in csv.DictReader(io.StringIO(taken("csv", "lea").text)) if row["kind"] == "trace"]
    assert [json.loads(row["data"]) for row in rows] == [point]
    assert taken("json", "max").json["trace"] == []


def test_nothing_is_kept_off_shift_and_on_break(moved: Moved) -> None:
    """Decided or not: who is not on shift leaves no trace."""
    moved.decide(60)
    for action in ("break", "resume", "end"):
        moved.desk.post("/couriers/lea/shift", {"action": action})
        moved.follow()
        if action != "resume":
            moved.now += timedelta(minutes=1)
            moved.ride()
    assert moved.kept == []


def test_what_has_a_period_goes_after_it(moved: Moved) -> None:
    """Looks after a year, plans after 60 days, the log of webhooks after 30: the worker takes them away."""
    store = moved.desk.application.store
    look = Look("acme", "lea", "Eva", "dispatcher", "pay", NOON)
    store.add_look(look, NOON.replace(minute=0, second=0), NOON - timedelta(days=400))
    plans = store.plans(Planned)
    plans.replace("acme", "lea", NOON, [Planned(str(uuid4()), NOON, NOON + timedelta(hours=4))])
    for days, left in ((59, (1, 1)), (61, (1, 0)), (366, (0, 0))):
        moved.now = NOON + timedelta(days=days)
        moved.keeping.step()
        found = len(store.looks("acme", ("lea",))), len(plans.planned("acme", "lea", NOON - timedelta(days=1)))
        assert found == left, days


def test_what_is_over_of_people_goes_with_their_addresses(moved: Moved) -> None:
    """Sessions that ended or were left, invitations and reset links used or not: gone 30 days after they were over;
    whoever is in still stays in."""
    store = moved.desk.application.store
    ada = Person("ada", "ada@example.org", "Ada", NOON)
    open_ = Session("open", "ada", "acme", "admin", NOON, NOON, "")
    link = Link("invited", "invitation", "ada", NOON, NOON + timedelta(days=7), None, "acme", "eva@example.org", "Eva",
                "member")  # fmt: skip
    with store.changing_people() as rows:
        rows.write_person(ada)
        for each in (open_, replace(open_, digest="ended", ended_at=NOON), replace(open_, digest="left")):
            rows.add_session(each)
        for one in (link, replace(link, digest="reset", kind="reset", expires_at=NOON + timedelta(hours=1)),
                    replace(link, digest="used", used_at=NOON)):  # fmt: skip
            rows.add_link(one)

    def left() -> tuple[set[str], set[str]]:
        with store.reading_people() as rows:
            return ({name for name in ("open", "ended", "left") if rows.session(name)},
                    {name for name in ("invited", "reset", "used") if rows.link(name)})  # fmt: skip

    for days, found in (
        (29, ({"open", "ended", "left"}, {"invited", "reset", "used"})),
        (31, ({"open"}, {"invited", "used"})), (38, ({"open"}, set())),
    ):  # fmt: skip
        moved.now = NOON + timedelta(days=days)
        with store.changing_people() as rows:
            rows.touch_session("open", moved.now)
        moved.keeping.step()
        assert left() == found, days


def test_every_table_stands_in_the_register() -> None:
    """A table without purpose, period and recipients fails here, as does a period that nobody keeps to."""
    assert set(metadata.tables) == set(REGISTER)
    assert {name for name, kept in REGISTER.items() if not kept.period} == {*PERIODS, "traces"}
    assert all(kept.purpose and kept.recipients for kept in REGISTER.values())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_register_says_what_is_configured(language: str) -> None:
    """The periods are those of the worker, the traces' is the members' decision."""
    words = Words(language)
    said = [" ".join(texts(json.loads(json.dumps(register_page(PERIODS, days, words), cls=PlotlyJSONEncoder))))
            for days in (0, 42)]  # fmt: skip
    for period in PERIODS.values():
        assert words("{n} {n:day|days}", n=period.days) in said[0]
    assert words("nothing: the members have not decided to") in said[0]
    assert words("{n} {n:day|days}", n=42) in said[1]
