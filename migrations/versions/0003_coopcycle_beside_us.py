"""A CoopCycle beside us: who is who, which job is which order, what waits"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.String(24).with_variant(TIMESTAMP(timezone=True, precision=3), "postgresql")


def upgrade() -> None:
    """Five tables: riders, jobs, what is to be written there, what is to be read again, how it goes."""
    op.create_table(
        "coopcycle_riders", *_texts("coop", "username", "courier"),
        sa.Column("shift", sa.Text), sa.Column("busy_at", INSTANT),
        sa.PrimaryKeyConstraint("coop", "username", name="coopcycle_riders_pk"),
        sa.ForeignKeyConstraint(
            ["coop", "courier"], ["couriers.coop", "couriers.id"], name="coopcycle_riders_coop_courier_fk"
        ),
    )  # fmt: skip
    op.create_table(
        "coopcycle_jobs", *_texts("coop", "task", "pickup", "order"),
        sa.Column("assigned", sa.Text), sa.Column("at", INSTANT, nullable=False),
        sa.Column("progress", sa.Text, nullable=False), sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("coop", "task", name="coopcycle_jobs_pk"),
        sa.ForeignKeyConstraint(["coop", "order"], ["orders.coop", "orders.id"], name="coopcycle_jobs_coop_order_fk"),
    )  # fmt: skip
    op.create_index("coopcycle_jobs_open", "coopcycle_jobs", ["coop", "is_open"])
    op.create_table(
        "coopcycle_waiting", *_texts("coop", "order", "task"), sa.Column("wanted", sa.Text), *_texts("by"),
        sa.Column("decided_at", INSTANT, nullable=False), sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False), *_texts("problem"),
        sa.PrimaryKeyConstraint("coop", "order", name="coopcycle_waiting_pk"),
        sa.ForeignKeyConstraint(
            ["coop", "order"], ["orders.coop", "orders.id"], name="coopcycle_waiting_coop_order_fk"
        ),
    )  # fmt: skip
    op.create_table(
        "coopcycle_nudges", *_texts("coop", "thing", "event"), sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("coop", "thing", name="coopcycle_nudges_pk"),
        sa.ForeignKeyConstraint(["coop"], ["coops.id"], name="coopcycle_nudges_coop_fk"),
    )  # fmt: skip
    op.create_table(
        "coopcycle_status", *_texts("coop", "document"),
        sa.PrimaryKeyConstraint("coop", name="coopcycle_status_pk"),
        sa.ForeignKeyConstraint(["coop"], ["coops.id"], name="coopcycle_status_coop_fk"),
    )  # fmt: skip


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
