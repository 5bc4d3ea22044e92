"""``roulement user``: the first administrator comes in by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.domain.people import INVITATION
from dashboard.people import People
from dashboard.store import open_store
from tests.app.commands import Called
from tests.app.test_people import NOON, PASSWORD


@pytest.fixture
def shell(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Called:
    """Runs a command on a home with the co-op acme."""
    shell = Called(home, monkeypatch, capsys).set(ROULEMENT_URL="https://desk.example/")
    assert shell.run("coop", "add", "acme").status == 0
    return shell


def test_user_add_prints_an_invitation(shell: Called, home: Path) -> None:
    """A link under the installation's address; whoever opens it becomes what was said. Then the list knows them."""
    said = shell.run("user", "add", "Ada@Example.org", "--coop", "acme", "--role", "admin", "--name", "Ada")
    assert (said.status, said.err) == (0, "")
    start, _, secret = said.out.strip().rpartition("/")
    assert start == "https://desk.example/invitation"
    store = open_store(f"sqlite:///{home / 'roulement.db'}")
    people = People(store, lambda coop: None)
    assert people.link(INVITATION, secret, NOON).name == "Ada"
    people.accept(secret, "Ada", PASSWORD, NOON)
    store.close()
    assert shell.run("user", "list", "--coop", "acme").out == "ada@example.org\tadmin\t-\tactive\tAda\n"
    assert shell.run("user", "reset", "ada@example.org").out.startswith("https://desk.example/reset/")
    assert shell.run("user", "forget-phone", "ada@example.org").status == 0
    assert shell.run("user", "remove", "ada@example.org").status == 0
    assert shell.run("user", "list", "--coop", "acme").out == "ada@example.org\tadmin\t-\tset aside\tAda\n"


def test_user_says_what_is_missing(shell: Called) -> None:
    """One line on stderr: 2 for arguments that make no sense, 1 for what cannot be done."""
    for arguments, status, words in (
        (("add", "a@example.org", "--coop", "acme", "--role", "courier"), 2, "--courier"),
        (("add", "a@example.org", "--coop", "acme", "--role", "courier", "--courier", "lea"), 1, "no courier lea"),
        (("add", "a@example.org", "--coop", "none", "--role", "admin"), 1, "no co-op none"),
        (("add", "nothing", "--coop", "acme", "--role", "admin"), 1, "no e-mail address"),
        (("reset", "a@example.org"), 1, "Nobody signs in"),
        (("remove", "a@example.org"), 1, "nobody with the address"),
    ):
        said = shell.run("user", *arguments)
        assert (said.status, said.err.count("\n")) == (status, 1), said
        assert words in said.err
