"""Loops that nothing stops but the wish to stop."""

import logging
import threading

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from redis.exceptions import ConnectionError as Lost

from live.counters import COUNTS, Counters
from live.loops import in_background, keep_going


def test_a_loop_goes_on_after_any_failure(caplog: pytest.LogCaptureFixture) -> None:
    """Lost connections and mistakes are logged, each when it begins, and the next turn comes."""
    stopped, turns = (
        threading.Event(),
        iter([Lost("away"), Lost("away"), None, Lost("away"), KeyError("mistake"), None]),
    )

    def step() -> None:
        failure = next(turns, "end")
        if failure == "end":
            stopped.set()
        elif isinstance(failure, Exception):
            raise failure

    with caplog.at_level(logging.WARNING):
        keep_going(step, stopped, rest=0.001)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING", "ERROR"]


def test_a_loop_in_the_background_ends_when_it_is_told() -> None:
    """Its thread is gone afterwards."""
    stopped, turned = threading.Event(), threading.Event()
    thread = in_background(turned.set, stopped)
    assert turned.wait(5)
    stopped.set()
    thread.join(5)
    assert not thread.is_alive()


def test_what_was_counted_is_shown() -> None:
    """Every count, each reason of a refusal, and gauges that are asked when somebody looks."""
    counters, registry = Counters(), CollectorRegistry()
    counters.register(registry)
    counters.counts["fixes"] += 3
    counters.refused["off_shift"] += 2
    counters.gauges["viewers"] = "Screens that are open", lambda: 7
    text = generate_latest(registry).decode()
    assert all(f"roulement_{name}_total" in text for name in COUNTS)
    assert "roulement_fixes_total 3.0" in text
    assert 'roulement_fixes_refused_total{reason="off_shift"} 2.0' in text
    assert "roulement_viewers 7.0" in text
