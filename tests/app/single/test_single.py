"""Single sign-on against a real OpenID provider: npm's oidc-provider, in a process of its own."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.app import Application, create_app
from dashboard.digests import digest
from dashboard.people import People
from dashboard.people_single import Given, mapping, roles_of
from dashboard.ports import Coop
from dashboard.settings import WrongSetting
from live.leash import start_leashed
from tests.app.conftest import settings_for
from tests.redis_server import free_port
from tests.running import PATIENCE, until

HERE = Path(__file__).parent
DESK = "http://desk.example"
ROLES = "dispatch=acme:dispatcher, kirja=acme:restaurant:kirja, boss=acme:admin"


@dataclass
class Provider:
    """The process, and who it knows."""

    issuer: str

    def knows(self, who: str, /, **claims: object) -> None:
        answer = requests.post(f"{self.issuer}/people", json={who: claims}, timeout=10)
        assert answer.status_code == 200

    def sign_in(self, where: str, name: str) -> str:
        """As a person does: type the name, agree; where the provider sends them then."""
        browser, at = requests.Session(), where
        for _ in range(12):
            answer = browser.get(at, allow_redirects=False, timeout=10)
            while answer.status_code in (302, 303):
                at = requests.compat.urljoin(at, answer.headers["Location"])
                if at.startswith(DESK):
                    return at
                answer = browser.get(at, allow_redirects=False, timeout=10)
            assert answer.status_code == 200, answer.text
            form = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert form is not None
            assert prompt is not None
            fields = {"prompt": prompt[1], "login": name, "password": "any"}
            sent = browser.post(
                requests.compat.urljoin(at, html.unescape(form[1])), fields, allow_redirects=False, timeout=10
            )
            assert sent.status_code in (302, 303), sent.text
            at = requests.compat.urljoin(at, sent.headers["Location"])
            if at.startswith(DESK):
                return at
        raise AssertionError(f"the provider does not end: {at}")


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """The provider, ready; a failure where it is not installed."""
    port = free_port()
    command = ["node", str(HERE / "provider.mjs"), str(port), f"{DESK}/sign-in/single/back"]
    process = start_leashed(command, cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://localhost:{port}"

    def is_ready() -> bool:
        try:
            return requests.get(f"{issuer}/.well-known/openid-configuration", timeout=2).ok
        except requests.RequestException:
            assert process.poll() is None, "the provider ended: run `make env`"
            return False

    try:
        until(is_ready, PATIENCE, "the provider does not start")
        yield Provider(issuer)
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def application(home: Path, provider: Provider) -> Iterator[Application]:
    """A desk that trusts the provider."""
    settings = replace(
        settings_for(home), url=DESK, oidc_issuer=provider.issuer, oidc_client="desk", oidc_roles=ROLES,
        oidc_secret="only the tests know it", oidc_scope="openid email profile groups", oidc_name="Acme's own",
    )  # fmt: skip
    application = create_app(settings)
    application.store.add_coop(Coop("acme", "Acme"))
    yield application
    application.store.close()


@dataclass
class Visit:
    """One browser at the desk."""

    application: Application
    provider: Provider

    def __post_init__(self) -> None:
        self.client: FlaskClient = self.application.flask.test_client()

    def away(self) -> str:
        answer = self.client.get("/sign-in/single?next=/rules", base_url=DESK)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def back(self, where: str) -> TestResponse:
        return self.client.get(where.removeprefix(DESK), base_url=DESK)

    def sign_in(self, name: str) -> TestResponse:
        return self.back(self.provider.sign_in(self.away(), name))

    def status(self, path: str = "/api/v1/couriers") -> int:
        return self.client.get(path, base_url=DESK).status_code


@pytest.fixture
def visit(application: Application, provider: Provider) -> Visit:
    return Visit(application, provider)


def members(application: Application) -> dict[str, list[tuple[str, bool]]]:
    people = People(application.store, lambda coop: None)
    return {
        one.person.email: [(each.role, each.is_mapped) for each in one.memberships] for one in people.members("acme")
    }


def test_somebody_new_has_the_roles_that_the_provider_gives(visit: Visit) -> None:
    """The way there asks for PKCE, a state and a nonce; back again one is in, at the page that was wanted."""
    visit.provider.knows("ada", email="Ada@example.org", email_verified=True, name="Ada", groups=["dispatch", "choir"])
    away = visit.away()
    asked = parse_qs(urlsplit(away).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert asked["state"][0]
    assert asked["nonce"][0]
    answer = visit.back(visit.provider.sign_in(away, "ada"))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/rules")
    assert visit.status() == 200
    assert members(visit.application) == {"ada@example.org": [("dispatcher", True)]}
    assert "Acme&#39;s own" in visit.application.flask.test_client().get("/sign-in").text


def test_a_mapping_that_is_lost_loses_the_role(visit: Visit, application: Application) -> None:
    """At the next sign-in the role is gone, in every session of the person; what was given here stays."""
    visit.provider.knows("bo", email="bo@example.org", email_verified=True, name="Bo", groups=["dispatch", "kirja"])
    visit.sign_in("bo")
    person = application.store
    with person.reading_people() as rows:
        found = rows.person_by_email("bo@example.org")
    assert found is not None
    People(person, lambda coop: None).give("acme", found.id, "member")
    visit.provider.knows("bo", email="bo@example.org", email_verified=True, name="Bo", groups=["kirja"])
    again = Visit(application, visit.provider)
    assert again.sign_in("bo").status_code == 303
    assert members(application) == {"bo@example.org": [("member", False), ("restaurant", True)]}
    assert visit.status() == 403
    visit.provider.knows("bo", email="bo@example.org", email_verified=True, name="Bo", groups=[])
    again.sign_in("bo")
    assert members(application) == {"bo@example.org": [("member", False)]}


def test_whoever_has_nothing_to_do_here_is_not_taken_in(visit: Visit) -> None:
    """Somebody without a value that means something, or whose address nobody has checked; nothing is kept of them."""
    visit.provider.knows("eve", email="eve@example.org", email_verified=True, name="Eve", groups=["choir"])
    visit.provider.knows("mallory", email="ada@example.org", email_verified=False, name="M", groups=["boss"])
    for name in ("eve", "mallory"):
        assert Visit(visit.application, visit.provider).sign_in(name).status_code == 422
    assert members(visit.application) == {}


def test_an_account_of_before_is_taken_over_without_its_password(visit: Visit, application: Application) -> None:
    """By an address that the provider vouches for; whoever knew the password is out, and knows nothing any more."""
    from datetime import UTC, datetime

    now, people = datetime.now(UTC), People(application.store, lambda coop: None)
    secret = people.invite("acme", "cy@example.org", "member", by="test", now=now)
    before = people.accept(secret, "Cy", "three words nobody guesses", now)
    sessions = application.flask.extensions["sessions"]
    opened = digest(sessions.open(before, ""))
    assert sessions.known(opened) is not None
    visit.provider.knows("cy", email="cy@example.org", email_verified=True, name="Cy", groups=["boss"])
    assert visit.sign_in("cy").headers["Location"].startswith("/choose")
    assert members(application) == {"cy@example.org": [("admin", True), ("member", False)]}
    with application.store.reading_people() as rows:
        found = rows.person_by_email("cy@example.org")
    assert found is not None
    assert found.password is None
    assert sessions.known(opened) is None


@pytest.mark.parametrize("part", ["state", "code"])
def test_a_forged_answer_opens_nothing(visit: Visit, part: str) -> None:
    """Another state, another code, an answer that was used, or one in somebody else's browser."""
    visit.provider.knows("ada", email="ada@example.org", email_verified=True, name="Ada", groups=["dispatch"])
    back = visit.provider.sign_in(visit.away(), "ada")
    forged = re.sub(rf"{part}=[^&]+", f"{part}=made-up", back)
    assert visit.back(forged).status_code == 422
    assert visit.status() == 401
    other = Visit(visit.application, visit.provider)
    assert other.back(back).status_code == 422
    assert other.status() == 401


