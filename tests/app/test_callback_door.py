"""What a page's callback request may look like: nothing that comes in is an error of ours."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.callback_door import LARGEST, PATH
from tests.app.conftest import Desk
from tests.app.test_openapi import ANYTHING


def post(desk: Desk, body: Any) -> int:
    return (
        desk.flask.test_client().post(PATH, json=body, headers={"Authorization": f"Bearer {desk.token()}"}).status_code
    )


@pytest.mark.parametrize("body", [b"{}", b"null", b"[]", b"1", b'"x"', b"", b"{", b'{"output":"page.children"}'])
def test_what_is_no_request_is_a_bad_request(desk: Desk, body: bytes) -> None:
    """400 where Dash itself would answer 500."""
    answer = desk.flask.test_client().post(PATH, data=body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_what_a_form_could_send_is_refused(desk: Desk, kind: str) -> None:
    """415: a callback is asked in JSON, which no other site's form can send."""
    assert desk.flask.test_client().post(PATH, data=b"{}", content_type=kind).status_code == 415


def test_large_requests_are_refused(desk: Desk) -> None:
    """413 above the limit."""
    answer = desk.flask.test_client().post(PATH, data=b" " * (LARGEST + 1), content_type="application/json")
    assert answer.status_code == 413


def slots(declared: list[dict[str, str]], value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The inputs that a callback declares, with anything in them."""

    def slot(each: dict[str, str]) -> st.SearchStrategy[Any]:
        one = st.fixed_dictionaries({"id": st.just("x"), "property": st.just(each["property"]), "value": value})
        return st.lists(one, max_size=2) if each["id"].startswith("{") else one

    return st.tuples(*(slot(each) for each in declared)).map(list)


def outputs(callback: str) -> Any:
    """The outputs that a callback's name declares."""
    parts = [part.rsplit(".", 1) for part in callback.strip(".").split("...")]
    declared = [{"id": component, "property": name.partition("@")[0]} for component, name in parts]
    return declared if callback.startswith("..") else declared[0]


def test_no_request_is_an_error_of_ours(desk: Desk) -> None:
    """For every callback: anything at all, and the right shape with anything in it, never a 5xx."""
    callbacks = {name: each for name, each in desk.application.pages.callback_map.items() if "callback" in each}

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def fire(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(callbacks)))
        right = st.fixed_dictionaries(
            {
                "output": st.just(name),
                "outputs": st.just(outputs(name)),
                "inputs": slots(callbacks[name]["inputs"], ANYTHING),
                "state": slots(callbacks[name]["state"], ANYTHING),
                "changedPropIds": st.lists(st.text(max_size=5), max_size=2),
            }
        )
        near = st.dictionaries(
            st.sampled_from(["output", "outputs", "inputs", "state", "changedPropIds"]), ANYTHING, max_size=5
        )
        body = data.draw(right | near | ANYTHING)
        assert post(desk, body) < 500, body

    fire()
