"""A login remembers when one of its pages last followed a day of commission."""

import sqlalchemy as sa
from alembic import op

from commission_app.core.db import Moment

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Add the moment; nobody follows anything as yet."""
    with op.batch_alter_table("login") as table:
        table.add_column(sa.Column("followed_at", Moment(), nullable=True))


def downgrade() -> None:
    """Forget it: logins end after their idle time again, whatever they follow."""
    with op.batch_alter_table("login") as table:
        table.drop_column("followed_at")
