"""A backup that was never restored is none: the commands of docs/operations.md, tried on both databases."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.store import open_store, verify
from tests.contract.desk import TAILLEFERRE, Desk
from tests.postgres_server import binary

ROOT = Path(__file__).parent.parent.parent
TABLE = re.compile(r"^\| (PostgreSQL|SQLite) \| `(.+?)` \| `(.+?)` \|$", re.MULTILINE)
COMMANDS = {name: commands for name, *commands in TABLE.findall((ROOT / "docs" / "operations.md").read_text())}


def run(command: str, url: str, folder: Path) -> None:
    """Run a command of the manual, in a folder, against this database instead of the one that it names."""
    words = shlex.split(command.replace(".roulement/roulement.db", url.removeprefix("sqlite:///")))
    words = [word.replace("$DATABASE_URL", url) for word in words]
    program = sys.executable if words[0] == ".venv/bin/python" else words[0]
    program = binary(program) if program.startswith("pg_") else program
    done = subprocess.run([program, *words[1:]], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_backup_can_be_restored(url: str, tmp_path: Path) -> None:
    """Taken while the desk is at work; restored, it has all that was acknowledged before it, whole, and goes on."""
    backup, restore = COMMANDS["PostgreSQL" if url.startswith("postgres") else "SQLite"]
    desk = Desk(open_store(url)).open()
    desk.assign(desk.order(), desk.rider("lea"))
    run(backup, url, tmp_path)
    before = desk.store.head(TAILLEFERRE), desk.store.board(TAILLEFERRE, desk.now())
    desk.order()
    desk.store.close()
    run(restore, url, tmp_path)
    again = Desk(open_store(url))
    assert again.store.head(TAILLEFERRE) == before[0]
    assert again.store.board(TAILLEFERRE, desk.now()) == before[1] == again.replayed()
    assert verify(again.store, TAILLEFERRE) is None
    assert again.order().ref not in {order.ref for order in before[1].orders.values()}
    assert verify(again.store, TAILLEFERRE) is None
    again.store.close()


@pytest.mark.parametrize("name", ["PostgreSQL", "SQLite"])
def test_the_manual_says_how(name: str) -> None:
    """Both databases have their two commands in docs/operations.md."""
    assert len(COMMANDS[name]) == 2
