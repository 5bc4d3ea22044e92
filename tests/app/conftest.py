"""A desk over HTTP: the whole program in this process, on a record of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from dashboard.access import digest
from dashboard.app import Application, create_app
from dashboard.ports import Coop, Token
from dashboard.settings import Settings

NOBODY = "redis://127.0.0.1:1/0"  # nothing listens there: what is announced is lost, as it may be
LEAST = {"pickup": {"lat": 60.17, "lon": 24.94}, "dropoff": {"lat": 60.168, "lon": 24.95}}


def pytest_configure() -> None:
    """Each test makes the program anew: how its 160 addresses are built, werkzeug works out once (half of the time)."""
    anew, known = Rule._compile_builder, dict[Any, Callable[..., tuple[str, str]]]()

    def once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if rule.defaults:
            return anew(rule, append_unknown)
        key = tuple(rule._trace), append_unknown
        if key not in known:
            known[key] = anew(rule, append_unknown)
        return known[key]

    Rule._compile_builder = once  # type: ignore[method-assign]


@dataclass
class Desk:
    """What a test does to the desk: call it with a token, and look at the record."""

    application: Application
    home: Path
    tokens: dict[tuple[str, str, str | None], str] = field(default_factory=dict)

    @property
    def flask(self) -> Flask:
        return self.application.flask

    def token(self, role: str = "dispatcher", coop: str = "acme", scope: str | None = None, name: str = "") -> str:
        key = (role, coop, scope)
        if key not in self.tokens:
            self.tokens[key] = secret = f"{role}-{coop}-{scope}"
            token = Token(str(uuid4()), coop, role, digest(secret), name or scope or f"{role} of {coop}", scope)
            self.application.store.add_token(token)
        return self.tokens[key]

    def call(self, method: str, path: str, *, token: str | None = "", **rest: Any) -> TestResponse:
        """With the dispatcher's token unless another (or None) is given."""
        headers = dict(rest.pop("headers", {}))
        secret = self.token() if token == "" else token
        if secret:
            headers["Authorization"] = f"Bearer {secret}"
        return self.flask.test_client().open(f"/api/v1{path}", method=method, headers=headers, **rest)

    def get(self, path: str, **rest: Any) -> TestResponse:
        return self.call("GET", path, **rest)

    def post(self, path: str, document: Any = None, **rest: Any) -> TestResponse:
        return self.call("POST", path, **({"json": document} if document is not None else {}), **rest)

    def placed(self, **more: Any) -> dict[str, Any]:
        answer = self.post("/orders", {**LEAST, **more})
        assert answer.status_code == 201, answer.text
        order: dict[str, Any] = answer.json
        return order

    def courier(self, id: str = "lea", *, on_shift: bool = True) -> None:
        assert self.post("/couriers", {"id": id, "name": id.title()}).status_code == 201
        if on_shift:
            assert self.post(f"/couriers/{id}/shift", {"action": "start"}).status_code == 200

    def given(self, courier: str = "lea", **more: Any) -> dict[str, Any]:
        """An accepted order in the hands of a courier."""
        order = self.placed(**more)
        assert self.post(f"/orders/{order['id']}/accept").status_code == 200
        answer = self.post(f"/orders/{order['id']}/assign", {"courier": courier, "expected_version": 2})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json
        return found


def settings_for(home: Path) -> Settings:
    return Settings(home=home, redis_url=NOBODY, secret_key="sixteen characters and more")


@pytest.fixture
def home(home: Path, cities: Path) -> Path:
    """A ROULEMENT_HOME with an empty record, and the city: whoever first asks for a co-op's clocks would build one."""
    (home / "cities").symlink_to(cities)
    return home


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    """The program with two co-ops, acme and other."""
    application = create_app(settings_for(home))
    for coop in ("acme", "other"):
        application.store.add_coop(Coop(coop, coop.title()))
    yield Desk(application, home)
    application.store.close()


@pytest.fixture
def open_desk(home: Path) -> Iterator[Desk]:
    """The same, where webhooks may lead to this machine."""
    application = create_app(replace(settings_for(home), webhook_targets="any"))
    for coop in ("acme", "other"):
        application.store.add_coop(Coop(coop, coop.title()))
    yield Desk(application, home)
    application.store.close()
