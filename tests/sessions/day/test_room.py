"""Hands, arrivals, ideas and the screen's link."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from commission_app.core import clock
from commission_app.core.errors import InvalidInputError, NotAllowedError, NotFoundError, WrongStateError
from commission_app.sessions.day.fragments import Audience, fragments_of
from commission_app.sessions.day.room import services as room
from commission_app.sessions.day.services import close_day
from commission_app.sessions.day.snapshot import live_view
from commission_app.sessions.states import ParkedKind
from tests.sessions.day.scene import make_scene, outsider


def test_hands_wait_in_order_and_one_speaks_at_a_time(app):
    scene = make_scene()
    for person in (scene.leonie, scene.hugo, scene.leonie):
        room.raise_hand(person, scene.day)
    first, second = live_view(scene.day.id).hands
    assert (first.user_id, second.user_id) == (scene.leonie.id, scene.hugo.id)
    room.give_floor_to(scene.yves, scene.day, hand_id=first.id)
    room.give_floor_to(scene.salome, scene.day, hand_id=second.id)
    (speaking,) = live_view(scene.day.id).hands
    assert speaking.user_id == scene.hugo.id
    assert speaking.speaks
    room.clear_hand(scene.salome, scene.day, hand_id=speaking.id)
    assert not live_view(scene.day.id).hands


def test_who_spoke_how_long_is_told_by_structure(app, client_for):
    scene = make_scene()
    room.raise_hand(scene.leonie, scene.day)
    (hand,) = live_view(scene.day.id).hands
    room.give_floor_to(scene.yves, scene.day, hand_id=hand.id)
    speaking = live_view(scene.day.id)
    assert speaking.spoken == ()
    with clock.frozen(clock.now() + timedelta(seconds=150)):
        room.clear_hand(scene.salome, scene.day, hand_id=hand.id)
        room.raise_hand(scene.hugo, scene.day)
        assert live_view(scene.day.id).spoken == ((scene.ccas.name, 3),)
        html = client_for(scene.salome).get(f"{scene.url}/pupitre").get_data(as_text=True)
    assert "Temps de parole" in html


def test_nothing_is_to_come_once_the_day_is_closed(app):
    scene = make_scene()
    view = live_view(scene.day.id)
    assert "Pause" in fragments_of(view, Audience.SCREEN)["salle-pied"]
    assert "Ensuite" in fragments_of(view, Audience.MEMBERS)["ensuite"]
    close_day(scene.salome, scene.day, undecided_count=2)
    view = live_view(scene.day.id)
    assert "Pause" not in fragments_of(view, Audience.SCREEN)["salle-pied"]
    assert "Ensuite" not in fragments_of(view, Audience.MEMBERS)["ensuite"]


def test_nobody_waits_to_speak_once_the_day_is_closed(client_for):
    scene = make_scene()
    room.raise_hand(scene.leonie, scene.day)
    hugo = client_for(scene.hugo)
    assert "La parole" in hugo.get(f"{scene.url}/en-direct").get_data(as_text=True)
    close_day(scene.salome, scene.day, undecided_count=2)
    assert "La parole" not in hugo.get(f"{scene.url}/en-direct").get_data(as_text=True)


def test_a_hand_comes_down_again(app):
    scene = make_scene()
    room.raise_hand(scene.leonie, scene.day)
    room.lower_hand(scene.leonie, scene.day)
    room.lower_hand(scene.leonie, scene.day)
    assert not live_view(scene.day.id).hands


def test_arrivals_and_departures_are_timed_and_a_return_is_a_new_spell(app):
    scene = make_scene()
    room.check_in(scene.salome, scene.day, user_id=scene.leonie.id, stands_in="Une collègue")
    with pytest.raises(WrongStateError):
        room.check_in(scene.salome, scene.day, user_id=scene.leonie.id)
    seat = next(seat for seat in live_view(scene.day.id).seats if seat.user_id == scene.leonie.id)
    assert seat.is_there
    assert seat.stands_in == "Une collègue"
    room.check_out(scene.yves, scene.day, user_id=scene.leonie.id)
    room.check_in(scene.yves, scene.day, user_id=scene.leonie.id)
    with pytest.raises(NotFoundError):
        room.check_in(scene.salome, scene.day, user_id=outsider().id)


def test_a_stand_in_without_a_name_notes_nobody(client_for):
    scene = make_scene()
    salome, page = client_for(scene.salome), f"{scene.url}/presences"
    place = f"{page}/{scene.leonie.id}/arrivee"
    refused = salome.submit(place, {"stands_in": "  "}, page=page)
    assert refused.status_code == 422
    assert "Écrivez le nom de qui remplace." in refused.get_data(as_text=True)
    assert "autofocus" in refused.get_data(as_text=True)
    assert not live_view(scene.day.id).there
    assert salome.submit(place, {"stands_in": "Une collègue"}, page=page).status_code == 303
    assert "remplacé par Une collègue" in salome.get(page).get_data(as_text=True)


def test_the_way_back_from_the_screen_s_link_is_open_to_who_made_it(client_for):
    scene = make_scene()
    for person in (scene.salome, scene.ines):
        client = client_for(person)
        html = client.get(f"{scene.url}/ecran").get_data(as_text=True)
        crumbs = BeautifulSoup(html, "html.parser").select("[aria-label='Fil d’Ariane'] a")
        assert crumbs
        assert {client.get(crumb["href"]).status_code for crumb in crumbs} == {200}


def test_members_propose_and_facilitators_keep(app):
    scene = make_scene()
    room.park_idea(scene.leonie, scene.day, kind=ParkedKind.SOLUTION, text="Une place le 4 janvier")
    idea = room.park_idea(scene.salome, scene.day, kind=ParkedKind.TO_MODEL, text="Logement relais")
    with pytest.raises(NotAllowedError):
        room.park_idea(scene.leonie, scene.day, kind=ParkedKind.TO_MODEL, text="Autre chose")
    with pytest.raises(InvalidInputError):
        room.park_idea(scene.salome, scene.day, kind=ParkedKind.NEW_ACTION, text="  ")
    assert len(live_view(scene.day.id).parked) == 2
    room.handle_idea(scene.yves, scene.day, idea_id=idea.id)
    assert len(live_view(scene.day.id).parked) == 1


def test_a_new_screen_link_ends_the_one_before(app, client):
    scene = make_scene()
    old = room.create_screen_link(scene.ines, scene.day)
    new = room.create_screen_link(scene.salome, scene.day)
    assert client.get(f"/ecran/{old}").status_code == 404
    assert client.get(f"/ecran/{new}").status_code == 303
    with pytest.raises(NotAllowedError):
        room.create_screen_link(scene.leonie, scene.day)


@pytest.mark.parametrize("kind", ["taken", "solution"])
def test_a_participant_proposes_by_a_plain_form(client_for, kind):
    scene = make_scene()
    leonie = client_for(scene.leonie)
    url = f"{scene.url}/en-direct/proposer/{kind}"
    assert leonie.submit(url, {"text": ""}, page=url).status_code == 422
    assert leonie.submit(url, {"text": "Trois places de garde"}, page=url).status_code == 303
    assert leonie.get(f"{scene.url}/en-direct/proposer/to_model").status_code == 404
