"""What a dossier says of a person is sealed under a key of the dossier."""

import sqlalchemy as sa

from commission_app.core.vault.conversion import SealedTable, make_keys, seal_table, unseal_table

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: None = None
depends_on: None = None

TEXT = sa.Text()
TABLES = (
    SealedTable(
        "dossier",
        {
            "previous_referent": sa.String(200),
            "step": sa.String(150),
            "origin_who": sa.String(200),
            "origin_how": TEXT,
            "origin_why": TEXT,
            "no_inside_reason": TEXT,
            "no_outside_reason": TEXT,
            "question": TEXT,
            "urgency_reason": TEXT,
        },
        subject="id",
    ),
    SealedTable(
        "person",
        {
            "first_name": sa.String(120),
            "last_name": sa.String(120),
            "phone": sa.String(40),
            "email": sa.String(200),
        },
        row="dossier_id",
    ),
    SealedTable("block_criterion", {"fact": TEXT}),
    SealedTable("diagnosis_line", {"note": TEXT}),
    SealedTable(
        "parcours_step",
        {"structure_name": sa.String(150), "action": sa.String(200), "result": TEXT},
    ),
    SealedTable("attempt", {"what": sa.String(300), "with_whom": sa.String(200), "result": TEXT}),
    SealedTable("remark", {"text": TEXT, "answer": TEXT}),
    SealedTable("exchange", {"participants": sa.String(300), "tried": TEXT, "outcome": TEXT}),
    SealedTable(
        "fiche_relais",
        dict.fromkeys(
            (
                "freins_worked", "personal_advice", "project", "work_actions", "trainings", "work_advice",
                "goal_what", "goal_why", "goal_when", "next_steps",
            ),
            TEXT,
        ),
    ),
)  # fmt: skip


def upgrade() -> None:
    """Seal the rows that stand."""
    make_keys()
    for table in TABLES:
        seal_table(table)


def downgrade() -> None:
    """Open every row again; what was erased stays without text."""
    for table in TABLES:
        unseal_table(table)
