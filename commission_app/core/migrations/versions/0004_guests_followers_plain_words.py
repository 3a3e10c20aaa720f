"""Guests of several points, people who follow an action, what a person is told in plain words."""

import sqlalchemy as sa
from alembic import op

from commission_app.core.db import Moment

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    """Put the points of each guest aside, then the new tables; facilitators follow what was decided."""
    op.create_table(
        "guest_point",
        sa.Column("guest_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["guest.id"], name=op.f("fk_guest_point_guest_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_guest_point_agenda_item_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guest_id", "agenda_item_id", name=op.f("pk_guest_point")),
    )
    op.create_index(op.f("ix_guest_point_agenda_item_id"), "guest_point", ["agenda_item_id"])
    _put_points_aside()
    op.create_table(
        "action_follower",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_follower_action_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_action_follower_user_id")),
        sa.PrimaryKeyConstraint("action_id", "user_id", name=op.f("pk_action_follower")),
    )
    op.create_index(op.f("ix_action_follower_user_id"), "action_follower", ["user_id"])
    op.execute(
        "INSERT INTO action_follower (action_id, user_id) SELECT action.id, facilitator.user_id FROM action "
        "JOIN facilitator ON facilitator.commission_session_id = action.commission_session_id "
        "WHERE action.decision_id IS NOT NULL"
    )
    op.create_table(
        "plain_words",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_plain_words_decision_id")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["user_account.id"], name=op.f("fk_plain_words_written_by_id")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_plain_words")),
    )


def _put_points_aside() -> None:
    op.execute(
        "INSERT INTO guest_point (guest_id, agenda_item_id) "
        "SELECT id, agenda_item_id FROM guest WHERE agenda_item_id IS NOT NULL"
    )
    kept = _points()
    with op.batch_alter_table("guest") as table:
        table.drop_constraint(op.f("fk_guest_agenda_item_id"), type_="foreignkey")
        table.drop_column("agenda_item_id")
        table.alter_column("expertise", new_column_name="organisation", existing_type=sa.String(length=120))
        table.add_column(sa.Column("invited_by_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("read_at", Moment(), nullable=True))
        table.create_foreign_key(op.f("fk_guest_invited_by_id"), "user_account", ["invited_by_id"], ["id"])
    _put_back(kept)


def downgrade() -> None:
    """Each guest keeps the first of the points; who has none any more is forgotten."""
    op.drop_table("plain_words")
    op.drop_index(op.f("ix_action_follower_user_id"), "action_follower")
    op.drop_table("action_follower")
    op.execute("DELETE FROM guest WHERE id NOT IN (SELECT guest_id FROM guest_point)")
    kept = _points()
    op.drop_index(op.f("ix_guest_point_agenda_item_id"), "guest_point")
    op.drop_table("guest_point")
    with op.batch_alter_table("guest") as table:
        table.drop_constraint(op.f("fk_guest_invited_by_id"), type_="foreignkey")
        table.drop_column("invited_by_id")
        table.drop_column("read_at")
        table.alter_column("organisation", new_column_name="expertise", existing_type=sa.String(length=120))
        table.add_column(sa.Column("agenda_item_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f("fk_guest_agenda_item_id"), "agenda_item", ["agenda_item_id"], ["id"])
    guest = sa.table("guest", sa.column("id", sa.Uuid()), sa.column("agenda_item_id", sa.Uuid()))
    for guest_id, item_id in sorted(kept, key=str):
        op.execute(guest.update().where(guest.c.id == guest_id).values(agenda_item_id=item_id))
    with op.batch_alter_table("guest") as table:
        table.alter_column("agenda_item_id", existing_type=sa.Uuid(), nullable=False)


_POINTS = sa.table("guest_point", sa.column("guest_id", sa.Uuid()), sa.column("agenda_item_id", sa.Uuid()))


def _points() -> list[tuple[object, object]]:
    """The points of guests: SQLite rebuilds a table by dropping it, and what refers to it falls with it."""
    return [(row.guest_id, row.agenda_item_id) for row in op.get_bind().execute(sa.select(_POINTS))]


def _put_back(rows: list[tuple[object, object]]) -> None:
    op.execute(_POINTS.delete())
    for guest_id, item_id in rows:
        op.execute(_POINTS.insert().values(guest_id=guest_id, agenda_item_id=item_id))
