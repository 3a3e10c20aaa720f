"""What is typed into shared notes, as it comes."""

import sqlalchemy as sa
from alembic import op

from commission_app.core.db import Moment

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Make the table; the notes kept so far open as the beginning of the shared ones."""
    op.create_table(
        "note_update",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name="fk_note_update_agenda_item_id_agenda_item",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name="fk_note_update_author_id_user_account"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_note_update"),
    )
    op.create_index("ix_note_update_item", "note_update", ["agenda_item_id", "number"])


def downgrade() -> None:
    """Take it away: the text itself stands with its point."""
    op.drop_table("note_update")
