"""The migration that seals: rows that stand are sealed where they are, and opened again on the way back."""

import pytest
from sqlalchemy import inspect, select, text

from commission_app.core.db import db, downgrade, upgrade
from commission_app.core.vault.columns import SealedRow
from commission_app.core.vault.store import WRAPPED, key_store
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.models import Dossier, Exchange, Remark
from commission_app.dossiers.states import DossierState, Part
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.notes.document import edit, text_of
from commission_app.sessions.day.notes.models import NoteUpdate
from commission_app.sessions.day.notes.queries import state_of
from commission_app.sessions.decisions.models import DecisionDraft, DraftStance
from commission_app.sessions.states import Stance
from tests.databases import settle
from tests.dossiers.stories import make_complete, make_exchange, person_of
from tests.factories import make_item, make_session

BEFORE, SEALED = "0004", "0005"
WORDS = "Où « loger » la famille ? L’été, 3 mois – œuvre"


@pytest.fixture
def head(app):
    """The schema comes back to its newest state whatever happens."""
    yield
    db.session.remove()
    upgrade(app)


def move(app, step, revision):
    db.session.remove()
    step(app, revision)


def plain(statement, **values):
    """Rows as the database holds them."""
    return db.session.execute(text(statement), values).all()


@pytest.fixture
def dossiers(place):
    found = [make_complete(place, DossierState.SUBMITTED, question=f"{WORDS} {n}") for n in range(3)]
    for dossier in found:
        make_exchange(place, dossier)
        dossier.remarks.append(Remark(part=Part.QUESTION, text="Depuis quand ?", author_id=place.noemie.id))
        db.session.add(FicheRelais(dossier_id=dossier.id, from_id=place.ines.id, goal_what="Un toit"))
    found[2].question = ""
    settle()
    return [dossier.id for dossier in found]


def test_rows_are_opened_on_the_way_down_and_sealed_on_the_way_up(app, place, dossiers, head):
    counts = rows_of_each_table()
    move(app, downgrade, BEFORE)
    questions = {row[0] for row in plain("SELECT question FROM dossier")}
    assert questions == {f"{WORDS} 0", f"{WORDS} 1", ""}
    assert set(plain("SELECT fact FROM block_criterion")) == {("Trois demandes sans réponse",)}
    assert set(plain("SELECT goal_what, goal_why FROM fiche_relais")) == {("Un toit", "")}
    assert rows_of_each_table().items() <= counts.items()
    move(app, upgrade, "head")
    assert rows_of_each_table() == counts
    for number, dossier_id in enumerate(dossiers):
        dossier = db.session.get_one(Dossier, dossier_id)
        assert dossier.question == (f"{WORDS} {number}" if number < 2 else "")
        assert person_of(dossier).first_name == "Prénom"
        assert (dossier.remarks[0].text, dossier.exchanges[0].participants) == ("Depuis quand ?", "Inès")
        assert dossier.attempts[0].what == "Une demande"
    assert all(bytes(row[0])[:1] in {b"\x01", b""} for row in plain("SELECT question FROM dossier"))


def test_rows_written_in_clear_by_an_older_version_are_sealed(app, place, dossiers, head):
    move(app, downgrade, BEFORE)
    with key_store().engine.connect() as connection:
        connection.execute(WRAPPED.delete().where(WRAPPED.c.subject_id.in_(dossiers)))
    plain_update("UPDATE dossier SET question = 'Écrite avant'")
    move(app, upgrade, "head")
    assert {one.question for one in db.session.scalars(select(Dossier))} == {"Écrite avant"}
    assert {one.tried for one in db.session.scalars(select(Exchange))} == {""}
    if db.engine.dialect.name == "sqlite":
        files = app.extensions["commission_config"].data_dir.glob("tests.db*")
        assert not any("Écrite avant".encode() in path.read_bytes() for path in files)


