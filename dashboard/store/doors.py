"""Who is there: co-ops, and the tokens that open their doors."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from dashboard.domain.events import Head
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.ports import Coop, Token
from dashboard.store.journal import no_coop
from dashboard.store.tables import coops, token_uses, tokens

FIRST_REF = 1001
_COOP = [coops.c.id, coops.c.name, coops.c.city]
_TOKEN = [tokens.c[name] for name in Token.__dataclass_fields__]


def read_coops(connection: Connection) -> tuple[Coop, ...]:
    """All co-ops, by id."""
    return tuple(Coop(**row._mapping) for row in connection.execute(select(*_COOP).order_by(coops.c.id)))


def read_coop(connection: Connection, id: str) -> Coop | None:
    """The co-op, None if there is none."""
    row = connection.execute(select(*_COOP).where(coops.c.id == id)).one_or_none()
    return None if row is None else Coop(**row._mapping)


def write_coop(connection: Connection, coop: Coop) -> None:
    """A new co-op with an empty journal; Invalid when its id is taken."""
    if read_coop(connection, coop.id):
        raise Invalid("There is a co-op {id} already: choose another id", id=coop.id, field="id")
    head = Head()
    row = {"id": coop.id, "name": coop.name, "city": coop.city, "seq": head.seq, "hash": head.hash}
    connection.execute(insert(coops), {**row, "next_ref": FIRST_REF})


def write_token(connection: Connection, token: Token) -> None:
    """A new token; NotFound when its co-op does not exist."""
    if not read_coop(connection, token.coop):
        raise no_coop(token.coop)
    connection.execute(insert(tokens), {name: getattr(token, name) for name in Token.__dataclass_fields__})


def read_token(connection: Connection, digest: str) -> Token | None:
    """The token whose secret has this SHA-256, None if there is none."""
    row = connection.execute(select(*_TOKEN).where(tokens.c.digest == digest)).one_or_none()
    return None if row is None else Token(**row._mapping)


def read_tokens(connection: Connection, coop: str) -> tuple[Token, ...]:
    """All tokens of the co-op, by name."""
    rows = connection.execute(select(*_TOKEN).where(tokens.c.coop == coop).order_by(tokens.c.name, tokens.c.id))
    return tuple(Token(**row._mapping) for row in rows)


def delete_token(connection: Connection, coop: str, id: str) -> None:
    """Forget a token; NotFound when the co-op has no such token."""
    connection.execute(delete(token_uses).where(token_uses.c.coop == coop, token_uses.c.token == id))
    if connection.execute(delete(tokens).where(tokens.c.coop == coop, tokens.c.id == id)).rowcount == 0:
        raise NotFound("There is no token {id}", id=id)


def write_use(connection: Connection, coop: str, token: str, at: datetime) -> None:
    """The token was used; nothing where it was taken back meanwhile."""
    mine = (token_uses.c.coop == coop, token_uses.c.token == token)
    if connection.execute(update(token_uses).where(*mine), {"at": at}).rowcount:
        return
    if connection.scalar(select(tokens.c.id).where(tokens.c.coop == coop, tokens.c.id == token)):
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        row = {"coop": coop, "token": token, "at": at}
        connection.execute(dialect.insert(token_uses).values(row).on_conflict_do_nothing())


def read_uses(connection: Connection, coop: str) -> dict[str, datetime]:
    """By the token's id."""
    rows = connection.execute(select(token_uses.c.token, token_uses.c.at).where(token_uses.c.coop == coop))
    return {row.token: row.at for row in rows}
