"""Events are chained by hashes, and nothing that only grows can be emptied or replaced in the database."""

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from alembic import op

from commission_app.core.db import Moment
from commission_app.core.trace import COVERED, START, link_after

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: None = None
depends_on: None = None

GROWING = ("event", "decision", "event_seal")
#: What SQLite's REPLACE would take away without asking the triggers of deletion.
SAME_ROW = {
    "event": "number = NEW.number",
    "event_seal": "number = NEW.number OR event_number = NEW.event_number",
    "decision": "id = NEW.id OR draft_id = NEW.draft_id OR replaces_id = NEW.replaces_id "
    "OR (commission_session_id = NEW.commission_session_id AND number = NEW.number)",
}
TYPES: dict[str, Any] = {
    "at": Moment(), "data": sa.JSON(), "number": sa.Integer(), "name": sa.String(),
    "subject_type": sa.String(),
}  # fmt: skip


def upgrade() -> None:
    """Make the chain, seal the events that stand in their order, then put the guards."""
    op.create_table(
        "event_seal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_number", sa.Integer(), nullable=False),
        sa.Column("previous_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["event_number"], ["event.number"], name=op.f("fk_event_seal_event_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_event_seal")),
        sa.UniqueConstraint("event_number", name=op.f("uq_event_seal_event_number")),
    )
    _seal_what_stands()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _seal_what_stands() -> None:
    columns = [sa.column(name, TYPES.get(name, sa.Uuid())) for name in COVERED]
    rows = op.get_bind().execute(sa.select(*columns).select_from(sa.table("event")).order_by(columns[0]))
    table = sa.table("event_seal", *map(sa.column, ("number", "event_number", "previous_digest", "digest")))
    before, seals = START, []
    for row in rows.mappings():
        before = link_after(before, dict(row))
        seals.append({"event_number": row["number"], **asdict(before)})
    if seals:
        op.bulk_insert(table, seals)


def _guard_sqlite() -> None:
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER event_seal_no_{act} BEFORE {act.upper()} ON event_seal "
            "BEGIN SELECT RAISE(ABORT, 'event_seal is append-only'); END"
        )
    for table, same in SAME_ROW.items():
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE TRIGGER event_seal_append_only BEFORE UPDATE OR DELETE ON event_seal "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    for table in GROWING:
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Take the guards and the chain away; the events stay."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("event", "decision"):
        op.execute(
            f"DROP TRIGGER {table}_no_replace" if sqlite else f"DROP TRIGGER {table}_no_truncate ON {table}"
        )
    op.drop_table("event_seal")
