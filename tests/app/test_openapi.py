"""The OpenAPI document: it is valid, it is what the calls do, and nothing that it allows (or not) makes an error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.api import answers
from dashboard.api.calls import Call
from dashboard.api.routes import CALLS
from tests.app.conftest import LEAST, Desk

QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def document(desk: Desk) -> dict[str, Any]:
    answer = desk.get("/openapi.json", token=None)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json
    return found


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if "$ref" in value else set()
        return own.union(*(references(each) for each in value.values()))
    return set().union(*(references(each) for each in value)) if isinstance(value, list) else set()


def test_the_document_describes_every_call(desk: Desk) -> None:
    """OpenAPI 3.1, each call of the contract, each with its errors as problem documents."""
    described = document(desk)
    assert described["openapi"] == "3.1.0"
    assert {(method.upper(), path) for path, each in described["paths"].items() for method in each} == {
        (call.method, call.path) for call in CALLS
    }
    for each in described["paths"].values():
        for operation in each.values():
            for status, answer in operation["responses"].items():
                expected = "application/json" if status.startswith("2") else "application/problem+json"
                assert list(answer["content"]) == [expected]


def test_the_contract_is_complete(desk: Desk) -> None:
    """The paths that the contract names are there, under these names."""
    steps = ["assign", "unassign", "accept", "refuse", "ready", "delay", "picked-up", "delivered", "failed", "cancel"]
    paths = {"/orders", "/orders/{id}", "/couriers", "/couriers/{id}/shift", "/journal"}
    assert paths | {f"/orders/{{id}}/{step}" for step in steps} <= set(document(desk)["paths"])


def test_every_reference_leads_somewhere(desk: Desk) -> None:
    """No schema refers to one that is not in the document, and each call has a name of its own."""
    described = document(desk)
    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert references(described) <= known
    names = [operation["operationId"] for each in described["paths"].values() for operation in each.values()]
    assert len(names) == len(set(names))


def test_answers_are_what_the_document_says(desk: Desk) -> None:
    """Real answers, problems included, fit the models that the document is made from, with no field beside."""
    desk.courier("lea")
    order = desk.given("lea", kind="meal", items=[{"name": "Soup"}], ready_at="2026-11-24T11:00:00Z")
    answers.Order.model_validate(order)
    answers.Orders.model_validate(desk.get("/orders").json)
    answers.Couriers.model_validate(desk.get("/couriers").json)
    answers.Entries.model_validate(desk.get("/journal").json)
    conflict = desk.post(f"/orders/{order['id']}/assign", {"courier": "lea", "expected_version": 1}).json
    assert set(answers.Problem.model_validate(conflict).model_extra or {}) == set()
    assert set(answers.Problem.model_validate(desk.post("/orders", {}).json).model_extra or {}) == set()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


def near_misses(call: Call[Any, Any]) -> st.SearchStrategy[Any]:
    """Bodies that have some of the right fields, with anything in them."""
    names = list(call.body.model_fields)
    if not names:
        return ANYTHING
    place = st.fixed_dictionaries({}, optional=dict.fromkeys(("lat", "lon", "name", "after", "before"), ANYTHING))
    value = ANYTHING | place | st.just(LEAST["pickup"]) | st.sampled_from(["lea", "start", "meal", 1])
    return ANYTHING | st.dictionaries(st.sampled_from(names), value, max_size=len(names))


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_nothing_that_comes_in_is_an_error_of_ours(desk: Desk, call: Call[Any, Any]) -> None:
    """Whatever the body, the id, the query and the key: never a 5xx, and every refusal is a problem document."""
    desk.courier("lea")
    order = desk.given("lea")["id"]
    token = desk.token()

    @QUICK
    @given(data=st.data())
    def fire(data: st.DataObject) -> None:
        subject = data.draw(st.sampled_from([order, "lea"]) | st.text(min_size=1, max_size=8))
        path = call.path.replace("{id}", subject.replace("/", "_").replace("?", "_").replace("#", "_"))
        query = data.draw(
            st.dictionaries(st.sampled_from([*call.query.model_fields, "x"]), st.text(max_size=8), max_size=3)
        )
        body = data.draw(st.binary(max_size=40) | near_misses(call).map(lambda value: json.dumps(value).encode()))
        answer = desk.call(
            call.method, path, token=token, query_string=query, data=body, content_type="application/json"
        )
        assert answer.status_code < 500, (path, query, body, answer.text)
        if answer.status_code >= 400:
            assert answer.content_type == "application/problem+json", (path, answer.text)

    fire()


def test_no_document_is_kept_by_hand() -> None:
    """There is no OpenAPI file in the repository that could say something else."""
    root = Path(__file__).parents[2]
    assert not list(root.glob("docs/**/openapi*"))
