"""One parser for both doors: what the stream takes is what HTTP takes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.api.intake import LARGEST_BODY, digest_of, parse_order, placing
from dashboard.api.requests import OrderGiven
from dashboard.api.wrong import Unusable
from dashboard.domain.refusals import Invalid, Refusal
from tests.app.conftest import LEAST, Desk

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_least_order_becomes_a_draft() -> None:
    """Two ends, placed now, in the co-op whose stream it came by; id and number are left to the desk."""
    order = parse_order("acme", json.dumps(LEAST), NOON)
    assert (order.coop, order.id, order.ref, order.kind, order.placed_at) == ("acme", "", "", "parcel", NOON)
    assert (order.pickup.lat, order.dropoff.lon) == (60.17, 24.95)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """The refusal names each field, for the stream as one sentence too."""
    with pytest.raises(Unusable) as refusal:
        parse_order("acme", b'{"pickup": {"lat": 1}, "colour": "red"}', NOON)
    assert {wrong.field for wrong in refusal.value.fields} == {"pickup.lon", "dropoff", "colour"}
    assert "colour: there is no such field" in str(refusal.value)


def test_a_clock_may_be_a_little_ahead() -> None:
    """Minutes are forgiven, an hour is not."""
    ahead: dict[str, Any] = {**LEAST, "placed_at": (NOON + timedelta(minutes=4)).isoformat()}
    assert parse_order("acme", json.dumps(ahead), NOON).placed_at == NOON + timedelta(minutes=4)
    with pytest.raises(Unusable, match="placed_at"):
        parse_order("acme", json.dumps({**LEAST, "placed_at": "2026-11-24T13:00:00Z"}), NOON)


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_anything_else_is_refused_and_nothing_else(document: bytes) -> None:
    """Whatever comes by the stream, the worker gets an order or a refusal, never another exception."""
    with pytest.raises(Refusal):
        parse_order("acme", document, NOON)


def test_spelling_does_not_matter_to_the_digest() -> None:
    """Two texts that ask for the same order have the same digest, others another."""
    same = [OrderGiven.model_validate_json(text) for text in (json.dumps(LEAST), json.dumps(LEAST, indent=2))]
    other = OrderGiven.model_validate_json(json.dumps({**LEAST, "kind": "meal"}))
    assert digest_of(same[0]) == digest_of(same[1]) != digest_of(other)


def test_the_stream_places_each_entry_once(desk: Desk) -> None:
    """The same key again is the same order; the journal names the stream as who placed it."""
    place = placing(desk.application.dispatch, lambda: NOON)
    document = json.dumps(LEAST).encode()
    assert place("acme", document, "intake:1").created
    assert not place("acme", document, "intake:1").created
    assert [entry.actor for entry in desk.application.store.entries("acme")] == ["intake"]
    with pytest.raises(Invalid):
        place("acme", b" " * (LARGEST_BODY + 1), "intake:2")
