"""The accounts over HTTP: who reads what, and what can be taken away."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dashboard.dispatch import Dispatch
from dashboard.domain.orders import Order, Place
from dashboard.domain.whole_periods import last_month as whole_month
from dashboard.domain.whole_periods import last_weeks
from tests.app.conftest import Desk
from tests.app.pages.test_account_pages import NAMES, last_month
from tests.app.pages.test_account_pages import worked as hours_of
from tests.today import today


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """Two couriers with one delivered order each, off shift again."""
    for courier in ("lea", "tom"):
        delivered(desk, courier)
    return desk


def delivered(desk: Desk, courier: str) -> None:
    """A new courier's shift with one order."""
    desk.courier(courier)
    order = desk.given(courier, restaurant="kirja", tip_cents=150)
    for step in ("picked-up", "delivered"):
        assert desk.post(f"/orders/{order['id']}/{step}").status_code == 200
    assert desk.post(f"/couriers/{courier}/shift", {"action": "end"}).status_code == 200


def fetch(desk: Desk, path: str, token: str) -> TestResponse:
    """A download, by whoever holds the token."""
    return desk.flask.test_client().get(path, headers={"Authorization": f"Bearer {token}"})


def test_the_desk_reads_everybodys_a_courier_their_own_a_member_the_sums(worked: Desk) -> None:
    """Rows by role; a courier who asks for somebody else still gets their own. Two are too few for a member's sums."""
    everybody = worked.get("/metrics/pay").json
    assert everybody is not None
    assert [row["courier"] for row in everybody["couriers"]] == ["lea", "tom"]
    assert everybody["tips_cents"] == 300
    own: Any = worked.get("/metrics/pay?courier=tom", token=worked.token("courier", scope="lea")).json
    assert [row["courier"] for row in own["couriers"]] == ["lea"]
    assert own["slip"]["courier"] == "lea"
    sums: Any = worked.get("/metrics/pay?courier=tom", token=worked.token("member")).json
    assert (sums["couriers"], sums["slip"], sums["too_few"]) == ([], None, True)
    assert {value for name, value in sums.items() if name.endswith("_cents") or name.startswith("per_")} == {None}


def test_a_member_reads_sums_from_five_couriers_on(desk: Desk) -> None:
    """Four couriers: no sum, no rate, no waiting; the administrator, who pays them, reads both. Five: the sums."""
    member, admin, month = desk.token("member"), desk.token("admin"), "from={}&to={}".format(*whole_month(today()))
    for number in range(5):
        found: Any = desk.get("/metrics/pay", token=member).json
        assert (found["n"], found["tips_cents"], found["total_cents"]) == (number, None, None)
        work: Any = desk.get(f"/metrics/workload?{month}", token=member).json
        assert (work["couriers"], work["waiting"]) == ([], [])
        paid: Any = desk.get(f"/metrics/pay?{month}", token=admin).json
        assert (len(paid["couriers"]), paid["tips_cents"]) == (number, 150 * number)
        delivered_then(desk, f"c{number}", last_month() + timedelta(minutes=number))
    sums: Any = desk.get("/metrics/pay", token=member).json
    assert (sums["couriers"], sums["n"], sums["too_few"], sums["tips_cents"]) == ([], 5, False, 750)
    waited: Any = desk.get("/metrics/workload", token=member).json
    assert sum(row["pickups"] for row in waited["waiting"]) == 5


def delivered_then(desk: Desk, courier: str, at: datetime) -> None:
    """The same as ``delivered``, at a time in the past."""
    dispatch = Dispatch(desk.application.store, lambda entry: None, lambda: f"order of {courier}")
    dispatch.add_courier("acme", courier, courier.title(), by="desk", at=at)
    dispatch.shift("acme", courier, "start", by=courier, at=at)
    here, there = Place(60.17, 24.94, name="Kirja"), Place(60.168, 24.95)
    order = Order(f"order of {courier}", "acme", courier, here, there, at, restaurant="kirja", tip_cents=150)
    dispatch.place("acme", order, by="kirja", at=at)
    dispatch.move("acme", order.id, "accept", by="kirja", at=at)
    dispatch.assign("acme", order.id, courier, expected_version=None, by="desk", at=at)
    for step in ("pick_up", "deliver"):
        dispatch.move("acme", order.id, step, by=courier, at=at)
    dispatch.shift("acme", courier, "end", by=courier, at=at)


def test_two_sums_that_overlap_cannot_be_subtracted(worked: Desk) -> None:
    """The month less a day, this month, some weeks: each is refused to a member, shares of odd days to all."""
    first, last = whole_month(today())
    begin, end = last_weeks(today())
    shifted = [(first, last - timedelta(days=1)), (first + timedelta(days=1), last), (today().replace(day=1), today())]
    for path in ("pay", "workload"):
        for days in [*shifted, (begin, end)]:
            answer: Any = worked.get("/metrics/{}?from={}&to={}".format(path, *days), token=worked.token("member"))
            assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "to")
            assert worked.get("/metrics/{}?from={}&to={}".format(path, *days)).status_code == 200, "the desk's is open"
    for role, scope in (("member", None), ("courier", "lea")):
        token = worked.token(role, scope=scope)
        for days in [(begin, end - timedelta(days=1)), (begin + timedelta(days=1), end), (first, today())]:
            assert worked.get("/metrics/fairness?from={}&to={}".format(*days), token=token).status_code == 422
        assert worked.get(f"/metrics/fairness?from={begin}&to={end}", token=token).status_code == 200


