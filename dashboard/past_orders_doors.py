"""The door through which the desk's line finds orders that have left the board."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, request

from dashboard.access import require
from dashboard.api.problems import answering
from dashboard.domain.orders import order_to_wire
from dashboard.domain.times import to_wire
from dashboard.past_orders import PastOrders

MOST = 20


def register_past_orders(flask: Flask, past: PastOrders, clock: Callable[[], datetime]) -> None:
    """``GET /live/past-orders?q=&limit=``: ``orders``, each an ``order`` with its ``closed_at``, the best first."""

    def found() -> Mapping[str, Any]:
        by = require("see_desk")
        limit = min(max(request.args.get("limit", 5, int), 1), MOST)
        some = past.find(by, request.args.get("q", ""), clock(), limit)
        return {"orders": [{"order": order_to_wire(one.order), "closed_at": to_wire(one.closed_at)} for one in some]}

    flask.add_url_rule("/live/past-orders", "past-orders", answering(found))
