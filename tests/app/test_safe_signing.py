"""Guessing is slowed down, secrets stand in no log, mail goes out by SMTP, cookies and headers keep their promises."""

from __future__ import annotations

import logging
import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from dashboard.app import create_app, now
from dashboard.people import People
from dashboard.people_mail import post_of, send
from dashboard.settings import Settings, WrongSetting
from tests.app.conftest import Desk, settings_for
from tests.app.pages.test_people_pages import PASSWORD, Browser, House
from tests.redis_server import RedisServer
from tests.running import PATIENCE, until


@pytest.fixture
def house(desk: Desk) -> House:
    return House(desk)


def test_guessing_at_one_account_is_slowed_down(house: House) -> None:
    """After five wrong passwords within a minute even the right one has to wait, from wherever; others do not."""
    house.member("dispatcher")
    house.member("dispatcher", "bo@example.org")
    statuses = []
    for n in range(6):
        browser = house.browser()
        browser.address = {"REMOTE_ADDR": f"203.0.113.{n}"}
        statuses.append(browser.sign_in("Ada@example.org ", "a wrong password").status_code)
    assert statuses == [401] * 5 + [429]
    late = house.browser().sign_in("ada@example.org")
    assert late.status_code == 429
    assert 0 < int(late.headers["Retry-After"]) <= 3600
    assert house.browser().sign_in("bo@example.org").status_code == 303


def test_guessing_from_one_address_is_slowed_down(house: House) -> None:
    """Twenty tries a minute, whatever the accounts; somebody elsewhere goes on."""
    house.member("dispatcher")
    browser = house.browser()
    statuses = [browser.sign_in(f"nobody{n}@example.org", "guess").status_code for n in range(21)]
    assert statuses == [401] * 20 + [429]
    assert browser.sign_in("ada@example.org").status_code == 429
    other = house.browser()
    other.address = {"REMOTE_ADDR": "203.0.113.77"}
    assert other.sign_in("ada@example.org").status_code == 303


@pytest.mark.parametrize("path", ["/invitation/guess", "/reset/guess", "/device/guess", "/reset"])
def test_guessing_links_is_slowed_down(house: House, path: str) -> None:
    """No link can be tried more often than a person would."""
    browser = house.browser()
    browser.get("/sign-in")
    statuses = [
        browser.post(path, email=f"{n}@example.org", name="x", password=PASSWORD).status_code for n in range(21)
    ]
    assert set(statuses[:20]) <= {200, 404}
    assert statuses[20] == 429


def test_web_processes_count_together(home, redis_server: RedisServer) -> None:  # type: ignore[no-untyped-def]
    """What one process has seen tried, the others know; when Redis goes away each counts for itself and goes on."""
    settings = replace(settings_for(home), redis_url=redis_server.url)
    browsers = [Browser(create_app(settings).flask.test_client()) for _ in range(2)]
    statuses = [browsers[n % 2].sign_in("ada@example.org", "guess").status_code for n in range(6)]
    assert statuses == [401] * 5 + [429]
    redis_server.kill()
    assert browsers[0].sign_in("bo@example.org", "guess").status_code == 401


def test_unknown_phones_are_slowed_down(desk: Desk) -> None:
    """After sixty unknown keys in a minute an address hears 429; a phone that is known goes on from there."""
    desk.courier("lea")
    client, known = desk.flask.test_client(), desk.token("courier", scope="lea")
    statuses = [client.post("/ingest/owntracks", auth=("lea", f"guess {n}"), json={}).status_code for n in range(61)]
    assert statuses == [401] * 60 + [429]
    report = {"_type": "location", "lat": 60.17, "lon": 24.94, "tst": int(now().timestamp())}
    assert client.post("/ingest/owntracks", auth=("lea", known), json=report).status_code == 200


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer().start()
    yield server
    server.kill()


