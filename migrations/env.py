"""Alembic's entry: the program hands over the connection, within its own transaction."""

from alembic import context
from alembic.util import CommandError

from dashboard.store.tables import metadata

connection = context.config.attributes.get("connection")
if connection is None:
    raise CommandError("the address is the program's business: run `roulement migrate`")
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
