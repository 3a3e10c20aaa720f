"""What a dossier said on a day: kept when it is submitted and when the diagnosis is done again."""

from datetime import date, timedelta

import pytest

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.parts.services import save_part
from commission_app.dossiers.rights.services import ask_correction
from commission_app.dossiers.services import submit_dossier
from commission_app.dossiers.states import DiagnosisItem, DossierState, Level, Part, VersionKind
from commission_app.dossiers.timeline import timeline_of
from commission_app.dossiers.versions.changes import changes_between, moves_between, segments
from commission_app.dossiers.versions.contents import content_of
from commission_app.dossiers.versions.queries import earlier_diagnoses, read_version, versions_of
from commission_app.dossiers.versions.services import begin_new_diagnosis, keep_version
from tests.dossiers.stories import make_complete

QUERIES_OF_A_PAGE = 12


@pytest.fixture
def dossier(place):
    return make_complete(place, diagnosed_on=date(2026, 3, 12))


def change_housing(place, dossier, level, **values):
    """Write the diagnosis again with another level of housing."""
    lines = {line.item: (line.level, line.note) for line in dossier.diagnosis}
    lines[DiagnosisItem.HOUSING] = (level, "un toit")
    version = dossier.part_version(Part.DIAGNOSIS)
    save_part(place.ines, dossier, Part.DIAGNOSIS, version=version, values={"diagnosis": lines, **values})


def test_each_submission_is_kept_and_a_second_one_says_what_changed(app, place, dossier):
    submit_dossier(place.ines, dossier)
    dossier.state = DossierState.TO_COMPLETE
    save_part(place.ines, dossier, Part.QUESTION, version=0, values={"question": "Quel hébergement adapté ?"})
    submit_dossier(place.ines, dossier)
    second, first = versions_of(dossier.id)
    (changes,) = changes_between(read_version(first), read_version(second))
    assert (second.number, changes.part, changes.lines[0].label) == (2, Part.QUESTION, "Question")
    assert ("gone", "stable") in changes.lines[0].segments
    assert ("added", "adapté") in changes.lines[0].segments


def test_who_the_person_is_stands_in_no_version(app, place, dossier):
    submit_dossier(place.ines, dossier)
    text = versions_of(dossier.id)[0].content
    assert "Tramontane" not in text
    assert "last_name" not in text


def test_a_new_day_of_diagnosis_keeps_the_one_before(app, place, dossier):
    change_housing(place, dossier, Level.LIFTED, diagnosed_on=date(2026, 9, 1))
    (kept,) = earlier_diagnoses(dossier)
    assert kept.made_on == date(2026, 3, 12)
    now = content_of(dossier)["levels"]
    moved = [move for move in moves_between(read_version(kept)["levels"], now) if move.has_moved]
    assert [(move.item, move.before, move.now) for move in moved] == [
        (DiagnosisItem.HOUSING, Level.FREIN, Level.LIFTED)
    ]


def test_a_day_that_is_typed_in_two_goes_keeps_one_version(app, place, dossier):
    for day in (date(2026, 9, 1), date(2026, 9, 14)):
        save_part(
            place.ines, dossier, Part.DIAGNOSIS, version=dossier.part_version(Part.DIAGNOSIS),
            values={"diagnosed_on": day},
        )  # fmt: skip
    assert [kept.made_on for kept in versions_of(dossier.id)] == [date(2026, 3, 12)]


def test_doing_it_again_starts_from_its_answers_today(app, place, client_for, dossier):
    client, url = client_for(place.ines), f"/dossiers/{dossier.id}/diagnostic"
    assert client.submit(f"{url}/nouveau", page=url).status_code == 303
    assert db.session.get_one(Dossier, dossier.id).diagnosed_on == clock.today()
    assert "Ce qui a bougé depuis" in client.get(url).get_data(as_text=True)
    again = client.submit(f"{url}/nouveau", page=url)
    assert again.status_code == 422


def test_the_picture_says_in_words_what_moved(app, place, client_for, dossier):
    begin_new_diagnosis(place.ines, dossier)
    change_housing(place, dossier, Level.LIFTED)
    page = client_for(place.noemie).get(f"/dossiers/{dossier.id}/evolution").get_data(as_text=True)
    assert "1 sujet n’est plus un frein" in page.replace("\u00a0", " ")
    assert "area-before" in page
    assert "Logement" in page


def test_without_an_earlier_diagnosis_there_is_nothing_to_compare(app, place, client_for, dossier):
    assert client_for(place.ines).get(f"/dossiers/{dossier.id}/evolution").status_code == 404


def test_the_history_leads_to_each_version(app, place, client_for, dossier):
    submit_dossier(place.ines, dossier)
    version = versions_of(dossier.id)[0]
    client = client_for(place.noemie)
    url = f"/dossiers/{dossier.id}/historique"
    assert str(version.id) in client.get(url).get_data(as_text=True)
    first = client.get(f"{url}/{version.id}").get_data(as_text=True)
    assert "ajouté\u00a0: " in first
    assert "Rien n’a changé" in client.get(f"{url}/{version.id}?suite=aujourd-hui").get_data(as_text=True)


def test_words_that_stay_go_and_come_are_told_apart():
    assert segments("un toit stable", "un logement stable") == [
        ("kept", "un "), ("gone", "toit"), ("added", "logement"), ("kept", "stable"),
    ]  # fmt: skip


def test_the_line_of_time_holds_origin_steps_and_referents(app, place, client_for, dossier):
    dossier.origin_who, dossier.origin_why = "France Travail", "Lever les freins"
    dossier.step_started_on, dossier.step_expected_months = clock.today() - timedelta(days=430), 6
    line = timeline_of(dossier)
    assert line.marks[0].kind == "origin"
    assert {mark.kind for mark in line.marks} == {"origin", "step", "referent"}
    assert (line.step.is_too_long, line.step.over) == (True, line.step.months - 6)
    page = client_for(place.ines).get(f"/dossiers/{dossier.id}/frise").get_data(as_text=True)
    assert "mois de plus que prévu" in page
    assert "France Travail" in page


@pytest.mark.parametrize("page", ["historique", "frise", "droits", "evolution", "pistes", "diagnostic"])
def test_a_page_asks_the_same_however_many_versions(app, place, client_for, count_queries, dossier, page):
    begin_new_diagnosis(place.ines, dossier)
    client, url = client_for(place.ines), f"/dossiers/{dossier.id}/{page}"
    client.get(url)
    with count_queries() as few:
        client.get(url)
    for _ in range(6):
        keep_version(place.ines, dossier, kind=VersionKind.DIAGNOSIS, made_on=clock.today())
        ask_correction(place.ines, dossier, text="Trois enfants")
    client.get(url)
    with count_queries() as many:
        client.get(url)
    assert len(many) <= len(few)
    assert len(few) <= QUERIES_OF_A_PAGE
