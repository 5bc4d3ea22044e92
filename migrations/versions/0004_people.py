"""People with accounts: what they are in which co-op, links that let them in, and their sessions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.String(24).with_variant(TIMESTAMP(timezone=True, precision=3), "postgresql")


def word(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A text."""
    return sa.Column(name, sa.Text, nullable=nullable)


def instant(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A moment."""
    return sa.Column(name, INSTANT, nullable=nullable)


def upgrade() -> None:
    """Four tables; nobody is in them yet."""
    op.create_table(
        "people", word("id"), word("email"), word("name"), instant("made_at"), word("password", nullable=True),
        sa.Column("is_active", sa.Boolean, nullable=False), word("totp", nullable=True),
        sa.Column("totp_step", sa.BigInteger, nullable=False), word("recovery"), word("subject", nullable=True),
        sa.PrimaryKeyConstraint("id", name="people_pk"), sa.UniqueConstraint("email", name="people_email_uq"),
        sa.UniqueConstraint("subject", name="people_subject_uq"),
    )  # fmt: skip
    op.create_table(
        "memberships", word("coop"), word("person"), word("role"), word("scope", nullable=True),
        sa.Column("is_active", sa.Boolean, nullable=False), sa.Column("is_mapped", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("coop", "person", "role", name="memberships_pk"),
        *_references("memberships"),
    )  # fmt: skip
    op.create_index("memberships_person", "memberships", ["person"])
    op.create_table(
        "links", word("digest"), word("kind"), word("made_by"), instant("made_at"), instant("expires_at"),
        word("person", nullable=True), word("coop", nullable=True), word("email"), word("name"), word("role"),
        word("scope", nullable=True), instant("used_at", nullable=True),
        sa.PrimaryKeyConstraint("digest", name="links_pk"), *_references("links"),
    )  # fmt: skip
    op.create_index("links_coop", "links", ["coop", "kind"])
    op.create_table(
        "sessions", word("digest"), word("person"), word("coop"), word("role"), instant("began_at"),
        instant("seen_at"), word("agent"), instant("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("digest", name="sessions_pk"), *_references("sessions"),
    )  # fmt: skip
    op.create_index("sessions_person", "sessions", ["person"])


def _references(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(["coop"], ["coops.id"], name=f"{table}_coop_fk"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=f"{table}_person_fk"),
    ]
