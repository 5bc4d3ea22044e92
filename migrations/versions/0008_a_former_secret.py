"""A webhook's former secret, which signs beside the new one for a day after a renewal"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.String(24).with_variant(TIMESTAMP(timezone=True, precision=3), "postgresql")


def upgrade() -> None:
    """None has a former one so far."""
    op.add_column("webhooks", sa.Column("former_secret", sa.Text, nullable=False, server_default=""))
    op.add_column("webhooks", sa.Column("former_until", INSTANT))
