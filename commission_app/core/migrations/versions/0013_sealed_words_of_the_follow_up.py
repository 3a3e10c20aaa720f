"""What is noted on an action, why it was given up, what is sent up and answered: sealed for their dossier."""

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from commission_app.core.vault.conversion import SealedTable, make_house_key, seal_table, unseal_table

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: None = None
depends_on: None = None

TEXT = sa.Text()
ACTION = SealedTable("action", {"drop_reason": TEXT})
TABLES = (SealedTable("action_note", {"text": TEXT}), SealedTable("remontee", {"text": TEXT, "answer": TEXT}))
#: Rows that take their dossier from another: the reference, the table referred to, what becomes of them with
#: the dossier.
OWNERS = {
    "action_note": ("action_id", "action", " ON DELETE CASCADE"),
    "remontee": ("decision_id", "decision", ""),
}
#: An action given up has a reason; a sealed one may be erased, so that the service alone asks for it.
RULE = "state <> 'dropped' OR drop_reason <> ''"
CHECK = f", CONSTRAINT ck_action_drop_reason CHECK ({RULE})"
FOUND = r",\s*CONSTRAINT ck_action_drop_reason CHECK \([^)]*\)"
#: Tables whose rows SQLite deletes with those of `action`.
CHILDREN = ("action_note", "action_follower", "action_link")


def upgrade() -> None:
    """Write down of which dossier each row is, then seal the rows that stand."""
    for table, (reference, owner, rule) in OWNERS.items():
        _add_dossier(table, rule)
        op.execute(
            f"UPDATE {table} SET dossier_id = "
            f"(SELECT dossier_id FROM {owner} WHERE {owner}.id = {table}.{reference})"
        )
    if _is_sqlite():
        _make_action_anew(lambda sql: re.sub(FOUND, "", sql))
    else:
        op.drop_constraint(op.f("ck_action_drop_reason"), "action", type_="check")
    make_house_key()
    for one in (ACTION, *TABLES):
        seal_table(one)


def downgrade() -> None:
    """Open every row again; what was erased stays without text."""
    for one in (ACTION, *TABLES):
        unseal_table(one)
    op.execute(f"UPDATE action SET drop_reason = 'Effacé avec le dossier.' WHERE NOT ({RULE})")
    if _is_sqlite():
        _make_action_anew(lambda sql: sql.rstrip().removesuffix(")") + CHECK + ")")
    else:
        op.create_check_constraint(op.f("ck_action_drop_reason"), "action", RULE)
    for table in OWNERS:
        op.execute(f"ALTER TABLE {table} DROP COLUMN dossier_id")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _add_dossier(table: str, rule: str) -> None:
    kind = "CHAR(32)" if _is_sqlite() else "UUID"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN dossier_id {kind} CONSTRAINT fk_{table}_dossier_id "
        f"REFERENCES dossier (id){rule}"
    )


def _make_action_anew(change: Callable[[str], str]) -> None:
    """Give the table another definition: SQLite changes no CHECK, and drops no column that one names. What
    hangs on the actions goes with them and is put back."""
    bind = op.get_bind()
    made = bind.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'action' AND sql IS NOT NULL ORDER BY type = 'index'"
    )
    table, *others = made.scalars().all()
    kept = {name: bind.exec_driver_sql(f"SELECT * FROM {name}").all() for name in ("action", *CHILDREN)}
    op.drop_table("action")
    for statement in (change(table), *others):
        bind.exec_driver_sql(statement)
    for name, rows in kept.items():
        if rows:
            places = ", ".join("?" * len(rows[0]))
            bind.exec_driver_sql(f"INSERT INTO {name} VALUES ({places})", [tuple(row) for row in rows])
