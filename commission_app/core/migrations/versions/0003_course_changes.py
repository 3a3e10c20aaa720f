"""Changes to what is left of a live day, which can be taken back."""

import sqlalchemy as sa
from alembic import op

from commission_app.core.db import Moment

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "course_change",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name="fk_course_change_commission_session_id_commission_session",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name="fk_course_change_actor_id_user_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_course_change"),
    )
    op.create_index("ix_course_change_last", "course_change", ["commission_session_id", "created_at"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("course_change")
