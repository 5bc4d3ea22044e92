"""An index over the few entries that say who a courier is: so that a board of the past need not read all shifts"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FACTS = sa.text(
    "kind >= 'courier.' AND kind < 'courier/' AND kind <> 'courier.arrived' AND kind <> 'courier.stops_ordered' "
    "AND kind <> 'courier.shift_started' AND kind <> 'courier.shift_ended' "
    "AND kind <> 'courier.break_started' AND kind <> 'courier.break_ended'"
)


def upgrade() -> None:
    """Made of what is there."""
    op.create_index("journal_couriers", "journal", ["coop", "seq"], sqlite_where=FACTS, postgresql_where=FACTS)
