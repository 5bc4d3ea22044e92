"""The journal is what was written: it cannot be changed by mistake, and a change on purpose is found and named."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from dashboard.domain.events import canonical, entry_to_wire
from dashboard.domain.refusals import NotFound
from dashboard.store import verify
from tests.contract.desk import MARTELA, TAILLEFERRE, Desk, SqlDesk

ENTRIES = 6
MINE = f"coop = '{TAILLEFERRE}'"
SWAP = tuple(f"UPDATE journal SET seq = {to} WHERE {MINE} AND seq = {at}" for at, to in ((3, 99), (4, 3), (99, 4)))


def tamper(url: str, *statements: str, trigger: bool = False) -> None:
    """Run raw SQL on the database, without the trigger that would refuse it."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg") if "postgres" in url else url)
    try:
        with engine.begin() as connection:
            if not trigger:
                _drop_triggers(connection)
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


@pytest.fixture
def busy(desk: SqlDesk) -> SqlDesk:
    """Two co-ops with six entries each."""
    for coop in (TAILLEFERRE, MARTELA):
        rider, order = desk.rider("lea", coop), desk.order(coop)
        desk.move(desk.assign(order, rider), "ready", "pick_up")
    assert desk.store.head(TAILLEFERRE).seq == ENTRIES
    return desk


FORGERIES = {
    "actor": "UPDATE journal SET actor = 'somebody else' WHERE {mine} AND seq = {seq}",
    "kind": "UPDATE journal SET kind = 'order.cancelled' WHERE {mine} AND seq = {seq}",
    "data": "UPDATE journal SET data = '{{}}' WHERE {mine} AND seq = {seq}",
    "no JSON": "UPDATE journal SET data = '{{\"changes\"' WHERE {mine} AND seq = {seq}",
    "NaN": "UPDATE journal SET data = 'NaN' WHERE {mine} AND seq = {seq}",
    "half a character": "UPDATE journal SET data = '\"\\ud800\"' WHERE {mine} AND seq = {seq}",
    "time": "UPDATE journal SET at = '2020-01-01T00:00:00.000Z' WHERE {mine} AND seq = {seq}",
    "version": "UPDATE journal SET version = version + 1 WHERE {mine} AND seq = {seq}",
    "id": "UPDATE journal SET id = 'x' WHERE {mine} AND seq = {seq}",
    "hash": "UPDATE journal SET hash = prev WHERE {mine} AND seq = {seq}",
    "prev": "UPDATE journal SET prev = hash WHERE {mine} AND seq = {seq}",
    "deleted": "DELETE FROM journal WHERE {mine} AND seq = {seq}",
}


@pytest.mark.parametrize(
    ("forgery", "seq"),
    [*((name, 3) for name in FORGERIES), *((name, n) for name in ("no JSON", "data") for n in (1, ENTRIES))],
)
def test_a_changed_or_missing_entry_is_named(busy: SqlDesk, url: str, forgery: str, seq: int) -> None:
    """Whatever is changed in an entry, wherever it stands, is found with its seq; the other co-op is left in peace."""
    tamper(url, FORGERIES[forgery].format(mine=MINE, seq=seq).replace(":", "\\:"))
    fault = verify(busy.store, TAILLEFERRE)
    assert fault is not None
    assert (fault.seq, str(seq) in fault.reason) == (seq, True)
    assert verify(busy.store, MARTELA) is None


def test_swapped_entries_are_named(busy: SqlDesk, url: str) -> None:
    """Two entries that change places are found at the first of them."""
    tamper(url, *SWAP)
    fault = verify(busy.store, TAILLEFERRE)
    assert fault is not None
    assert fault.seq == 3


def test_swapped_and_sealed_anew_is_named(busy: SqlDesk, url: str) -> None:
    """Swapping two entries and forging hashes that fit their new content is found by the chain."""
    entries = busy.store.entries(TAILLEFERRE)
    third, fourth = _resealed(entry_to_wire(entries[3]), 3), _resealed(entry_to_wire(entries[2]), 4)
    tamper(url, *SWAP, _seal(3, third), _seal(4, fourth))
    fault = verify(busy.store, TAILLEFERRE)
    assert fault is not None
    assert (fault.seq, fault.reason) == (3, "entry 3 does not follow entry 2: one of them was replaced or moved")


