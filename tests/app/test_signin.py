"""In and out over HTTP: sessions, cookies, revocation, throttling, and requests that other sites make."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.throttle import REMEMBERED, Throttle
from tests.app.conftest import LEAST, Desk, settings_for


def signed_in(desk: Desk, role: str = "dispatcher") -> FlaskClient:
    client = desk.flask.test_client()
    assert client.post("/login", data={"token": desk.token(role)}).status_code == 303
    return client


def test_a_token_opens_a_session_and_signing_out_ends_it(desk: Desk) -> None:
    """With the session's cookie the calls answer as with the token; after signing out they do not."""
    client = signed_in(desk)
    assert client.get("/api/v1/orders").status_code == 200
    assert client.get("/dispatch").status_code == 200
    assert client.post("/logout").status_code == 303
    assert client.get("/api/v1/orders").status_code == 401


def test_a_wrong_token_opens_nothing(desk: Desk) -> None:
    """401 in words, and no session."""
    client = desk.flask.test_client()
    answer = client.post("/login", data={"token": "made-up"})
    assert answer.status_code == 401
    assert "Nobody here has this token" in answer.text
    assert client.get("/api/v1/orders").status_code == 401


def test_a_revoked_token_counts_no_more_at_once(desk: Desk) -> None:
    """The session that it opened and the bearer header both end with the token."""
    client, bearer = signed_in(desk), {"Authorization": f"Bearer {desk.token()}"}
    for token in desk.application.store.tokens("acme"):
        desk.application.store.remove_token("acme", token.id)
    assert client.get("/api/v1/orders").status_code == 401
    assert desk.flask.test_client().get("/api/v1/orders", headers=bearer).status_code == 401


@pytest.mark.parametrize(("scheme", "is_secure"), [("http", False), ("https", True)])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(desk: Desk, scheme: str, is_secure: bool) -> None:
    """HttpOnly and SameSite=Lax always, Secure and HSTS wherever the request came by https."""
    answer = desk.flask.test_client().post("/login", base_url=f"{scheme}://desk.example", data={"token": desk.token()})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is is_secure
    assert ("Strict-Transport-Security" in answer.headers) is is_secure


def test_the_cookie_holds_no_token(desk: Desk) -> None:
    """Whoever reads the cookie learns a digest, not the token itself."""
    answer = desk.flask.test_client().post("/login", data={"token": desk.token()})
    cookie = answer.headers["Set-Cookie"].split("=", 1)[1]
    serializer = desk.flask.session_interface.get_signing_serializer(desk.flask)  # type: ignore[attr-defined]
    assert desk.token() not in str(serializer.loads(cookie.split(";")[0]))


def test_guessing_is_slowed_down(desk: Desk) -> None:
    """After ten wrong tokens within a minute even the right one has to wait, and is told how long."""
    client = desk.flask.test_client()
    statuses = [client.post("/login", data={"token": f"guess {n}"}).status_code for n in range(11)]
    assert statuses == [401] * 10 + [429]
    answer = client.post("/login", data={"token": desk.token()})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_the_throttle_forgets() -> None:
    """When the time is over one may try again; the memory is bounded however many try."""
    now = 0.0
    throttle = Throttle(lambda: now, tries=2, seconds=60)
    throttle.failed("a")
    throttle.failed("a")
    assert throttle.wait("a") == 60
    assert throttle.wait("b") == 0
    now = 61.0
    assert throttle.wait("a") == 0
    for n in range(REMEMBERED + 5):
        throttle.failed(str(n))
    assert len(throttle._failures) == REMEMBERED


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/login", "/logout", "/api/v1/orders", "/_dash-update-component"])
def test_other_sites_change_nothing(desk: Desk, path: str, headers: dict[str, str]) -> None:
    """A POST that a page of another site made the browser send is refused, signed in or not."""
    client = signed_in(desk)
    answer = client.post(path, json=LEAST, headers=headers)
    assert answer.status_code == 403
    assert client.get("/api/v1/orders").json == {"orders": [], "next": None}


def test_our_own_pages_may_post(desk: Desk) -> None:
    """The same request from our own origin goes through."""
    client = signed_in(desk)
    answer = client.post("/api/v1/orders", json=LEAST, headers={"Origin": "http://localhost"})
    assert answer.status_code == 201


def test_the_demo_is_open_and_each_browser_has_a_name(desk: Desk) -> None:
    """Two browsers are two dispatchers of the demo's co-op, each under the same first name from then on."""
    flask = create_app(settings_for(desk.home), is_demo=True).flask
    names = set()
    for client in (flask.test_client(), flask.test_client()):
        assert client.get("/dispatch").status_code == 200
        with client.session_transaction() as session:
            name = session["name"]
        assert client.get("/dispatch").status_code == 200
        with client.session_transaction() as session:
            assert session["name"] == name
        names.add(name)
    assert len(names) == 2


def test_the_demo_is_open_on_this_machine_alone(desk: Desk) -> None:
    """Another site whose name was made to lead here reaches nobody: neither pages nor calls."""
    client = create_app(settings_for(desk.home), is_demo=True).flask.test_client()
    for host in ("127.0.0.1:8050", "localhost:8050", "[::1]:8050"):
        assert client.get("/dispatch", headers={"Host": host}).status_code == 200, host
    for host in ("evil.example", "localhost.evil.example:8050"):
        assert client.get("/dispatch", headers={"Host": host}).status_code == 302, host
        assert client.get("/api/v1/orders", headers={"Host": host}).status_code == 401, host


def test_who_is_behind_a_proxy_waits_alone(desk: Desk) -> None:
    """Wrong tokens from one address behind the proxy do not shut out the others behind it."""
    client = desk.flask.test_client()
    for n in range(11):
        client.post("/login", data={"token": f"guess {n}"}, headers={"X-Forwarded-For": "203.0.113.7"})
    for address, status in (("203.0.113.7", 429), ("203.0.113.8", 303)):
        answer = client.post("/login", data={"token": desk.token()}, headers={"X-Forwarded-For": address})
        assert answer.status_code == status


def test_a_desk_that_is_no_demo_is_open_to_nobody(desk: Desk) -> None:
    """Without the demo's door a visitor without a token is nobody, whatever the cookie says."""
    demo = create_app(settings_for(desk.home), is_demo=True).flask.test_client()
    cookie = demo.get("/dispatch").headers["Set-Cookie"].split(";")[0]
    answer = desk.flask.test_client().get("/api/v1/orders", headers={"Cookie": cookie})
    assert answer.status_code == 401
