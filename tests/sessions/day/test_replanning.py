"""What is left of a day: what fits, what gives way, and changes taken back."""

from datetime import timedelta

import pytest

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotAllowedError, StaleError, WrongStateError
from commission_app.dossiers.states import DossierState, Urgency
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.day import services as course
from commission_app.sessions.day.replanning import services
from commission_app.sessions.day.replanning.queries import last_change, running_day
from commission_app.sessions.day.replanning.relief import fits_of, pressure_of, reliefs_of
from commission_app.sessions.decisions.queries import undecided_items
from commission_app.sessions.states import ItemKind, ItemState
from tests.factories import make_dossier, make_item, make_session
from tests.sessions.day.scene import decide, make_scene


@pytest.fixture
def late(app):
    """A day in its first point; before the break at a fixed hour two points wait, 20 min too many."""
    scene = make_scene()
    scene.first.planned_minutes = 30
    scene.pause.fixed_at = scene.first.started_at + timedelta(minutes=60)
    scene.first.position, scene.pause.position = 0, 3
    scene.second.position = 4
    scene.calm = make_item(scene.day, ItemKind.NEWS, title="Actualités", planned_minutes=20, position=1)
    extra = make_dossier(scene.referent, scene.territory, DossierState.SCHEDULED)
    scene.extra = make_item(
        scene.day, dossier=extra, planned_minutes=30, presenter=scene.referent, position=2
    )
    db.session.flush()
    return scene


def ways(scene):
    """The proposals of this instant by their names."""
    return {relief.key: relief for relief in reliefs_of(running_day(scene.day))}


def order(scene):
    """The points still to come, in order."""
    return [item for item in items_of(scene.day) if item.state is ItemState.WAITING]


def test_the_first_hour_that_is_not_kept_is_named(late):
    pressure = pressure_of(running_day(late.day))
    assert (pressure.minutes, pressure.before) == (20, late.pause.fixed_at)
    assert pressure.points == (late.calm, late.extra)
    before_the_break, end = fits_of(running_day(late.day))
    assert before_the_break.fitting == (late.first, late.calm)
    assert before_the_break.too_late == ((late.extra, 20),)
    assert end.fitting == (late.second,)


def test_a_day_in_time_has_nothing_to_propose(app):
    scene = make_scene()
    running = running_day(scene.day)
    assert pressure_of(running) is None
    assert reliefs_of(running) == []


def test_three_ways_are_proposed_and_none_touches_a_break(late):
    found = ways(late)
    assert set(found) == {"raccourcir", "apres-la-pause", "reporter"}
    for relief in found.values():
        after = {slot.item.id: slot for slot in running_day(late.day).slots(relief.order, relief.minutes)}
        assert after[late.pause.id].minutes == late.pause.planned_minutes
        assert after[late.pause.id].late_minutes == relief.left
        assert relief.left < 20
    assert found["raccourcir"].left == 5
    assert found["apres-la-pause"].left == found["reporter"].left == 0


def test_only_shown_until_it_is_applied(late):
    before = [(item.id, item.position, item.planned_minutes) for item in items_of(late.day)]
    reliefs_of(running_day(late.day))
    assert before == [(item.id, item.position, item.planned_minutes) for item in items_of(late.day)]


def test_urgent_points_and_those_reported_before_are_never_put_off(late):
    elsewhere = make_session(late.territory, late.salome, late.yves)
    earlier = make_item(elsewhere, ItemKind.NEWS, title="Actualités", state=ItemState.POSTPONED)
    late.calm.followed_item = earlier
    late.extra.dossier.urgency = Urgency.URGENT
    db.session.flush()
    assert "reporter" not in ways(late)


def test_catching_up_is_applied_and_undone(late):
    before = [(item.id, item.planned_minutes) for item in items_of(late.day)]
    for key in ("raccourcir", "apres-la-pause"):
        services.apply_relief(late.salome, late.day, key=key)
        assert [(item.id, item.planned_minutes) for item in items_of(late.day)] != before
        services.undo_last(late.salome, late.day, change_id=last_change(late.day.id).id)
        assert [(item.id, item.planned_minutes) for item in items_of(late.day)] == before
    assert last_change(late.day.id) is None


def test_a_point_put_off_to_another_day_comes_back_when_undone(late):
    following = make_session(late.territory, late.salome, late.yves, starts_at=clock.now() + timedelta(90))
    late.calm.kind = ItemKind.NEWS
    late.calm.planned_minutes = 25
    late.extra.dossier.urgency = Urgency.URGENT
    db.session.flush()
    services.apply_relief(late.salome, late.day, key="reporter")
    assert late.calm.state is ItemState.POSTPONED
    assert [item.followed_item_id for item in items_of(following)] == [late.calm.id]
    services.undo_last(late.salome, late.day, change_id=last_change(late.day.id).id)
    assert late.calm.state is ItemState.WAITING
    assert items_of(following) == []
    assert order(late)[0] is late.calm


def test_a_situation_put_off_is_on_the_agenda_again_when_undone(late):
    late.calm.kind = ItemKind.CLOSING
    db.session.flush()
    services.apply_relief(late.salome, late.day, key="reporter")
    assert late.extra.dossier.state is DossierState.POSTPONED
    services.undo_last(late.salome, late.day, change_id=last_change(late.day.id).id)
    assert late.extra.dossier.state is DossierState.SCHEDULED
    assert late.extra.state is ItemState.WAITING


