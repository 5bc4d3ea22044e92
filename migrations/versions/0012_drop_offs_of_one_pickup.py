"""Orders that are drop-offs of one pickup, found by their group"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column, empty for all that is there, and its index."""
    op.add_column("orders", sa.Column("group", sa.Text, nullable=True))
    op.create_index("orders_group", "orders", ["coop", "group", "number"])
