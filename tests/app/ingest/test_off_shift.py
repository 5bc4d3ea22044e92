"""Nobody is followed outside working time, and no log tells where somebody was."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest

from tests.app.ingest.conftest import ANSWERS, BASIC, Phones, T
from tests.phones import SENT_AT, recording, recordings


@pytest.mark.parametrize("name", recordings())
def test_off_shift_nothing_is_taken(phones: Phones, name: str, caplog: pytest.LogCaptureFixture) -> None:
    """Before and after a shift each request gets its 200; nothing is published, and nothing of it is in a log."""
    phones.shift("end")
    caplog.set_level(logging.DEBUG)
    answer = phones.send(name)
    assert (answer.status_code, answer.text) == (200, ANSWERS[name.partition("/")[0]])
    assert phones.published == []
    assert set(phones.counts) <= {"off_shift", "notification_token"}
    assert "60.1" not in caplog.text


def test_off_shift_the_body_is_not_read(phones: Phones) -> None:
    """Where the header says who it is, even a broken body is nobody's business."""
    phones.shift("break")
    assert phones.client.post("/ingest/owntracks", headers=BASIC, data=b"{broken").status_code == 200
    assert phones.counts == {"off_shift": 1}


def test_points_kept_from_before_the_shift_are_dropped(phones: Phones) -> None:
    """A phone that sends in the shift what it recorded before it does not tell where its owner lives."""
    phones.shift("end", SENT_AT - timedelta(seconds=120))
    phones.shift("start", SENT_AT - timedelta(seconds=60))
    phones.owntracks(tst=T - 90)
    phones.owntracks(tst=T - 30)
    assert [each["t"] for each in phones.published] == [T - 30]
    assert phones.counts == {"before_shift": 1, "accepted": 1}


def test_points_kept_from_a_break_are_dropped(phones: Phones) -> None:
    """The same for a break, also in a process that was started after it."""
    phones.shift("break", SENT_AT - timedelta(seconds=120))
    phones.shift("resume", SENT_AT - timedelta(seconds=60))
    restarted = Phones(phones.store)
    restarted.owntracks(tst=T - 90)
    restarted.owntracks(tst=T - 30)
    assert [each["t"] for each in restarted.published] == [T - 30]


def test_what_was_known_is_forgotten_off_shift(phones: Phones) -> None:
    """A heartbeat after the shift's end finds no place that it could repeat, not even in the next shift."""
    phones.owntracks(tst=T)
    phones.shift("end")
    phones.shift("start")
    phones.now += timedelta(seconds=10)
    phones.send("owntracks/android-ping")
    assert len(phones.published) == 1


def test_the_key_and_the_place_leave_no_trace_in_access_logs(phones: Phones) -> None:
    """After a request in the query format the WSGI environment, which access logs are written from, holds neither."""
    sent, seen, serve = recording("traccar/client-8-query"), [], phones.flask.wsgi_app

    def server(environ: dict[str, Any], start_response: Any) -> Any:
        environ["RAW_URI"] = environ["REQUEST_URI"] = f"{sent.path}?{sent.query}"
        seen.append(environ)
        return serve(environ, start_response)

    phones.flask.wsgi_app = server  # type: ignore[method-assign]
    assert phones.send("traccar/client-8-query").status_code == 200
    assert phones.counts == {"accepted": 1}
    (left,) = seen
    assert (left["RAW_URI"], left["REQUEST_URI"], left["QUERY_STRING"]) == (sent.path, sent.path, "")
