"""Photos of incidents, for a time"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.String(24).with_variant(TIMESTAMP(timezone=True, precision=3), "postgresql")


def upgrade() -> None:
    """One table."""
    op.create_table(
        "photos", sa.Column("coop", sa.Text, nullable=False), sa.Column("incident", sa.Text, nullable=False),
        sa.Column("order", sa.Text, nullable=False), sa.Column("at", INSTANT, nullable=False),
        sa.Column("jpeg", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("coop", "incident", name="photos_pk"),
        sa.ForeignKeyConstraint(["coop", "order"], ["orders.coop", "orders.id"], name="photos_coop_order_fk"),
    )  # fmt: skip
    op.create_index("photos_age", "photos", ["at"])
