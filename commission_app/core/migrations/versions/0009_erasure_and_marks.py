"""Dossiers that are over are told and erased; the same person presented twice is noticed by blind marks."""

import sqlalchemy as sa
from alembic import op

from commission_app.core.db import Moment
from commission_app.core.vault.sealing import place_of, unseal
from commission_app.core.vault.store import key_store
from commission_app.dossiers.person.twins import marks_of

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: None = None
depends_on: None = None

MARKS = ("name_mark", "phone_mark")
NAMES = ("first_name", "last_name", "phone")


def upgrade() -> None:
    """Add the columns, then mark the persons that stand."""
    for name in ("erasure_told_at", "erased_at"):
        op.add_column("dossier", sa.Column(name, Moment(), nullable=True))
    for name in MARKS:
        op.add_column("person", sa.Column(name, sa.String(64), nullable=False, server_default=""))
        op.create_index(f"ix_person_{name}", "person", [name])
    op.create_index("ix_dossier_over", "dossier", ["state", "erased_at", "state_since"])
    _mark_who_stands()


def _mark_who_stands() -> None:
    dossier = sa.table("dossier", sa.column("id", sa.Uuid), sa.column("territory_id", sa.Uuid))
    person = sa.table("person", sa.column("dossier_id", sa.Uuid), *map(sa.column, (*NAMES, *MARKS)))
    query = sa.select(person, dossier.c.territory_id).join(dossier, dossier.c.id == person.c.dossier_id)
    rows = op.get_bind().execute(query).mappings().all()
    keys = key_store().load([row["dossier_id"] for row in rows])
    for row in rows:
        dossier_id = row["dossier_id"]
        if key := keys.get(dossier_id):
            said = {
                name: unseal(key, row[name], place_of("person", name, dossier_id, dossier_id))
                for name in NAMES
            }
            marks = dict(zip(MARKS, marks_of(row["territory_id"], **said), strict=True))
            op.execute(sa.update(person).where(person.c.dossier_id == dossier_id).values(marks))


def downgrade() -> None:
    """Take the columns away."""
    op.drop_index("ix_dossier_over", "dossier")
    for name in MARKS:
        op.drop_index(f"ix_person_{name}", "person")
        op.execute(f"ALTER TABLE person DROP COLUMN {name}")
    for name in ("erasure_told_at", "erased_at"):
        op.execute(f"ALTER TABLE dossier DROP COLUMN {name}")
