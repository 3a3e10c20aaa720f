"""What the room writes on a live day, through its own acts: sealed, and read with one question for keys."""

import pytest
from pycrdt import Doc, Text
from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.binomes.models import UrgentRequest
from commission_app.binomes.urgent.queries import running_lines
from commission_app.core.db import db
from commission_app.core.vault.columns import SealedRow
from commission_app.core.vault.house import NO_DOSSIER
from commission_app.core.vault.store import key_store
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.retention.services import erase_again
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.publication.services import write_opinion
from commission_app.sessions.day.notes.queries import state_of
from commission_app.sessions.day.notes.services import write_update
from commission_app.sessions.day.room.services import park_idea
from commission_app.sessions.day.snapshot import live_view, room_view
from commission_app.sessions.decisions import services as deciding
from commission_app.sessions.states import DecisionKind, ItemState, ParkedKind, Stance
from tests.core.vault.rows import rows_of
from tests.core.vault.test_canaries import everything_kept
from tests.databases import settle
from tests.factories import make_binome, make_dossier
from tests.sessions.day.scene import make_scene

SAID = ("Canarinotes", "Canariprojet", "Canarireserve", "Canariavis", "Canariidee")


def typed(letters):
    """What an editor sends."""
    document = Doc()
    document.get("notes", type=Text).insert(0, letters)
    return bytes(document.get_update())


@pytest.fixture
def scene(app):
    """A point under way on which everybody wrote something."""
    scene = make_scene()
    notes, text, words, opinion, idea = SAID
    write_update(scene.salome, scene.day, scene.first, typed(notes))
    write_opinion(scene.leonie, scene.first, text=opinion)
    park_idea(scene.leonie, scene.day, kind=ParkedKind.SOLUTION, text=idea)
    kind = DecisionKind.SOLUTION
    draft = deciding.write_draft(scene.salome, scene.first, kind=kind, text=text, version=0)
    db.session.flush()
    deciding.read_back(scene.salome, draft, version=draft.version)
    deciding.take_stance(scene.hugo, draft, stance=Stance.RESERVED, words=words)
    settle()
    return scene


def shown(view):
    draft = view.draft
    return view.current.notes, draft.text, draft.said[0].words, view.opinions[0][1], view.parked[0].text


def test_the_desk_reads_everything_with_one_question_for_keys(scene, key_queries):
    day_id = scene.day.id
    settle()
    key_queries.clear()
    assert shown(live_view(day_id)) == SAID
    assert len(key_queries) == 1


def test_the_room_asks_once_too(scene, key_queries):
    day_id = scene.day.id
    settle()
    key_queries.clear()
    assert room_view(day_id).current.notes == SAID[0]
    assert len(key_queries) == 1


def test_nothing_that_the_room_wrote_stands_in_the_files(app, scene):
    kept = everything_kept(app)
    assert b"ARL-2026-" in kept
    for word in SAID:
        assert word.encode() not in kept, word
        assert word.encode().hex().encode() not in kept, word


def test_each_row_belongs_to_the_dossier_of_its_point(scene):
    written = {type(row).__name__ for row in rows_of(scene.first.dossier_id) if row.sealed_like}
    assert written == {"NoteUpdate", "WrittenOpinion", "ParkedIdea", "DecisionDraft", "DraftStance"}


def test_a_destroyed_key_closes_what_the_room_wrote(scene):
    dossier_id, item_id, day_id = scene.first.dossier_id, scene.first.id, scene.day.id
    settle()
    key_store().destroy([dossier_id])
    assert set(shown(live_view(day_id))) == {""}
    assert state_of(item_id) == b""


def test_a_dossier_that_came_back_from_a_backup_leaves_the_days_that_wait_for_it(scene):
    dossier_id, item_id = scene.second.dossier_id, scene.second.id
    key_store().destroy([dossier_id])
    erase_again(None, db.session.get_one(Dossier, dossier_id))
    settle()
    assert db.session.get_one(AgendaItem, item_id).state is ItemState.POSTPONED


def test_the_key_of_the_house_outlives_an_erased_dossier(scene):
    scene.pause.text = "Un café"
    settle()
    erase_again(None, db.session.get_one(Dossier, scene.first.dossier_id))
    settle()
    assert scene.pause.text == "Un café"
    assert key_store().load([NO_DOSSIER])[NO_DOSSIER]


def test_a_list_of_urgent_requests_asks_for_its_keys_once(app, place, key_queries):
    binome = make_binome(place.territory, place.karim.structure, place.karim, place.paul)
    for number in range(4):
        dossier = make_dossier(place.ines, place.territory) if number else None
        values = {"title": f"Aide {number}", "text": "Vite", "delay_minutes": 60}
        about = {"dossier_id": dossier.id if dossier else None, "author_id": place.ines.id}
        db.session.add(UrgentRequest(territory_id=place.territory.id, binome_id=binome.id, **about, **values))
    settle()
    ines = db.session.scalars(select(User).where(User.id == place.ines.id)).one()
    key_queries.clear()
    assert {line.title for line in running_lines(ines)} == {f"Aide {number}" for number in range(4)}
    assert len(key_queries) == 1


def test_a_reference_that_tells_the_dossier_leads_to_a_row_that_knows_it(app):
    mappers = db.Model.registry.mappers
    kinds = {mapper.local_table: mapper.class_ for mapper in mappers}
    like = [one for one in kinds.values() if issubclass(one, SealedRow) and one.sealed_like]
    for kind in like:
        (key,) = kind.__table__.c[kind.sealed_like].foreign_keys
        assert "dossier_id" in kinds[key.column.table].__table__.c, kind
    assert len(like) == 8
