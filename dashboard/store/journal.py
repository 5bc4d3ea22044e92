"""The journal's rows: written once, read in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Text, TextClause, func, insert, or_, select, type_coerce, update
from uuid_utils import uuid7

from dashboard.domain.commands import COURIER_KINDS, MOST, PASSED, command_of, is_of, is_step
from dashboard.domain.events import Entry, Fact, Head, canonical, seal
from dashboard.domain.refusals import NotFound
from dashboard.store.tables import coops, journal

PAGE = 1000
BEYOND = 2**63 - 1
STEPS_AT_ONCE = 100
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = [journal.c[name] for name in Entry.__dataclass_fields__]


def read_head(connection: Connection, coop: str) -> Head:
    """The newest entry's seq and hash; NotFound: no such co-op."""
    row = connection.execute(select(coops.c.seq, coops.c.hash).where(coops.c.id == coop)).one_or_none()
    if row is None:
        raise no_coop(coop)
    return Head(row.seq, row.hash)


def read_entries(connection: Connection, coop: str, *, after: int, limit: int) -> Iterator[Entry]:
    """Up to ``limit`` entries that follow seq ``after``, in order."""
    rows = connection.execute(
        select(*_COLUMNS)
        .where(journal.c.coop == coop, journal.c.seq > max(-1, min(after, BEYOND)))
        .order_by(journal.c.seq)
        .limit(max(0, limit))
    )
    return (_entry(row) for row in rows)


def read_last_before(connection: Connection, coop: str, at: datetime) -> int:
    """The seq of the newest entry older than ``at``, 0 if none is: searched by halves, for times rise with the seq."""

    def written_at(seq: int) -> datetime:
        this = select(journal.c.at).where(journal.c.coop == coop, journal.c.seq == seq)
        found: datetime = connection.execute(this).scalar_one()
        return found

    return bisect_left(range(1, read_head(connection, coop).seq + 1), at, key=written_at)


def read_entries_about(connection: Connection, coop: str, subject: str) -> tuple[Entry, ...]:
    """All entries about one subject, in order."""
    mine = (journal.c.coop == coop, journal.c.subject == subject)
    rows = connection.execute(select(*_COLUMNS).where(*mine).order_by(journal.c.seq))
    return tuple(_entry(row) for row in rows)


def read_latest_about(connection: Connection, coop: str, subject: str) -> Entry | None:
    """The newest entry about one subject."""
    mine = (journal.c.coop == coop, journal.c.subject == subject)
    row = connection.execute(select(*_COLUMNS).where(*mine).order_by(journal.c.seq.desc()).limit(1)).one_or_none()
    return None if row is None else _entry(row)


def read_newest_of(connection: Connection, coop: str, prefix: str, since: datetime) -> tuple[Entry, ...]:
    """The newest entry since then about each subject whose name begins so."""
    after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    mine = (journal.c.coop == coop, journal.c.subject >= prefix, journal.c.subject < after, journal.c.at >= since)
    newest = select(func.max(journal.c.seq)).where(*mine).group_by(journal.c.subject)
    here = (journal.c.coop == coop, journal.c.seq.in_(newest))
    return tuple(_entry(row) for row in connection.execute(select(*_COLUMNS).where(*here).order_by(journal.c.seq)))


def read_since(connection: Connection, coop: str, prefix: str, since: datetime) -> Iterator[Entry]:
    """All entries since then about subjects that begin so, in order."""
    after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    mine = (journal.c.coop == coop, journal.c.subject >= prefix, journal.c.subject < after, journal.c.at >= since)
    rows = connection.execute(select(*_COLUMNS).where(*mine).order_by(journal.c.seq))
    return (_entry(row) for row in rows)


