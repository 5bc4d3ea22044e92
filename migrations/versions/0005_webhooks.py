"""Who is told what happens, and what became of it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.String(24).with_variant(TIMESTAMP(timezone=True, precision=3), "postgresql")


def upgrade() -> None:
    """Two tables: subscriptions, and the log of what was sent to them."""
    op.create_table(
        "webhooks", *_texts("coop", "id", "url", "events", "secret"), sa.Column("restaurant", sa.Text),
        *_texts("created_by"), sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("is_on", sa.Boolean, nullable=False), sa.Column("seq", sa.BigInteger, nullable=False),
        *_texts("problem"), sa.PrimaryKeyConstraint("coop", "id", name="webhooks_pk"),
        sa.ForeignKeyConstraint(["coop"], ["coops.id"], name="webhooks_coop_fk"),
    )  # fmt: skip
    op.create_table(
        "webhook_deliveries", *_texts("coop", "webhook", "id"), sa.Column("seq", sa.BigInteger, nullable=False),
        *_texts("kind", "state"), sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False), sa.Column("first_at", INSTANT), sa.Column("last_at", INSTANT),
        sa.Column("status", sa.Integer), *_texts("problem"), sa.Column("took_ms", sa.Integer),
        sa.PrimaryKeyConstraint("coop", "webhook", "id", name="webhook_deliveries_pk"),
        sa.ForeignKeyConstraint(
            ["coop", "webhook"], ["webhooks.coop", "webhooks.id"], name="webhook_deliveries_coop_webhook_fk"
        ),
    )  # fmt: skip
    op.create_index("webhook_deliveries_waiting", "webhook_deliveries", ["coop", "webhook", "state", "seq"])


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
