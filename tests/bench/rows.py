"""The desk in a browser while a day of 5,000 orders goes by, many times as fast: how long its main thread is held up.

300 orders are open throughout. Counted by the browser's own long-task entries (which a busy machine makes longer), and
by the processor time of each task, from the browser's trace (which it does not).
"""

from __future__ import annotations

import itertools
import json
import random
import shutil
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from dashboard.domain.times import to_wire
from tests.bench.desk import measured_desk
from tests.browser.conftest import CHROMIUM_ARGUMENTS
from tests.browser.riders import Riders
from tests.running import Desk, until

COURIERS, OPEN = 40, 300
EVENTS_A_DAY = 5_000 * 7
DAY_S = 12 * 3600
TIMES_AS_FAST = 10
LONG_MS = 50
TASK = "ThreadControllerImpl::RunTask"  # a "RunTask" lies in each of them, and is the same one
SCREEN = {"width": 1920, "height": 1080}
STEPS = ("accept", "ready", "assign", "picked-up", "delivered")
WATCH = """window.longTasks = [];
new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((one) => one.duration)))
  .observe({ type: "longtask", buffered: false });"""
TOUCHED = """() => { window.touched = 0;
  new MutationObserver((records) => {
    const rows = new Set(records.map(({ target }) =>
      (target instanceof Element ? target : target.parentElement)?.closest("[data-order]")));
    window.touched += rows.size;
  }).observe(document.querySelector("#desk-orders"), { childList: true, subtree: true, characterData: true }); }"""


def rows(seconds: float) -> Iterator[dict[str, Any]]:
    """One row with the lists alone, one with the map (drawn in software, if there is no graphics card)."""
    with measured_desk(COURIERS) as desk, sync_playwright() as driver:
        riders = Riders(desk.redis, [f"c{number}" for number in range(COURIERS)])
        riders.start()
        day = _Day(desk)
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS)
        try:
            with riders.riding():
                for part, path in (("lists", "/dispatch/board"), ("lists and map", "/dispatch")):
                    yield {"page": part, **_measured(browser, desk, day, path, seconds)}
        finally:
            browser.close()
            riders.stop()


class _Day:
    """Orders on their way, each event moving one of them a step on; a delivered one makes room for a new one."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._random = desk, random.Random(1)
        self._orders = [(self._placed(), step % 4) for step in range(OPEN)]
        for place, (order, steps) in enumerate(self._orders):
            for step in STEPS[:steps]:
                self._do(order, step)
            self._orders[place] = (order, steps)

    def goes_on(self) -> None:
        """One event."""
        place = self._random.randrange(OPEN)
        order, steps = self._orders[place]
        if steps == len(STEPS):
            self._orders[place] = (self._placed(), 0)
            return
        self._do(order, STEPS[steps])
        self._orders[place] = (order, steps + 1)

    def _placed(self) -> str:
        spread = self._random.uniform
        ends = [{"lat": 60.1715 + spread(-0.006, 0.006), "lon": 24.944 + spread(-0.008, 0.008)} for _ in range(2)]
        before = to_wire(datetime.now(UTC) + timedelta(minutes=spread(5, 60)))
        pickup = {**ends[0], "name": f"Restaurant {self._random.randrange(60)}", "address": "Street 1"}
        dropoff = {**ends[1], "address": f"Street {self._random.randrange(200)}", "before": before}
        placed: str = self._desk.place(pickup=pickup, dropoff=dropoff, kind="meal")["id"]
        return placed

    def _do(self, order: str, step: str) -> None:
        courier = {"courier": f"c{self._random.randrange(COURIERS)}"} if step == "assign" else {}
        version = {"expected_version": 1 + STEPS.index(step)} if courier else {}
        status, answer = self._desk.call("POST", f"/orders/{order}/{step}", {**courier, **version})
        assert status == 200, answer


def _measured(browser: Browser, desk: Desk, day: _Day, path: str, seconds: float) -> dict[str, Any]:
    context = browser.new_context(viewport=SCREEN)
    assert context.request.post(f"{desk.url()}/login", form={"token": desk.new_token("dispatcher", name="Ada")}).ok
    page = context.new_page()
    page.goto(f"{desk.url()}{path}")
    until(lambda: page.locator("#desk-orders [data-order]").count() >= OPEN, 120, "the orders are not shown")
    time.sleep(5)  # what is done once at the beginning is not counted
    page.evaluate(f"() => {{ {WATCH} }}")
    page.evaluate(TOUCHED)
    first = int(page.evaluate("() => roulement.state().seq"))
    browser.start_tracing(page=page, categories=["toplevel", "disabled-by-default-devtools.timeline"])
    took = _live(day, seconds)
    trace = json.loads(browser.stop_tracing())
    tasks = _tasks(trace["traceEvents"])
    long: list[float] = page.evaluate("() => window.longTasks")
    events = int(page.evaluate("() => roulement.state().seq")) - first
    touched = int(page.evaluate("() => window.touched"))
    context.close()
    return {
        "open": OPEN, "couriers": COURIERS, "seconds": round(took), "entries": events,
        "rows_touched_per_entry": round(touched / max(1, events), 2),
        "long_tasks": len(long), "longest_ms": round(max(long, default=0)),
        "tasks": len(tasks), "cpu_over_50_ms": sum(one > LONG_MS for one in tasks),
        "longest_cpu_ms": round(max(tasks, default=0), 1), "main_thread": round(sum(tasks) / 1000 / took, 3),
    }  # fmt: skip


def _live(day: _Day, seconds: float) -> float:
    """So much of the day, open loop; how long it took."""
    apart = DAY_S / EVENTS_A_DAY / TIMES_AS_FAST
    begun = time.monotonic()
    for number in itertools.count():
        due = begun + number * apart
        if due - begun > seconds:
            return time.monotonic() - begun
        time.sleep(max(0.0, due - time.monotonic()))
        day.goes_on()
    raise AssertionError


def _tasks(events: list[Mapping[str, Any]]) -> list[float]:
    """Processor milliseconds of each task of the page's main thread: of the renderer's that worked most."""
    mains = {(one["pid"], one["tid"]) for one in events
             if one.get("name") == "thread_name" and one["args"].get("name") == "CrRendererMain"}  # fmt: skip
    found: dict[tuple[int, int], list[float]] = {}
    for one in events:
        if one.get("name") == TASK and (one["pid"], one["tid"]) in mains:
            found.setdefault((one["pid"], one["tid"]), []).append(one.get("tdur", 0) / 1000)
    return max(found.values(), key=sum, default=[])
