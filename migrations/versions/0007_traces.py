"""Where couriers on shift were, if the members have decided to keep it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.String(24).with_variant(TIMESTAMP(timezone=True, precision=3), "postgresql")


def upgrade() -> None:
    """One table; nothing is in it until somebody decides so."""
    op.create_table(
        "traces", sa.Column("coop", sa.Text, nullable=False), sa.Column("courier", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False), sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("coop", "courier", "at", name="traces_pk"),
        sa.ForeignKeyConstraint(
            ["coop", "courier"], ["couriers.coop", "couriers.id"], name="traces_coop_courier_fk"
        ),
    )  # fmt: skip
    op.create_index("traces_age", "traces", ["coop", "at"])
