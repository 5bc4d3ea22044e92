"""Who is there: co-ops, couriers and the tokens that open their doors."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError, Namespace
from uuid import uuid4

from dashboard.access import ROLES, SCOPED_ROLES, digest, new_secret
from dashboard.api.fields import ID_PATTERN
from dashboard.commands.command import Command, Failed, Misused, argument, now, record
from dashboard.commands.connections import dispatch_of
from dashboard.domain.vehicles import BICYCLE, VEHICLES
from dashboard.ports import Coop, Store, Token
from dashboard.settings import Settings

BY = "command line"
COOP_PATTERN = r"[a-z0-9][a-z0-9-]{0,31}"


def coop_id(text: str) -> str:
    """A co-op's id: it becomes part of channel names and addresses."""
    if not re.fullmatch(COOP_PATTERN, text):
        raise ArgumentTypeError(f"{text!r} is no co-op id: use up to 32 small letters, digits and hyphens")
    return text


def subject_id(text: str) -> str:
    """A courier's or restaurant's id."""
    if not re.match(ID_PATTERN, text):
        raise ArgumentTypeError(f"{text!r} is no id: use up to 64 letters, digits, dots, hyphens and underscores")
    return text


def name(text: str) -> str:
    """A name for people to read."""
    if not 1 <= len(text) <= 100 or not text.isprintable():
        raise ArgumentTypeError(f"{text!r} is no name: use 1 to 100 visible characters")
    return text


def _add_coop(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store:
        store.add_coop(Coop(asked.id, asked.name or asked.id, asked.city or settings.city))


def _add_courier(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store:
        _known(store, asked.coop)
        dispatch = dispatch_of(store, settings)
        courier = dispatch.add_courier(asked.coop, asked.id, asked.name, by=BY, at=now(), vehicle=asked.vehicle)
        print(_hand_out(store, asked.coop, "courier", courier.name, courier.id))


def _add_token(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store:
        _known(store, asked.coop)
        scope = scope_given(asked, store)
        print(_hand_out(store, asked.coop, asked.role, asked.name or scope or asked.role, scope))


def _list_tokens(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store:
        _known(store, asked.coop)
        for token in store.tokens(asked.coop):
            print(token.id, token.role, token.scope or "-", token.name, sep="\t")


def _revoke_token(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store:
        store.remove_token(asked.coop, asked.id)


def scope_given(asked: Namespace, store: Store) -> str | None:
    """The courier or restaurant that the arguments name for the role."""
    given = {"courier": asked.courier, "restaurant": asked.restaurant}
    for role, scope in given.items():
        if scope and role != asked.role:
            raise Misused(f"--{role} goes with --role {role}")
    if asked.role in SCOPED_ROLES and not given[asked.role]:
        raise Misused(f"--role {asked.role} needs --{asked.role} ID: whose orders may this token see?")
    if asked.role == "courier" and not store.courier(asked.coop, asked.courier):
        raise Failed(f"There is no courier {asked.courier} in {asked.coop}: add them with `roulement courier add`")
    return given.get(asked.role)


def _known(store: Store, coop: str) -> None:
    if not store.coop(coop):
        raise Failed(f"There is no co-op {coop}: add it with `roulement coop add {coop}`")


def _hand_out(store: Store, coop: str, role: str, called: str, scope: str | None) -> str:
    secret = new_secret()
    store.add_token(Token(str(uuid4()), coop, role, digest(secret), called, scope))
    return secret


_COOP = argument("--coop", required=True, metavar="ID", type=coop_id, help="the co-op")

COOP = Command(
    "coop", "Co-ops: add one.", parts=(
        Command("add", "Add a co-op.", (
            argument("id", metavar="ID", type=coop_id, help="small letters, digits and hyphens"),
            argument("--name", type=name, help="what people call it"),
            argument("--city", help="its city pack"),
        ), _add_coop),
    ),
)  # fmt: skip
COURIER = Command(
    "courier", "Couriers: add one.", parts=(
        Command("add", "Add a courier and print the token for their phone, once and alone.", (
            _COOP,
            argument("--id", required=True, metavar="COURIER", type=subject_id, help="the courier's id"),
            argument("--name", required=True, type=name, help="the courier's name"),
            argument("--vehicle", choices=VEHICLES, default=BICYCLE, help="what the courier rides, bicycle or cargo"),
        ), _add_courier),
    ),
)  # fmt: skip
TOKEN = Command(
    "token", "Tokens: hand one out, list them, take one back.", parts=(
        Command("add", "Print a new API token, once and alone.", (
            _COOP,
            argument("--role", required=True, choices=ROLES, help="what it opens"),
            argument("--courier", metavar="ID", type=subject_id, help="the courier that it speaks for"),
            argument("--restaurant", metavar="ID", type=subject_id, help="the restaurant that it speaks for"),
            argument("--name", type=name, help="who holds it: the journal's word for them"),
        ), _add_token),
        Command("list", "List a co-op's tokens: id, role, scope, holder.", (_COOP,), _list_tokens),
        Command("revoke", "Take a token back: from now on it opens nothing.", (
            _COOP, argument("id", metavar="TOKEN", help="its id, as `roulement token list` shows it"),
        ), _revoke_token),
    ),
)  # fmt: skip
