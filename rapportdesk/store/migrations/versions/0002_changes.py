"""Each commit says whose records it wrote."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for what commits say of themselves; what was written so far says nothing."""
    op.create_table(
        "change",
        sa.Column("epoch", sa.Integer, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.execute("PRAGMA user_version = 2")