def test_fairness_names_nobody_and_hides_small_groups(desk: Desk) -> None:
    """Two couriers are too few; no courier's id or name is anywhere in the answer."""
    hours_of(desk, 2)
    answer = desk.get("/metrics/fairness", token=desk.token("member"))
    found: Any = answer.json
    assert (found["too_few"], found["n"], found["gini"], found["rates"]) == (True, 2, None, [])
    assert not any(name.lower() in answer.text.lower() for name in NAMES[:2])


def test_workload_has_time_jobs_and_waiting(worked: Desk) -> None:
    """One job each, and the restaurant's pickups."""
    found: Any = worked.get("/metrics/workload").json
    assert [(row["courier"], row["jobs"]) for row in found["couriers"]] == [("lea", 1), ("tom", 1)]
    assert sum(row["pickups"] for row in found["waiting"]) == 2


@pytest.mark.parametrize("query", ["from=2026-02-30", "from=2026-05-02&to=2026-05-01", "from=2020-01-01&to=2026-01-01"])
def test_a_period_that_is_none_is_refused(worked: Desk, query: str) -> None:
    """A day that does not exist, an end before the beginning, and six years get a 422."""
    assert worked.get(f"/metrics/pay?{query}").status_code == 422


def test_the_months_sheets(worked: Desk) -> None:
    """The book-keeper's table has one row a courier; a courier's has one a line, and the total last."""
    book = fetch(worked, "/exports/pay.csv", worked.token())
    rows = list(csv.DictReader(io.StringIO(book.text)))
    assert [(row["courier"], row["tips"]) for row in rows] == [("lea", "1.50"), ("tom", "1.50")]
    own = fetch(worked, "/exports/pay.csv?courier=tom", worked.token("courier", scope="lea"))
    lines = list(csv.DictReader(io.StringIO(own.text)))
    assert {row["courier"] for row in lines} == {"lea"}
    assert sum(float(row["amount"]) for row in lines[:-1]) == pytest.approx(float(lines[-1]["amount"]))
    assert own.headers["Content-Disposition"].startswith('attachment; filename="pay-lea-')


@pytest.mark.parametrize(
    "path", ["/exports/pay.pdf", "/exports/pay.pdf?courier=lea", "/exports/letter.pdf?restaurant=kirja"]
)
def test_what_is_printed_is_a_pdf(worked: Desk, path: str) -> None:
    """Month, slip and letter come as PDF."""
    answer = fetch(worked, path, worked.token())
    assert answer.status_code == 200, answer.text
    assert answer.data.startswith(b"%PDF-")


def test_a_courier_takes_all_own_data_away_and_nobody_elses(worked: Desk) -> None:
    """JSON and CSV with the own shifts and orders, without customers' addresses and the colleague's orders."""
    token = worked.token("courier", scope="lea")
    found: Any = fetch(worked, "/exports/me.json", token).json
    kinds = {entry["kind"] for entry in found["entries"]}
    assert {"courier.shift_started", "order.assigned", "order.delivered"} <= kinds
    assert all("dropoff" not in entry["data"].get("changes", {}) for entry in found["entries"])
    assert all(entry["subject"] != "tom" for entry in found["entries"])
    table = list(csv.DictReader(io.StringIO(fetch(worked, "/exports/me.csv", token).text)))
    assert len(table) == len(found["entries"])
    assert fetch(worked, "/exports/me.json", worked.token("member")).status_code == 403


def test_nobody_takes_the_pay_list_who_may_not(worked: Desk) -> None:
    """Restaurants and members get no pay sheet, and only the desk writes letters."""
    for role, scope in (("member", None), ("restaurant", "kirja")):
        assert fetch(worked, "/exports/pay.csv", worked.token(role, scope=scope)).status_code == 403
    assert (
        fetch(worked, "/exports/letter.pdf?restaurant=kirja", worked.token("courier", scope="lea")).status_code == 403
    )


def test_a_spreadsheet_runs_no_name_as_a_formula(worked: Desk) -> None:
    """A courier called =1+1 is a text in the sheet."""
    assert worked.post("/couriers", {"id": "x", "name": "=1+1"}).status_code == 201
    assert worked.post("/couriers/x/shift", {"action": "start"}).status_code == 200
    order = worked.given("x", tip_cents=10)
    for step in ("picked-up", "delivered"):
        assert worked.post(f"/orders/{order['id']}/{step}").status_code == 200
    assert ",'=1+1," in fetch(worked, "/exports/pay.csv", worked.token()).text


def test_the_week_can_be_computed_again(worked: Desk, tmp_path: Path) -> None:
    """The script in the download, run on the journal beside it, gives the figures beside it, byte for byte."""
    with zipfile.ZipFile(io.BytesIO(fetch(worked, "/exports/week.zip", worked.token("admin")).data)) as week:
        week.extractall(tmp_path)
    command = (tmp_path / "README.txt").read_text().strip().splitlines()[-1].split()[2:-2]
    ran = subprocess.run(
        [sys.executable, "recompute.py", *command], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert ran.stdout == (tmp_path / "figures.json").read_text()
    assert json.loads(ran.stdout)["pay"]["tips_cents"] == 300
