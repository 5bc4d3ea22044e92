"""People, memberships, links and sessions, kept alike by both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from dashboard.domain.people import INVITATION, RESET, Link, Membership, Person, Session
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.store import SqlStore
from tests.contract.desk import MARTELA, TAILLEFERRE, SqlDesk

NOW = datetime(2026, 5, 12, 10, 0, 0, 123000, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=90)
ADA = Person("p1", "ada@example.org", "Ada Ä", NOW, "$argon2id$x", totp="sealed", totp_step=59, recovery=("a", "b"))
BO = Person("p2", "bo@example.org", "Bo", NOW)
LINK = Link(
    "d" * 64, INVITATION, "Ada", NOW, NOW + timedelta(days=7), None, TAILLEFERRE, "c@example.org", "C", "member"
)
OPEN = Session("s1", "p1", TAILLEFERRE, "admin", NOW, NOW, "Firefox")


@pytest.fixture
def store(desk: SqlDesk) -> SqlStore:
    """Two co-ops, Ada and Bo."""
    with desk.store.changing_people() as rows:
        rows.write_person(ADA)
        rows.write_person(BO)
    return desk.store


def test_people_read_back_as_they_were(store: SqlStore) -> None:
    """Every field survives; by id, address and the provider's name for them."""
    with store.changing_people() as rows:
        rows.write_person(changed := replace(ADA, name="Ada", subject="https://id.example ada", recovery=()))
    with store.reading_people() as rows:
        assert rows.person("p1") == rows.person_by_email(ADA.email) == changed
        assert rows.person_by_subject("https://id.example ada") == changed
        assert rows.person("p2") == BO
        assert rows.person("nobody") is rows.person_by_email("no@one.example") is rows.person_by_subject("") is None


def test_an_address_is_one_persons(store: SqlStore) -> None:
    """A second person with the same address is refused, and nothing is written."""
    with pytest.raises(Invalid, match="already"), store.changing_people() as rows:
        rows.write_person(replace(BO, name="Other", email=ADA.email))
    with store.reading_people() as rows:
        assert rows.person("p2") == BO


def test_several_roles_in_several_coops(store: SqlStore) -> None:
    """One membership for each co-op and role; written again it is changed; others' co-ops are not read."""
    mine = [
        Membership(MARTELA, "p1", "courier", "lea"), Membership(TAILLEFERRE, "p1", "admin"),
        Membership(TAILLEFERRE, "p1", "member"),
    ]  # fmt: skip
    with store.changing_people() as rows:
        for one in (*mine, replace(mine[1], is_active=False, is_mapped=True)):
            rows.write_membership(one)
    with store.reading_people() as rows:
        assert rows.memberships("p1") == [mine[0], replace(mine[1], is_active=False, is_mapped=True), mine[2]]
        assert rows.members(MARTELA) == [mine[0]]
        assert [one.id for one in rows.people_of(TAILLEFERRE)] == ["p1"]
        assert rows.memberships("p2") == []


def test_a_membership_goes(store: SqlStore) -> None:
    """Taken away it is gone, once; in a co-op that does not exist there is none to have."""
    with store.changing_people() as rows:
        rows.write_membership(Membership(TAILLEFERRE, "p1", "admin"))
    with store.changing_people() as rows:
        assert rows.remove_membership(TAILLEFERRE, "p1", "admin")
        assert not rows.remove_membership(TAILLEFERRE, "p1", "admin")
    with pytest.raises(NotFound), store.changing_people() as rows:
        rows.write_membership(Membership("nowhere", "p1", "admin"))


def test_a_link_opens_once(store: SqlStore) -> None:
    """It reads back as it was, and of many who use it at the same moment one is let in."""
    with store.changing_people() as rows:
        rows.add_link(LINK)
    with store.reading_people() as rows:
        assert rows.link(LINK.digest) == LINK
        assert rows.links(TAILLEFERRE, INVITATION, NOW) == [LINK]
        assert rows.links(TAILLEFERRE, RESET, NOW) == rows.links(MARTELA, INVITATION, NOW) == []
    gate = Barrier(4)

    def use(_: int) -> bool:
        gate.wait(10)
        with store.changing_people() as rows:
            return rows.use_link(LINK.digest, NOW)

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(use, range(4))) == [False, False, False, True]
    with store.reading_people() as rows:
        assert rows.links(TAILLEFERRE, INVITATION, NOW) == []


def test_a_link_opens_nothing_once_it_has_expired(store: SqlStore) -> None:
    """At the very moment of its end it opens nothing any more, and is listed no more."""
    with store.changing_people() as rows:
        rows.add_link(LINK)
        assert not rows.use_link(LINK.digest, LINK.expires_at)
        assert not rows.use_link("unknown", NOW)
        assert rows.links(TAILLEFERRE, INVITATION, LINK.expires_at) == []


def test_sessions_are_listed_seen_and_ended(store: SqlStore) -> None:
    """The last seen comes first; a session that was ended is listed no more, and ends once."""
    later = replace(OPEN, digest="s2", seen_at=NOW + timedelta(minutes=1))
    with store.changing_people() as rows:
        for one in (OPEN, later, replace(OPEN, digest="s3", person="p2")):
            rows.add_session(one)
        rows.touch_session("s1", NOW + timedelta(minutes=2))
        rows.choose("s1", MARTELA, "member")
    seen = replace(OPEN, seen_at=NOW + timedelta(minutes=2), coop=MARTELA, role="member")
    with store.changing_people() as rows:
        assert rows.sessions("p1") == [seen, later]
        assert rows.end_session("s2", NOW)
        assert not rows.end_session("s2", NOW)
        assert rows.session("s2") == replace(later, ended_at=NOW)
        assert rows.sessions("p1") == [seen]


def test_all_sessions_of_a_person_end_but_one(store: SqlStore) -> None:
    """Another person's go on."""
    with store.changing_people() as rows:
        for digest, person in (("s1", "p1"), ("s2", "p1"), ("s3", "p2")):
            rows.add_session(replace(OPEN, digest=digest, person=person))
        assert rows.end_sessions("p1", NOW, but="s2") == 1
        assert [one.digest for one in rows.sessions("p1")] == ["s2"]
        assert [one.digest for one in rows.sessions("p2")] == ["s3"]


def test_what_was_over_long_ago_is_forgotten(store: SqlStore) -> None:
    """Sessions that ended or were last seen before the limit go, and links that expired before it."""
    old = NOW - timedelta(days=100)
    with store.changing_people() as rows:
        rows.add_link(replace(LINK, made_at=old, expires_at=old))
        rows.add_session(replace(OPEN, digest="ended", began_at=old, ended_at=old))
        rows.add_session(replace(OPEN, digest="silent", began_at=old, seen_at=old))
        rows.add_session(OPEN)
        assert (rows.forget_sessions(LONG_AGO), rows.forget_links(LONG_AGO)) == (2, 1)
        assert rows.link(LINK.digest) is rows.session("ended") is rows.session("silent") is None
        assert rows.session("s1") == OPEN
