"""What comes in wrong is refused by name, and never an error of ours."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.api.intake import LARGEST_BODY
from tests.app.conftest import LEAST, Desk


def fields(answer: Any) -> set[str]:
    assert answer.status_code == 422, answer.text
    assert answer.content_type == "application/problem+json"
    return {error["field"] for error in answer.json["errors"]}


def test_every_wrong_field_is_named(desk: Desk) -> None:
    """One answer tells all that is wrong, by the path in the body, unknown fields included."""
    wrong = {
        "pickup": {"lat": 91, "lon": -181, "after": "2026-11-24T12:00:00Z", "before": "tomorrow"},
        "dropoff": {"lat": "60", "lon": 24.9, "address": "x" * 1001},
        "kind": "cat", "price_cents": 1.5, "tip_cents": -1, "items": [{"name": "a", "quantity": 0}], "colour": "red",
        "state": "delivered", "ref": "",
    }  # fmt: skip
    assert fields(desk.post("/orders", wrong)) == {
        "pickup.lat", "pickup.lon", "pickup.before", "dropoff.lat", "dropoff.address", "kind", "price_cents",
        "tip_cents", "items.0.quantity", "colour", "state", "ref",
    }  # fmt: skip


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "true", '"60"', "null"])
def test_coordinates_are_finite_numbers(desk: Desk, number: str) -> None:
    """Nothing but a number that is somewhere on earth is a latitude."""
    body = f'{{"pickup":{{"lat":{number},"lon":24}},"dropoff":{{"lat":60,"lon":24}}}}'
    assert fields(desk.post("/orders", data=body, content_type="application/json")) == {"pickup.lat"}


@pytest.mark.parametrize(
    "time",
    ["2026-11-24T10:00:00", "2026-11-24", "now", 1700000000, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"],
)
def test_times_have_a_zone_and_a_sensible_year(desk: Desk, time: object) -> None:
    """A time that nobody can place is named, not guessed."""
    assert fields(desk.post("/orders", {**LEAST, "ready_at": time})) == {"ready_at"}


def test_an_order_is_not_placed_in_the_future(desk: Desk) -> None:
    """A clock that is wrong is found out."""
    assert fields(desk.post("/orders", {**LEAST, "placed_at": "2099-01-01T00:00:00Z"})) == {"placed_at"}


def test_a_window_opens_before_it_closes(desk: Desk) -> None:
    """A window that is never open is refused at the end it belongs to."""
    window = {"after": "2026-11-24T12:00:00Z", "before": "2026-11-24T11:00:00Z"}
    assert fields(desk.post("/orders", {**LEAST, "dropoff": {**LEAST["dropoff"], **window}})) == {"dropoff"}


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[31m", "x" * 201])
def test_texts_are_short_and_printable(desk: Desk, text: str) -> None:
    """Nothing that a database, a log or a terminal could stumble over."""
    assert fields(desk.post("/orders", {**LEAST, "pickup": {**LEAST["pickup"], "name": text}})) == {"pickup.name"}


@pytest.mark.parametrize("text", ["Ääkkönen", "مطعم", "🍜 & <b>", "' OR 1=1 --", "=1+1"])
def test_any_printable_text_comes_back_unchanged(desk: Desk, text: str) -> None:
    """Names in every script, and those that look like an attack, are only names."""
    order = desk.placed(pickup={**LEAST["pickup"], "name": text})
    assert desk.get(f"/orders/{order['id']}").json["pickup"]["name"] == text


@pytest.mark.parametrize("body", [b"", b"{", b"[", b"\xff", b'{"a":', b'{"pickup":"\\ud800"}'])
def test_what_is_not_json_is_a_bad_request(desk: Desk, body: bytes) -> None:
    """400, told apart from JSON that says the wrong thing; an empty body lacks its fields."""
    answer = desk.post("/orders", data=body, content_type="application/json")
    assert answer.status_code == (400 if body else 422)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_taken(desk: Desk, kind: str) -> None:
    """415 for what a form on another site could send."""
    assert desk.post("/orders", data=b'{"a":1}', content_type=kind).status_code == 415


def test_large_bodies_are_refused(desk: Desk) -> None:
    """413 as a problem document, with or without a declared length."""
    answer = desk.post("/orders", data=b" " * (LARGEST_BODY + 1), content_type="application/json")
    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/orders?state=gone", "state.0"), ("/orders?limit=0", "limit"), ("/orders?limit=x", "limit"),
        ("/orders?colour=red", "colour"), ("/orders?after=zzz", "after"), ("/orders?after=%00", "after"),
        ("/orders?courier=%00", "courier"), ("/journal?after=-1", "after"),
        ("/journal?after=9999999999999999", "after"),
    ],
)  # fmt: skip
def test_wrong_parameters_are_named(desk: Desk, path: str, wrong: str) -> None:
    """Unknown parameters too: a misspelt filter must not answer with everything."""
    assert fields(desk.get(path)) == {wrong}


@pytest.mark.parametrize("key", ["", " ", "x" * 129, "ü"])
def test_a_key_is_short_and_visible(desk: Desk, key: str) -> None:
    """What cannot be told apart reliably is no key."""
    assert fields(desk.post("/orders", LEAST, headers={"Idempotency-Key": key})) == {"Idempotency-Key"}


def test_other_methods_and_calls_are_problems_too(desk: Desk) -> None:
    """405 says what is allowed, 404 that there is no such call, both as problem documents."""
    wrong_method, no_call = desk.call("DELETE", "/orders"), desk.get("/nothing")
    assert (wrong_method.status_code, wrong_method.content_type) == (405, "application/problem+json")
    assert "POST" in wrong_method.headers["Allow"]
    assert (no_call.status_code, no_call.content_type) == (404, "application/problem+json")
