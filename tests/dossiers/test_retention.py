"""What is over is told, then erased for ever, backups included; what is counted stays."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from commission_app.core import clock
from commission_app.core.db import commit, db
from commission_app.core.errors import WrongStateError
from commission_app.core.events import Event
from commission_app.core.outbox import run_due
from commission_app.core.vault.store import key_store
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.dossiers.models import DiagnosisLine, Dossier, Person
from commission_app.dossiers.retention.notifications import ask_daily, look_after
from commission_app.dossiers.retention.queries import months_before
from commission_app.dossiers.retention.services import erase_dossier
from commission_app.dossiers.states import DossierState
from tests.core.vault.rows import rows_of, say_everywhere, sealed_kinds
from tests.databases import settle
from tests.dossiers.stories import make_complete, make_exchange
from tests.factories import make_dossier

MONTHS, NOTICE = 24, 30
CANARY = "Canarimistral"


def over_since(place, months, days=0, state=DossierState.CLOSED, **values):
    """A dossier that ended so long ago."""
    dossier = make_complete(place, state, question=f"{CANARY} ?", last_name=CANARY, **values)
    dossier.state_since = months_before(clock.now(), months) - timedelta(days=days)
    settle()
    return dossier


def look(days=0):
    """What the clock does on a day to come."""
    with clock.frozen(clock.now() + timedelta(days=days)):
        look_after({})
        commit()
        run_due()


def texts_of(dossier_id):
    """Every sealed text that still stands in the rows of a dossier."""
    found = [getattr(row, one.name) for row in rows_of(dossier_id) for one in row.sealed_columns]
    return {one for one in found if one}


def test_the_referent_is_told_a_month_before_and_then_it_is_erased(app, place, mails):
    dossier = over_since(place, MONTHS, -NOTICE)
    look()
    assert [mail["Subject"] for mail in mails] == [f"Dossier {dossier.code} : effacement prévu"]
    assert mails[0]["To"] == place.ines.email
    assert CANARY not in mails[0].as_string()
    look()
    look(NOTICE - 1)
    assert (len(mails), dossier.erased_at) == (1, None)
    look(NOTICE)
    assert dossier.erased_at is not None
    assert key_store().load([dossier.id]) == {dossier.id: None}


@pytest.mark.parametrize("state", [DossierState.CLOSED, DossierState.WITHDRAWN])
def test_a_day_too_early_nobody_is_told(app, place, mails, state):
    early = over_since(place, MONTHS, -NOTICE - 1, state=state)
    look()
    assert (mails, early.erasure_told_at) == ([], None)
    look(1)
    assert (len(mails), early.erased_at) == (1, None)


def test_a_dossier_that_is_not_over_is_never_erased(app, place, mails):
    running = over_since(place, MONTHS * 3, state=DossierState.FOLLOWED)
    look()
    assert (mails, running.erasure_told_at) == ([], None)
    with pytest.raises(WrongStateError, match="clos ou retiré"):
        erase_dossier(None, running)


def test_nothing_that_was_written_stays_and_what_is_counted_does(app, place):
    dossier = over_since(place, MONTHS)
    make_exchange(place, dossier)
    say_everywhere(place, dossier, lambda _kind, _column: CANARY)
    settle()
    code, levels = dossier.code, [(line.item, line.level) for line in dossier.diagnosis]
    assert CANARY in texts_of(dossier.id)
    erase_dossier(None, dossier)
    settle()
    assert texts_of(dossier.id) == set()
    assert db.session.get(Person, dossier.id) is None
    assert (dossier.parcours, dossier.attempts, dossier.exchanges, dossier.insee) == ([], [], [], None)
    assert (dossier.code, dossier.state) == (code, DossierState.CLOSED)
    assert [(line.item, line.level) for line in dossier.diagnosis] == levels
    assert db.session.query(SharingAgreement).filter_by(dossier_id=dossier.id).count() == 1
    assert db.session.query(Event).filter_by(name="dossier_erased", subject_id=dossier.id).count() == 1


def test_an_erased_dossier_exists_for_nobody(app, place, client_for):
    dossier = over_since(place, MONTHS)
    assert client_for(place.noemie).get(f"/dossiers/{dossier.id}").status_code == 200
    erase_dossier(None, dossier)
    settle()
    for person in (place.ines, place.noemie):
        client = client_for(person)
        assert client.get(f"/dossiers/{dossier.id}").status_code == 404
        assert dossier.code not in client.get("/dossiers").get_data(as_text=True)


def test_a_rollback_leaves_the_key(app, place):
    dossier = over_since(place, MONTHS)
    erase_dossier(None, dossier)
    db.session.rollback()
    commit()
    assert db.session.get_one(Dossier, dossier.id).question == f"{CANARY} ?"


def test_a_process_that_died_in_between_is_made_up_for(app, place):
    dossier = over_since(place, MONTHS)
    erase_dossier(None, dossier)
    db.session.info.pop("vault_doomed")
    settle()
    assert key_store().load([dossier.id])[dossier.id]
    look()
    assert key_store().load([dossier.id]) == {dossier.id: None}


def test_the_work_of_a_day_is_asked_for_once(app):
    with clock.frozen(clock.now() + timedelta(days=400)):
        for _ in range(3):
            ask_daily()
        assert run_due() == 1
        assert run_due() == 0


@pytest.fixture
def backup(app, tmp_path):
    """Copy the data aside (not the keys) and put the copy back later, as an operator does."""
    if db.engine.dialect.name != "sqlite":
        return PostgresBackup()
    return SqliteBackup(tmp_path)


class SqliteBackup:
    """`.backup` to a file, and the file put back."""

    def __init__(self, folder):
        self.path = folder / "backup.db"

    def save(self):
        db.session.remove()
        with (
            closing(sqlite3.connect(db.engine.url.database)) as data,
            closing(sqlite3.connect(self.path)) as copy,
        ):
            data.backup(copy)

    def restore(self):
        here = db.engine.url.database
        db.session.remove()
        db.engine.dispose()
        for suffix in ("-wal", "-shm"):
            Path(here + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.path, here)


class PostgresBackup:
    """The rows of every table of the data, put back as they were."""

    def save(self):
        db.session.remove()
        with db.engine.connect() as connection:
            self.rows = {
                table: [dict(row) for row in connection.execute(table.select()).mappings()]
                for table in db.metadata.sorted_tables
            }

    def restore(self):
        db.session.remove()
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in reversed(list(self.rows)):
                connection.execute(table.delete())
            for table, rows in self.rows.items():
                if rows:
                    connection.execute(table.insert(), rows)


def test_an_erased_dossier_stays_unreadable_after_an_older_backup_is_put_back(app, place, backup, client_for):
    over = [over_since(place, MONTHS) for _ in range(10)]
    for dossier in over:
        say_everywhere(place, dossier, lambda _kind, _column: CANARY)
    erased = [dossier.id for dossier in over]
    living = [make_dossier(place.ines, place.territory, question="Toujours là ?").id for _ in range(10)]
    coordination = client_for(place.noemie)
    settle()
    backup.save()
    for dossier_id in erased:
        erase_dossier(None, db.session.get_one(Dossier, dossier_id))
    settle()
    backup.restore()
    assert db.session.get_one(Dossier, erased[0]).erased_at is None
    assert {type(row) for row in rows_of(erased[0])} == set(sealed_kinds())
    assert [texts_of(one) for one in erased] == [set()] * len(erased)
    assert {db.session.get_one(Dossier, one).question for one in living} == {"Toujours là ?"}
    assert coordination.get(f"/dossiers/{erased[0]}").status_code == 200
    look()
    assert all(db.session.get_one(Dossier, one).erased_at for one in erased)
    assert db.session.query(Person).filter(Person.dossier_id.in_(erased)).count() == 0
    assert {db.session.get_one(Dossier, one).question for one in living} == {"Toujours là ?"}


def run(app, *words):
    settle()
    return app.test_cli_runner().invoke(args=["dossiers", "erase", *words])


def test_the_command_says_what_it_would_erase_then_erases_it(app, place):
    due = over_since(place, MONTHS)
    due.erasure_told_at = clock.now() - timedelta(days=NOTICE)
    other = over_since(place, MONTHS - 2)
    told = run(app, "--dry-run")
    assert (due.code in told.output, other.code in told.output) == (True, False)
    assert db.session.get_one(Dossier, due.id).erased_at is None
    assert run(app).exit_code == 0
    assert db.session.get_one(Dossier, due.id).erased_at is not None
    assert "0 à effacer" in run(app, "--dry-run").output


def test_a_dry_run_lists_since_when_each_is_over_and_who_would_be_told(app, place):
    due, told_next = over_since(place, MONTHS), over_since(place, MONTHS, -NOTICE)
    due.erasure_told_at = clock.now() - timedelta(days=NOTICE)
    said = run(app, "--dry-run").output
    since = f"{clock.local(db.session.get_one(Dossier, due.id).state_since):%d/%m/%Y}"
    assert f"{due.code}, clos depuis le {since} : à effacer" in said
    assert f"{told_next.code}, clos" in said
    assert "1 à annoncer aux référents d’étape." in said
    assert db.session.get_one(Dossier, told_next.id).erasure_told_at is None


def test_a_dry_run_by_the_code_refuses_what_the_act_would(app, place):
    running = over_since(place, 1, state=DossierState.FOLLOWED)
    told = run(app, "--dry-run", "--code", running.code)
    assert told.exit_code == 1
    assert "Seul un dossier clos ou retiré s’efface" in told.output


def test_a_person_who_asks_is_erased_at_once_by_the_code(app, place):
    closed, running = over_since(place, 1), over_since(place, 1, state=DossierState.FOLLOWED)
    assert run(app, "--code", running.code).exit_code == 1
    assert run(app, "--code", closed.code).exit_code == 0
    assert db.session.get_one(Dossier, closed.id).erased_at is not None
    assert run(app, "--code", closed.code).exit_code == 1


def test_the_levels_of_a_diagnosis_are_counted_as_before(app, place):
    dossier = over_since(place, MONTHS)
    before = db.session.query(DiagnosisLine.item, DiagnosisLine.level).order_by(DiagnosisLine.item).all()
    erase_dossier(None, dossier)
    settle()
    after = db.session.query(DiagnosisLine.item, DiagnosisLine.level).order_by(DiagnosisLine.item).all()
    assert before == after