def test_no_secret_stands_in_a_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Signing in, right and wrong, links, codes and tokens leave neither passwords nor links nor cookies behind."""
    caplog.set_level(logging.DEBUG)
    link, browser = house.invite("admin"), house.browser()
    secrets = [link.rpartition("/")[2], PASSWORD, "a wrong password", "a made-up token"]
    browser.get(link)
    browser.post(link, name="Ada", password=PASSWORD)
    page = browser.get("/account/factor").text
    secrets.append(re.search(r'id="factor-secret">(\w+)<', page)[1])  # type: ignore[index]
    browser.post("/account/factor", sealed="x", code="000000")
    browser.sign_in("ada@example.org", "a wrong password")
    browser.sign_in("ada@example.org")
    found = People(house.desk.application.store, lambda coop: None).forgot("ada@example.org", by="test", now=now())
    assert found is not None
    secrets.append(found[1])
    browser.get(f"/reset/{found[1]}")
    browser.post(f"/reset/{found[1]}", password="another good password")
    house.desk.flask.test_client().post("/login", data={"token": "a made-up token"})
    with browser.client.session_transaction() as session:
        secrets += [str(value) for name, value in session.items() if name in ("sid", "csrf")]
    assert caplog.text
    for secret in secrets:
        assert secret not in caplog.text


def test_behind_tls_cookies_and_headers_are_strict(desk: Desk) -> None:
    """With an https address the cookie is Secure and HSTS is set, though the proxy speaks http with us."""
    flask = create_app(replace(settings_for(desk.home), url="https://desk.example")).flask
    answer = flask.test_client().get("/sign-in")
    cookie = answer.headers["Set-Cookie"]
    for part in ("Secure", "HttpOnly", "SameSite=Lax"):
        assert part in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert answer.headers["Cache-Control"] == "no-store"
    scripts = next(part for part in answer.headers["Content-Security-Policy"].split(";") if "script-src" in part)
    assert "unsafe-inline" not in scripts
    assert "unsafe-eval" not in scripts


def test_signing_in_gives_a_new_cookie(house: House) -> None:
    """A cookie that somebody prepared beforehand is worth nothing afterwards."""
    house.member("dispatcher")
    browser = house.browser()
    browser.get("/sign-in")
    before = browser.client.get_cookie("roulement")
    browser.sign_in("ada@example.org")
    prepared = house.desk.flask.test_client()
    assert before is not None
    prepared.set_cookie("roulement", before.value)
    assert prepared.get("/api/v1/orders").status_code == 401


class Sink(socketserver.StreamRequestHandler):
    """As much of a mail server as takes a message in."""

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part
                self.server.mails.append(message_from_bytes(body))  # type: ignore[attr-defined]
            if word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 sink\r\n")


@pytest.fixture
def sink() -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("", 0), Sink) as server:
        server.mails = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_mail_goes_out_by_smtp(sink: socketserver.ThreadingTCPServer, home) -> None:  # type: ignore[no-untyped-def]
    """The message arrives as it was meant, accents included; nobody waits for it."""
    url = f"smtp://127.0.0.1:{sink.server_address[1]}"
    post = post_of(replace(settings_for(home), smtp=url, mail_from="Desk <desk@example.org>"), is_demo=False)
    assert post is not None
    post("ada@example.org", "Être là", "Voilà:\n\nhttp://localhost/x")
    mails: list[EmailMessage] = sink.mails  # type: ignore[attr-defined]
    until(lambda: mails, PATIENCE, "no mail came")
    [mail] = mails
    assert (mail["To"], mail["From"]) == ("ada@example.org", "Desk <desk@example.org>")
    assert "Voilà" in mail.get_payload(decode=True).decode()  # type: ignore[union-attr]


def test_passwords_go_to_another_machine_encrypted_or_not_at_all(sink: socketserver.ThreadingTCPServer) -> None:
    """A server elsewhere that offers no STARTTLS gets nothing."""
    import smtplib

    message = EmailMessage()
    message["From"], message["To"] = "a@example.org", "b@example.org"
    with pytest.raises(smtplib.SMTPNotSupportedError):
        send(f"smtp://me:secret@127.0.0.2:{sink.server_address[1]}", message)
    assert sink.mails == []  # type: ignore[attr-defined]


def test_mail_settings_that_make_no_sense_stop_the_program() -> None:
    """Each with the name of the setting."""
    for environ, said in (
        ({"ROULEMENT_SMTP": "mail.example"}, "ROULEMENT_SMTP"),
        ({"ROULEMENT_SMTP": "smtp://mail.example"}, "ROULEMENT_MAIL_FROM"),
        ({"ROULEMENT_URL": "desk.example"}, "ROULEMENT_URL"),
    ):
        with pytest.raises(WrongSetting, match=said):
            Settings.read(environ)
