"""What is written about an action or sent up: read with one question for keys, gone with its dossier."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import WrongStateError
from commission_app.core.vault.store import key_store
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.retention.services import erase_again, erase_dossier
from commission_app.dossiers.states import DossierState
from commission_app.followup import services
from commission_app.followup.board.queries import ActionFilter, board_of, page_of
from commission_app.followup.models import Action, ActionNote, Remontee
from commission_app.followup.remontees.services import answer_remontee, study_remontee
from commission_app.followup.states import ActionState, RemonteeState
from tests.databases import settle
from tests.factories import make_dossier, make_user

SAID, REASON = "Canaribruine", "Canaricrachin"
HOW_MANY = 5
GONE = "Motif effacé avec le dossier."


@pytest.fixture
def dossiers(place):
    referent = make_user("Rita", None, None, place.ccas)
    return [make_dossier(referent, place.here, DossierState.CLOSED) for _ in range(HOW_MANY)]


@pytest.fixture
def written(place, make_action, dossiers):
    """On each dossier, and on none, an open action with a note and one that was given up; gives their
    identifiers."""
    found = []
    for dossier in (*dossiers, None):
        noted = make_action("Appeler", due=-1, dossier=dossier)
        dropped = make_action("Écrire", dossier=dossier)
        with clock.frozen(clock.now() - timedelta(hours=1)):
            services.note_progress(place.hugo, noted, text="Avant")
        services.note_progress(place.hugo, noted, text=SAID)
        services.drop_action(place.hugo, dropped, reason=REASON, version=dropped.version)
        found.append((noted.id, dropped.id))
    settle()
    return found


@pytest.fixture
def sent_up(place, dossiers):
    """A problem about the first dossier and one about none, both waiting; gives their identifiers."""
    rows = [
        Remontee(territory=place.here, theme="Mobilité", text=SAID, dossier_id=dossier_id)
        for dossier_id in (dossiers[0].id, None)
    ]
    db.session.add_all(rows)
    settle()
    return [row.id for row in rows]


def test_the_board_and_the_list_ask_for_their_keys_once(place, written, key_queries):
    wanted = ActionFilter(territory_id=place.here.id)
    for read in (lanes, page):
        nora = db.session.scalars(select(User).where(User.id == place.nora.id)).unique().one()
        key_queries.clear()
        lines = read(nora, wanted)
        assert {line.note for line in lines if line.is_open} == {SAID}
        assert {line.why_dropped for line in lines if not line.is_open} == {REASON}
        assert len(lines) == 2 * (HOW_MANY + 1)
        assert len(key_queries) == 1
        settle()


def lanes(actor, wanted):
    return [line for lane in board_of(actor, wanted) for line in lane.actions]


def page(actor, wanted):
    return page_of(actor, wanted, number=1).items


def test_a_file_asks_once_and_holds_the_reasons(place, written, client_for, key_queries):
    nora = client_for(place.nora)
    nora.get("/actions")
    key_queries.clear()
    text = nora.submit("/actions/export/csv").get_data(as_text=True)
    assert (text.count(REASON), len(key_queries)) == (HOW_MANY + 1, 1)


def test_the_list_of_remontees_asks_once(place, sent_up, client_for, key_queries):
    paul = client_for(place.paul)
    key_queries.clear()
    assert paul.get("/remontees").get_data(as_text=True).count(SAID) == len(sent_up)
    assert len(key_queries) == 1


def test_a_note_is_of_the_dossier_of_its_action(place, written, dossiers):
    found = db.session.execute(select(ActionNote.dossier_id, Action.dossier_id).join(Action)).all()
    assert {one[0] for one in found} == {*(one.id for one in dossiers), None}
    assert all(one[0] == one[1] for one in found)


def test_the_words_leave_with_the_dossier_and_the_actions_stay(place, written, dossiers, client_for):
    erase_dossier(None, dossiers[0])
    settle()
    nora, (noted, dropped) = client_for(place.nora), written[0]
    shown = nora.get(f"/actions/{noted}").get_data(as_text=True)
    assert SAID not in shown
    assert "Notes effacées." in shown
    assert f"/actions/{noted}/notes" not in shown
    assert f"/actions/{noted}/abandonner" not in shown
    assert f"/actions/{noted}/terminer" in shown
    assert GONE in nora.get(f"/actions/{dropped}").get_data(as_text=True)
    text = nora.submit("/actions/export/csv", page="/actions").get_data(as_text=True)
    assert (text.count(REASON), text.count(GONE)) == (HOW_MANY, 1)
    assert db.session.get_one(Action, dropped).state is ActionState.DROPPED
    assert db.session.query(ActionNote).count() == 2 * HOW_MANY


def test_nothing_more_is_noted_once_the_dossier_is_erased(place, written, dossiers, client_for):
    erase_dossier(None, dossiers[0])
    settle()
    hugo, url = client_for(place.hugo), f"/actions/{written[0][0]}"
    refused = hugo.submit(f"{url}/notes", {"text": "Encore"}, page="/actions")
    assert refused.status_code == 409
    assert "Ce dossier est effacé" in refused.get_data(as_text=True)
    version = db.session.get_one(Action, written[0][0]).version
    assert hugo.submit(f"{url}/terminer", {"version": version}).status_code == 303


def test_a_problem_sent_up_loses_its_words_with_its_dossier(place, sent_up, dossiers, client_for):
    first, second = (db.session.get_one(Remontee, one) for one in sent_up)
    answer_remontee(place.paul, first, answer=REASON, version=first.version)
    settle()
    kept = (first.theme, first.state, first.created_at, first.answered_at)
    erase_dossier(None, dossiers[0])
    settle()
    assert (first.text, first.answer, second.text) == ("", "", SAID)
    assert (first.theme, first.state, first.created_at, first.answered_at) == kept
    paul = client_for(place.paul)
    assert "Texte effacé avec le dossier" in paul.get("/remontees").get_data(as_text=True)
    assert "Texte effacé avec le dossier" in paul.get(f"/remontees/{first.id}").get_data(as_text=True)


def test_what_lost_its_words_waits_for_no_answer(place, sent_up, dossiers, client_for):
    paul = client_for(place.paul)
    assert tasks(paul) == 2
    erase_dossier(None, dossiers[0])
    settle()
    assert tasks(paul) == 1
    gone = db.session.get_one(Remontee, sent_up[0])
    page_of_it = paul.get(f"/remontees/{gone.id}").get_data(as_text=True)
    assert "/repondre" not in page_of_it
    assert "Pas encore de réponse" not in page_of_it
    with pytest.raises(WrongStateError, match="rien à répondre"):
        answer_remontee(place.paul, gone, answer="Oui", version=gone.version)
    with pytest.raises(WrongStateError, match="rien à répondre"):
        study_remontee(place.paul, gone, version=gone.version)
    assert gone.state is RemonteeState.SENT


def tasks(client):
    """How many problems the first page of a pilot says are waiting."""
    text = client.get("/").get_data(as_text=True)
    return int(re.findall(r">(\d+)<", text.partition("Remontées sans réponse")[0])[-1])


def test_an_older_backup_brings_no_word_back(place, written, sent_up, dossiers):
    dossier_id = dossiers[0].id
    key_store().destroy([dossier_id])
    noted, dropped = (db.session.get_one(Action, one) for one in written[0])
    assert {note.text for note in noted.notes} == {""}
    assert dropped.why_dropped == GONE
    assert db.session.get_one(Remontee, sent_up[0]).is_erased
    erase_again(None, db.session.get_one(Dossier, dossier_id))
    settle()
    assert db.session.get_one(Action, written[0][0]).notes == []