def test_a_nonce_of_another_sign_in_opens_nothing(visit: Visit) -> None:
    """A token that was made for another try is refused, though the provider signed it."""
    visit.provider.knows("ada", email="ada@example.org", email_verified=True, name="Ada", groups=["dispatch"])
    back = visit.provider.sign_in(visit.away(), "ada")
    with visit.client.session_transaction(base_url=DESK) as session:
        key = next(name for name in session if name.startswith("_state_single_"))
        session[key] = {**session[key], "data": {**session[key]["data"], "nonce": "another"}}
    assert visit.back(back).status_code == 422
    assert visit.status() == 401


def test_a_provider_that_is_away(home: Path) -> None:
    """Signing in over there says that it does not work; without a provider there is no such page."""
    settings = replace(settings_for(home), url=DESK, oidc_issuer="http://localhost:1")
    assert create_app(settings).flask.test_client().get("/sign-in/single").status_code == 422
    assert create_app(settings_for(home)).flask.test_client().get("/sign-in/single").status_code == 404


def test_the_mapping_reads_as_it_is_written() -> None:
    """Values, co-ops, roles and whose; a way down to the claim; what makes no sense stops the program."""
    assert mapping(ROLES)[:2] == (
        Given("dispatch", "acme", "dispatcher"), Given("kirja", "acme", "restaurant", "kirja")
    )  # fmt: skip
    deep = {"realm_access": {"roles": ["dispatch"]}}
    assert [one.role for one in roles_of(deep, "realm_access.roles", mapping(ROLES))] == ["dispatcher"]
    assert roles_of({"groups": 7}, "groups", mapping(ROLES)) == roles_of({}, "a.b", mapping(ROLES)) == []
    for wrong in ("dispatch", "x=acme:king", "x=acme:courier", "=acme:admin", "x=:admin"):
        with pytest.raises(WrongSetting, match="ROULEMENT_OIDC_ROLES"):
            mapping(wrong)
