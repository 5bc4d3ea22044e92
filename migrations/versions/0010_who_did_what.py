"""What somebody did lately, found without reading the whole journal: for undo"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index alone."""
    op.create_index("journal_actor", "journal", ["coop", "actor", "seq"])
