"""How participants lived a day."""

import sqlalchemy as sa
from alembic import op

from commission_app.core.db import Moment

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: None = None
depends_on: None = None

FEELINGS = ("yes", "partly", "no")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "day_rating",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        _answer("useful"),
        _answer("heard"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name="fk_day_rating_commission_session_id_commission_session",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_day_rating_user_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_day_rating"),
        sa.UniqueConstraint(
            "commission_session_id", "user_id", name="uq_day_rating_commission_session_id_user_id"
        ),
    )


def _answer(name: str) -> sa.Column[str]:
    kind = sa.Enum(*FEELINGS, native_enum=False, create_constraint=True, length=32, name=name)
    return sa.Column(name, kind, nullable=True)


def downgrade() -> None:
    """Take it away."""
    op.drop_table("day_rating")
