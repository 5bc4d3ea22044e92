"""People with accounts, from the command line: the first administrator comes in this way."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from dashboard.access import ROLES, SCOPED_ROLES
from dashboard.commands.command import Command, Failed, Misused, argument, now, record
from dashboard.commands.people import BY, coop_id, name, scope_given, subject_id
from dashboard.domain.people import INVITATION, RESET, address
from dashboard.people import People
from dashboard.settings import Settings
from dashboard.store import SqlStore
from live.announcer import RightsAnnouncer


def people_of(store: SqlStore, settings: Settings) -> People:
    """The use cases. Without REDIS_URL nothing is announced: web processes look again by themselves."""
    announce = RightsAnnouncer(settings.redis_url) if settings.redis_url else _leave_it_to_the_next_look
    return People(store, announce)


def _leave_it_to_the_next_look(coop: str | None) -> None: ...


def _add(asked: Namespace, settings: Settings) -> None:
    email = asked.email or asked.mail
    if not email:
        raise Misused("whom? Give an e-mail address")
    with record(settings) as store:
        if not store.coop(asked.coop):
            raise Failed(f"There is no co-op {asked.coop}: add it with `roulement coop add {asked.coop}`")
        scope = scope_given(asked, store) if asked.role in SCOPED_ROLES else None
        secret = people_of(store, settings).invite(
            asked.coop, email, asked.role, by=BY, now=now(), name=asked.name or "", scope=scope
        )
        print(f"{settings.address}/{INVITATION}/{secret}")


def _list(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store:
        for member in people_of(store, settings).members(asked.coop):
            for one in member.memberships:
                is_active = one.is_active and member.person.is_active
                state = "active" if is_active else "set aside"
                print(member.person.email, one.role, one.scope or "-", state, member.person.name, sep="\t")


def _reset(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store:
        found = people_of(store, settings).forgot(address(asked.email), by=BY, now=now())
        if found is None:
            raise Failed(f"Nobody signs in with a password as {asked.email}: see `roulement user list`")
        print(f"{settings.address}/{RESET}/{found[1]}")


def _remove(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store:
        people_of(store, settings).shut_out(asked.email, now())


def _forget_factor(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store, store.changing_people() as rows:
        person = rows.person_by_email(address(asked.email))
        if person is None:
            raise Failed(f"There is nobody with the address {asked.email}: see `roulement user list`")
        rows.write_person(replace(person, totp=None, totp_step=0, recovery=()))


_EMAIL = argument("email", metavar="EMAIL", help="the person's address")

USER = Command(
    "user", "People: invite one, list them, let them set a new password, shut one out.", parts=(
        Command("add", "Print an invitation: a link that lets somebody in once, as what you say.", (
            argument("email", metavar="EMAIL", nargs="?", help="the person's address"),
            argument("--email", metavar="MAIL", dest="mail", help="the same"),
            argument("--coop", required=True, metavar="ID", type=coop_id, help="the co-op"),
            argument("--role", required=True, choices=ROLES, help="what they will be there"),
            argument("--courier", metavar="ID", type=subject_id, help="the courier that they are"),
            argument("--restaurant", metavar="ID", type=subject_id, help="the restaurant that they speak for"),
            argument("--name", type=name, help="what people call them"),
        ), _add),
        Command("list", "List a co-op's people: address, role, courier or restaurant, state, name.", (
            argument("--coop", required=True, metavar="ID", type=coop_id, help="the co-op"),
        ), _list),
        Command("reset", "Print a link that sets a new password once, for the person alone.", (_EMAIL,), _reset),
        Command("remove", "End an account in all co-ops; what the person did stays.", (_EMAIL,), _remove),
        Command("forget-phone", "Switch somebody's second factor off: the phone and the recovery codes are lost.",
                (_EMAIL,), _forget_factor),
    ),
)  # fmt: skip
