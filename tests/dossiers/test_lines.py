"""The lines of a dossier as the presentation reads them: what the objects say, in as many statements for
five dossiers as for one."""

from datetime import timedelta
from operator import attrgetter

from commission_app.core import clock
from commission_app.core.db import commit, db
from commission_app.core.vault.store import key_store
from commission_app.dossiers.lines import lines_of
from commission_app.dossiers.models import Attempt, DiagnosisLine, ParcoursStep
from commission_app.dossiers.states import AttemptScope, DiagnosisItem, Level
from tests.dossiers.stories import make_complete

PLACES = ("criteria", "diagnosis", "parcours", "attempts")


def test_rows_say_what_the_objects_say(app, place):
    first, second = make_complete(place), make_complete(place)
    second.attempts[0].result = "Aussitôt lu, avant d’être gardé."
    found = lines_of([first.id, second.id])
    for dossier in (first, second):
        for name in PLACES:
            rows, objects = getattr(found[dossier.id], name), getattr(dossier, name)
            fields = attrgetter(*rows[0]._fields)
            assert sorted(map(tuple, rows), key=str) == sorted(map(fields, objects), key=str), name
    assert "Aussitôt lu, avant d’être gardé." in {one.result for one in found[second.id].attempts}


def test_steps_and_attempts_stand_in_the_order_of_time(app, place):
    dossier = make_complete(place)
    days = [clock.today() - timedelta(days=ago) for ago in (10, 300, 100)]
    dossier.parcours = [ParcoursStep(starts_on=day, action="Une étape") for day in days]
    dossier.attempts = [Attempt(scope=AttemptScope.INSIDE, tried_on=day, what="Un essai") for day in days]
    lines = lines_of([dossier.id])[dossier.id]
    assert [step.starts_on for step in lines.parcours] == sorted(days)
    assert [one.tried_on for one in lines.attempts] == sorted(days)


def test_five_dossiers_ask_no_more_than_one(app, place, count_queries):
    ids = [make_complete(place).id for _ in range(5)]
    commit()
    lines_of(ids[:1])
    with count_queries() as one:
        lines_of(ids[:1])
    with count_queries() as many:
        lines_of(ids)
    assert len(one) == len(many) == len(PLACES)


def test_a_dossier_without_lines_has_none_and_asking_for_none_asks_nothing(app, place, count_queries):
    dossier = make_complete(place)
    for name in PLACES:
        getattr(dossier, name).clear()
    lines = lines_of([dossier.id])[dossier.id]
    assert [getattr(lines, name) for name in PLACES] == [[], [], [], []]
    with count_queries() as none:
        assert lines_of([]) == {}
    assert not none


def test_a_destroyed_key_leaves_the_lines_without_their_texts(app, place):
    gone, there = make_complete(place), make_complete(place)
    commit()
    key_store().destroy([gone.id])
    db.session.rollback()
    found = lines_of([gone.id, there.id])
    assert {one.what for one in found[gone.id].attempts} == {""}
    assert {one.scope for one in found[gone.id].attempts} == {one.scope for one in found[there.id].attempts}
    assert all(one.what for one in found[there.id].attempts)


def test_lines_without_texts_ask_for_no_key(app, place, key_queries):
    dossier = make_complete(place)
    for name in PLACES:
        getattr(dossier, name).clear()
    db.session.flush()
    dossier.diagnosis = [DiagnosisLine(item=DiagnosisItem.HOUSING, level=Level.FREIN)]
    dossier_id = dossier.id
    commit()
    key_queries.clear()
    (line,) = lines_of([dossier_id])[dossier_id].diagnosis
    assert (line.level, line.note) == (Level.FREIN, "")
    assert not key_queries
