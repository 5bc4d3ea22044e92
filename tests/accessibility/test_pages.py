"""WCAG 2.2 AA and good practice on every page, for each role, in each theme: zero violations."""

from __future__ import annotations

import pytest

from callbacks.account_pages import ACTIONS, ONLY
from tests.accessibility.conftest import Sight
from tests.accessibility.evening import Evening

pytestmark = pytest.mark.timeout(600)

PAGES = [(path, ONLY.get(path, "admin")) for path in ACTIONS]
PAGES += [("/pay", "courier"), ("/objections", "courier"), ("/shifts", "courier")]
PAGES += [("/assembly", "member"), ("/what-if", "member")]
PAGES += [("/sign-in", "admin"), ("/account", "admin"), ("/login", "admin")]
PAGES += [(f"/dispatch/{part}", "dispatcher") for part in ("map", "board", "timeline", "attention")]
PAGES += [("/recurring?order={order}", "dispatcher"), ("/replay?order={order}", "dispatcher")]
PAGES += [("/handover?id={handover}", "dispatcher")]
PAGES += [("/me?order={job}", "courier"), ("/me?object=order:{job}", "courier")]


@pytest.mark.parametrize(("path", "role"), PAGES)
def test_nothing_stands_in_the_way(sight: Sight, evening: Evening, path: str, role: str) -> None:
    """A page breaks no rule of axe's, and its colours none in any theme."""
    sight.open(path.format(**evening.known), role=role)
    assert sight.violations() == []


def test_nothing_stands_in_the_way_of_a_report(sight: Sight, evening: Evening) -> None:
    """A courier's form for an incident, and what is wrong in it: marked where it is, for every eye and ear."""
    page = sight.open(f"/me?incident={evening.one_more_job()}", role="courier")
    page.locator("#report-send").wait_for()
    assert sight.violations() == []
    page.locator("#report-send").press("Enter")
    page.locator("#report-kind[aria-invalid=true]").wait_for()
    assert sight.violations() == []
