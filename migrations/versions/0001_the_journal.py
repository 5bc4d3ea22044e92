"""The journal and its projections"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.String(24).with_variant(TIMESTAMP(timezone=True, precision=3), "postgresql")


def upgrade() -> None:
    """Create everything."""
    _coops_and_journal()
    _orders_and_couriers()
    _shifts()
    _keys()
    _append_only()


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _changed() -> list[sa.Column]:
    return [
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    ]


def _span() -> list[sa.Column]:
    return [sa.Column("started_at", INSTANT, nullable=False), sa.Column("ended_at", INSTANT)]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _coops_and_journal() -> None:
    op.create_table(
        "coops",
        *_words("id", "name", "city"),
        _number("seq"),
        *_words("hash"),
        sa.Column("next_ref", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="coops_pk"),
    )
    op.create_table(
        "journal",
        *_words("coop"),
        _number("seq"),
        *_words("id"),
        sa.Column("at", INSTANT, nullable=False),
        *_words("actor", "kind", "subject"),
        sa.Column("version", sa.Integer, nullable=False),
        *_words("data", "prev", "hash"),
        sa.PrimaryKeyConstraint("coop", "seq", name="journal_pk"),
        sa.ForeignKeyConstraint(["coop"], ["coops.id"], name="journal_coop_fk"),
    )
    op.create_index("journal_subject", "journal", ["coop", "subject", "seq"])


def _orders_and_couriers() -> None:
    op.create_table(
        "couriers",
        *_words("coop", "id", "name", "shift"),
        *_changed(),
        sa.PrimaryKeyConstraint("coop", "id", name="couriers_pk"),
        sa.ForeignKeyConstraint(["coop"], ["coops.id"], name="couriers_coop_fk"),
    )
    op.create_table(
        "orders",
        *_words("coop", "id"),
        _number("number"),
        *_words("ref", "state"),
        sa.Column("courier", sa.Text),
        sa.Column("restaurant", sa.Text),
        sa.Column("placed_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT),
        *_changed(),
        sa.PrimaryKeyConstraint("coop", "id", name="orders_pk"),
        sa.UniqueConstraint("coop", "number", name="orders_coop_number_uq"),
        sa.ForeignKeyConstraint(["coop"], ["coops.id"], name="orders_coop_fk"),
        sa.ForeignKeyConstraint(["coop", "courier"], ["couriers.coop", "couriers.id"], name="orders_coop_courier_fk"),
    )
    op.create_index("orders_ref", "orders", ["coop", "ref"])
    op.create_index("orders_closed", "orders", ["coop", "closed_at", "number"])
    op.create_index("orders_state", "orders", ["coop", "state", "number"])
    for column in ("courier", "restaurant"):
        op.create_index(f"orders_{column}", "orders", ["coop", column, "state", "number"])


def _shifts() -> None:
    op.create_table(
        "shifts",
        *_words("coop"),
        _number("number"),
        *_words("courier"),
        *_span(),
        sa.PrimaryKeyConstraint("coop", "number", name="shifts_pk"),
        sa.ForeignKeyConstraint(["coop", "courier"], ["couriers.coop", "couriers.id"], name="shifts_coop_courier_fk"),
    )
    op.create_index("shifts_courier", "shifts", ["coop", "courier", "number"])
    op.create_index("shifts_ended", "shifts", ["coop", "ended_at"])
    op.create_table(
        "breaks",
        *_words("coop"),
        _number("number"),
        _number("shift"),
        *_span(),
        sa.PrimaryKeyConstraint("coop", "number", name="breaks_pk"),
        sa.ForeignKeyConstraint(["coop", "shift"], ["shifts.coop", "shifts.number"], name="breaks_coop_shift_fk"),
    )
    op.create_index("breaks_shift", "breaks", ["coop", "shift"])


def _keys() -> None:
    op.create_table(
        "placements",
        *_words("coop", "key", "order", "request"),
        sa.PrimaryKeyConstraint("coop", "key", name="placements_pk"),
        sa.ForeignKeyConstraint(["coop", "order"], ["orders.coop", "orders.id"], name="placements_coop_order_fk"),
    )
    op.create_table(
        "tokens",
        *_words("coop", "id", "role", "digest", "name"),
        sa.Column("scope", sa.Text),
        sa.PrimaryKeyConstraint("coop", "id", name="tokens_pk"),
        sa.UniqueConstraint("digest", name="tokens_digest_uq"),
        sa.ForeignKeyConstraint(["coop"], ["coops.id"], name="tokens_coop_fk"),
    )


def _append_only() -> None:
    """Against mistakes, not against whoever owns the database: that is what the hash chain is for."""
    if op.get_context().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER journal_no_{change.lower()} BEFORE {change} ON journal "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()"
    )
