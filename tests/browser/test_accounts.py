"""The figures of the reference file come out of the pages themselves, from a history written by the use cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SCREEN
from tests.browser.panels import Panel, Worked, last_month
from tests.running import Desk
from tests.unit.fairness_expected import VECTORS, WEEK

HOURLY: Mapping[str, Any] = VECTORS["A_hourly_eur_8"]
ROWS: Sequence[Mapping[str, Any]] = WEEK["rows"]
TEAM: Mapping[str, float] = WEEK["team"]

type Open = Callable[[Panel, str, str], Page]


@pytest.fixture(scope="module")
def open_page(browser: Browser, desk: Desk) -> Iterator[Open]:
    """Opens a page of a panel's co-op for its administrator (or "member"), in a browser of their own."""
    contexts = []

    def open_page(panel: Panel, role: str, path: str) -> Page:
        context = browser.new_context(viewport=SCREEN, locale="en-GB")
        contexts.append(context)
        answer = context.request.post(f"{desk.url()}/login", form={"token": panel.token(role, "Eva")})
        assert answer.ok, answer.text()
        page = context.new_page()
        page.goto(f"{desk.url()}{path}")
        page.locator(".figures").first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def hourly(desk: Desk) -> Panel:
    """Eight couriers with the hourly rates of the reference file, each for another number of hours."""
    panel = Panel(desk.store, "hourly", last_month())
    panel.write([
        Worked(f"h{number}", round(100 * rate) * (2 + number), 60 * (2 + number))
        for number, rate in enumerate(HOURLY["x"])
    ])  # fmt: skip
    return panel


@pytest.fixture(scope="module")
def week(desk: Desk) -> Panel:
    """The six couriers of the reference file's week, with their jobs and tips."""
    panel = Panel(desk.store, "week", last_month())
    panel.write([
        Worked(row["courier"], round(100 * row["base_pay"]), row["on_shift_min"], row["on_job_min"],
               round(100 * row["tips"]))
        for row in ROWS
    ])  # fmt: skip
    return panel


def exact(page: Page, name: str, which: str = "value") -> float:
    """A figure of the page as its value for machines, which is not rounded."""
    figure = page.locator(".figure", has=page.get_by_text(name, exact=True))
    value = figure.locator("dd").get_attribute(f"data-{which}")
    assert value is not None, name
    return float(value)


def shown(page: Page, name: str) -> str:
    """A figure of the page as people read it."""
    return page.locator(".figure", has=page.get_by_text(name, exact=True)).locator("dd").inner_text()


def test_rates_of_eight(hourly: Panel, open_page: Open) -> None:
    """Gini with its interval, Jain, Hoover and the depth below the floor are those of the reference file."""
    page = open_page(hourly, "member", "/fairness?days=91")
    expected, interval = HOURLY["metrics"], HOURLY["interval"]["ci95"]
    assert exact(page, "Gini") == pytest.approx(expected["gini_corrected_n_over_n_minus_1"], abs=1e-12)
    assert (exact(page, "Gini", "low"), exact(page, "Gini", "high")) == pytest.approx(interval, rel=1e-9)
    assert exact(page, "Jain") == pytest.approx(expected["jain"], abs=1e-12)
    assert exact(page, "Hoover") == pytest.approx(expected["hoover"], abs=1e-12)
    assert exact(page, "Depth below the floor") == pytest.approx(expected["fgt_z=12.31"]["gap"], abs=1e-12)
    assert shown(page, "Gini").split() == ["0.137", "95", "%:", "0.062", "to", "0.304"]
    assert (shown(page, "Jain"), shown(page, "Hoover")) == ("0.952", "0.086")
    assert shown(page, "Depth below the floor") == "6.1 %"


def test_lowest_highest_and_below_of_eight(hourly: Panel, open_page: Open) -> None:
    """The sentences name 9 and 19 an hour and the four below 12.31: whoever has 12.31 is not below."""
    page = open_page(hourly, "member", "/fairness?days=91")
    said = page.locator("#fairness-answer").inner_text()
    below = round(HOURLY["metrics"]["fgt_z=12.31"]["headcount"] * len(HOURLY["x"]))
    assert f"{below} of 8 couriers are below the floor of €12.31/h" in said
    assert "The lowest paid gets €9.00/h on shift, the highest €19.00/h: 111 % more." in said


def test_a_week_of_six(week: Panel, open_page: Open) -> None:
    """Pay per hour on shift and on a job, time on a job and the Gini of rates are the team's of the reference file."""
    page = open_page(week, "member", "/fairness?days=91")
    assert exact(page, "Pay per hour on shift") == pytest.approx(100 * TEAM["pay_per_hour_on_shift"], abs=1e-9)
    hours_on_job = sum(row["on_job_min"] for row in ROWS) / 60
    on_job = sum(row["base_pay"] for row in ROWS) / hours_on_job
    assert exact(page, "Pay per hour on a job") == pytest.approx(100 * on_job, abs=1e-9)
    assert exact(page, "Time on a job") == pytest.approx(TEAM["utilisation"], abs=1e-12)
    assert exact(page, "Gini") == pytest.approx(TEAM["gini_per_hour_on_shift"] * 6 / 5, abs=1e-9)
    rates = [row["pay_per_hour_on_shift"] for row in ROWS]
    assert max(rates) - min(rates) == pytest.approx(TEAM["gap_per_hour_on_shift"])
    said = page.locator("#fairness-answer").inner_text()
    assert f"The lowest paid gets €{min(rates):.2f}/h on shift, the highest €{max(rates):.2f}/h" in said
    assert f"{round(6 * TEAM['share_below_smic'])} of 6 couriers are below the floor of €12.31/h" in said
    assert f"€{TEAM['top_up_to_smic']:.2f} would lift all of them to it" in said


def test_the_weeks_pay(week: Panel, open_page: Open) -> None:
    """The pay page has each courier's hours, tips, total and rates, to the rounding that is shown."""
    page = open_page(week, "admin", f"/pay?month={week.month:%Y-%m}")
    table = page.locator(".account-table").first
    for row in ROWS:
        cells = table.locator("tr", has=page.get_by_text(f"Courier {row['courier']}", exact=True)).locator("td")
        texts = cells.all_inner_texts()
        hours, tips, total = texts[0], texts[4], texts[5]
        assert hours == f"{row['on_shift_min'] / 60:.2f}"
        assert (tips, total) == (f"€{row['tips']:.2f}", f"€{row['base_pay'] + row['tips']:.2f}")
        on_shift, on_job = row["pay_per_hour_on_shift"], row["pay_per_hour_on_job"]
        assert texts[6:] == [f"€{on_shift:.2f}/h", f"€{on_job:.2f}/h"]
    assert shown(page, "Total") == f"€{sum(row['base_pay'] + row['tips'] for row in ROWS):,.2f}"
    assert shown(page, "Topped up") == "€0.00"
