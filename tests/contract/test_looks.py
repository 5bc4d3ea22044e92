"""Who looked at whom, kept by both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dashboard.ports import Look
from dashboard.store import SqlStore
from tests.contract.desk import MARTELA, TAILLEFERRE, SqlDesk

HOUR = datetime(2026, 5, 12, 10, tzinfo=UTC)
LOOK = Look(TAILLEFERRE, "lea", "Ada", "dispatcher", "pay", HOUR + timedelta(minutes=5))
LONG_AGO = HOUR - timedelta(days=365)


def keep(store: SqlStore, look: Look, since: datetime = LONG_AGO) -> None:
    """Under the full hour that it lies in."""
    store.add_look(look, look.at.replace(minute=0), since)


def test_a_look_reads_back_as_it_was(desk: SqlDesk) -> None:
    """Every field survives, the moment in UTC."""
    keep(desk.store, LOOK)
    assert list(desk.store.looks(TAILLEFERRE, ("lea",))) == [LOOK]


def test_within_an_hour_the_first_look_counts(desk: SqlDesk) -> None:
    """The same again in the hour leaves nothing; another hour, person, role or thing is a look of its own."""
    others = [
        replace(LOOK, at=LOOK.at + timedelta(hours=1)), replace(LOOK, by="Bo"), replace(LOOK, role="admin"),
        replace(LOOK, what="way"),
    ]  # fmt: skip
    for look in (LOOK, replace(LOOK, at=LOOK.at + timedelta(minutes=20)), *others):
        keep(desk.store, look)
    found = desk.store.looks(TAILLEFERRE, ("lea",))
    assert sorted(found, key=repr) == sorted([LOOK, *others], key=repr)
    assert found[0] == others[0], "newest first"


def test_looks_are_of_a_courier_and_a_coop(desk: SqlDesk) -> None:
    """Another courier's and another co-op's are not read; those of several couriers are."""
    everybody, tom = replace(LOOK, courier="*"), replace(LOOK, courier="tom")
    for look in (LOOK, everybody, tom, replace(LOOK, coop=MARTELA)):
        keep(desk.store, look)
    assert set(desk.store.looks(TAILLEFERRE, ("lea", "*"))) == {LOOK, everybody}
    assert list(desk.store.looks(TAILLEFERRE, ("nobody",))) == []


def test_what_is_too_old_goes_with_the_next_look(desk: SqlDesk) -> None:
    """Looks from before the limit are deleted, of that courier alone."""
    tom = replace(LOOK, courier="tom")
    for look in (LOOK, tom):
        keep(desk.store, look)
    later = replace(LOOK, at=LOOK.at + timedelta(days=366))
    keep(desk.store, later, since=LOOK.at + timedelta(days=1))
    assert list(desk.store.looks(TAILLEFERRE, ("lea",))) == [later]
    assert list(desk.store.looks(TAILLEFERRE, ("tom",))) == [tom]