def test_a_proposal_that_no_longer_holds_is_refused(late):
    services.resize_point(late.salome, late.day, late.extra, minutes=10)
    with pytest.raises(StaleError):
        services.apply_relief(late.salome, late.day, key="reporter")


def test_only_who_holds_the_floor_changes_what_is_left(late):
    with pytest.raises(NotAllowedError, match="Salomé"):
        services.apply_relief(late.yves, late.day, key="reporter")
    with pytest.raises(NotAllowedError):
        services.move_point(late.leonie, late.day, late.extra, up=True)


def test_a_change_is_not_undone_once_its_point_began(late):
    services.resize_point(late.salome, late.day, late.calm, minutes=40)
    change = last_change(late.day.id)
    course.open_item(late.salome, late.day, late.calm)
    with pytest.raises(WrongStateError, match="Actualités"):
        services.undo_last(late.salome, late.day, change_id=change.id)


def test_changes_are_undone_last_first(late):
    services.resize_point(late.salome, late.day, late.calm, minutes=40)
    first = last_change(late.day.id)
    services.move_point(late.salome, late.day, late.extra, up=True)
    with pytest.raises(StaleError):
        services.undo_last(late.salome, late.day, change_id=first.id)
    services.undo_last(late.salome, late.day, change_id=last_change(late.day.id).id)
    assert order(late)[0] is late.calm
    services.undo_last(late.salome, late.day, change_id=first.id)
    assert late.calm.planned_minutes == 20


def test_the_rest_of_a_point_waits_behind_the_next_break(late):
    with clock.frozen(clock.now() + timedelta(minutes=12)):
        second = services.split_current(late.salome, late.day, seen_id=late.first.id)
        assert order(late) == [late.calm, late.extra, late.pause, second, late.second]
        assert (late.first.planned_minutes, second.planned_minutes) == (15, 20)
        assert second.dossier is late.first.dossier
        services.undo_last(late.salome, late.day, change_id=last_change(late.day.id).id)
    assert db.session.get(AgendaItem, second.id) is None
    assert late.first.planned_minutes == 30


def test_a_split_situation_is_decided_once(late):
    second = services.split_current(late.salome, late.day, seen_id=late.first.id)
    course.open_item(late.salome, late.day, second)
    assert late.first.dossier.state is DossierState.SCHEDULED
    assert late.first in undecided_items(late.day)
    decide(late, second)
    course.open_next(late.salome, late.day, seen_id=second.id)
    assert late.first.dossier.state is DossierState.TREATED
    assert late.first not in undecided_items(late.day)


def test_two_points_become_one_and_two_again(late):
    other = make_item(late.day, ItemKind.OFFER, title="Une offre", planned_minutes=15, position=5)
    services.move_point(late.salome, late.day, late.extra, up=True)
    late.pause.position, other.position = 5, 3
    db.session.flush()
    services.merge_with_next(late.salome, late.day, late.calm)
    assert (late.calm.title, late.calm.planned_minutes) == ("Actualités et Une offre", 35)
    assert other not in order(late)
    services.undo_last(late.salome, late.day, change_id=last_change(late.day.id).id)
    assert (late.calm.title, late.calm.planned_minutes) == ("Actualités", 20)
    assert [item.title for item in order(late)][1:3] == ["Actualités", "Une offre"]


def test_two_situations_stay_two_points(late):
    with pytest.raises(WrongStateError, match="Deux situations"):
        services.merge_with_next(late.salome, late.day, late.calm)
    with pytest.raises(WrongStateError, match="pause"):
        services.merge_with_next(late.salome, late.day, late.extra)


def test_the_page_proposes_applies_and_takes_back(late, client_for):
    calm, extra, pause = late.calm.id, late.extra.id, late.pause.id
    salome = client_for(late.salome)
    html = salome.get(f"{late.url}/suite").get_data(as_text=True)
    assert "20 min de trop" in html.replace("\N{NO-BREAK SPACE}", " ")
    assert "Raccourcir" in html
    assert salome.submit(f"{late.url}/suite/rattraper", {"key": "apres-la-pause"}).status_code == 303
    assert [item.id for item in order(late)[:2]] == [extra, pause]
    html = salome.get(f"{late.url}/pupitre").get_data(as_text=True)
    assert "Annuler le dernier changement" in html
    change = {"change": str(last_change(late.day.id).id)}
    assert salome.submit(f"{late.url}/suite/annuler", change).status_code == 303
    assert [item.id for item in order(late)[:2]] == [calm, extra]


def test_a_length_that_cannot_be_is_said_beside_its_field_and_kept(late, client_for):
    salome = client_for(late.salome)
    salome.get(f"{late.url}/suite")
    told = {"3": "Indiquez une durée de 10 à 300 minutes.", "une heure": "Écrivez un nombre entier"}
    for typed, refusal in told.items():
        answer = salome.submit(f"{late.url}/suite/points/{late.calm.id}/duree", {"minutes": typed})
        html = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert f'value="{typed}"' in html
        assert refusal in html


def test_the_page_asks_few_questions_however_long_the_day(late, client_for, count_queries):
    for place in range(12):
        make_item(late.day, ItemKind.NEWS, title=f"Point {place}", planned_minutes=10, position=6 + place)
    salome = client_for(late.salome)
    salome.get(f"{late.url}/suite")
    with count_queries() as queries:
        salome.get(f"{late.url}/suite")
    assert len(queries) <= 16
