"""From a draft to the register."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete, select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotAllowedError, StaleError, WrongStateError
from commission_app.followup.models import Action, Remontee
from commission_app.followup.states import ActionState
from commission_app.offers.models import Offer
from commission_app.sessions.day import services as course
from commission_app.sessions.day.room import services as room
from commission_app.sessions.decisions import services
from commission_app.sessions.decisions.models import Decision, DecisionDraft
from commission_app.sessions.decisions.queries import draft_of
from commission_app.sessions.states import DecisionKind, Stance
from tests.sessions.day.scene import make_scene, outsider


@pytest.fixture
def scene(app):
    return make_scene()


def write(scene, actor=None, item=None, **values):
    values = {"kind": DecisionKind.SOLUTION, "text": "Un logement relais.", "version": 0, **values}
    return services.write_draft(actor or scene.salome, item or scene.first, **values)


def record(scene, draft, actor=None):
    services.read_back(scene.salome, draft, version=draft.version)
    return services.record_decision(
        actor or scene.salome, draft.agenda_item, draft_id=draft.id, version=draft.version
    )


def test_a_decision_is_read_back_before_it_is_recorded(scene):
    draft = write(scene)
    with pytest.raises(WrongStateError, match="Relisez"):
        services.record_decision(scene.salome, scene.first, draft_id=draft.id, version=draft.version)
    assert record(scene, draft).number == 1
    assert draft_of(scene.first) is None


def test_the_same_draft_sent_twice_makes_one_decision(scene):
    draft = write(scene)
    draft_id = draft.id
    services.read_back(scene.salome, draft, version=draft.version)
    version = draft.version
    made = [
        services.record_decision(scene.salome, scene.first, draft_id=draft_id, version=version)
        for _ in range(2)
    ]
    assert made[0] is made[1]
    assert db.session.scalars(select(Decision)).all() == [made[0]]


def test_two_facilitators_never_overwrite_each_other(scene):
    draft = write(scene)
    seen = draft.version
    write(scene, scene.yves, text="La version d’Yves.", version=seen)
    with pytest.raises(StaleError):
        write(scene, text="La version de Salomé.", version=seen)
    with pytest.raises(StaleError):
        services.read_back(scene.salome, draft, version=seen)
    assert draft.text == "La version d’Yves."


def test_a_draft_that_changes_is_read_again(scene):
    draft = write(scene)
    services.read_back(scene.salome, draft, version=draft.version)
    services.take_stance(scene.leonie, draft, stance=Stance.AGREED)
    write(scene, version=draft.version, text="Autre chose.")
    assert draft.read_back_at is None
    assert not draft.stances


def test_the_decision_keeps_who_was_there_and_what_the_room_said(scene):
    room.check_in(scene.salome, scene.day, user_id=scene.leonie.id)
    draft = write(scene)
    services.read_back(scene.salome, draft, version=draft.version)
    services.take_stance(scene.hugo, draft, stance=Stance.RESERVED, words="non")
    services.take_stance(scene.hugo, draft, stance=Stance.AGREED)
    services.take_stance(scene.leonie, draft, stance=Stance.RESERVED, words="sous réserve du coût")
    decision = services.record_decision(scene.salome, scene.first, draft_id=draft.id, version=draft.version)
    assert decision.present == [str(scene.ccas.id)]
    assert decision.agreed_count == 1
    assert decision.reservations == [{"structure": scene.ccas.name, "words": "sous réserve du coût"}]


def test_a_stance_needs_a_reading_and_a_seat(scene):
    draft = write(scene)
    with pytest.raises(WrongStateError):
        services.take_stance(scene.leonie, draft, stance=Stance.AGREED)
    services.read_back(scene.salome, draft, version=draft.version)
    with pytest.raises(NotAllowedError):
        services.take_stance(outsider(), draft, stance=Stance.AGREED)


def test_the_action_exists_at_that_instant(scene):
    due_on = clock.today() + timedelta(days=20)
    decision = record(scene, write(scene, structure_id=scene.ccas.id, due_on=due_on))
    action = db.session.scalars(select(Action)).one()
    assert (action.decision_id, action.structure_id, action.due_on) == (decision.id, scene.ccas.id, due_on)


def test_a_new_offer_and_a_remontee_are_born_from_a_decision(scene):
    record(scene, write(scene, kind=DecisionKind.NEW_OFFER, offer_name="Garde dès 6 h 30"))
    record(scene, write(scene, kind=DecisionKind.REMONTEE, theme="Garde d’enfants"))
    assert db.session.scalars(select(Offer)).one().dossiers == [scene.first.dossier]
    remontee = db.session.scalars(select(Remontee)).one()
    assert (remontee.theme, remontee.dossier_id) == ("Garde d’enfants", scene.first.dossier_id)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": ""}, "text"),
        ({"kind": DecisionKind.NEW_OFFER}, "offer_name"),
        ({"kind": DecisionKind.REMONTEE}, "theme"),
        ({"due_on": clock.today()}, "structure_id"),
    ],
)
def test_what_misses_is_said_beside_its_field(scene, values, field):
    draft = write(scene, **values)
    with pytest.raises(InvalidInputError) as refused:
        services.read_back(scene.salome, draft, version=draft.version)
    assert refused.value.field == field


def test_who_does_not_hold_the_floor_writes_but_does_not_record(scene):
    draft = write(scene, scene.yves)
    with pytest.raises(NotAllowedError, match="Salomé"):
        record(scene, draft, scene.yves)
    for person in (scene.leonie, scene.ines):
        with pytest.raises(NotAllowedError):
            write(scene, person, version=draft.version)


def test_a_correction_replaces_visibly(scene):
    first = record(scene, write(scene))
    course.open_next(scene.salome, scene.day, seen_id=scene.first.id)
    draft = services.correct_decision(scene.yves, first)
    write(scene, item=scene.first, text="Deux logements relais.", version=draft.version)
    second = record(scene, draft)
    assert (second.number, second.replaces_id) == (2, first.id)
    assert first.text == "Un logement relais."
    with pytest.raises(WrongStateError):
        services.correct_decision(scene.salome, first)


def test_a_correction_makes_no_second_action_for_the_same_task(scene):
    due_on = clock.today() + timedelta(days=20)
    task = {"structure_id": scene.ccas.id, "due_on": due_on}
    first = record(scene, write(scene, **task))
    draft = services.correct_decision(scene.salome, first)
    record(scene, draft)
    assert len(db.session.scalars(select(Action)).all()) == 1


def test_a_correction_gives_up_the_task_that_it_asks_for_no_more(scene):
    due_on = clock.today() + timedelta(days=20)
    task = {"structure_id": scene.ccas.id, "due_on": due_on}
    first = record(scene, write(scene, **task))
    same = record(scene, services.correct_decision(scene.salome, first))
    draft = services.correct_decision(scene.salome, same)
    later = {**task, "due_on": due_on + timedelta(days=10)}
    record(scene, write(scene, version=draft.version, **later))
    given_up, made = db.session.scalars(select(Action).order_by(Action.due_on)).all()
    assert (given_up.state, given_up.drop_reason) == (ActionState.DROPPED, "Remplacée par la décision n° 3")
    assert (made.state, made.due_on) == (ActionState.TO_DO, later["due_on"])


def test_a_correction_keeps_the_offer_made_and_asks_for_its_name_no_more(scene, client_for):
    first = record(scene, write(scene, kind=DecisionKind.NEW_OFFER, offer_name="Navette de nuit"))
    draft = services.correct_decision(scene.salome, first)
    html = client_for(scene.salome).get(f"{scene.url}/pupitre").get_data(as_text=True)
    assert "L’offre créée par la décision 1 reste la même" in html
    assert 'name="offer_name"' not in html
    record(scene, draft)
    assert [offer.name for offer in db.session.scalars(select(Offer))] == ["Navette de nuit"]


def test_what_is_refused_never_shows_as_read_back(scene, client_for):
    draft = write(scene)
    services.read_back(scene.salome, draft, version=draft.version)
    typed = {"kind": "new_offer", "text": "Une navette.", "version": draft.version, "step": "read"}
    url = f"{scene.url}/points/{scene.first.id}/projet"
    answer = client_for(scene.salome).submit(url, typed, page=f"{scene.url}/pupitre", htmx=True)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert page.select_one("#relue .said").get_text() == "Un logement relais."
    assert page.select_one("textarea[name=text]").get_text() == "Une navette."


def test_the_person_is_told_once(scene):
    decision = record(scene, write(scene, teller_id=scene.referent.id))
    told = services.tell_person(scene.referent, decision)
    assert services.tell_person(scene.salome, decision) is told
    with pytest.raises(NotAllowedError):
        services.tell_person(scene.hugo, decision)


def test_a_refused_draft_comes_back_with_what_was_typed(client_for, scene):
    salome = client_for(scene.salome)
    url = f"{scene.url}/points/{scene.first.id}/projet"
    typed = {"kind": "new_offer", "text": "Une navette de nuit.", "version": 0, "step": "read"}
    page = f"{scene.url}/pupitre"
    answer = salome.submit(url, typed, page=page, htmx=True)
    assert answer.status_code == 422
    assert "Une navette de nuit." in answer.get_data(as_text=True)
    assert "Donnez un nom" in answer.get_data(as_text=True)
    assert salome.submit(url, {**typed, "offer_name": "Navette"}, page=page, htmx=True).status_code == 200
    stale = salome.submit(url, {**typed, "text": "Trop tard."}, page=page, htmx=True)
    assert stale.status_code == 409
    assert {"Trop tard.", "Une navette de nuit."} <= set(
        stale.get_data(as_text=True).replace("<", ">").split(">")
    )


def test_an_opinion_on_a_draft_that_somebody_just_recorded_is_refused_in_words(scene):
    draft = write(scene)
    services.read_back(scene.salome, draft, version=draft.version)
    db.session.execute(delete(DecisionDraft).execution_options(synchronize_session=False))
    with pytest.raises(StaleError, match="vient de changer"):
        services.take_stance(scene.leonie, draft, stance=Stance.AGREED)
