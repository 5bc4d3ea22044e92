"""The command line: what it prints, what it refuses, and with which status."""

from __future__ import annotations

import json
import os
import pty
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

import pytest

from dashboard.access import digest
from dashboard.cli import parser
from dashboard.store import open_store
from tests.app.commands import Called, Said, Shell

type Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def roulement(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Called:
    """Runs a command in this process on a home of its own."""
    return Called(home, monkeypatch, capsys).set()


@pytest.fixture
def acme(roulement: Called) -> Run:
    """Status, stdout and stderr of a command in a home with the co-op acme."""
    assert roulement.run("coop", "add", "acme", "--name", "Acme") == Said(0, "", "")
    return lambda *arguments: astuple(roulement.run(*arguments))


CONTRACT = [
    ["demo", "--couriers", "3", "--speed", "2", "--port", "1", "--seed", "1"], ["web"], ["worker"], ["migrate"],
    ["coop", "add", "a", "--name", "A", "--city", "c"], ["courier", "add", "--coop", "a", "--id", "l", "--name", "L"],
    ["token", "add", "--coop", "a", "--role", "admin"], ["replay", "dir", "--speed", "3"],
    ["city", "build", "f.osm.pbf"], ["journal", "verify"], ["export"], ["bench"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", CONTRACT, ids=lambda arguments: arguments[0])
def test_the_contract_is_understood(arguments: list[str]) -> None:
    """Every command of the public contract is there, with these arguments."""
    assert callable(parser().parse_args(arguments).run)


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["nothing"], ["coop"], ["coop", "add"], ["coop", "add", "Big Name"], ["coop", "add", "a" * 33],
        ["courier", "add", "--coop", "a", "--id", "l é", "--name", "L"], ["demo", "--couriers", "0"],
        ["demo", "--speed", "fast"], ["demo", "--port", "70000"], ["token", "add", "--coop", "a", "--role", "boss"],
        ["token", "add", "--coop", "acme", "--role", "courier"],
        ["token", "add", "--coop", "acme", "--role", "dispatcher", "--courier", "lea"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_bad_arguments_are_one_line_and_status_2(acme: Run, arguments: list[str]) -> None:
    """Exit 2, one line on stderr, nothing on stdout."""
    status, out, err = acme(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("roulement")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["coop", "add", "acme"], "already"),
        (["courier", "add", "--coop", "nobody", "--id", "l", "--name", "L"], "roulement coop add nobody"),
        (["token", "add", "--coop", "nobody", "--role", "admin"], "roulement coop add nobody"),
        (["token", "add", "--coop", "acme", "--role", "courier", "--courier", "l"], "roulement courier add"),
        (["token", "revoke", "--coop", "acme", "none"], "no token none"),
        (["journal", "verify", "--coop", "nobody"], "known are acme"),
        (["city", "build", "none.osm.pbf"], "no file none.osm.pbf"),
        (["web"], "SECRET_KEY"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_failures_are_one_line_and_status_1(acme: Run, arguments: list[str], says: str) -> None:
    """Exit 1, one line on stderr that says what and how to mend it."""
    status, out, err = acme(*arguments)
    assert (status, out) == (1, "")
    assert says in err
    assert err.count("\n") == 1


def test_tokens_are_printed_alone_and_kept_as_digests(acme: Run, home: Path) -> None:
    """Nothing but the token on stdout; the record knows its digest, its role, its scope and its holder."""
    _, phone, _ = acme("courier", "add", "--coop", "acme", "--id", "lea", "--name", "Léa")
    _, kitchen, _ = acme("token", "add", "--coop", "acme", "--role", "restaurant", "--restaurant", "kirja")
    store = open_store(f"sqlite:///{home}/roulement.db")
    for secret, role, scope, holder in ((phone, "courier", "lea", "Léa"), (kitchen, "restaurant", "kirja", "kirja")):
        assert secret == secret.strip() + "\n"
        token = store.token(digest(secret.strip()))
        assert token
        assert (token.coop, token.role, token.scope, token.name) == ("acme", role, scope, holder)
    assert phone.strip().encode() not in (home / "roulement.db").read_bytes()


def test_a_token_is_listed_and_revoked(acme: Run, home: Path) -> None:
    """The list names its id; revoked by it, it is gone."""
    _, secret, _ = acme("token", "add", "--coop", "acme", "--role", "dispatcher", "--name", "Ana")
    _, listed, _ = acme("token", "list", "--coop", "acme")
    id, role, scope, holder = listed.strip().split("\t")  # noqa: A001
    assert (role, scope, holder) == ("dispatcher", "-", "Ana")
    assert acme("token", "revoke", "--coop", "acme", id) == (0, "", "")
    assert open_store(f"sqlite:///{home}/roulement.db").token(digest(secret.strip())) is None


def test_the_journal_is_written_out_and_verified(acme: Run, home: Path) -> None:
    """Each entry a line of JSON; a changed one is found and its seq is named."""
    for courier in ("lea", "max", "zoe"):
        acme("courier", "add", "--coop", "acme", "--id", courier, "--name", courier)
    _, written, _ = acme("export", "--after", "1")
    assert [json.loads(line)["seq"] for line in written.splitlines()] == [2, 3]
    assert acme("journal", "verify") == (0, "acme: 3 entries, whole\n", "")
    with sqlite3.connect(home / "roulement.db") as connection:  # somebody who may change the tables themselves
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE journal SET actor = 'somebody' WHERE seq = 2")
    status, out, err = acme("journal", "verify")
    assert (status, out) == (1, "")
    assert "entry 2 was changed" in err


def test_a_database_that_is_away_is_one_line(roulement: Called) -> None:
    """Every command that needs it says so, and what to check."""
    roulement.set(DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", SECRET_KEY="x" * 16)
    for command in (["migrate"], ["coop", "add", "a"], ["web"], ["worker"]):
        said = roulement.run(*command)
        assert (said.status, said.out) == (1, ""), command
        assert "check DATABASE_URL" in said.err
        assert said.err.count("\n") == 1


def test_a_record_that_was_never_made_is_one_line(tmp_path: Path) -> None:
    """It says which command makes it; that command is harmless twice."""
    shell = Shell(tmp_path)
    assert "roulement migrate" in shell.run("coop", "add", "a").err
    assert shell.run("migrate").status == shell.run("migrate").status == shell.run("coop", "add", "a").status == 0


def test_a_misspelt_setting_stops_every_command(tmp_path: Path) -> None:
    """Status 1 and the setting that was probably meant."""
    said = Shell(tmp_path, (("ROULEMENT_CTY", "x"),)).run("migrate")
    assert said.status == 1
    assert "did you mean ROULEMENT_CITY?" in said.err


def test_long_work_shows_a_bar_on_a_terminal_alone(acme: Run, home: Path) -> None:
    """Export draws a bar when stderr is a terminal; into a file or pipe it says nothing."""
    for courier in ("lea", "max"):
        acme("courier", "add", "--coop", "acme", "--id", courier, "--name", courier)
    assert Shell(home).run("export").err == ""
    near, far = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "dashboard.cli", "export"], env=Shell(home).environ, stderr=far,
        stdout=subprocess.DEVNULL, timeout=180, check=True,
    )  # fmt: skip
    os.close(far)
    assert "2/2" in os.read(near, 4096).decode()
    os.close(near)
