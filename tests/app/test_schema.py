"""Schemathesis on the whole API: whatever the document allows, or forbids, is answered as the document says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dashboard.api.calls import Call
from dashboard.api.fields import Nothing
from dashboard.api.routes import CALLS
from dashboard.app import create_app
from dashboard.ports import Coop
from dashboard.roles import ACTIONS
from tests.app.conftest import Desk, settings_for

AS_DOCUMENTED = [
    schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance,
    response_headers_conformance, response_schema_conformance,
]  # fmt: skip
BOUNDED = settings(
    max_examples=12, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
SCOPES = {"courier": "lea", "restaurant": "kirja"}


@dataclass
class Described:
    """A desk with something of everything, and its own description of itself."""

    desk: Desk
    schema: Any
    subjects: tuple[str, ...]

    def token(self, call: Call[Any, Any]) -> str:
        """Of a role that may make the call: an administrator where that is one."""
        roles = ACTIONS[call.action]
        role = "admin" if "admin" in roles else min(roles)
        return self.desk.token(role, scope=SCOPES.get(role))


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Described]:
    """One for all calls: what one of them leaves behind is found by the next."""
    home = tmp_path_factory.mktemp("described")
    application = create_app(settings_for(Path(home)))
    application.store.migrate()
    application.store.add_coop(Coop("acme", "Acme"))
    desk = Desk(application, home)
    desk.courier("lea")
    order = desk.given("lea", restaurant="kirja", kind="meal")
    hook = desk.post("/webhooks", {"url": "https://x.example/"}, token=desk.token("admin")).json
    objection = desk.post(
        "/objections", {"about": f"order:{order['id']}", "text": "why?"}, token=desk.token("courier", scope="lea")
    ).json  # fmt: skip
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=application.flask)
    yield Described(desk, schema, (order["id"], "lea", "kirja", hook["id"], objection["id"], "none"))
    application.store.close()


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_answers_are_as_documented(described: Described, call: Call[Any, Any]) -> None:
    """No 5xx, and status, type, headers and every field as the document has them: for good requests and bad ones."""
    operation = described.schema[call.path][call.method]
    headers = {"Authorization": f"Bearer {described.token(call)}", "Accept-Encoding": "identity"}
    chosen = st.sampled_from(described.subjects).map(lambda subject: {"id": subject})
    ways = [operation.as_strategy(generation_mode=mode) for mode in MODES]

    @BOUNDED
    @given(st.one_of(*ways), chosen, st.booleans())
    def ask(case: Any, known: dict[str, str], is_known: bool) -> None:
        if is_known and "{id}" in call.path:
            case.path_parameters = known
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=AS_DOCUMENTED)

    ask()


def test_every_call_without_a_token_is_answered_as_documented(described: Described) -> None:
    """401, as a problem document, for each of them."""
    for call in CALLS:
        operation = described.schema[call.path][call.method]
        given_id = {"path_parameters": {"id": "lea"}} if "{id}" in call.path else {}
        case = operation.Case(**given_id, **({} if call.body is Nothing else {"body": {}}))
        answer = case.call()
        assert answer.status_code == 401, call.name
        case.validate_response(answer, checks=AS_DOCUMENTED)
