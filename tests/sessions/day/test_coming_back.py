"""Who stepped out reads on return what was missed; the desk says who is there for the point."""

from datetime import timedelta

from commission_app.binomes.states import Competence
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.sessions.agenda.models import WrittenOpinion
from commission_app.sessions.day import services
from commission_app.sessions.day.answers import view_of
from commission_app.sessions.day.coming_back.queries import missed_since
from commission_app.sessions.day.room.services import check_in, check_out
from commission_app.sessions.decisions import services as deciding
from commission_app.sessions.states import DecisionKind
from tests.factories import make_binome
from tests.sessions.day.scene import decide, make_scene


def act_for(scene, structure):
    """A decision with an action for a structure."""
    draft = deciding.write_draft(
        scene.salome,
        scene.first,
        kind=DecisionKind.SOLUTION,
        text="Un logement relais.",
        action_title="Visiter le logement",
        structure_id=structure.id,
        due_on=clock.today() + timedelta(days=9),
        version=0,
    )
    deciding.read_back(scene.salome, draft, version=draft.version)
    deciding.record_decision(scene.salome, scene.first, draft_id=draft.id, version=draft.version)


def test_what_fell_while_away_is_counted_for_the_reader(app):
    scene = make_scene()
    left = clock.now()
    with clock.frozen(left + timedelta(minutes=10)):
        act_for(scene, scene.ccas)
        services.open_next(scene.salome, scene.day, seen_id=scene.first.id)
        db.session.flush()
        mine = missed_since(scene.leonie, view_of(scene.day.id), left)
        theirs = missed_since(scene.hugo, view_of(scene.day.id), left)
    assert mine.words == "1\xa0décision, 1\xa0action pour vous et 1\xa0point passé"
    assert theirs.words == "1\xa0décision et 1\xa0point passé"


def test_what_was_seen_is_not_told_again(app):
    scene = make_scene()
    decide(scene, scene.first)
    later = clock.now() + timedelta(minutes=1)
    with clock.frozen(later):
        assert missed_since(scene.leonie, view_of(scene.day.id), later).words == ""


def test_the_page_asks_for_its_reader_alone(client_for):
    scene = make_scene()
    decide(scene, scene.first)
    leonie = client_for(scene.leonie)
    url = f"{scene.url}/en-direct/depuis"
    long_ago = {"moment": "1000000000000"}
    told = leonie.get(url, query_string=long_ago, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "décision" in told
    assert "Un logement relais." in told
    for moment in ("", "demain", "9" * 40, "-5"):
        answer = leonie.get(url, query_string={"moment": moment}, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert "décision" not in answer.get_data(as_text=True)
    assert leonie.get(url, query_string=long_ago).status_code == 303


def test_the_desk_says_what_the_room_lacks_for_the_point(app):
    scene = make_scene()
    make_binome(scene.territory, scene.ccas, competences=(Competence.HOUSING.value,))
    scene.first.dossier.needed = [Competence.HOUSING.value]
    db.session.flush()
    assert view_of(scene.day.id).coverage == (("Il manque : logement", "stop"),)
    check_in(scene.salome, scene.day, user_id=scene.leonie.id)
    assert view_of(scene.day.id).coverage == (("Compétences présentes", "ok"),)
    check_out(scene.salome, scene.day, user_id=scene.leonie.id)
    opinion = WrittenOpinion(
        agenda_item_id=scene.first.id,
        structure_id=scene.ccas.id,
        author_id=scene.leonie.id,
        text="Une place en mars.",
    )
    db.session.add(opinion)
    db.session.flush()
    view = view_of(scene.day.id)
    assert view.opinions == ((scene.ccas.name, "Une place en mars."),)
    assert view.coverage == (("Logement : avis écrit reçu", "ok"),)
