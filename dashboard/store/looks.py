"""Who looked at a courier's position or record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from dashboard.ports import Look
from dashboard.store.tables import looks

_LOOK = [looks.c[name] for name in Look.__dataclass_fields__]


def write_look(connection: Connection, look: Look, hour: datetime, keep_since: datetime) -> None:
    """Keep it, unless the same was kept within that hour; what is older than ``keep_since`` about them goes."""
    row = {name: getattr(look, name) for name in Look.__dataclass_fields__} | {"hour": hour}
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(looks).on_conflict_do_nothing(), row)
    about = (looks.c.coop == look.coop, looks.c.courier == look.courier)
    connection.execute(delete(looks).where(*about, looks.c.at < keep_since))


def read_looks(connection: Connection, coop: str, couriers: tuple[str, ...]) -> tuple[Look, ...]:
    """Those about the couriers, newest first."""
    mine = (looks.c.coop == coop, looks.c.courier.in_(couriers))
    rows = connection.execute(select(*_LOOK).where(*mine).order_by(looks.c.at.desc(), looks.c.by, looks.c.what))
    return tuple(Look(**row._mapping) for row in rows)
