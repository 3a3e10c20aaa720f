"""The first schema"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from commission_app.core.db import Moment

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""

    op.create_table(
        "commune",
        sa.Column("insee", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("search", sa.String(length=300), nullable=False),
        sa.Column("postal_code", sa.String(length=5), nullable=False),
        sa.Column("departement", sa.String(length=3), nullable=False),
        sa.PrimaryKeyConstraint("insee", name=op.f("pk_commune")),
    )
    with op.batch_alter_table("commune", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commune_departement"), ["departement"], unique=False)
        batch_op.create_index(batch_op.f("ix_commune_search"), ["search"], unique=False)

    op.create_table(
        "event",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("subject_type", sa.String(length=48), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column("commission_session_id", sa.Uuid(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(
            "ix_event_commission_session", ["commission_session_id", "number"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_event_name"), ["name"], unique=False)
        batch_op.create_index("ix_event_subject", ["subject_type", "subject_id", "number"], unique=False)
        batch_op.create_index("ix_event_territory", ["territory_id", "number"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("run_at", Moment(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due",
                "taken",
                "done",
                "failed",
                name="jobstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease", Moment(), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_run_at"), ["run_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_state"), ["state"], unique=False)

    op.create_table(
        "sign_in_delay",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_try_at", Moment(), nullable=False),
        sa.Column("next_try_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_delay")),
    )
    with op.batch_alter_table("sign_in_delay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_delay_last_try_at"), ["last_try_at"], unique=False)

    op.create_table(
        "term",
        sa.Column("word", sa.String(length=120), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "validated",
                "discussed",
                name="termstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("slug", name=op.f("uq_term_slug")),
        sa.UniqueConstraint("word", name=op.f("uq_term_word")),
    )
    op.create_table(
        "territory",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column(
            "school_zone",
            sa.Enum("A", "B", "C", name="schoolzone", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory")),
        sa.UniqueConstraint("code", name=op.f("uq_territory_code")),
        sa.UniqueConstraint("name", name=op.f("uq_territory_name")),
    )
    op.create_table(
        "day_template",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("programme", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_day_template_territory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_template")),
        sa.UniqueConstraint("territory_id", name=op.f("uq_day_template_territory_id")),
    )
    op.create_table(
        "existing_commission",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("organiser", sa.String(length=150), nullable=False),
        sa.Column("frequency", sa.String(length=80), nullable=False),
        sa.Column("merge_idea", sa.Text(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_existing_commission_territory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_existing_commission")),
    )
    with op.batch_alter_table("existing_commission", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_existing_commission_territory_id"), ["territory_id"], unique=False
        )

    op.create_table(
        "shared_document",
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "charte",
                "protocole",
                "label",
                "news",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_shared_document_territory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_document")),
    )
    with op.batch_alter_table("shared_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_document_territory_id"), ["territory_id"], unique=False)

    op.create_table(
        "structure",
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("search", sa.String(length=150), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pole_insertion",
                "france_travail",
                "mission_locale",
                "cap_emploi",
                "plie",
                "ccas",
                "mds",
                "siae",
                "housing",
                "health",
                "mobility",
                "child_care",
                "training",
                "employers",
                "association",
                "other",
                name="structurekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("siret", sa.String(length=14), nullable=True),
        sa.Column("insee", sa.String(length=5), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("label_on", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["insee"], ["commune.insee"], name=op.f("fk_structure_insee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structure")),
        sa.UniqueConstraint("name", name=op.f("uq_structure_name")),
        sa.UniqueConstraint("siret", name=op.f("uq_structure_siret")),
    )
    with op.batch_alter_table("structure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_structure_insee"), ["insee"], unique=False)
        batch_op.create_index("ix_structure_search", ["search"], unique=False)

    op.create_table(
        "territory_commune",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("insee", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["insee"], ["commune.insee"], name=op.f("fk_territory_commune_insee")),
        sa.ForeignKeyConstraint(
            ["territory_id"],
            ["territory.id"],
            name=op.f("fk_territory_commune_territory_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("territory_id", "insee", name=op.f("pk_territory_commune")),
    )
    with op.batch_alter_table("territory_commune", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_territory_commune_insee"), ["insee"], unique=False)

    op.create_table(
        "document_version",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("published_at", Moment(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["shared_document.id"], name=op.f("fk_document_version_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_version")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_document_version_document_id_number")),
    )
    op.create_table(
        "territory_structure",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["structure_id"],
            ["structure.id"],
            name=op.f("fk_territory_structure_structure_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"],
            ["territory.id"],
            name=op.f("fk_territory_structure_territory_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("territory_id", "structure_id", name=op.f("pk_territory_structure")),
    )
    with op.batch_alter_table("territory_structure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_territory_structure_structure_id"), ["structure_id"], unique=False
        )

    op.create_table(
        "user_account",
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("search", sa.String(length=400), nullable=False),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("job_title", sa.String(length=120), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_user_account_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_account_search"), ["search"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_account_structure_id"), ["structure_id"], unique=False)

    op.create_table(
        "absence",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("stand_in_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absence_dates")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["user_account.id"], name=op.f("fk_absence_stand_in_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_absence_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_user_id"), ["user_id"], unique=False)

    op.create_table(
        "account_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "invitation",
                "reset",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_account_link_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_link_token_hash")),
    )
    with op.batch_alter_table("account_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_link_user_id"), ["user_id"], unique=False)

    op.create_table(
        "agenda_proposal",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "welcome",
                "dossier",
                "model",
                "new_action",
                "offer",
                "news",
                "follow_up",
                "break",
                "lunch",
                "closing",
                name="itemkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "placed",
                "declined",
                name="proposalstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_agenda_proposal_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_agenda_proposal_territory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_proposal")),
    )
    with op.batch_alter_table("agenda_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_proposal_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_agenda_proposal_waiting", ["territory_id", "state"], unique=False)

    op.create_table(
        "binome",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.Column("cadre_id", sa.Uuid(), nullable=True),
        sa.Column("technicien_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("competences", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_binome_dates")),
        sa.ForeignKeyConstraint(["cadre_id"], ["user_account.id"], name=op.f("fk_binome_cadre_id")),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name=op.f("fk_binome_structure_id")),
        sa.ForeignKeyConstraint(["technicien_id"], ["user_account.id"], name=op.f("fk_binome_technicien_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_binome_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_binome")),
    )
    with op.batch_alter_table("binome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_binome_cadre_id"), ["cadre_id"], unique=False)
        batch_op.create_index("ix_binome_place", ["territory_id", "structure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_binome_structure_id"), ["structure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_binome_technicien_id"), ["technicien_id"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(user_id IS NULL) <> (territory_id IS NULL)", name=op.f("ck_calendar_feed_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_calendar_feed_territory_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_calendar_feed_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_territory_id"), ["territory_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_feed_user_id"), ["user_id"], unique=False)

    op.create_table(
        "commission_session",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "published",
                "convened",
                "live",
                "closed",
                "cancelled",
                name="sessionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("remote_link", sa.String(length=300), nullable=False),
        sa.Column("has_lunch", sa.Boolean(), nullable=False),
        sa.Column("programme", sa.JSON(), nullable=False),
        sa.Column("agenda_due_on", sa.Date(), nullable=True),
        sa.Column("convened_at", Moment(), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=False),
        sa.Column("ics_uid", sa.String(length=120), nullable=False),
        sa.Column("ics_sequence", sa.Integer(), nullable=False),
        sa.Column("live_version", sa.Integer(), nullable=False),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("paused_at", Moment(), nullable=True),
        sa.Column("floor_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_commission_session_hours")),
        sa.ForeignKeyConstraint(
            ["floor_id"], ["user_account.id"], name=op.f("fk_commission_session_floor_id")
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_commission_session_territory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commission_session")),
        sa.UniqueConstraint("ics_uid", name=op.f("uq_commission_session_ics_uid")),
    )
    with op.batch_alter_table("commission_session", schema=None) as batch_op:
        batch_op.create_index("ix_commission_session_list", ["territory_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_commission_session_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "document_signature",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", Moment(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_document_signature_structure_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_document_signature_user_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["document_version.id"], name=op.f("fk_document_signature_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_signature")),
        sa.UniqueConstraint(
            "version_id", "structure_id", name=op.f("uq_document_signature_version_id_structure_id")
        ),
    )
    with op.batch_alter_table("document_signature", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_signature_structure_id"), ["structure_id"], unique=False
        )

    op.create_table(
        "dossier",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "to_complete",
                "exchange",
                "solved_before",
                "retained",
                "scheduled",
                "treated",
                "postponed",
                "followed",
                "closed",
                "withdrawn",
                name="dossierstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", Moment(), nullable=False),
        sa.Column("submitted_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.Column("part_versions", sa.JSON(), nullable=False),
        sa.Column("referent_id", sa.Uuid(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=True),
        sa.Column("previous_referent", sa.String(length=200), nullable=False),
        sa.Column(
            "contract",
            sa.Enum(
                "engagement",
                "cer",
                "ppae",
                "pacea",
                "cej",
                "plie",
                "other",
                name="contract",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("step", sa.String(length=150), nullable=False),
        sa.Column("step_started_on", sa.Date(), nullable=True),
        sa.Column("step_expected_months", sa.Integer(), nullable=True),
        sa.Column(
            "age_band",
            sa.Enum(
                "16-25",
                "26-34",
                "35-44",
                "45-54",
                "55+",
                name="ageband",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("insee", sa.String(length=5), nullable=True),
        sa.Column(
            "household",
            sa.Enum(
                "alone",
                "couple",
                "couple_children",
                "single_parent",
                "relatives",
                "no_home",
                name="household",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("children_count", sa.Integer(), nullable=False),
        sa.Column("wishes_presence", sa.Boolean(), nullable=False),
        sa.Column("diagnosed_on", sa.Date(), nullable=True),
        sa.Column("origin_who", sa.String(length=200), nullable=False),
        sa.Column("origin_how", sa.Text(), nullable=False),
        sa.Column("origin_why", sa.Text(), nullable=False),
        sa.Column("no_inside_reason", sa.Text(), nullable=False),
        sa.Column("no_outside_reason", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("needed", sa.JSON(), nullable=False),
        sa.Column(
            "urgency",
            sa.Enum(
                "normal",
                "soon",
                "urgent",
                name="urgency",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("urgency_reason", sa.Text(), nullable=False),
        sa.Column("minutes_needed", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes_needed BETWEEN 5 AND 180", name=op.f("ck_dossier_minutes_needed")),
        sa.ForeignKeyConstraint(["insee"], ["commune.insee"], name=op.f("fk_dossier_insee")),
        sa.ForeignKeyConstraint(["referent_id"], ["user_account.id"], name=op.f("fk_dossier_referent_id")),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name=op.f("fk_dossier_structure_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_dossier_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("code", name=op.f("uq_dossier_code")),
    )
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.create_index("ix_dossier_code_parts", ["territory_id", "year", "number"], unique=True)
        batch_op.create_index("ix_dossier_list", ["territory_id", "state", "state_since"], unique=False)
        batch_op.create_index("ix_dossier_mine", ["referent_id", "state", "state_since"], unique=False)
        batch_op.create_index("ix_dossier_mine_recent", ["referent_id", "state_since"], unique=False)
        batch_op.create_index("ix_dossier_recent", ["territory_id", "state_since"], unique=False)
        batch_op.create_index(batch_op.f("ix_dossier_structure_id"), ["structure_id"], unique=False)

    op.create_table(
        "login",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_login_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_token_hash")),
    )
    with op.batch_alter_table("login", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_user_id"), ["user_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "referent",
                "coordinator",
                "participant",
                "pilot",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("granted_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "territory_id IS NOT NULL OR role IN ('administrator', 'pilot')",
            name=op.f("ck_membership_departement_roles"),
        ),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_membership_dates")),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["user_account.id"], name=op.f("fk_membership_granted_by_id")
        ),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_membership_territory_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_membership_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("ix_membership_territory_role", ["territory_id", "role"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_user_id"), ["user_id"], unique=False)

    op.create_table(
        "situation_model",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("what_worked", sa.Text(), nullable=False),
        sa.Column("freins", sa.JSON(), nullable=False),
        sa.Column("needed", sa.JSON(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_situation_model_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_situation_model_territory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_situation_model")),
    )
    with op.batch_alter_table("situation_model", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_situation_model_territory_id"), ["territory_id"], unique=False)

    op.create_table(
        "term_proposal",
        sa.Column("term_id", sa.Uuid(), nullable=True),
        sa.Column("word", sa.String(length=120), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("accepted_at", Moment(), nullable=True),
        sa.Column("declined_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_term_proposal_author_id")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_term_proposal_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_proposal")),
    )
    with op.batch_alter_table("term_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_proposal_term_id"), ["term_id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "welcome",
                "dossier",
                "model",
                "new_action",
                "offer",
                "news",
                "follow_up",
                "break",
                "lunch",
                "closing",
                name="itemkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("fixed_at", Moment(), nullable=True),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("presenter_id", sa.Uuid(), nullable=True),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("followed_item_id", sa.Uuid(), nullable=True),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("is_recurring", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "live",
                "done",
                "postponed",
                name="itemstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("spent_seconds", sa.Integer(), nullable=False),
        sa.Column("paused_seconds", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("postponed_to_id", sa.Uuid(), nullable=True),
        sa.Column("postponed_reason", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'dossier' OR dossier_id IS NOT NULL", name=op.f("ck_agenda_item_dossier_kind")
        ),
        sa.CheckConstraint("planned_minutes BETWEEN 5 AND 300", name=op.f("ck_agenda_item_planned_minutes")),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_agenda_item_commission_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_agenda_item_dossier_id")),
        sa.ForeignKeyConstraint(
            ["followed_item_id"], ["agenda_item.id"], name=op.f("fk_agenda_item_followed_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["postponed_to_id"], ["commission_session.id"], name=op.f("fk_agenda_item_postponed_to_id")
        ),
        sa.ForeignKeyConstraint(
            ["presenter_id"], ["user_account.id"], name=op.f("fk_agenda_item_presenter_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["agenda_proposal.id"], name=op.f("fk_agenda_item_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(
            "ix_agenda_item_one_live",
            ["commission_session_id"],
            unique=True,
            sqlite_where=sa.text("state = 'live'"),
            postgresql_where=sa.text("state = 'live'"),
        )
        batch_op.create_index("ix_agenda_item_order", ["commission_session_id", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_item_presenter_id"), ["presenter_id"], unique=False)

    op.create_table(
        "agenda_version",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", Moment(), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_agenda_version_commission_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["user_account.id"], name=op.f("fk_agenda_version_published_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_version")),
        sa.UniqueConstraint(
            "commission_session_id", "number", name=op.f("uq_agenda_version_commission_session_id_number")
        ),
    )
    op.create_table(
        "attempt",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "inside", "outside", name="attemptscope", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("with_whom", sa.String(length=200), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_attempt_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.Column("stands_in", sa.String(length=120), nullable=False),
        sa.Column("arrived_at", Moment(), nullable=False),
        sa.Column("left_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_attendance_commission_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name=op.f("fk_attendance_structure_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_attendance_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("ix_attendance_day", ["commission_session_id", "user_id"], unique=False)
        batch_op.create_index(
            "ix_attendance_one_open",
            ["commission_session_id", "user_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "block_criterion",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column(
            "criterion",
            sa.Enum(
                "step_too_long",
                "several_freins",
                "chained_actions",
                "exhausted",
                "non_adhesion",
                "no_offer",
                "no_care",
                "transition",
                "collective_search",
                name="criterion",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_block_criterion_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block_criterion")),
    )
    with op.batch_alter_table("block_criterion", schema=None) as batch_op:
        batch_op.create_index("ix_block_criterion_once", ["dossier_id", "criterion"], unique=True)

    op.create_table(
        "diagnosis_line",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column(
            "item",
            sa.Enum(
                "famille",
                "finances",
                "administratif",
                "logement",
                "sante",
                "garde_enfants",
                "mobilite",
                "langue",
                "interets",
                "attentes_personnelles",
                "experience",
                "competences",
                "numerique",
                "atouts",
                "difficultes",
                "attentes_professionnelles",
                "aspirations",
                "place",
                name="diagnosisitem",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "strength",
                "neutral",
                "frein",
                "lifted",
                "not_discussed",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_diagnosis_line_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnosis_line")),
    )
    with op.batch_alter_table("diagnosis_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_diagnosis_line_item"), ["item"], unique=False)
        batch_op.create_index("ix_diagnosis_line_once", ["dossier_id", "item"], unique=True)

    op.create_table(
        "exchange",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participants", sa.String(length=300), nullable=False),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_exchange_author_id")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_exchange_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
    )
    with op.batch_alter_table("exchange", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exchange_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "facilitator",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position IN (1, 2)", name=op.f("ck_facilitator_two")),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_facilitator_commission_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_facilitator_user_id")),
        sa.PrimaryKeyConstraint("commission_session_id", "user_id", name=op.f("pk_facilitator")),
        sa.UniqueConstraint(
            "commission_session_id", "position", name=op.f("uq_facilitator_commission_session_id_position")
        ),
    )
    with op.batch_alter_table("facilitator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_facilitator_user_id"), ["user_id"], unique=False)

    op.create_table(
        "fiche_relais",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "sent",
                "accepted",
                "met",
                name="fichestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("freins_worked", sa.Text(), nullable=False),
        sa.Column("personal_advice", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("work_actions", sa.Text(), nullable=False),
        sa.Column("trainings", sa.Text(), nullable=False),
        sa.Column("work_advice", sa.Text(), nullable=False),
        sa.Column("goal_what", sa.Text(), nullable=False),
        sa.Column("goal_why", sa.Text(), nullable=False),
        sa.Column("goal_when", sa.Text(), nullable=False),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("first_appointment_on", sa.Date(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("accepted_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_fiche_relais_dossier_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["from_id"], ["user_account.id"], name=op.f("fk_fiche_relais_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["user_account.id"], name=op.f("fk_fiche_relais_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fiche_relais")),
    )
    with op.batch_alter_table("fiche_relais", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fiche_relais_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fiche_relais_to_id"), ["to_id"], unique=False)

    op.create_table(
        "information_given",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "oral", "written", name="agreementform", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("collector_id", sa.Uuid(), nullable=False),
        sa.Column("text_version", sa.String(length=40), nullable=False),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collector_id"], ["user_account.id"], name=op.f("fk_information_given_collector_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_information_given_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_given")),
    )
    with op.batch_alter_table("information_given", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_information_given_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "none",
                "present",
                "absent",
                "replaced",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("replaced_by", sa.String(length=120), nullable=False),
        sa.Column("from_time", sa.Time(), nullable=True),
        sa.Column("until_time", sa.Time(), nullable=True),
        sa.Column("takes_lunch", sa.Boolean(), nullable=False),
        sa.Column("diet", sa.String(length=120), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("sent_sequence", sa.Integer(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_invitation_commission_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name=op.f("fk_invitation_structure_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_invitation_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "commission_session_id", "user_id", name=op.f("uq_invitation_commission_session_id_user_id")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_invitation_answers", ["commission_session_id", "structure_id", "answer"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invitation_user_id"), ["user_id"], unique=False)

    op.create_table(
        "minutes",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "validated",
                name="minutesstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("first_by_id", sa.Uuid(), nullable=True),
        sa.Column("first_at", Moment(), nullable=True),
        sa.Column("second_by_id", sa.Uuid(), nullable=True),
        sa.Column("second_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_minutes_commission_session_id"),
        ),
        sa.ForeignKeyConstraint(["first_by_id"], ["user_account.id"], name=op.f("fk_minutes_first_by_id")),
        sa.ForeignKeyConstraint(["second_by_id"], ["user_account.id"], name=op.f("fk_minutes_second_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("commission_session_id", name=op.f("uq_minutes_commission_session_id")),
    )
    op.create_table(
        "parcours_step",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("structure_name", sa.String(length=150), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "done",
                "not_done",
                "current",
                "to_come",
                name="stepoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_parcours_step_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcours_step")),
    )
    with op.batch_alter_table("parcours_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parcours_step_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("first_name", sa.String(length=120), nullable=False),
        sa.Column("last_name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_person_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_person")),
    )
    op.create_table(
        "remark",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "cadre",
                "personne",
                "blocage",
                "diagnostic",
                "parcours",
                "tentatives",
                "question",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_remark_author_id")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_remark_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    with op.batch_alter_table("remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remark_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "screen_link",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_screen_link_commission_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["user_account.id"], name=op.f("fk_screen_link_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screen_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_screen_link_token_hash")),
    )
    with op.batch_alter_table("screen_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_screen_link_commission_session_id"), ["commission_session_id"], unique=False
        )

    op.create_table(
        "session_territory",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_session_territory_commission_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_session_territory_territory_id")
        ),
        sa.PrimaryKeyConstraint("commission_session_id", "territory_id", name=op.f("pk_session_territory")),
    )
    with op.batch_alter_table("session_territory", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_territory_territory_id"), ["territory_id"], unique=False)

    op.create_table(
        "sharing_agreement",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "oral", "written", name="agreementform", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("collector_id", sa.Uuid(), nullable=False),
        sa.Column("text_version", sa.String(length=40), nullable=False),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint("expires_on >= given_on", name=op.f("ck_sharing_agreement_dates")),
        sa.ForeignKeyConstraint(
            ["collector_id"], ["user_account.id"], name=op.f("fk_sharing_agreement_collector_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_sharing_agreement_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_agreement")),
    )
    with op.batch_alter_table("sharing_agreement", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sharing_agreement_current", ["dossier_id", "withdrawn_at", "expires_on"], unique=False
        )

    op.create_table(
        "speak_request",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=True),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.Column("given_at", Moment(), nullable=True),
        sa.Column("lowered_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_speak_request_commission_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_speak_request_structure_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_speak_request_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speak_request")),
    )
    with op.batch_alter_table("speak_request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_speak_request_waiting", ["commission_session_id", "lowered_at", "raised_at"], unique=False
        )

    op.create_table(
        "urgent_request",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("binome_id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("dossier_code", sa.String(length=16), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "taken",
                "answered",
                "closed",
                name="urgentstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "technicien",
                "cadre",
                "coordination",
                name="urgentlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("delay_minutes", sa.Integer(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("escalates_at", Moment(), nullable=True),
        sa.Column("asked_id", sa.Uuid(), nullable=True),
        sa.Column("taken_by_id", sa.Uuid(), nullable=True),
        sa.Column("taken_at", Moment(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asked_id"], ["user_account.id"], name=op.f("fk_urgent_request_asked_id")),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_urgent_request_author_id")),
        sa.ForeignKeyConstraint(["binome_id"], ["binome.id"], name=op.f("fk_urgent_request_binome_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_urgent_request_dossier_id")),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["user_account.id"], name=op.f("fk_urgent_request_taken_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_urgent_request_territory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent_request")),
    )
    with op.batch_alter_table("urgent_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_urgent_request_asked_id"), ["asked_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_urgent_request_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_urgent_request_overdue", ["state", "escalates_at"], unique=False)
        batch_op.create_index("ix_urgent_request_place", ["territory_id", "state", "asked_at"], unique=False)

    op.create_table(
        "decision",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "solution",
                "orientation",
                "offer_used",
                "remontee",
                "new_offer",
                "diagnosis",
                "postponed",
                "no_solution",
                name="decisionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("teller_id", sa.Uuid(), nullable=True),
        sa.Column("tell_on", sa.Date(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=False),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("agreed_count", sa.Integer(), nullable=False),
        sa.Column("reservations", sa.JSON(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("previous_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_decision_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_decision_commission_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_decision_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_decision_dossier_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["decision.id"], name=op.f("fk_decision_replaces_id")),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name=op.f("fk_decision_structure_id")),
        sa.ForeignKeyConstraint(["teller_id"], ["user_account.id"], name=op.f("fk_decision_teller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint(
            "commission_session_id", "number", name=op.f("uq_decision_commission_session_id_number")
        ),
        sa.UniqueConstraint("draft_id", name=op.f("uq_decision_draft_id")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_decision_replaces_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_agenda_item_id"), ["agenda_item_id"], unique=False)
        batch_op.create_index("ix_decision_dossier", ["dossier_id", "decided_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_kind"), ["kind"], unique=False)

    op.create_table(
        "guest",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("expertise", sa.String(length=120), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_guest_agenda_item_id")),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_guest_commission_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_guest_token_hash")),
    )
    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_guest_commission_session_id"), ["commission_session_id"], unique=False
        )

    op.create_table(
        "parked_idea",
        sa.Column("commission_session_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "to_model",
                "new_action",
                "solution",
                "taken",
                name="parkedkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("handled_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_parked_idea_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_parked_idea_author_id")),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_parked_idea_commission_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_idea")),
    )
    with op.batch_alter_table("parked_idea", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_parked_idea_commission_session_id"), ["commission_session_id"], unique=False
        )

    op.create_table(
        "urgent_relay",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "technicien",
                "cadre",
                "coordination",
                name="urgentlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_id", sa.Uuid(), nullable=True),
        sa.Column("absent_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["absent_id"], ["user_account.id"], name=op.f("fk_urgent_relay_absent_id")),
        sa.ForeignKeyConstraint(["asked_id"], ["user_account.id"], name=op.f("fk_urgent_relay_asked_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["urgent_request.id"], name=op.f("fk_urgent_relay_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", "position", name=op.f("pk_urgent_relay")),
    )
    with op.batch_alter_table("urgent_relay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_urgent_relay_asked_id"), ["asked_id"], unique=False)

    op.create_table(
        "written_opinion",
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_written_opinion_agenda_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_written_opinion_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_written_opinion_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_opinion")),
        sa.UniqueConstraint(
            "agenda_item_id", "structure_id", name=op.f("uq_written_opinion_agenda_item_id_structure_id")
        ),
    )
    op.create_table(
        "action",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("search", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "to_do",
                "started",
                "done",
                "dropped",
                name="actionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("drop_reason", sa.Text(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("commission_session_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'dropped' OR drop_reason <> ''", name=op.f("ck_action_drop_reason")),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_action_author_id")),
        sa.ForeignKeyConstraint(
            ["commission_session_id"], ["commission_session.id"], name=op.f("fk_action_commission_session_id")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_action_decision_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_action_dossier_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk_action_owner_id")),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name=op.f("fk_action_structure_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_action_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_action_board", ["territory_id", "state", "due_on"], unique=False)
        batch_op.create_index("ix_action_closed", ["territory_id", "state", "done_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_action_commission_session_id"), ["commission_session_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_action_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("ix_action_structure", ["structure_id", "state", "due_on"], unique=False)

    op.create_table(
        "decision_draft",
        sa.Column("agenda_item_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "solution",
                "orientation",
                "offer_used",
                "remontee",
                "new_offer",
                "diagnosis",
                "postponed",
                "no_solution",
                name="decisionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("action_title", sa.String(length=300), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("teller_id", sa.Uuid(), nullable=True),
        sa.Column("tell_on", sa.Date(), nullable=True),
        sa.Column("offer_name", sa.String(length=150), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("read_back_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_decision_draft_agenda_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_decision_draft_author_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["decision.id"], name=op.f("fk_decision_draft_replaces_id")),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_decision_draft_structure_id")
        ),
        sa.ForeignKeyConstraint(["teller_id"], ["user_account.id"], name=op.f("fk_decision_draft_teller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_draft")),
        sa.UniqueConstraint("agenda_item_id", name=op.f("uq_decision_draft_agenda_item_id")),
    )
    op.create_table(
        "offer",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "idea",
                "study",
                "carried",
                "open",
                "closed",
                name="offerstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("freins", sa.JSON(), nullable=False),
        sa.Column("thematiques", sa.JSON(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("inclusion_id", sa.String(length=200), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('carried', 'open') OR structure_id IS NOT NULL", name=op.f("ck_offer_carrier")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_offer_decision_id")),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name=op.f("fk_offer_structure_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_offer_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index("ix_offer_inclusion", ["territory_id", "inclusion_id"], unique=False)
        batch_op.create_index("ix_offer_list", ["territory_id", "state", "name"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_structure_id"), ["structure_id"], unique=False)

    op.create_table(
        "remontee",
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "studied",
                "answered",
                name="remonteestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("commission_session_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_remontee_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["commission_session_id"],
            ["commission_session.id"],
            name=op.f("fk_remontee_commission_session_id"),
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_remontee_decision_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_remontee_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remontee")),
    )
    with op.batch_alter_table("remontee", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_remontee_commission_session_id"), ["commission_session_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_remontee_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index("ix_remontee_list", ["state", "theme"], unique=False)
        batch_op.create_index(batch_op.f("ix_remontee_territory_id"), ["territory_id"], unique=False)

    op.create_table(
        "telling",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("told_by_id", sa.Uuid(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_telling_decision_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["user_account.id"], name=op.f("fk_telling_told_by_id")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_telling")),
    )
    op.create_table(
        "action_link",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_link_action_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_action_link_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_action_link_token_hash")),
    )
    with op.batch_alter_table("action_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_link_action_id"), ["action_id"], unique=False)

    op.create_table(
        "action_note",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_note_action_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_action_note_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_note")),
    )
    with op.batch_alter_table("action_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_note_action_id"), ["action_id"], unique=False)

    op.create_table(
        "draft_stance",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "agreed", "reserved", name="stance", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["decision_draft.id"], name=op.f("fk_draft_stance_draft_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_draft_stance_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_stance")),
        sa.UniqueConstraint("draft_id", "user_id", name=op.f("uq_draft_stance_draft_id_user_id")),
    )
    op.create_table(
        "offer_dossier",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_offer_dossier_dossier_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_offer_dossier_offer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("offer_id", "dossier_id", name=op.f("pk_offer_dossier")),
    )
    with op.batch_alter_table("offer_dossier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_dossier_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "prescription",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("structure_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_prescription_count")),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_prescription_author_id")),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_prescription_offer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_prescription_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prescription")),
        sa.UniqueConstraint(
            "offer_id", "structure_id", "month", name=op.f("uq_prescription_offer_id_structure_id_month")
        ),
    )
    with op.batch_alter_table("prescription", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prescription_structure_id"), ["structure_id"], unique=False)


def downgrade() -> None:
    """Take back."""

    with op.batch_alter_table("prescription", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prescription_structure_id"))

    op.drop_table("prescription")
    with op.batch_alter_table("offer_dossier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_dossier_dossier_id"))

    op.drop_table("offer_dossier")
    op.drop_table("draft_stance")
    with op.batch_alter_table("action_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_note_action_id"))

    op.drop_table("action_note")
    with op.batch_alter_table("action_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_link_action_id"))

    op.drop_table("action_link")
    op.drop_table("telling")
    with op.batch_alter_table("remontee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remontee_territory_id"))
        batch_op.drop_index("ix_remontee_list")
        batch_op.drop_index(batch_op.f("ix_remontee_decision_id"))
        batch_op.drop_index(batch_op.f("ix_remontee_commission_session_id"))

    op.drop_table("remontee")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_structure_id"))
        batch_op.drop_index("ix_offer_list")
        batch_op.drop_index("ix_offer_inclusion")
        batch_op.drop_index(batch_op.f("ix_offer_decision_id"))

    op.drop_table("offer")
    op.drop_table("decision_draft")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index("ix_action_structure")
        batch_op.drop_index(batch_op.f("ix_action_owner_id"))
        batch_op.drop_index(batch_op.f("ix_action_dossier_id"))
        batch_op.drop_index(batch_op.f("ix_action_decision_id"))
        batch_op.drop_index(batch_op.f("ix_action_commission_session_id"))
        batch_op.drop_index("ix_action_closed")
        batch_op.drop_index("ix_action_board")
        batch_op.drop_index(batch_op.f("ix_action_author_id"))

    op.drop_table("action")
    op.drop_table("written_opinion")
    with op.batch_alter_table("urgent_relay", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_urgent_relay_asked_id"))

    op.drop_table("urgent_relay")
    with op.batch_alter_table("parked_idea", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parked_idea_commission_session_id"))

    op.drop_table("parked_idea")
    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guest_commission_session_id"))

    op.drop_table("guest")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_kind"))
        batch_op.drop_index("ix_decision_dossier")
        batch_op.drop_index(batch_op.f("ix_decision_agenda_item_id"))

    op.drop_table("decision")
    with op.batch_alter_table("urgent_request", schema=None) as batch_op:
        batch_op.drop_index("ix_urgent_request_place")
        batch_op.drop_index("ix_urgent_request_overdue")
        batch_op.drop_index(batch_op.f("ix_urgent_request_author_id"))
        batch_op.drop_index(batch_op.f("ix_urgent_request_asked_id"))

    op.drop_table("urgent_request")
    with op.batch_alter_table("speak_request", schema=None) as batch_op:
        batch_op.drop_index("ix_speak_request_waiting")

    op.drop_table("speak_request")
    with op.batch_alter_table("sharing_agreement", schema=None) as batch_op:
        batch_op.drop_index("ix_sharing_agreement_current")

    op.drop_table("sharing_agreement")
    with op.batch_alter_table("session_territory", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_territory_territory_id"))

    op.drop_table("session_territory")
    with op.batch_alter_table("screen_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_screen_link_commission_session_id"))

    op.drop_table("screen_link")
    with op.batch_alter_table("remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remark_dossier_id"))

    op.drop_table("remark")
    op.drop_table("person")
    with op.batch_alter_table("parcours_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parcours_step_dossier_id"))

    op.drop_table("parcours_step")
    op.drop_table("minutes")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_user_id"))
        batch_op.drop_index("ix_invitation_answers")

    op.drop_table("invitation")
    with op.batch_alter_table("information_given", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_information_given_dossier_id"))

    op.drop_table("information_given")
    with op.batch_alter_table("fiche_relais", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fiche_relais_to_id"))
        batch_op.drop_index(batch_op.f("ix_fiche_relais_dossier_id"))

    op.drop_table("fiche_relais")
    with op.batch_alter_table("facilitator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_facilitator_user_id"))

    op.drop_table("facilitator")
    with op.batch_alter_table("exchange", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exchange_dossier_id"))

    op.drop_table("exchange")
    with op.batch_alter_table("diagnosis_line", schema=None) as batch_op:
        batch_op.drop_index("ix_diagnosis_line_once")
        batch_op.drop_index(batch_op.f("ix_diagnosis_line_item"))

    op.drop_table("diagnosis_line")
    with op.batch_alter_table("block_criterion", schema=None) as batch_op:
        batch_op.drop_index("ix_block_criterion_once")

    op.drop_table("block_criterion")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_attendance_one_open",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index("ix_attendance_day")

    op.drop_table("attendance")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_dossier_id"))

    op.drop_table("attempt")
    op.drop_table("agenda_version")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_presenter_id"))
        batch_op.drop_index("ix_agenda_item_order")
        batch_op.drop_index(
            "ix_agenda_item_one_live",
            sqlite_where=sa.text("state = 'live'"),
            postgresql_where=sa.text("state = 'live'"),
        )
        batch_op.drop_index(batch_op.f("ix_agenda_item_dossier_id"))

    op.drop_table("agenda_item")
    with op.batch_alter_table("term_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_term_proposal_term_id"))

    op.drop_table("term_proposal")
    with op.batch_alter_table("situation_model", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_situation_model_territory_id"))

    op.drop_table("situation_model")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_user_id"))
        batch_op.drop_index("ix_membership_territory_role")

    op.drop_table("membership")
    with op.batch_alter_table("login", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_user_id"))

    op.drop_table("login")
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_structure_id"))
        batch_op.drop_index("ix_dossier_recent")
        batch_op.drop_index("ix_dossier_mine_recent")
        batch_op.drop_index("ix_dossier_mine")
        batch_op.drop_index("ix_dossier_list")
        batch_op.drop_index("ix_dossier_code_parts")

    op.drop_table("dossier")
    with op.batch_alter_table("document_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_signature_structure_id"))

    op.drop_table("document_signature")
    with op.batch_alter_table("commission_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commission_session_starts_at"))
        batch_op.drop_index("ix_commission_session_list")

    op.drop_table("commission_session")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_user_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_feed_territory_id"))

    op.drop_table("calendar_feed")
    with op.batch_alter_table("binome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_binome_technicien_id"))
        batch_op.drop_index(batch_op.f("ix_binome_structure_id"))
        batch_op.drop_index("ix_binome_place")
        batch_op.drop_index(batch_op.f("ix_binome_cadre_id"))

    op.drop_table("binome")
    with op.batch_alter_table("agenda_proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_agenda_proposal_waiting")
        batch_op.drop_index(batch_op.f("ix_agenda_proposal_author_id"))

    op.drop_table("agenda_proposal")
    with op.batch_alter_table("account_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_link_user_id"))

    op.drop_table("account_link")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_user_id"))

    op.drop_table("absence")
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_account_structure_id"))
        batch_op.drop_index(batch_op.f("ix_user_account_search"))

    op.drop_table("user_account")
    with op.batch_alter_table("territory_structure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_territory_structure_structure_id"))

    op.drop_table("territory_structure")
    op.drop_table("document_version")
    with op.batch_alter_table("territory_commune", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_territory_commune_insee"))

    op.drop_table("territory_commune")
    with op.batch_alter_table("structure", schema=None) as batch_op:
        batch_op.drop_index("ix_structure_search")
        batch_op.drop_index(batch_op.f("ix_structure_insee"))

    op.drop_table("structure")
    with op.batch_alter_table("shared_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shared_document_territory_id"))

    op.drop_table("shared_document")
    with op.batch_alter_table("existing_commission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_existing_commission_territory_id"))

    op.drop_table("existing_commission")
    op.drop_table("day_template")
    op.drop_table("territory")
    op.drop_table("term")
    with op.batch_alter_table("sign_in_delay", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_delay_last_try_at"))

    op.drop_table("sign_in_delay")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_state"))
        batch_op.drop_index(batch_op.f("ix_job_run_at"))

    op.drop_table("job")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_territory")
        batch_op.drop_index("ix_event_subject")
        batch_op.drop_index(batch_op.f("ix_event_name"))
        batch_op.drop_index("ix_event_commission_session")
        batch_op.drop_index(batch_op.f("ix_event_actor_id"))

    op.drop_table("event")
    with op.batch_alter_table("commune", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commune_search"))
        batch_op.drop_index(batch_op.f("ix_commune_departement"))

    op.drop_table("commune")
