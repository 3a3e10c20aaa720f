"""What the room and the structures wrote about a situation is sealed under the key of its dossier."""

import sqlalchemy as sa
from alembic import op

from commission_app.core.vault.conversion import SealedTable, make_house_key, seal_table, unseal_table

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: None = None
depends_on: None = None

TEXT = sa.Text()
TABLES = (
    SealedTable("agenda_item", {"text": TEXT, "notes": TEXT, "postponed_reason": sa.String(300)}),
    SealedTable("written_opinion", {"text": TEXT}),
    SealedTable("parked_idea", {"text": sa.String(300)}),
    SealedTable("note_update", {"body": sa.LargeBinary()}, row="agenda_item_id", number="number"),
    SealedTable(
        "decision_draft",
        {"text": TEXT, "action_title": sa.String(300), "offer_name": sa.String(150)},
    ),
    SealedTable("draft_stance", {"words": sa.String(300)}),
    SealedTable("plain_words", {"text": TEXT}, row="decision_id"),
    SealedTable("urgent_request", {"title": sa.String(120), "text": TEXT, "answer": TEXT}),
)
#: Rows that take their dossier from another: the reference, the table referred to, what becomes of them with
#: the dossier.
OWNERS = {
    "written_opinion": ("agenda_item_id", "agenda_item", None),
    "parked_idea": ("agenda_item_id", "agenda_item", None),
    "note_update": ("agenda_item_id", "agenda_item", "CASCADE"),
    "decision_draft": ("agenda_item_id", "agenda_item", "CASCADE"),
    "draft_stance": ("draft_id", "decision_draft", "CASCADE"),
    "plain_words": ("decision_id", "decision", None),
}


def upgrade() -> None:
    """Write down of which dossier each row is, then seal the rows that stand."""
    for table, (reference, owner, ondelete) in OWNERS.items():
        _add_dossier(table, ondelete)
        op.execute(
            f"UPDATE {table} SET dossier_id = "
            f"(SELECT dossier_id FROM {owner} WHERE {owner}.id = {table}.{reference})"
        )
    make_house_key()
    for one in TABLES:
        seal_table(one)


def _add_dossier(table: str, ondelete: str | None) -> None:
    name = f"fk_{table}_dossier_id"
    rule = f" ON DELETE {ondelete}" if ondelete else ""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN dossier_id CHAR(32) CONSTRAINT {name} "
            f"REFERENCES dossier (id){rule}"
        )
    else:
        op.add_column(table, sa.Column("dossier_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(name, table, "dossier", ["dossier_id"], ["id"], ondelete=ondelete)


def downgrade() -> None:
    """Open every row again; what was erased stays without text."""
    for one in TABLES:
        unseal_table(one)
    for table in OWNERS:
        op.execute(f"ALTER TABLE {table} DROP COLUMN dossier_id")
