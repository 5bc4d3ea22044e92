"""The door of CoopCycle's webhooks over HTTP."""

from __future__ import annotations

from flask import Flask, Response, abort, request

from live.coopcycle.documents import Unreadable
from live.coopcycle.door import Door, NotTheirs
from live.coopcycle.webhook import LARGEST_BODY, SIGNATURE


def register_coopcycle(flask: Flask, door: Door) -> None:
    """``POST /ingest/coopcycle``: 204 when it was noted, 401 for a wrong signature, 404 where none is expected."""

    def webhook() -> Response:
        if not door.secrets or not door.coop:
            abort(404, "No CoopCycle is set up here: set ROULEMENT_COOPCYCLE_WEBHOOKS and ROULEMENT_COOPCYCLE_COOP")
        request.max_content_length = LARGEST_BODY
        try:
            door.take(request.get_data(), request.headers.get(SIGNATURE, ""))
        except NotTheirs:
            abort(401, f"The header {SIGNATURE} does not fit this message: compare ROULEMENT_COOPCYCLE_WEBHOOKS")
        except Unreadable as reason:
            abort(400, str(reason).capitalize())
        return Response(status=204)

    flask.add_url_rule("/ingest/coopcycle", "coopcycle_webhook", webhook, methods=["POST"])
