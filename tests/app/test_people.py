"""People's accounts on a real record, with a clock of our own: links, passwords, second factor, sessions, roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from dashboard.access import digest
from dashboard.domain.people import INVITATION, Person
from dashboard.domain.refusals import Invalid, NotFound, Refusal
from dashboard.people import People, SignInFirst, UsedUp
from dashboard.people_factor import Sealer, new_factor, step_of
from dashboard.people_sessions import NoRole, Sessions, WrongCode, WrongPassword
from dashboard.ports import Coop
from dashboard.store import SqlStore, open_store

ADA, PASSWORD = "ada@example.org", "three words nobody guesses"
NOON = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)


@dataclass
class House:
    """Two co-ops and the use cases; ``told`` is what was announced."""

    store: SqlStore
    now: datetime = NOON
    told: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = People(self.store, self.told.append)
        self.sessions = Sessions(self.store, self.told.append, self.told.append, lambda: self.now, Sealer("a secret"))

    def invite(self, role: str = "admin", *, coop: str = "acme", email: str = ADA, scope: str | None = None) -> str:
        return self.people.invite(coop, email, role, by="test", now=self.now, scope=scope)

    def member(self, role: str = "admin", *, email: str = ADA, scope: str | None = None) -> Person:
        return self.people.accept(self.invite(role, email=email, scope=scope), "Ada", PASSWORD, self.now)

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def house(home: Path) -> Iterator[House]:
    store = open_store(f"sqlite:///{home / 'roulement.db'}")
    for coop in ("acme", "other"):
        store.add_coop(Coop(coop, coop.title()))
    yield House(store)
    store.close()


def test_an_invitation_makes_an_account_once(house: House) -> None:
    """The person has the role and can sign in with the password; the link opens nothing a second time."""
    secret = house.invite("courier", scope="lea")
    assert house.people.link(INVITATION, secret, house.now).email == ADA
    person = house.people.accept(secret, " Ada  Lovelace ", PASSWORD, house.now)
    assert person.name == "Ada Lovelace"
    assert house.sessions.check(f" {ADA.upper()} ", PASSWORD).id == person.id
    known = house.sessions.known(digest(house.sessions.open(person, "Firefox")))
    assert known is not None
    assert (known.membership.coop, known.membership.role, known.membership.scope) == ("acme", "courier", "lea")
    with pytest.raises(UsedUp):
        house.people.accept(secret, "Eve", PASSWORD, house.now)


def test_the_record_holds_neither_password_nor_link(house: House) -> None:
    """Whoever reads the database file finds hashes alone."""
    secret = house.invite()
    house.people.accept(secret, "Ada", PASSWORD, house.now)
    session = house.sessions.open(house.sessions.check(ADA, PASSWORD), "Firefox")
    with house.store.reading() as connection:
        path = Path(str(connection.engine.url.database))
    raw = b"".join(part.read_bytes() for part in path.parent.glob("roulement.db*"))
    assert ADA.encode() in raw, "the file is the one"
    for hidden in (secret, PASSWORD, session):
        assert hidden.encode() not in raw


@pytest.mark.parametrize("span", [{"days": 7}, {"days": 30}])
def test_an_invitation_is_good_for_a_week(house: House, span: dict[str, float]) -> None:
    """After that it opens nothing, and nobody was made."""
    secret = house.invite()
    house.wait(**span)
    with pytest.raises(UsedUp):
        house.people.accept(secret, "Ada", PASSWORD, house.now)
    assert house.people.members("acme") == []


def test_an_invitation_that_was_withdrawn_opens_nothing(house: House) -> None:
    """It is gone from the list, and another co-op cannot withdraw it."""
    secret = house.invite()
    with pytest.raises(UsedUp):
        house.people.withdraw("other", digest(secret), house.now)
    assert len(house.people.invitations("acme", house.now)) == 1
    house.people.withdraw("acme", digest(secret), house.now)
    assert list(house.people.invitations("acme", house.now)) == []
    with pytest.raises(UsedUp):
        house.people.accept(secret, "Ada", PASSWORD, house.now)


def test_who_has_an_account_signs_in_to_accept(house: House) -> None:
    """An invitation by another co-op neither sets a password nor lets anybody else in; signed in it adds the role."""
    ada = house.member("courier", scope="lea")
    secret = house.invite("member", coop="other")
    with pytest.raises(SignInFirst):
        house.people.accept(secret, "Eve", "another good password", house.now)
    eve = house.people.accept(house.invite(email="eve@example.org"), "Eve", PASSWORD, house.now)
    with pytest.raises(Invalid, match="is for ada"):
        house.people.accept_as(secret, eve.id, house.now)
    house.people.accept_as(secret, ada.id, house.now)
    known = house.sessions.known(digest(house.sessions.open(ada, "")))
    assert known is not None
    assert [(one.coop, one.role) for one in known.memberships] == [("acme", "courier"), ("other", "member")]
    house.sessions.choose(known, "other", "member")
    with pytest.raises(NotFound):
        house.sessions.choose(known, "other", "admin")
    now_as = house.sessions.known(known.session.digest)
    assert now_as is not None
    assert now_as.membership.coop == "other"


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "lovelace and more words", "x" * 201])
def test_weak_passwords_are_refused(house: House, password: str) -> None:
    """In words; the invitation stays good."""
    secret = house.invite(email="lovelace@example.org")
    with pytest.raises(Invalid):
        house.people.accept(secret, "Ada", password, house.now)
    assert house.people.accept(secret, "Ada", PASSWORD, house.now)


@pytest.mark.parametrize("email", ["", "ada", "ada@", "@example.org", "a b@example.org", "a@b@c", "<a@b.c>"])
def test_what_is_no_address_is_refused(house: House, email: str) -> None:
    """Nothing is made."""
    with pytest.raises(Invalid):
        house.invite(email=email)


@pytest.mark.parametrize("role", ["courier", "restaurant", "king"])
def test_roles_that_are_about_somebody_say_whom(house: House, role: str) -> None:
    """A courier or restaurant without a name, and a role that there is not, are refused."""
    with pytest.raises(Invalid):
        house.invite(role)


def test_wrong_passwords_and_strangers_are_told_the_same(house: House) -> None:
    """Whether there is such a person is not to be learned."""
    house.member()
    said = []
    for email, password in ((ADA, "wrong"), ("nobody@example.org", PASSWORD), ("", "")):
        with pytest.raises(WrongPassword) as refusal:
            house.sessions.check(email, password)
        said.append(str(refusal.value))
    assert len(set(said)) == 1


def test_a_new_password_ends_all_sessions(house: House) -> None:
    """The link works once, within the hour; the old password opens nothing."""
    ada = house.member()
    session = digest(house.sessions.open(ada, ""))
    found = house.people.forgot(ADA, by="test", now=house.now)
    assert found is not None
    house.people.reset(found[1], "another good password", house.now)
    assert house.sessions.known(session) is None
    assert None in house.told
    with pytest.raises(WrongPassword):
        house.sessions.check(ADA, PASSWORD)
    assert house.sessions.check(ADA, "another good password").id == ada.id
    with pytest.raises(UsedUp):
        house.people.reset(found[1], PASSWORD, house.now)
    assert house.people.forgot("nobody@example.org", by="test", now=house.now) is None


def test_changing_the_password_keeps_this_session_alone(house: House) -> None:
    """It takes the old one; others of the person are signed out."""
    ada = house.member()
    here, there = (digest(house.sessions.open(ada, "")) for _ in range(2))
    known = house.sessions.known(here)
    assert known is not None
    with pytest.raises(WrongPassword):
        house.sessions.change_password(known, "wrong", "another good password")
    house.sessions.change_password(known, PASSWORD, "another good password")
    assert house.sessions.known(here) is not None
    assert house.sessions.known(there) is None


def test_sessions_end_by_themselves(house: House) -> None:
    """Untouched for 12 hours, or after 7 days however much it was used."""
    ada = house.member()
    idle, used = (digest(house.sessions.open(ada, "")) for _ in range(2))
    for _ in range(15):
        house.wait(hours=11)
        known = house.sessions.known(used)
        assert known is not None
        house.sessions.seen(known.session)
    assert house.sessions.known(idle) is None
    house.wait(hours=4)
    assert house.sessions.known(used) is None
    assert list(house.sessions.of(ada.id)) == []


def test_one_ends_ones_own_sessions_alone(house: House) -> None:
    """Another person's session is not there to be ended."""
    ada, eve = house.member(), house.member(email="eve@example.org")
    hers = digest(house.sessions.open(eve, ""))
    mine = digest(house.sessions.open(ada, ""))
    with pytest.raises(NotFound):
        house.sessions.end(hers, ada.id)
    house.sessions.end(mine, ada.id)
    assert house.sessions.known(mine) is None
    assert house.sessions.known(hers) is not None


