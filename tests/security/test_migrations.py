"""Each step of the schema with rows in every table: down, up and down again; then all the way up."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from commission_app.core.db import alembic_config, commit, db, downgrade, upgrade
from commission_app.dossiers.models import Dossier, Person
from commission_app.dossiers.person.twins import mark_person
from tests.security.matrix import all_objects
from tests.security.one_of_each import fill_empty_tables, put_moments

#: By hand: what a step down forgets for good, as tables and columns. Everything else is there again after the
#: step up.
FORGOTTEN = {
    "0013": set(),
    "0012": set(),
    "0011": {"note_update"},
    "0010": {"day_rating"},
    "0009": {"dossier.erasure_told_at", "dossier.erased_at"},
    "0008": set(),
    "0007": {
        "writing_hands", "writing_presence", "clash", "dossier_version", "correction", "person_link",
        "fiche_relais.steps_analysis", "fiche_relais.work_support", "fiche_relais.recommendation",
    },
    "0006": {"login.followed_at"},
    "0005": set(),
    "0004": {"plain_words", "action_follower", "guest.invited_by_id", "guest.read_at"},
    "0003": {"course_change"},
    "0002": set(),
}  # fmt: skip
#: Sealed anew, so that the bytes differ: the texts themselves are compared one step below.
SEALED_ANEW = {"0013", "0012", "0005"}
#: Two first decisions of one day.
NOT_TOGETHER = {"asked_to_tell"}
NOT_COMPARED = ("alembic_version", "search_entry_fts")


@pytest.fixture
def everything(app, attempts, database):
    """Rows in each table; the schema is made anew afterwards, whatever happened to it."""
    for name in sorted(set(all_objects()) - NOT_TOGETHER):
        assert attempts.world[name]
    for dossier in db.session.scalars(select(Dossier)):
        mark_person(db.session.get_one(Person, dossier.id), dossier.territory_id)
    fill_empty_tables()
    put_moments(*FORGOTTEN["0009"], *FORGOTTEN["0006"], "guest.read_at")
    attempts.world["invited_guest"].invited_by_id = attempts.world["somebody"].id
    commit()
    yield
    db.session.remove()
    database.prepare(app)


def test_every_step_is_gone_down_and_up_and_loses_what_is_its_own(app, everything):
    newest = content()
    assert [table for table, columns in newest.items() if not any(columns.values())] == []
    steps = revisions(app)
    for below, revision in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        before = content()
        move(app, downgrade, below)
        down = content()
        move(app, upgrade, revision)
        if revision not in SEALED_ANEW:
            assert lost(before, content()) == FORGOTTEN[revision], revision
        move(app, downgrade, below)
        assert lost(down, content()) == set(), revision
    move(app, upgrade, "head")
    forgotten = set().union(*FORGOTTEN.values())
    gone = {one for one in lost(newest, content()) - forgotten if not is_sealed(one)}
    assert gone == set()
    move(app, downgrade, "base")
    assert content() == {}


def revisions(app):
    """The steps of the schema, the oldest first."""
    script = ScriptDirectory.from_config(alembic_config(app))
    return sorted(one.revision for one in script.walk_revisions())


def move(app, step, revision):
    db.session.remove()
    step(app, revision)


def content():
    """What each column of each table holds, row by row, as the database has it."""
    with db.engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if not name.startswith(NOT_COMPARED)]
        return {name: columns_of(connection, name) for name in names}


def columns_of(connection, table):
    found = connection.execute(text(f'SELECT * FROM "{table}"'))
    names = [name for name in list(found.keys()) if (table, name) != ("search_entry", "number")]
    rows = sorted(([row[name] for name in names] for row in found.mappings()), key=repr)
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def lost(before, after):
    """The tables that have no row any more, and the columns that do not hold what they held."""
    emptied = {
        table for table in before if any(before[table].values()) and not any(after.get(table, {}).values())
    }
    return emptied | {
        f"{table}.{name}"
        for table, columns in before.items()
        for name, cells in columns.items()
        if table not in emptied and after.get(table, {}).get(name) != cells
    }


def is_sealed(column):
    table, name = column.split(".")
    kinds = {
        one.name for mapper in db.Model.registry.mappers if mapper.local_table.name == table
        for one in getattr(mapper.class_, "sealed_columns", ())
    }  # fmt: skip
    return name in kinds
