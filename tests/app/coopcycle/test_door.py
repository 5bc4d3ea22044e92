"""The webhooks' door, the call that says how it goes, and the commands."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dashboard.app import create_app
from dashboard.coopcycle import Status, Waiting
from dashboard.ports import Coop
from dashboard.store import open_store
from live.coopcycle.webhook import LARGEST_BODY
from tests.app.commands import Shell
from tests.app.conftest import Desk, settings_for
from tests.app.coopcycle.conftest import COOP, NOON, Beside
from tests.coopcycle import KEY, PASSWORD, SECRET, USER, WEBHOOK_SECRET, signed
from tests.running import PATIENCE, until

BODY = json.dumps({"data": {"object": "/api/deliveries/1", "event": "delivery.assigned"}}).encode()


@pytest.fixture
def hooked(home: Path) -> Iterator[Desk]:
    """A desk that expects webhooks, two secrets at once."""
    settings = replace(settings_for(home), coopcycle_coop=COOP, coopcycle_webhooks=f"older, {WEBHOOK_SECRET}")
    application = create_app(settings)
    application.store.add_coop(Coop(COOP, "Acme"))
    yield Desk(application, home)
    application.store.close()


def send(desk: Desk, body: bytes, signature: str | None) -> TestResponse:
    """As they post it."""
    headers = {} if signature is None else {"X-CoopCycle-Signature": signature}
    return desk.flask.test_client().post("/ingest/coopcycle", data=body, headers=headers)


def test_a_signed_webhook_is_noted(hooked: Desk) -> None:
    """204; sent again (by them, or by whoever overheard it) it waits once; with an older secret it counts as well."""
    books = hooked.application.store.coopcycle
    for signature in (signed(BODY), signed(BODY), signed(BODY, "older")):
        assert send(hooked, BODY, signature).status_code == 204
    assert books.take_nudges(COOP) == 1


@pytest.mark.parametrize("signature", [None, "", "x", signed(BODY, "another"), signed(BODY + b" "), "ü" * 44])
def test_another_signature_is_refused(hooked: Desk, signature: str | None) -> None:
    """401, and nothing is noted."""
    headers = [] if signature is None else [("X-CoopCycle-Signature", signature)]
    answer = hooked.flask.test_client().post("/ingest/coopcycle", data=BODY, headers=headers)
    assert answer.status_code == 401
    assert hooked.application.store.coopcycle.take_nudges(COOP) == 0


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b'{"data": {"object": 1, "event": "x"}}'])
def test_signed_nonsense_is_refused(hooked: Desk, body: bytes) -> None:
    """400, and nothing is noted."""
    assert send(hooked, body, signed(body)).status_code == 400
    assert hooked.application.store.coopcycle.take_nudges(COOP) == 0


def test_a_body_without_end_is_not_read(hooked: Desk) -> None:
    """413 for what no webhook is as large as."""
    assert send(hooked, b"x" * (LARGEST_BODY + 1), "x").status_code == 413


def test_without_a_secret_there_is_no_door(desk: Desk) -> None:
    """404: nobody gets in by an empty secret."""
    assert send(desk, BODY, signed(BODY, "")).status_code == 404


def test_the_call_says_how_it_goes(desk: Desk) -> None:
    """Not set up; then with a reading, a letter and a problem, in fields and in words. For the desk alone."""
    assert desk.get("/coopcycle").json["is_set_up"] is False
    desk.courier("lea")
    order = desk.placed()
    books = desk.application.store.coopcycle
    met = {"order": order["id"], "ref": order["ref"], "kept": "here", "theirs": "tom", "ours": "lea", "by": "Ada",
           "at": "2026-05-12T12:00:00.000Z"}  # fmt: skip
    books.keep_status(COOP, Status(NOON, True, "no answer", {"/api/tasks/3": "no place"}, (met,)))
    books.post(COOP, Waiting(order["id"], "/api/tasks/2", "lea", "Ada", NOON, NOON, 2, "too late"))
    said: dict[str, Any] = desk.get("/coopcycle").json
    assert (said["is_set_up"], said["is_live"], said["problem"]) == (True, True, "no answer")
    assert said["last_read"] == "2026-05-12T12:00:00.000Z"
    assert said["waiting"] == [
        {"order": order["id"], "courier": "lea", "by": "Ada", "decided_at": "2026-05-12T12:00:00.000Z", "tries": 2,
         "problem": "too late"}
    ]  # fmt: skip
    assert said["overruled"] == [met]
    text = "\n".join(said["said"])
    for words in ("last read: 12:00:00 UTC", "waiting to be written: 1", "too late", "problem: no answer", "no place"):
        assert words in text
    assert desk.get("/coopcycle", token=desk.token("member")).status_code == 403


def shell(beside: Beside, **more: str) -> Shell:
    """The commands, with the credentials in their environment."""
    environ = {"ROULEMENT_COOPCYCLE_COOP": COOP, "ROULEMENT_COOPCYCLE_USER": USER,
               "ROULEMENT_COOPCYCLE_PASSWORD": PASSWORD, "ROULEMENT_COOPCYCLE_KEY": KEY,
               "ROULEMENT_COOPCYCLE_SECRET": SECRET, **more}  # fmt: skip
    return Shell(beside.home, tuple(environ.items()))


def test_check_says_what_works(beside: Beside) -> None:
    """All that is needed is there: exit 0, a line for each thing, and nothing was written over there."""
    beside.town.clock = lambda: datetime.now(UTC)
    beside.town.deliver()
    said = shell(beside).run("coopcycle", "check", beside.site.url)
    assert said.status == 0, said
    for words in ("works    OAuth2 client", "signs in as ada (ROLE_USER, ROLE_DISPATCHER)", "may assign     yes",
                  "2 can be read", "make 1 order", "live channel   connected", "without  webhooks"):  # fmt: skip
        assert words in said.out
    assert beside.town.writes == []


def test_check_says_what_is_missing(beside: Beside) -> None:
    """No dispatcher, a wrong key, no channel: exit 1, and each is named with its reason."""
    beside.town.roles = ["ROLE_USER"]
    beside.site.is_channel_open = False
    said = shell(beside, ROULEMENT_COOPCYCLE_SECRET="wrong").run("coopcycle", "check", beside.site.url)
    assert said.status == 1
    assert "missing  may assign     ada is no dispatcher there: ask for ROLE_DISPATCHER" in said.out
    assert "missing  OAuth2 client  CoopCycle answers 401" in said.out
    assert "without  live channel" in said.out


@pytest.mark.parametrize(
    ("url", "more", "says"),
    [
        ("town", {}, "no address"),
        ("https://town.example", {"ROULEMENT_COOPCYCLE_USER": ""}, "COOPCYCLE_USER is not set"),
        ("https://town.example", {"ROULEMENT_COOPCYCLE_PASSWORD": ""}, "COOPCYCLE_PASSWORD is not set"),
    ],
)  # fmt: skip
def test_check_without_credentials(beside: Beside, url: str, more: dict[str, str], says: str) -> None:
    """One line that names the setting."""
    said = shell(beside, **more).run("coopcycle", "check", url)
    assert said.status == 1
    assert says in said.err
    assert said.err.count("\n") == 1
    assert PASSWORD not in said.err + said.out


def test_status_in_words(beside: Beside) -> None:
    """Before and after a reading."""
    assert "No connector has run" in shell(beside).run("coopcycle", "status").out
    beside.connector().turn()
    said = shell(beside).run("coopcycle", "status")
    assert "last read: 12:00:00 UTC" in said.out
    assert "waiting to be written: nothing" in said.out


def test_the_process_works_and_ends(beside: Beside) -> None:
    """``roulement coopcycle run`` takes a delivery in, and ends when it is told to. Without a URL it idles."""
    beside.town.clock = lambda: datetime.now(UTC)
    (drop,) = beside.town.deliver()
    home = beside.home
    for url in (beside.site.url, ""):
        environ = shell(beside, ROULEMENT_COOPCYCLE_URL=url).environ
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard.cli", "coopcycle", "run"], env=environ, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr
        if url:
            until(lambda: drop in beside.orders(), PATIENCE, "the process takes nothing in")
        else:
            assert "No CoopCycle is set up" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        _, complaints = process.communicate(timeout=30)
        assert process.returncode == 0, complaints
    assert open_store(f"sqlite:///{home / 'roulement.db'}").coopcycle.status(COOP)
