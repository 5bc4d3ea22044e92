"""An open desk in a real browser, as a dispatcher has it in front of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Route

from tests.running import PATIENCE, until

STANDS = 0.3  # seconds
TOLD = """() => {
  const seen = (some) => [...document.querySelectorAll(some)].filter((one) => one.checkVisibility());
  const texts = (some) => seen(some).flatMap((one) => one.innerText || []).join(" | ");
  return {
    page: location.href,
    focus: document.activeElement?.outerHTML.slice(0, 200),
    line: texts("#desk-connection, #desk-stale-banner, .banners"),
    result: texts("#desk-result"),
    refused: texts("[id$=-wrong]"),
    open: texts("[role=dialog], #desk-form, #desk-order"),
  };
}"""
LOOKS = """new Promise((seen) =>
  requestAnimationFrame(() => requestAnimationFrame(() => seen(roulement.looks()))))"""
"""Two pictures later: a flight begins with the next one."""
DRAWN = "window.roulement && roulement.marks().firstCourier"


@dataclass
class Window:
    """One page with the desk; ``complaints`` are its console errors and uncaught exceptions."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    address: str = ""
    ready: str = DRAWN

    def open(self, url: str, ready: str = DRAWN) -> Window:
        """Go there, and wait until couriers are drawn, or (where there is no map) until something else is so."""
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.address, self.ready = url, ready
        return self.begin_anew()

    def begin_anew(self) -> Window:
        """The page as it was when it was opened."""
        self.page.goto(self.address)
        until(lambda: self.reads(self.ready), PATIENCE, "no courier was drawn")
        return self

    def reads(self, expression: str) -> Any:
        """What an expression is in the page."""
        return self.page.evaluate(expression)

    def state(self) -> dict[str, Any]:
        """What the page holds: see assets/desk/hooks.js."""
        found: dict[str, Any] = self.reads("roulement.state()")
        return found

    def order(self, order: str) -> dict[str, Any]:
        """An order as this window knows it; empty if it does not."""
        found: dict[str, Any] = self.reads(f"roulement.state().orders[{order!r}] ?? {{}}")
        return found

    def seq(self) -> int:
        """The newest entry that this window has."""
        return int(self.reads("roulement.state().seq"))

    def is_stale(self) -> bool:
        """Whether it tells the dispatcher not to trust it, in words and in sight."""
        banner = self.page.locator("#desk-stale-banner")
        return banner.is_visible() and bool(banner.inner_text())

    def is_live(self) -> bool:
        """Whether it says that all is well."""
        return not self.is_stale() and self.reads("roulement.state().why") is None

    def row(self, order: str) -> Locator:
        """An order's row in the list."""
        return self.page.locator(f'#desk-orders [data-order="{order}"]')

    def courier_row(self, courier: str) -> Locator:
        """A courier's row in the list."""
        return self.page.locator(f'#desk-couriers [data-courier="{courier}"]')

    def where(self, kind: str, id: str) -> tuple[float, float]:
        """Where a courier, or an order's pickup or dropoff, is on the screen."""
        spot = self.reads(f"roulement.where({kind!r}, {id!r})")
        assert spot, f"there is no {kind} of {id} on the map"
        return spot["x"], spot["y"]

    def shows_all(self) -> None:
        """Have the map show all couriers and orders, and wait until it does."""
        self.page.keyboard.press("f")
        self.settles()

    def settles(self) -> None:
        """Wait until the map stands still for a while: to show something it flies there."""
        seen: list[tuple[list[float], float]] = []

        def stands() -> bool:
            seen.append((self.reads(LOOKS), time.monotonic()))
            since = next(at for place, at in seen if place == seen[-1][0])
            return seen[-1][1] >= since + STANDS

        until(stands, PATIENCE, "the map does not come to rest")

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, move in a few steps, let go."""
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        for share in (0.1, 0.5, 0.9, 1, 1):
            mouse.move(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
        mouse.up()

    def middle(self, locator: Locator) -> tuple[float, float]:
        """The middle of an element, scrolled into sight."""
        locator.scroll_into_view_if_needed()
        box = locator.bounding_box()
        assert box, "it is not in sight"
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def result(self) -> str:
        """The result line."""
        return self.page.locator("#desk-result").inner_text()

    def has(self, order: str, courier: str | None, patience: float = PATIENCE) -> float:
        """Wait until this window shows an order with a courier (None: waiting for one); how long that took."""
        name = "" if courier is None else f"Courier {courier.removeprefix('c')}"
        cell = self.row(order).locator(".order-courier")
        return until(lambda: cell.text_content() == name, patience, f"{order} is not with {courier}")

    def says(self, text: str, patience: float = PATIENCE) -> None:
        """Wait until the result line has these words."""
        until(lambda: text in self.result(), patience, f"the result line does not say {text!r}")

    def choose_nothing(self) -> None:
        """As before anybody touched it: nothing chosen, no dialog, no filter."""
        self.page.keyboard.press("Escape")
        until(lambda: not self.page.locator("[role=dialog]").count(), PATIENCE, "a dialog stays open")
        self.page.keyboard.press("Escape")
        until(self._chooses_nothing, PATIENCE, "something stays chosen")

    @contextmanager
    def loses_answers(self, calls: str) -> Iterator[None]:
        """What is sent to such an address arrives, and its answer does not, as long as this lasts."""

        def lose(route: Route) -> None:
            route.fetch()
            route.abort()

        self.page.route(calls, lose)
        try:
            yield
        finally:
            self.page.unroute(calls)

    def tells(self) -> str:
        """What is before this dispatcher, in words: for the report about a test that failed."""
        told = self.reads(TOLD)
        return "\n".join([*(f"{name}: {text}" for name, text in told.items()), f"complaints: {self.complaints}"])

    def _chooses_nothing(self) -> bool:
        """Each Escape leaves one thing: where more was under way than one thinks, one more is pressed."""
        is_nothing = bool(self.state()["selection"] == {"order": None, "courier": None})
        if not is_nothing:
            self.page.keyboard.press("Escape")
        return is_nothing

    def close(self) -> None:
        """Close it, with its browser's session."""
        self.page.context.close()

    def _listen(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)


def open_window(context: BrowserContext, url: str, token: str, part: str = "") -> Window:
    """Sign in with a token and open the desk, or one part of it."""
    answer = context.request.post(f"{url}/login", form={"token": token})
    assert answer.ok, answer.text()
    if part:
        return Window(context.new_page()).open(f"{url}/dispatch/{part}", "window.roulement && roulement.state().seq")
    return Window(context.new_page()).open(f"{url}/dispatch")


def stays(true: Any, seconds: float) -> bool:
    """Whether something is true all the time for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not true():
            return False
        time.sleep(0.05)
    return True