@pytest.fixture
def said(place, dossiers):
    """What the room wrote on the first dossier, and on a topic that is about none; gives both points."""
    day = make_session(place.territory, place.ines)
    items = [
        make_item(day, dossier=db.session.get_one(Dossier, dossiers[0])),
        make_item(day, title="Nouvelles"),
    ]
    for item in items:
        item.notes, item.text, item.postponed_reason = WORDS, WORDS, "Le temps manque"
        db.session.add(NoteUpdate(agenda_item_id=item.id, author_id=place.ines.id, body=edit(b"", WORDS)))
        db.session.add(NoteUpdate(agenda_item_id=item.id, author_id=place.ines.id, body=b"\x00\x00"))
        draft = DecisionDraft(
            agenda_item_id=item.id, author_id=place.ines.id, text=WORDS, action_title="Appeler"
        )
        draft.stances.append(
            DraftStance(user_id=place.karim.id, stance=Stance.RESERVED, words="Pas avant mai")
        )
        db.session.add(draft)
    settle()
    return [item.id for item in items]


def test_what_the_room_wrote_goes_down_and_up_again(app, place, said, head):
    move(app, downgrade, "0011")
    assert set(plain("SELECT notes, text, postponed_reason FROM agenda_item")) == {
        (WORDS, WORDS, "Le temps manque")
    }
    assert set(plain("SELECT text, action_title, offer_name FROM decision_draft")) == {(WORDS, "Appeler", "")}
    assert set(plain("SELECT words FROM draft_stance")) == {("Pas avant mai",)}
    bodies = [bytes(row[0]) for row in plain("SELECT body FROM note_update ORDER BY number")]
    assert bodies[1::2] == [b"\x00\x00"] * 2
    assert {text_of(body) for body in bodies[::2]} == {WORDS}
    move(app, upgrade, "head")
    for item_id in said:
        item = db.session.get_one(AgendaItem, item_id)
        assert (item.notes, item.text, item.postponed_reason) == (WORDS, WORDS, "Le temps manque")
        assert text_of(state_of(item_id)) == WORDS
        draft = db.session.scalars(select(DecisionDraft).filter_by(agenda_item_id=item_id)).one()
        assert (draft.dossier_id, draft.text, draft.stances[0].words) == (
            item.dossier_id,
            WORDS,
            "Pas avant mai",
        )
    assert all(bytes(row[0])[:1] == b"\x01" for row in plain("SELECT notes FROM agenda_item"))
    if db.engine.dialect.name == "sqlite":
        files = app.extensions["commission_config"].data_dir.glob("tests.db*")
        assert not any(b"Pas avant mai" in path.read_bytes() for path in files)


def test_what_the_room_wrote_of_an_erased_dossier_stays_away(app, place, dossiers, said, head):
    key_store().destroy([dossiers[0]])
    move(app, downgrade, "0011")
    assert set(plain("SELECT notes FROM agenda_item")) == {(WORDS,), ("",)}
    plain_update("UPDATE agenda_item SET notes = 'Écrite avant' WHERE dossier_id IS NOT NULL")
    move(app, upgrade, "head")
    assert [db.session.get_one(AgendaItem, one).notes for one in said] == ["", WORDS]
    assert bytes(plain("SELECT notes FROM agenda_item WHERE dossier_id IS NOT NULL")[0][0]) == b""


def plain_update(statement):
    db.session.execute(text(statement))
    db.session.commit()


def test_an_erased_dossier_comes_back_without_text(app, place, dossiers, head):
    key_store().destroy([dossiers[0]])
    move(app, downgrade, BEFORE)
    assert {row[0] for row in plain("SELECT question FROM dossier")} == {f"{WORDS} 1", ""}
    move(app, upgrade, "head")
    assert db.session.get_one(Dossier, dossiers[1]).question == f"{WORDS} 1"


def rows_of_each_table():
    names = [table.name for table in db.metadata.sorted_tables]
    there = set(inspect(db.session.connection()).get_table_names())
    found = {name: plain(f'SELECT count(*) FROM "{name}"')[0][0] for name in names if name in there}
    db.session.remove()
    return found


def test_each_sealed_column_is_kept_as_bytes(app):
    for mapper in db.Model.registry.mappers:
        if issubclass(mapper.class_, SealedRow):
            kinds = {
                one["name"]: str(one["type"])
                for one in inspect(db.engine).get_columns(mapper.local_table.name)
            }
            for column in mapper.class_.sealed_columns:
                assert kinds[column.name] in {"BLOB", "BYTEA"}, f"{mapper.local_table.name}.{column.name}"
