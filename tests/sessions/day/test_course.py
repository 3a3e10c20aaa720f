"""The course of a day: points, clocks, the floor, the end."""

from datetime import timedelta

import pytest

from commission_app.core import clock
from commission_app.core.errors import NotAllowedError, StaleError, WrongStateError
from commission_app.dossiers.states import DossierState
from commission_app.sessions.day import services
from commission_app.sessions.day.course import elapsed_seconds
from commission_app.sessions.day.notes.queries import print_of
from commission_app.sessions.day.notes.services import save_notes
from commission_app.sessions.day.queries import current_item
from commission_app.sessions.states import ItemState, SessionState
from tests.sessions.day.scene import decide, make_scene


def test_the_day_begins_with_its_first_point_and_who_starts_holds_the_floor(app):
    scene = make_scene()
    assert scene.day.state is SessionState.LIVE
    assert current_item(scene.day) is scene.first
    assert scene.day.floor_id == scene.salome.id
    with pytest.raises(WrongStateError):
        services.start_day(scene.yves, scene.day)


def test_only_who_holds_the_floor_leads_and_a_refusal_names_that_person(app):
    scene = make_scene()
    with pytest.raises(NotAllowedError, match="Salomé"):
        services.open_next(scene.yves, scene.day, seen_id=scene.first.id)
    services.take_floor(scene.yves, scene.day)
    services.open_next(scene.yves, scene.day, seen_id=scene.first.id)
    assert current_item(scene.day) is scene.pause
    services.hand_over(scene.yves, scene.day)
    assert scene.day.floor_id == scene.salome.id


def test_nobody_else_leads(app):
    scene = make_scene()
    for person in (scene.leonie, scene.ines, scene.referent):
        with pytest.raises(NotAllowedError):
            services.open_next(person, scene.day, seen_id=scene.first.id)


def test_two_who_press_next_together_advance_once(app):
    scene = make_scene()
    services.open_next(scene.salome, scene.day, seen_id=scene.first.id)
    with pytest.raises(StaleError):
        services.open_next(scene.salome, scene.day, seen_id=scene.first.id)
    assert current_item(scene.day) is scene.pause


def test_a_pause_counts_for_no_point(app):
    scene = make_scene()
    began = scene.first.started_at
    with clock.frozen(began + timedelta(minutes=10)):
        services.pause_day(scene.salome, scene.day)
    with clock.frozen(began + timedelta(minutes=25)):
        assert elapsed_seconds(scene.first, scene.day, clock.now()) == 600
        services.resume_day(scene.salome, scene.day)
    with clock.frozen(began + timedelta(minutes=30)):
        services.open_next(scene.salome, scene.day, seen_id=scene.first.id)
    assert scene.first.spent_seconds == 900


def test_going_back_takes_the_point_up_where_it_was(app):
    scene = make_scene()
    began = scene.first.started_at
    with clock.frozen(began + timedelta(minutes=10)):
        services.open_next(scene.salome, scene.day, seen_id=scene.first.id)
    with clock.frozen(began + timedelta(minutes=12)):
        services.open_previous(scene.salome, scene.day, seen_id=scene.pause.id)
    assert scene.first.state is ItemState.LIVE
    assert scene.pause.state is ItemState.WAITING
    assert elapsed_seconds(scene.first, scene.day, began + timedelta(minutes=13)) == 660


def test_a_situation_with_a_decision_is_treated_when_its_point_ends(app):
    scene = make_scene()
    decide(scene, scene.first)
    assert scene.first.dossier.state is DossierState.SCHEDULED
    services.open_next(scene.salome, scene.day, seen_id=scene.first.id)
    assert scene.first.dossier.state is DossierState.TREATED


def test_a_situation_put_off_waits_again(app):
    scene = make_scene()
    services.postpone_current(
        scene.salome, scene.day, seen_id=scene.first.id, to=None, reason="Le temps a manqué"
    )
    assert scene.first.state is ItemState.POSTPONED
    assert scene.first.dossier.state is DossierState.POSTPONED
    assert current_item(scene.day) is scene.pause


def test_closing_says_what_is_undecided_and_puts_it_off(app):
    scene = make_scene()
    decide(scene, scene.first)
    with pytest.raises(StaleError):
        services.close_day(scene.salome, scene.day, undecided_count=0)
    services.close_day(scene.salome, scene.day, undecided_count=1)
    assert scene.day.state is SessionState.CLOSED
    assert scene.first.dossier.state is DossierState.TREATED
    assert scene.second.dossier.state is DossierState.POSTPONED
    with pytest.raises(WrongStateError):
        services.pause_day(scene.salome, scene.day)


def test_notes_of_two_facilitators_are_never_lost(app):
    scene = make_scene()
    seen = print_of("")
    save_notes(scene.salome, scene.day, scene.first, text="De Salomé.", seen=seen)
    with pytest.raises(StaleError):
        save_notes(scene.yves, scene.day, scene.first, text="D’Yves.", seen=seen)
    assert scene.first.notes == "De Salomé."


def test_stale_notes_come_back_with_both_texts(client_for):
    scene = make_scene()
    seen = print_of("")
    save_notes(scene.salome, scene.day, scene.first, text="De Salomé.", seen=seen)
    url = f"{scene.url}/points/{scene.first.id}/notes"
    yves = client_for(scene.yves)
    answer = yves.submit(url, {"text": "D’Yves.", "seen": seen}, page=f"{scene.url}/pupitre", htmx=True)
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert "De Salomé." in text
    assert "D’Yves." in text


def test_the_pages_of_an_act_answer_plain_forms_too(client_for):
    scene = make_scene()
    salome = client_for(scene.salome)
    for path in ("reporter", "clore", "presences", "ecran"):
        assert salome.get(f"{scene.url}/{path}").status_code == 200
    seen = {"seen": str(scene.first.id)}
    answer = salome.submit(f"{scene.url}/point-suivant", seen, page=f"{scene.url}/clore")
    assert answer.status_code == 303
