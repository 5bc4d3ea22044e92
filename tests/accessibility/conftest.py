"""The demo's co-op on one evening, looked at by axe-core in Chromium: every page has something on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from layouts.view import DEFAULT_THEME, THEMES, scheme
from tests.accessibility.evening import Evening, prepared
from tests.running import PATIENCE, until

WITHOUT_MAP = ["--no-sandbox", "--disable-gpu", "--disable-3d-apis"]
"""Axe looks at what stands around a map, and drawing one in software would take a core from the tests beside these."""
ROOT = Path(__file__).parents[2]
SCREEN = {"width": 1920, "height": 1080}
UNFINISHED = "[data-dash-is-loading=true], input[type=file]:not([aria-label]):not([id])"
"""The second is what a file box is for a moment, before it has its name."""
EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of which the theme decides."""
RUN = "([part, only]) => axe.run(part || document, {runOnly: only, resultTypes: ['violations'], elementRef: false})"
PAINT = """([theme, scheme]) => {
  const page = document.querySelector("[class*='theme-']");
  page.className = page.className.replace(/theme-\\w+/, `theme-${theme}`);
  document.documentElement.dataset.mantineColorScheme = scheme;
}"""
"""As layouts.frame.page does it: nothing else of a page but plots and the map knows the theme."""


MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const { animationName, transitionDuration } = getComputedStyle(one);
  return animationName !== "none" || transitionDuration !== "0s";
}).map((one) => one.outerHTML.slice(0, 160))"""
"""The browser says that its person does not want that."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A window of somebody in the demo, and axe in it."""

    page: Page
    url: str

    def open(self, path: str, **query: str) -> Page:
        """Go to a page and wait until it is laid out."""
        asked = urlencode({"theme": DEFAULT_THEME, **query})
        self.page.goto(f"{self.url}{path}{'&' if '?' in path else '?'}{asked}")
        self.page.locator(".page h1").first.wait_for()
        until(lambda: not self.page.locator(UNFINISHED).count(), PATIENCE, "it goes on loading")
        return self.page

    def violations(self, part: str = "") -> list[str]:
        """What axe finds wrong: by all rules on the page, then with the colours (of a part) in the other themes."""
        found = self._seen("", {"type": "tag", "values": EVERY_RULE}, "")
        found += [f"it moves: {one}" for one in self.page.evaluate(MOVING)]
        for theme in [other for other in THEMES if other != DEFAULT_THEME]:
            self.page.evaluate(PAINT, [theme, scheme(theme)])
            found += self._seen(part, {"type": "rule", "values": COLOURS}, theme)
        self.page.evaluate(PAINT, [DEFAULT_THEME, scheme(DEFAULT_THEME)])
        return found

    def _seen(self, part: str, rules: Any, theme: str) -> list[str]:
        found = self.page.evaluate(RUN, [part, rules])["violations"]
        return [f"{theme} {one['id']}: {one['help']}: {_where(node)}" for one in found for node in one["nodes"]]


def _where(node: Any) -> str:
    """The element, and what axe measured there."""
    reasons = [each["message"] for kind in ("any", "all", "none") for each in node[kind]]
    return f"{node['html'][:160]} ({'; '.join(reasons)[:200]})"


@pytest.fixture(scope="session")
def evening(tmp_path_factory: pytest.TempPathFactory, cities: Path) -> Iterator[Evening]:
    """An installation that runs."""
    home = tmp_path_factory.mktemp("evening")
    (home / "cities").symlink_to(cities)
    evening = prepared(home)
    yield evening
    evening.stop()


@pytest.fixture(scope="session")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """Debian's Chromium, with axe in each page; somebody's who does not want things to move. Missing is a failure.

    With a folder of its own it keeps what it has compiled of our scripts: a page takes half the processor.
    """
    program = shutil.which("chromium")
    assert program, "these tests need Chromium: run `make env`"
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("chromium"), executable_path=program, args=WITHOUT_MAP, viewport=SCREEN,  # type: ignore[arg-type]  # a dict that it reads
            locale="en-GB", reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(path=ROOT / "node_modules/axe-core/axe.min.js")
        yield context
        context.close()


@pytest.fixture(scope="module")
def sight(context: BrowserContext, evening: Evening) -> Iterator[Sight]:
    """A window for all tests of a file."""
    page = context.new_page()
    yield Sight(page, evening.url())
    page.close()
