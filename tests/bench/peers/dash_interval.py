"""The usual Dash ways beside ours: a one-second ``dcc.Interval`` that returns the whole figure, or patches coordinates.

Served by gunicorn with gevent, as ours is: ``gunicorn -k gevent 'tests.bench.peers.dash_interval:app(…)'``.
"""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import flask
import plotly.graph_objects as go
import redis
from dash import Dash, Input, Output, Patch, dcc, html

from tests.bench.publisher import CENTRE_LAT, CENTRE_LON


class Newest:
    """The newest fix per courier, from the same channel as ours."""

    def __init__(self, redis_url: str, coop: str) -> None:
        self.fixes: dict[str, dict[str, Any]] = {}
        self._subscription = redis.Redis.from_url(redis_url, socket_timeout=None).pubsub()
        self._subscription.subscribe(f"positions:{{{coop}}}")
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for message in self._subscription.listen():
            if message["type"] == "message":
                content = json.loads(message["data"])
                for fix in content if isinstance(content, list) else [content]:
                    self.fixes[fix["courier"]] = fix

    def columns(self) -> tuple[list[float], list[float], list[str]]:
        """lat, lon, name of all couriers."""
        fixes = list(self.fixes.values())
        return [fix["lat"] for fix in fixes], [fix["lon"] for fix in fixes], [fix["courier"] for fix in fixes]


def app(redis_url: str, coop: str, way: str) -> flask.Flask:
    """``way`` is ``figure`` or ``patch``."""
    newest, page = Newest(redis_url, coop), Dash(__name__)
    page.layout = html.Div([dcc.Graph(id="map", figure=figure(newest)), dcc.Interval(id="tick", interval=1000)])

    @page.callback(Output("map", "figure"), Input("tick", "n_intervals"))
    def redraw(_: int) -> go.Figure | Patch:
        flask.g.built_at = time.time()
        return figure(newest) if way == "figure" else patch(newest)

    @page.server.after_request
    def say_when(response: flask.Response) -> flask.Response:
        response.headers["X-Built-At"] = str(flask.g.get("built_at", 0))
        return response

    server: flask.Flask = page.server
    return server


def figure(newest: Newest) -> go.Figure:
    """The whole map."""
    lat, lon, names = newest.columns()
    drawn = go.Figure(go.Scattermap(lat=lat, lon=lon, text=names, mode="markers"))
    return drawn.update_layout(map={"style": "white-bg", "center": {"lat": CENTRE_LAT, "lon": CENTRE_LON}, "zoom": 14})


def patch(newest: Newest) -> Patch:
    """The coordinates alone, as a careful Dash programmer sends them."""
    lat, lon, _ = newest.columns()
    change = Patch()
    change["data"][0]["lat"] = lat
    change["data"][0]["lon"] = lon
    return change
