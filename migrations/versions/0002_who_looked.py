"""Who looked at a courier's position or record"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.String(24).with_variant(TIMESTAMP(timezone=True, precision=3), "postgresql")
WORDS = ("coop", "courier", "by", "role", "what")


def upgrade() -> None:
    """One row for each person, courier, kind of reading and hour."""
    op.create_table(
        "looks",
        *(sa.Column(name, sa.Text, nullable=False) for name in WORDS),
        sa.Column("hour", INSTANT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint(*WORDS, "hour", name="looks_pk"),
        sa.ForeignKeyConstraint(["coop"], ["coops.id"], name="looks_coop_fk"),
    )
