"""Several people at one draft, kept versions, the person's own page, and full-text search."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from commission_app.core.db import Moment
from commission_app.core.search import mark, stems

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: None = None
depends_on: None = None

PART = sa.Enum(
    "cadre", "personne", "blocage", "diagnostic", "parcours", "tentatives", "question", name="part",
    native_enum=False, create_constraint=True, length=32,
)  # fmt: skip
FICHE = ("steps_analysis", "work_support", "recommendation")
SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE search_entry_fts USING fts5(words, content='search_entry', content_rowid='number')",
    "CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_entry_fts(rowid, words) VALUES (new.number, new.words); END",
    "CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_entry_fts(search_entry_fts, rowid, words) "
    "VALUES ('delete', old.number, old.words); END",
    "CREATE TRIGGER search_entry_update AFTER UPDATE OF words ON search_entry BEGIN "
    "INSERT INTO search_entry_fts(search_entry_fts, rowid, words) "
    "VALUES ('delete', old.number, old.words); "
    "INSERT INTO search_entry_fts(rowid, words) VALUES (new.number, new.words); END",
)
POSTGRESQL_INDEX = (
    "CREATE INDEX ix_search_entry_words ON search_entry USING gin (to_tsvector('simple', words))"
)


def upgrade() -> None:
    """Make the tables; what can be searched today is put into the search."""
    _writing()
    _kept()
    _person()
    _search()
    for name in FICHE:
        op.add_column("fiche_relais", sa.Column(name, sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take them away with what they hold."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_entry_fts")
    for table in (
        "search_entry", "person_link", "correction", "dossier_version", "clash", "writing_presence",
        "writing_hands",
    ):  # fmt: skip
        op.drop_table(table)
    for name in FICHE:
        op.execute(f"ALTER TABLE fiche_relais DROP COLUMN {name}")


def _writing() -> None:
    op.create_table(
        "writing_hands",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("part", PART, nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_writing_hands_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dossier_id", "part", name=op.f("pk_writing_hands")),
    )
    op.create_table(
        "writing_presence",
        sa.Column("page", sa.String(length=36), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("part", PART, nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_writing_presence_dossier_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_writing_presence_user_id")),
        sa.PrimaryKeyConstraint("page", name=op.f("pk_writing_presence")),
    )
    op.create_index(op.f("ix_writing_presence_dossier_id"), "writing_presence", ["dossier_id"], unique=False)
    op.create_index(op.f("ix_writing_presence_seen_at"), "writing_presence", ["seen_at"], unique=False)
    op.create_table(
        "clash",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("part", PART, nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("page", sa.String(length=36), nullable=False),
        sa.Column("is_text", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "mine",
                "theirs",
                "both",
                name="clashoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("theirs", sa.LargeBinary(), nullable=False),
        sa.Column("mine", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_clash_author_id")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_clash_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clash")),
    )
    op.create_index("ix_clash_open", "clash", ["dossier_id", "part", "settled_at"], unique=False)


def _kept() -> None:
    op.create_table(
        "dossier_version",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "submitted",
                "diagnosis",
                name="versionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_dossier_version_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_version_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_version")),
    )
    op.create_index("ix_dossier_version_number", "dossier_version", ["dossier_id", "number"], unique=True)
    op.create_table(
        "correction",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("part", PART, nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "done",
                "declined",
                name="correctionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_correction_author_id")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_correction_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index("ix_correction_open", "correction", ["dossier_id", "state"], unique=False)


def _person() -> None:
    op.create_table(
        "person_link",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("secret_hash", sa.String(length=200), nullable=False),
        sa.Column("maker_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.Column("opened_at", Moment(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_person_link_dossier_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["maker_id"], ["user_account.id"], name=op.f("fk_person_link_maker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_person_link_token_hash")),
    )
    op.create_index(op.f("ix_person_link_dossier_id"), "person_link", ["dossier_id"], unique=False)


def _search() -> None:
    op.create_table(
        "search_entry",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_entry")),
    )
    op.create_index("ix_search_entry_subject", "search_entry", ["kind", "subject_id"], unique=True)

    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_INDEX if sqlite else (POSTGRESQL_INDEX,):
        op.execute(statement)
    _fill("model", "situation_model", ("title", "pattern", "what_worked"))
    _fill("offer", "offer", ("name", "description", "access"))


def _fill(kind: str, table: str, texts: tuple[str, ...]) -> None:
    """Put the rows of a table into the search, the oldest first."""
    columns: list[sa.ColumnClause[Any]] = [
        sa.column("id", sa.Uuid()), sa.column("territory_id", sa.Uuid()), sa.column("freins", sa.JSON()),
        *(sa.column(name, sa.Text()) for name in texts),
    ]  # fmt: skip
    source = sa.table(table, *columns, sa.column("created_at"))
    query = sa.select(*(source.c[column.name] for column in columns)).order_by(source.c.created_at)
    entry = sa.table(
        "search_entry", sa.column("kind"), sa.column("subject_id", sa.Uuid()),
        sa.column("territory_id", sa.Uuid()), sa.column("words"),
    )  # fmt: skip
    rows = op.get_bind().execute(query).mappings().all()
    for row in rows:
        marks = (*(mark(frein) for frein in row["freins"]), mark(f"kind{kind}"))
        words = [*stems(" ".join(row[name] for name in texts)), *marks]
        values = {"kind": kind, "subject_id": row["id"], "territory_id": row["territory_id"]}
        op.execute(entry.insert().values(**values, words=" ".join(words)))
