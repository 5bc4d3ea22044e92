"""What every answer's headers promise, and how it is sent."""

from __future__ import annotations

import re

import pytest

from dashboard.promises import FOR_GOOD
from tests.app.conftest import Desk


@pytest.mark.parametrize("path", ["/login", "/healthz", "/api/v1/orders", "/nothing", "/_dash-layout"])
def test_every_answer_keeps_the_promises(desk: Desk, path: str) -> None:
    """Errors and redirects too: no sniffing, no framing, no scripts from elsewhere."""
    headers = desk.flask.test_client().get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts
    assert re.fullmatch(r"'self'( 'sha256-[A-Za-z0-9+/=]+')+", scripts[1])


def test_scripts_are_sent_compressed_and_kept_for_good(desk: Desk) -> None:
    """Each script of the first page comes from here, compressed, and is never asked for again; plotly is not there."""
    client = desk.flask.test_client()
    sources = re.findall(r'<script src="([^"]+)"', client.get("/login").text)
    assert sources
    assert all(source.startswith("/") for source in sources)
    assert not any("plotly" in source for source in sources)
    size = 0
    for source in sources:
        answer = client.get(source, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Cache-Control"] == FOR_GOOD, source
        assert answer.headers.get("Content-Encoding") == "gzip" or len(answer.data) < 2000, source
        size += len(answer.data)
    assert size < 700_000  # bytes; deck.gl and Socket.IO come on top, all together may be 1.6 MB


def test_what_is_compressed_once_is_the_same_for_all(desk: Desk) -> None:
    """The second browser gets the very bytes of the first, each in the encoding that it understands."""
    client = desk.flask.test_client()
    source = re.findall(r'<script src="([^"]+mantine[^"]+)"', client.get("/login").text)[0]
    plain = client.get(source, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    for encoding in ("br", "gzip"):
        first, second = (client.get(source, headers={"Accept-Encoding": encoding}) for _ in range(2))
        assert first.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in first.headers["Vary"]
        assert first.data == second.data != plain.data


def test_what_is_about_people_is_kept_nowhere(desk: Desk) -> None:
    """Answers of the API and pages are not stored by browsers or proxies."""
    assert desk.get("/orders").headers["Cache-Control"] == "no-store"
    assert desk.flask.test_client().get("/login").headers["Cache-Control"] == "no-store"


def test_our_errors_show_no_trace(desk: Desk) -> None:
    """A fault of ours is a 500 with nothing about the program in it."""
    desk.flask.view_functions["healthz"] = lambda: 1 / 0
    answer = desk.flask.test_client().get("/healthz")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "ZeroDivision" not in answer.text
