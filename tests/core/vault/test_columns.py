"""Models read and write plain text; the database holds sealed bytes that open in their own place alone."""

import itertools
import uuid

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, SAWarning

from commission_app.core.db import commit, db, rollback
from commission_app.core.errors import WrongStateError
from commission_app.core.vault.house import NO_DOSSIER
from commission_app.core.vault.keyring import VaultError
from commission_app.core.vault.store import WRAPPED, key_store
from commission_app.dossiers.models import Attempt, Dossier, Person
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.models import ParkedIdea
from commission_app.sessions.day.notes.models import NoteUpdate
from commission_app.sessions.states import ParkedKind
from tests.core.vault.rows import as_kept, content_of, made, row_of, sealed_kinds
from tests.databases import settle
from tests.dossiers.stories import make_complete, person_of
from tests.factories import make_dossier, make_item, make_session


def kept(table, column, **where):
    """What the database holds of a column."""
    name, value = next(iter(where.items()))
    query = text(f"SELECT {column} FROM {table} WHERE {name} = :value")
    raw = db.session.execute(query.bindparams(value=db_id(value))).scalar_one()
    return bytes(raw)


def db_id(value):
    return value.hex if db.engine.dialect.name == "sqlite" else value


def test_a_text_is_read_as_it_was_written_and_kept_sealed(app, place):
    dossier = make_dossier(place.ines, place.territory, question="Un canari dans la mine ?")
    assert dossier.question == "Un canari dans la mine ?"
    settle()
    assert db.session.get_one(Dossier, dossier.id).question == "Un canari dans la mine ?"
    sealed = kept("dossier", "question", id=dossier.id)
    assert sealed[:1] == b"\x01"
    assert b"canari" not in sealed


def test_the_same_text_again_is_no_change(app, place):
    dossier = make_dossier(place.ines, place.territory, question="Où loger ?")
    settle()
    version = dossier.version
    dossier.question = "Où loger ?"
    settle()
    assert dossier.version == version
    dossier.question = "Où dormir ?"
    settle()
    assert (dossier.version, dossier.question) == (version + 1, "Où dormir ?")


def test_a_text_taken_away_leaves_nothing(app, place):
    dossier = make_dossier(place.ines, place.territory, question="Où loger ?")
    settle()
    dossier.question = ""
    settle()
    assert kept("dossier", "question", id=dossier.id) == b""
    assert dossier.question == ""


def test_what_was_typed_and_rolled_back_is_forgotten(app, place):
    dossier = make_dossier(place.ines, place.territory, question="Où loger ?")
    settle()
    dossier.question = "Autre chose"
    rollback()
    assert dossier.question == "Où loger ?"


def test_a_plain_text_never_reaches_a_sealed_column(app, place):
    dossier = make_dossier(place.ines, place.territory)
    with pytest.raises(Exception, match="plain text"):
        db.session.execute(update(Dossier).values(_question="en clair"))
    rollback()
    with pytest.raises(Exception, match="plain text"):
        db.session.execute(insert(Attempt), [{"dossier_id": dossier.id, "_what": "en clair"}])


def test_a_sealed_text_moved_to_any_other_place_is_refused(app, place):
    """Each sealed column of the application in turn: its own row's other columns, other rows of the dossier,
    and other dossiers."""
    tried, siblings = 0, 0
    for kind in sealed_kinds():
        dossier = make_complete(place, DossierState.SUBMITTED)
        ours, theirs = row_of(place, kind, dossier), row_of(place, kind, make_complete(place))
        rows = [ours, theirs, *sibling_of(place, ours, dossier)]
        siblings += len(rows) - 2
        for row, column in itertools.product(rows, kind.sealed_columns):
            setattr(row, column.name, content_of(column, as_kept(kind, f"texte de {column.name}")))
        settle()
        for column in kind.sealed_columns:
            own = getattr(ours, column.hidden)
            others = [getattr(ours, one.hidden) for one in kind.sealed_columns if one is not column]
            for stolen in (*others, *(getattr(row, column.hidden) for row in rows[1:])):
                assert not opens(ours, column, stolen), f"{kind.__tablename__}.{column.name}"
                tried += 1
            assert opens(ours, column, own)
    assert tried > 170
    assert siblings > 10


def sibling_of(place, row, dossier):
    """Another row of the same kind and dossier, where there may be two; updates of notes are sealed for
    their point."""
    if isinstance(row, Dossier | NoteUpdate):
        return []
    try:
        with db.session.begin_nested():
            return [made(place, type(row), dossier)]
    except (IntegrityError, SAWarning):
        return []


def opens(row, column, sealed):
    """Whether a sealed text, put in the database where it may not belong, is read, whatever it says."""
    setattr(row, column.hidden, sealed)
    settle()
    try:
        return bool(getattr(row, column.name))
    except VaultError:
        return False


def test_a_list_asks_for_its_keys_once(app, place, key_queries):
    for number in range(20):
        make_dossier(place.ines, place.territory, question=f"Question {number} ?")
    settle()
    key_queries.clear()
    found = db.session.query(Dossier).all()
    assert sorted(one.question for one in found) == sorted(f"Question {number} ?" for number in range(20))
    assert len(key_queries) == 1