def test_the_second_factor(house: House) -> None:
    """It is on once a code shows that the phone has it; each code and each recovery code opens once."""
    ada, secret = house.member(), new_factor()
    phone = pyotp.TOTP(secret)
    with pytest.raises(WrongCode):
        house.sessions.confirm_factor(ada.id, secret, "000000" if phone.at(house.now) != "000000" else "000001")
    recovery = house.sessions.confirm_factor(ada.id, secret, phone.at(house.now))
    assert house.sessions.check(ADA, PASSWORD).totp not in (None, secret), "kept, and not as it is"
    with pytest.raises(WrongCode):
        house.sessions.check_code(ada.id, phone.at(house.now))
    house.wait(seconds=30)
    house.sessions.check_code(ada.id, phone.at(house.now))
    with pytest.raises(WrongCode):
        house.sessions.check_code(ada.id, phone.at(house.now))
    house.sessions.check_code(ada.id, recovery[3].upper().replace("-", " "))
    with pytest.raises(WrongCode):
        house.sessions.check_code(ada.id, recovery[3])
    house.wait(seconds=60)
    house.sessions.drop_factor(ada.id, phone.at(house.now))
    assert house.sessions.check(ADA, PASSWORD).totp is None


def test_codes_of_slow_clocks_count() -> None:
    """A code is good 30 s before and after its own time, not longer."""
    secret = new_factor()
    phone = pyotp.TOTP(secret)
    for seconds, is_good in ((-60, False), (-30, True), (0, True), (30, True), (60, False)):
        code = phone.at(NOON + timedelta(seconds=seconds))
        assert (step_of(code, secret, NOON, 0) is not None) is is_good, seconds


