"""What operators and their machines ask."""

from __future__ import annotations

from pathlib import Path

from dashboard.app import create_app
from tests.app.conftest import Desk, settings_for


def test_alive_says_nothing_about_others(desk: Desk) -> None:
    """The process is alive though Redis is not there."""
    answer = desk.flask.test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "alive"})


def test_not_ready_names_redis(desk: Desk) -> None:
    """503 while Redis does not answer, and it is Redis that is named, not the database."""
    answer = desk.flask.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json["database"] == "ok"
    assert "Redis" in answer.json["redis"]
    assert answer.json["routes"] == "ok"


def test_not_ready_names_the_database(tmp_path: Path) -> None:
    """503 with what to do, when the record was never made."""
    (tmp_path / "roulement.db").touch()
    answer = create_app(settings_for(tmp_path)).flask.test_client().get("/readyz")
    assert answer.status_code == 503
    assert "roulement migrate" in answer.json["database"]


def test_measures_are_prometheus_text_of_this_process(desk: Desk) -> None:
    """The counters of feed, screens and phones, and which process they are of."""
    answer = desk.flask.test_client().get("/metrics")
    assert answer.content_type.startswith("text/plain")
    for name in (
        "roulement_frames_encoded_total",
        "roulement_phone_reports",
        "roulement_viewers",
        "roulement_routes_problem",
        "process_cpu_seconds",
    ):
        assert name in answer.text
    assert 'roulement_process{pid="' in answer.text


def test_measures_name_nobody(desk: Desk) -> None:
    """What everybody may read holds no courier, order or co-op."""
    desk.courier("lea")
    text = desk.flask.test_client().get("/metrics").text
    assert "lea" not in text
    assert "acme" not in text