@pytest.mark.parametrize(("seq", "named"), [(3, 4), (ENTRIES, ENTRIES)])
def test_a_forged_and_sealed_entry_is_named(busy: SqlDesk, url: str, seq: int, named: int) -> None:
    """An entry forged with a hash that fits it is found by the one that follows, the newest by the co-op's own row."""
    wire = entry_to_wire(busy.store.entries(TAILLEFERRE)[seq - 1])
    forged = _resealed({**wire, "actor": "x"}, seq)
    tamper(url, f"UPDATE journal SET actor = 'x' WHERE {MINE} AND seq = {seq}", _seal(seq, forged))
    fault = verify(busy.store, TAILLEFERRE)
    assert fault is not None
    assert fault.seq == named


def test_a_cut_tail_is_named(busy: SqlDesk, url: str) -> None:
    """When the newest entries are gone, the first of them is named."""
    tamper(url, f"DELETE FROM journal WHERE {MINE} AND seq > 4")
    fault = verify(busy.store, TAILLEFERRE)
    assert fault is not None
    assert (fault.seq, fault.reason) == (5, "entry 5 is missing: the journal should end with 6")


@pytest.mark.parametrize("sealed", [False, True])
def test_an_added_entry_is_named(busy: SqlDesk, url: str, sealed: bool) -> None:
    """An entry that was written past the desk is found, however well it is sealed."""
    columns = "id, at, actor, kind, subject, version, data, hash"
    tamper(
        url,
        f"INSERT INTO journal (coop, seq, prev, {columns}) "
        f"SELECT coop, seq + 1, hash, {columns} FROM journal WHERE {MINE} AND seq = {ENTRIES}",
        *([_seal(ENTRIES + 1, _follower(busy))] if sealed else []),
    )
    fault = verify(busy.store, TAILLEFERRE)
    assert fault is not None
    assert fault.seq == ENTRIES + 1


def test_a_whole_journal_has_no_fault(busy: SqlDesk) -> None:
    """An untouched journal, and an empty one, are whole; one of a co-op that does not exist is refused."""
    assert verify(busy.store, TAILLEFERRE) is None
    assert verify(Desk(busy.store).open("empty").store, "empty") is None
    with pytest.raises(NotFound):
        verify(busy.store, "nobody")


def test_a_long_journal_is_read_in_pages(busy: SqlDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verifying and exporting read a page at a time, and miss nothing at the edges of a page."""
    for size in (1, 2, 3, ENTRIES, ENTRIES + 1):
        monkeypatch.setattr("dashboard.store.verification.PAGE", size)
        monkeypatch.setattr("dashboard.store.journal.PAGE", size)
        assert verify(busy.store, TAILLEFERRE) is None
        assert tuple(busy.store.iter_entries(TAILLEFERRE)) == busy.store.entries(TAILLEFERRE)


def test_the_database_refuses_to_rewrite_the_journal(busy: SqlDesk, url: str) -> None:
    """UPDATE, DELETE and TRUNCATE on the journal are refused by the database itself."""
    truncate = [] if url.startswith("sqlite") else ["TRUNCATE journal"]
    for statement in ("UPDATE journal SET actor = 'x'", f"DELETE FROM journal WHERE {MINE} AND seq = 6", *truncate):
        with pytest.raises(DBAPIError, match="the journal is append-only"):
            tamper(url, statement, trigger=True)
    assert verify(busy.store, TAILLEFERRE) is None


def test_entries_come_in_order_and_from_where_asked(busy: SqlDesk) -> None:
    """after and limit give exactly the entries that follow, and nothing of another co-op; absurd numbers give none."""
    seqs = [entry.seq for entry in busy.store.entries(TAILLEFERRE, after=2, limit=3)]
    assert seqs == [3, 4, 5]
    assert {entry.coop for entry in busy.store.entries(TAILLEFERRE)} == {TAILLEFERRE}
    assert busy.store.entries(TAILLEFERRE, after=10**30) == ()
    assert len(busy.store.entries(TAILLEFERRE, after=-(10**30))) == ENTRIES


def _seal(seq: int, sealed: str) -> str:
    return f"UPDATE journal SET hash = '{sealed}' WHERE {MINE} AND seq = {seq}"


def _resealed(wire: dict[str, object], seq: int) -> str:
    del wire["hash"]
    return hashlib.sha256(canonical({**wire, "seq": seq}).encode()).hexdigest()


def _follower(desk: SqlDesk) -> str:
    last = desk.store.entries(TAILLEFERRE)[-1]
    return _resealed({**entry_to_wire(last), "prev": last.hash}, last.seq + 1)


def _drop_triggers(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for change in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER journal_no_{change}"))
    else:
        connection.execute(text("DROP TRIGGER journal_append_only ON journal"))
