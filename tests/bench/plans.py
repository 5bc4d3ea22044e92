"""What a plan costs on real roads: 30 couriers who ride, 100 open orders, asked of a running desk."""

from __future__ import annotations

import time
from typing import Any

from tests.bench.candidates import GLANCE, on_the_road
from tests.bench.desk import server_pids
from tests.bench.measure import cpu_seconds
from tests.running import Desk
from tests.viewer import WatchingViewer

COURIERS, ORDERS, GIVEN = 30, 100, 16
Row = dict[str, Any]


def plans(runs: int = 5) -> list[Row]:
    """The first plan of a process, which knows no way yet, and ``runs`` more; each is discarded."""
    with on_the_road(COURIERS, ORDERS, GIVEN) as (desk, _):
        viewer = WatchingViewer(desk.url(), desk.token).start()
        rows = [_row("first" if number == 0 else "later", desk) for number in range(runs + 1)]
        viewer.stop()
    return rows


def _row(state: str, desk: Desk) -> Row:
    """Seconds over HTTP and of the web process's CPU, and how many lines the plan has."""
    web = server_pids(desk)
    time.sleep(GLANCE)
    before, begun = cpu_seconds(web), time.perf_counter()
    status, plan = desk.call("POST", "/plans")
    took, spent = time.perf_counter() - begun, cpu_seconds(web) - before
    assert status == 201, plan
    desk.call("DELETE", f"/plans/{plan['id']}")
    return {"state": state, "seconds": round(took, 2), "cpu_s": round(spent, 2), "lines": len(plan["lines"]),
            "left": len(plan["left"])}  # fmt: skip