def test_another_key_reads_no_secret() -> None:
    """What one SECRET_KEY sealed, another does not open."""
    sealed = Sealer("one").seal("secret")
    assert Sealer("one").open(sealed) == "secret"
    assert Sealer("two").open(sealed) is None
    assert Sealer("one").open("rubbish") is None


def test_a_role_that_was_taken_counts_no_more_at_once(house: House) -> None:
    """The session goes on as what is left, and ends for those who have nothing left; each change is announced."""
    house.member()
    lea = house.member("courier", email="lea@example.org", scope="lea")
    house.people.give("acme", lea.id, "dispatcher")
    session = digest(house.sessions.open(lea, "", wanted=("acme", "dispatcher")))
    house.told.clear()
    house.people.take("acme", lea.id, "dispatcher")
    known = house.sessions.known(session)
    assert known is not None
    assert known.membership.role == "courier"
    house.people.set_active("acme", lea.id, False)
    assert house.sessions.known(session) is None
    with pytest.raises(NoRole):
        house.sessions.open(lea, "")
    house.people.set_active("acme", lea.id, True)
    assert house.sessions.known(session) is not None
    house.people.shut_out("lea@example.org", house.now)
    assert house.sessions.known(session) is None
    assert house.told == ["acme", "acme", "acme", None]


def test_somebody_administers(house: House) -> None:
    """The last administrator can neither be taken the role nor set aside; nothing is written."""
    ada = house.member()
    for change in (house.people.take, house.people.set_active):
        with pytest.raises(Refusal, match="administer"):
            change("acme", ada.id, "admin" if change == house.people.take else False)  # type: ignore[arg-type]
    assert [one.role for member in house.people.members("acme") for one in member.memberships] == ["admin"]
    assert house.people.members("acme")[0].is_active


def test_an_admin_changes_the_own_coops_people_alone(house: House) -> None:
    """Somebody who is not in the co-op can be given nothing there, nor set aside, without an invitation."""
    ada = house.member()
    for change in (lambda: house.people.give("other", ada.id, "member"),
                   lambda: house.people.set_active("other", ada.id, False)):  # fmt: skip
        with pytest.raises(NotFound):
            change()


def test_a_tablets_link(house: House) -> None:
    """It names the restaurant, and works once within half an hour."""
    secret = house.people.pair("acme", "kirja", by="Ada", now=house.now, name="Kitchen")
    assert house.people.paired(secret, house.now).scope == "kirja"
    with pytest.raises(UsedUp):
        house.people.paired(secret, house.now)
    late = house.people.pair("acme", "kirja", by="Ada", now=house.now, name="Kitchen")
    house.wait(minutes=31)
    with pytest.raises(UsedUp):
        house.people.paired(late, house.now)
