"""What opens on the desk: by keys, with nothing for axe to find in any theme; shut, it gives the focus back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.accessibility.conftest import Sight
from tests.accessibility.evening import DONE, TIRED

pytestmark = pytest.mark.timeout(600)

type Steps = Callable[[Page], None]
FOCUS = "() => document.activeElement"
IS_BACK = "before => document.activeElement === before"


def keys(*pressed: str, then: str = "") -> Steps:
    """Keys one after the other; what is no key is typed. ``then`` is waited for."""

    def press(page: Page) -> None:
        for one in pressed:
            is_key = len(one) == 1 or one[0].isupper()
            page.keyboard.press(one) if is_key else page.keyboard.type(one)
        if then:
            page.locator(then).first.wait_for()

    return press


def focused(selector: str) -> Steps:
    """Where Tab would lead in the end."""
    return lambda page: page.locator(selector).first.focus()


def record(page: Page) -> None:
    """Of an order that has left the board."""
    keys("/", f"record {DONE.lower()}", then=f"#desk-command-preview:has-text('{DONE}')")(page)
    page.keyboard.press("Enter")
    page.locator("#desk-record .record-line").first.wait_for()


def group(page: Page) -> None:
    """As assets/desk/cluster_opening.js has it listed: this browser draws no map to press it on."""
    page.evaluate(
        """async () => {
          const { createClusterList } = await import("/assets/desk/cluster_list.js");
          const host = document.querySelector("#desk-map");
          const lines = ["late", "due", "well", "courier"].map((how) => ({ id: how, classes: `is-${how}`,
            parts: [["cluster-name", "1042 Toscana"], ["cluster-how", "waiting, 12 min late"]] }));
          createClusterList(host).show("3 orders", lines, { x: 40, y: 40 }, () => {}, () => host.focus());
        }"""
    )


def meanwhile(page: Page) -> None:
    """Both fields of an order are written in the form, and one of them elsewhere too."""
    keys("e", then="#order-note")(page)
    page.locator("#order-note").fill("ring twice")
    page.evaluate(
        """async () => {
          const order = `/api/v1/orders/${document.querySelector("#desk-form").dataset.holds}`;
          const { version } = await (await fetch(order)).json();
          const body = JSON.stringify({ expected_version: version, note: "do not ring" });
          await fetch(order, { method: "PATCH", headers: { "Content-Type": "application/json" }, body });
        }"""
    )
    page.locator("#order-meanwhile button").first.wait_for()


def consent(page: Page) -> None:
    """The order is given to somebody who has worked long enough."""
    keys("a", then=f"[role=dialog] [data-courier={TIRED}]")(page)
    page.locator(f"[role=dialog] [data-courier={TIRED}]").press("Enter")
    page.locator("#desk-consent-reason").wait_for()


def outcomes(page: Page) -> None:
    """Of a command upon several, unfolded."""
    keys("Control+a", "u", then=".result-of-many")(page)
    page.locator(".outcome-list summary").press("Enter")
    page.locator(".outcome-row").first.wait_for()


@dataclass(frozen=True, slots=True)
class Opening:
    """From where it is opened, by which steps, what opens, and which keys shut it (none: it stays)."""

    start: Steps
    steps: Steps
    part: str
    shut: tuple[str, ...] = ("Escape",)


FORM, PANEL, LINE, DIALOG = "#desk-form", "#desk-order", ".command-line", "[role=dialog]"
ORDER, COURIER, ALARM = keys("o"), keys("c"), keys("n")
TWICE = ("Escape", "Escape")
OPENINGS = {
    "a new order": Opening(ORDER, keys("+", then="#order-pickup"), FORM),
    "addresses": Opening(ORDER, keys("+", "lönn", then=".completion-line"), FORM, TWICE),
    "what is wrong in a form": Opening(ORDER, keys("+", "Control+Enter", then="[aria-invalid=true]"), FORM),
    "a change": Opening(ORDER, keys("e", then="#order-pickup"), FORM),
    "what another changed meanwhile": Opening(ORDER, meanwhile, FORM),
    "everything about an order": Opening(ORDER, keys("x", then=".incident"), PANEL),
    "an incident": Opening(ORDER, keys("i", then="#incident-kind"), PANEL),
    "many orders": Opening(ORDER, keys("Space", "Shift+ArrowDown", "b", then=".bulk-act"), "#desk-bulk"),
    "many to one": Opening(ORDER, keys("Control+a", "b", "Enter", then=".bulk-courier"), "#desk-bulk", TWICE),
    "the line": Opening(ORDER, keys("/", then=".command-choices > *"), LINE),
    "a command": Opening(ORDER, keys("Control+k", "assign ", then=".command-choices > *"), LINE),
    "a record": Opening(ORDER, record, "#desk-record"),
    "stops": Opening(COURIER, keys("d", then=".stop"), "#desk-stops"),
    "filters": Opening(ORDER, keys("g", "Enter", then=".filter-chip"), "#desk-filters", ("Escape", "G")),
    "a plan": Opening(ORDER, keys("p", then=".plan-line"), "#desk-plan"),
    "assigning": Opening(ORDER, keys("a", then=".candidate"), DIALOG),
    "a courier who is asked": Opening(ORDER, consent, DIALOG),
    "keys and signs": Opening(ORDER, keys("?", then=".keys"), DIALOG),
    "windows": Opening(ORDER, keys("w", then=".windows-menu[open] a"), ".windows-menu"),
    "who one is": Opening(focused(".visitor-menu:not(.windows-menu) summary"), keys("Enter"), ".visitor-menu[open]"),
    "pay": Opening(focused("#desk-pay-open"), keys("Enter", then=".panel-table"), "#desk-pay", ("Enter",)),
    "an alarm put aside": Opening(ALARM, keys("s", then=".attention-ask button"), "#desk-attention"),
    "an alarm resolved": Opening(ALARM, keys("r", then=".attention-note"), "#desk-attention"),
    "a group": Opening(focused("#desk-map"), group, "#desk-cluster"),
    "what became of each": Opening(ORDER, outcomes, "#desk-result"),
}


@pytest.fixture(scope="module")
def desk(sight: Sight) -> Sight:
    """The desk, with all that stands on it."""
    page = sight.open("/dispatch", role="dispatcher")
    page.locator("#desk-orders .order-row").nth(5).wait_for()
    page.locator("#desk-attention [data-alarm]").first.wait_for()
    return sight


@pytest.mark.parametrize("what", OPENINGS)
def test_it_opens_by_keys_and_gives_the_focus_back(desk: Sight, what: str) -> None:
    """No rule of axe's is broken while it is open, and where one was before, one is afterwards."""
    opening, page = OPENINGS[what], desk.page
    opening.start(page)
    before = page.evaluate_handle(FOCUS)
    opening.steps(page)
    page.locator(opening.part).first.wait_for()
    try:
        assert desk.violations(opening.part) == []
    finally:  # nobody after it finds it open
        keys(*opening.shut)(page)
    page.wait_for_function(IS_BACK, arg=before)
    keys("Escape", "Escape")(page)


def test_a_button_that_goes_leaves_the_keyboard_in_the_panel(desk: Sight) -> None:
    """Cancelling takes the button away with which it was done; the focus is then on the panel's own."""
    page = desk.page
    keys("o", "x", then=".order-history li")(page)
    page.locator("#order-cancel-text").fill("twice")
    page.locator("#order-cancel").press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'order-panel-close'")
    keys("Escape")(page)