def read_naming(connection: Connection, coop: str, courier: str, *, after: int, until: int) -> Sequence[str]:
    """Subjects of the entries by, about or naming a courier: found in the text, without decoding the others."""
    words = type_coerce(journal.c.data, Text).contains(canonical({"courier": courier})[1:-1], autoescape=True)
    wanted = or_(journal.c.subject == courier, journal.c.actor == courier, words)
    here = (journal.c.coop == coop, journal.c.seq > after, journal.c.seq <= until)
    return connection.scalars(select(journal.c.subject).where(*here, wanted).distinct()).all()


def read_entries_about_all(
    connection: Connection, coop: str, subjects: Collection[str], *, until: int
) -> tuple[Entry, ...]:
    """All entries about some subjects up to an entry."""
    here = (journal.c.coop == coop, journal.c.subject.in_(subjects), journal.c.seq <= until)
    return tuple(_entry(row) for row in connection.execute(select(*_COLUMNS).where(*here)))


def read_where(connection: Connection, coop: str, *which: ColumnElement[bool] | TextClause) -> list[Entry]:
    """The entries that fit, in order: sorted here, for with ORDER BY SQLite reads all that lie between."""
    rows = connection.execute(select(*_COLUMNS).where(journal.c.coop == coop, *which))
    return sorted((_entry(row) for row in rows), key=lambda entry: entry.seq)


def read_newest(connection: Connection, coop: str, which: ColumnElement[bool], upto: int) -> list[Entry]:
    """The newest entry up to that seq about each subject that fits, in order."""
    newest = select(func.max(journal.c.seq)).where(journal.c.coop == coop, which, journal.c.seq <= upto)
    return read_where(connection, coop, journal.c.seq.in_(newest.group_by(journal.c.subject)))


def read_steps(connection: Connection, coop: str, actor: str, since: datetime, who: str) -> tuple[Entry, ...]:
    """The steps that somebody made since then, oldest first, back to MOST commands that were neither undo nor redo."""
    floor = read_last_before(connection, coop, since)
    known = or_(journal.c.kind.in_((*COURIER_KINDS, *PASSED)), journal.c.kind.like("order.%"))
    mine = (journal.c.coop == coop, journal.c.actor == actor, journal.c.seq > floor, known)
    rows = connection.execution_options(yield_per=STEPS_AT_ONCE).execute(
        select(*_COLUMNS).where(*mine).order_by(journal.c.seq.desc())
    )
    found: list[Entry] = []
    commands: set[str] = set()
    for row in rows:
        entry = _entry(row)
        if not is_step(entry) or not is_of(entry, who):
            continue
        if not {"undoes", "redoes", "passes"} & set(entry.data):
            commands.add(command_of(entry))
        if len(commands) > MOST:
            rows.close()
            break
        found.append(entry)
    return tuple(reversed(found))


def append(connection: Connection, fact: Fact, head: Head, *, coop: str, actor: str, at: datetime) -> Entry:
    """The fact as the co-op's next entry."""
    entry = following(fact, head, coop=coop, actor=actor, at=at)
    connection.execute(insert(journal), row_of(entry))
    return entry


def following(fact: Fact, head: Head, *, coop: str, actor: str, at: datetime) -> Entry:
    """The entry that comes after ``head``, not yet written."""
    return seal(fact, head, coop=coop, id=_id(at), at=at, actor=actor)


def row_of(entry: Entry) -> dict[str, Any]:
    """The entry as the table has it."""
    return {name: getattr(entry, name) for name in Entry.__dataclass_fields__}


def move_head(connection: Connection, coop: str, head: Head, next_ref: int) -> None:
    """Say which entry is the newest now."""
    connection.execute(update(coops).where(coops.c.id == coop), {**asdict(head), "next_ref": next_ref})


def no_coop(id: str) -> NotFound:
    """The refusal to work for a co-op that does not exist."""
    return NotFound("There is no co-op {id}", id=id)


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(**row._mapping)


def _id(at: datetime) -> str:
    """A UUIDv7 of the entry's own time."""
    return str(uuid7(nanoseconds=(at - EPOCH) // timedelta(milliseconds=1) * 1_000_000))
