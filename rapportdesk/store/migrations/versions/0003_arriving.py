"""What an import stages lies in the file until it is decided, and is moved to its place in small steps after that."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables for what arrives."""
    op.create_table(
        "arrival",
        sa.Column("patient_id", sa.String, primary_key=True, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "arriving_patient",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("key_revision", sa.Integer, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "arriving_record",
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("patient_id", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_arriving_record_patient_id", "arriving_record", ["patient_id"])
    op.execute("PRAGMA user_version = 3")