def test_a_list_that_shows_no_text_asks_for_no_key(app, place, key_queries, client_for):
    for _ in range(3):
        make_dossier(place.ines, place.territory)
    client = client_for(place.ines)
    key_queries.clear()
    assert client.get("/dossiers").status_code == 200
    assert key_queries == []


def test_keys_are_forgotten_with_the_transaction(app, place, key_queries):
    dossier = make_dossier(place.ines, place.territory, question="Où loger ?")
    settle()
    key_queries.clear()
    for _ in range(2):
        assert dossier.question == "Où loger ?"
        assert person_of(dossier).first_name == "Prénom"
        commit()
        assert "vault_keys" not in db.session.info
    assert len(key_queries) == 2


def test_the_key_is_on_disk_before_the_dossier(app, place):
    dossier = make_dossier(place.ines, place.territory)
    assert key_store().load([dossier.id])[dossier.id]
    rollback()
    assert db.session.get(Dossier, dossier.id) is None


def test_a_lost_key_closes_rather_than_shows_nothing(app, place):
    dossier = make_dossier(place.ines, place.territory, question="Où loger ?")
    settle()
    with key_store().engine.connect() as connection:
        connection.execute(WRAPPED.delete().where(WRAPPED.c.subject_id == dossier.id))
    with pytest.raises(VaultError, match="missing"):
        _ = dossier.question


def test_a_destroyed_key_reads_as_nothing_and_takes_no_more_text(app, place):
    gone, other = (make_complete(place, DossierState.SUBMITTED, question="Où loger ?") for _ in range(2))
    settle()
    key_store().destroy([gone.id])
    assert (gone.question, person_of(gone).last_name, gone.attempts[0].what) == ("", "", "")
    assert other.question == "Où loger ?"
    gone.question = "Encore ?"
    with pytest.raises(WrongStateError):
        commit()


def test_whether_there_is_a_name_is_asked_without_reading_it(app, place, key_queries):
    named, blank = (make_dossier(place.ines, place.territory) for _ in range(2))
    person_of(blank).last_name = ""
    settle()
    key_queries.clear()
    found = db.session.query(Person.dossier_id).filter(Person.last_name.is_written)
    assert [row[0] for row in found] == [named.id]
    assert key_queries == []


def test_what_is_about_no_dossier_is_sealed_with_the_key_of_the_house(app, place, key_queries):
    day = make_session(place.territory, place.ines)
    items = [make_item(day, text=f"Canari {number}") for number in range(3)]
    settle()
    key_queries.clear()
    assert [item.text for item in items] == ["Canari 0", "Canari 1", "Canari 2"]
    assert len(key_queries) == 1
    assert b"Canari" not in kept("agenda_item", "text", id=items[0].id)
    assert key_store().load([NO_DOSSIER])[NO_DOSSIER]


def test_a_row_about_a_point_takes_the_dossier_of_the_point(app, place, count_queries):
    day = make_session(place.territory, place.ines)
    item = make_item(day, dossier=make_dossier(place.ines, place.territory))
    with count_queries() as queries:
        idea = ParkedIdea(agenda_item_id=item.id, **idea_in(day, place))
        db.session.add(idea)
        db.session.flush()
    assert (idea.dossier_id, len(queries)) == (item.dossier_id, 1)
    item_id, dossier_id = item.id, item.dossier_id
    settle()
    far = ParkedIdea(agenda_item_id=item_id, **idea_in(day, place))
    db.session.add(far)
    settle()
    assert (far.dossier_id, far.text) == (dossier_id, "Un lit")
    alone = ParkedIdea(**idea_in(day, place))
    db.session.add(alone)
    settle()
    assert (alone.dossier_id, alone.text) == (None, "Un lit")


def idea_in(day, place):
    return {
        "commission_session_id": day.id, "kind": ParkedKind.SOLUTION, "text": "Un lit",
        "author_id": place.ines.id,
    }  # fmt: skip


def test_a_column_read_alone_opens_for_its_own_row(app, place, key_queries):
    item = make_item(make_session(place.territory, place.ines), text="Un point")
    settle()
    kept_text, item_id = db.session.execute(select(AgendaItem.text.column, AgendaItem.id)).one()
    opened = AgendaItem.text.open(db.session(), kept_text, row_id=item_id, dossier_id=None)
    assert opened == item.text == "Un point"
    with pytest.raises(VaultError):
        AgendaItem.text.open(db.session(), kept_text, row_id=uuid.uuid4(), dossier_id=None)
    with pytest.raises(VaultError):
        AgendaItem.notes.open(db.session(), kept_text, row_id=item_id, dossier_id=None)


def test_a_row_outside_of_a_transaction_keeps_its_secret(app, place):
    dossier = make_dossier(place.ines, place.territory, question="Où loger ?")
    settle()
    found = db.session.get_one(Dossier, dossier.id)
    db.session.expunge(found)
    with pytest.raises(VaultError):
        _ = found.question
    assert Dossier(question="Neuf ?", id=uuid.uuid4()).question == "Neuf ?"
