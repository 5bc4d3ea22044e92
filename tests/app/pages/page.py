"""A browser without a screen: it fires the page's callbacks over HTTP as Dash's own code would."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient

PATH = "/_dash-update-component"
ALL = ["ALL"]
Slot = tuple[str | Mapping[str, Any], str, Any]
"""Id, property, value."""


@dataclass
class Page:
    """One browser session at one desk; ``language`` is what the browser asks for."""

    client: FlaskClient
    language: str = "en"

    def sign_in(self, token: str) -> Page:
        answer = self.client.post("/login", data={"token": token})
        assert answer.status_code == 303, answer.text
        return self

    def show(self, path: str, search: str = "") -> Any:
        """The component tree at an address."""
        answer = self.fire([("page-address", "pathname", path)], [("page-address", "search", search)])
        return answer["response"]["page"]["children"]

    def fire(self, inputs: list[Slot | list[Slot]], state: list[Slot] = [], *, changed: Slot | None = None) -> Any:  # noqa: B006
        """The answer of the callback that listens to these inputs; ``changed`` is the first of them unless given."""
        answer = self.post(inputs, state, changed=changed)
        assert answer.status_code == 200, answer.text
        return answer.json

    def post(self, inputs: list[Slot | list[Slot]], state: list[Slot] = [], *, changed: Slot | None = None) -> Any:  # noqa: B006
        declared = self._listener([_wild(one) for one in inputs])
        trigger = changed or _first(inputs)
        outputs = _outputs(declared["output"])
        body = {
            "output": declared["output"],
            "outputs": outputs if declared["output"].startswith("..") else outputs[0],
            "inputs": [_slots(one) for one in inputs],
            "state": [_slots(one) for one in state],
            "changedPropIds": [f"{_id(trigger[0])}.{trigger[1]}"],
        }
        return self.client.post(PATH, json=body, headers={"Accept-Language": self.language})

    def _listener(self, wanted: list[tuple[str, str]]) -> Any:
        known = self.client.get("/_dash-dependencies").json
        found = [one for one in known if [(each["id"], each["property"]) for each in one["inputs"]] == wanted]
        assert len(found) == 1, f"{len(found)} callbacks listen to {wanted}"
        return found[0]


def texts(tree: Any) -> list[str]:
    """Every text leaf of a component tree."""
    if isinstance(tree, str):
        return [tree]
    if isinstance(tree, list):
        return [text for one in tree for text in texts(one)]
    return texts(tree["props"].get("children")) if isinstance(tree, dict) and "props" in tree else []


def said(answer: Any) -> str:
    """The result line of an answer, without its time, sign and button; '' when there is none."""
    found = {**answer.get("response", {}), **answer.get("sideUpdate", {})}
    line = found.get("desk-result", {}).get("children")
    if not line:
        return ""
    parts = line["props"]["children"] if isinstance(line["props"]["children"], list) else [line]
    return texts([part for part in parts if part.get("props", {}).get("className") != "result-undo"])[-1]


def _first(inputs: list[Slot | list[Slot]]) -> Slot:
    first = inputs[0]
    return first[0] if isinstance(first, list) else first


def _wild(one: Slot | list[Slot]) -> tuple[str, str]:
    if not isinstance(one, list):
        return _id(one[0]), one[1]
    wild = {name: ALL if name != "type" else value for name, value in dict(one[0][0]).items()}  # type: ignore[arg-type]
    return _id(wild), one[0][1]


def _id(id: str | Mapping[str, Any]) -> str:
    return id if isinstance(id, str) else json.dumps(id, sort_keys=True, separators=(",", ":"))


def _slots(one: Slot | list[Slot]) -> Any:
    if isinstance(one, list):
        return [_slots(each) for each in one]
    return {"id": one[0], "property": one[1], "value": one[2]}


def _outputs(key: str) -> list[dict[str, str]]:
    """What stands in a callback's output key: ``..a.children...b.opened..``, ``@…`` after a duplicate's property."""
    parts = key.strip(".").split("...")
    return [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in parts]
