"""Planned shifts, couriers' calendars, and when tokens were used"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.String(24).with_variant(TIMESTAMP(timezone=True, precision=3), "postgresql")


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "token_uses", *_texts("coop", "token"), sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("coop", "token", name="token_uses_pk"),
        sa.ForeignKeyConstraint(["coop", "token"], ["tokens.coop", "tokens.id"], name="token_uses_coop_token_fk"),
    )  # fmt: skip
    op.create_table(
        "planned_shifts", *_texts("coop", "courier", "id"), sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False), *_texts("note"),
        sa.PrimaryKeyConstraint("coop", "courier", "id", name="planned_shifts_pk"), _courier("planned_shifts"),
    )  # fmt: skip
    op.create_table(
        "calendars", *_texts("coop", "courier", "digest"), sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("coop", "courier", name="calendars_pk"),
        sa.UniqueConstraint("digest", name="calendars_digest_uq"), _courier("calendars"),
    )  # fmt: skip


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _courier(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["coop", "courier"], ["couriers.coop", "couriers.id"], name=f"{table}_coop_courier_fk"
    )
