"""Who to call: search, absences, open places, and who may change the pairs."""

from datetime import timedelta

import pytest

from commission_app.binomes.absences.services import record_absence, remove_absence
from commission_app.binomes.models import Binome
from commission_app.binomes.queries import current_binome, directory
from commission_app.binomes.services import change_binome, create_binome, end_binome, set_competences
from commission_app.core import clock
from commission_app.core.db import commit, db
from commission_app.core.errors import InvalidInputError, NotAllowedError, StaleError
from tests.factories import make_binome, make_structure, make_user

DAY = timedelta(days=1)


def test_a_pair_is_found_without_accents_by_name_structure_or_competence(crew):
    assert [pair.binome.id for pair in directory(crew.arles.id, text="possiblés")] == [crew.binome.id]
    assert directory(crew.arles.id, text="aubin")
    assert directory(crew.arles.id, competence="logement")
    assert not directory(crew.arles.id, competence="sante")


def test_an_absent_person_keeps_the_name_and_the_stand_in_gets_the_number(crew, client_for):
    record_absence(
        crew.aubin,
        user_id=crew.aubin.id,
        starts_on=clock.today(),
        ends_on=clock.today() + 3 * DAY,
        stand_in_id=crew.elia.id,
    )
    commit()
    html = client_for(crew.amina).get("/binomes").get_data(as_text=True)
    assert crew.aubin.full_name in html
    assert "tel:0639980177" in html
    assert "tel:0639980176" not in html


def test_an_open_place_is_said(crew, client_for):
    make_binome(crew.arles, crew.ccas, crew.nora)
    commit()
    assert "À désigner depuis" in client_for(crew.amina).get("/binomes").get_data(as_text=True)


def test_a_change_of_people_keeps_the_past(crew):
    binome = crew.binome
    binome.starts_on = clock.today() - 30 * DAY
    db.session.flush()
    follower = change_binome(
        crew.nora,
        binome,
        cadre_id=crew.maud.id,
        technicien_id=crew.elia.id,
        since=clock.today(),
        competences=["logement", "sante"],
        version=binome.version,
    )
    assert binome.ends_on == clock.today() - DAY
    assert current_binome(crew.arles.id, crew.mas.id) is follower
    assert follower.technicien is crew.elia


def test_a_stale_form_is_refused(crew):
    with pytest.raises(StaleError):
        set_competences(crew.maud, crew.binome, competences=["sante"], version=crew.binome.version + 1)


def test_the_cadre_says_what_the_structure_brings_and_no_more(crew):
    set_competences(crew.maud, crew.binome, competences=["sante"], version=crew.binome.version)
    assert crew.binome.competences == ["sante"]
    with pytest.raises(NotAllowedError):
        end_binome(crew.maud, crew.binome, last_day=clock.today(), version=crew.binome.version)
    with pytest.raises(NotAllowedError):
        set_competences(crew.aubin, crew.binome, competences=[], version=crew.binome.version)


def test_a_structure_names_its_own_people_and_one_pair(crew):
    named = {"cadre_id": crew.aubin.id, "technicien_id": None, "starts_on": clock.today()}
    with pytest.raises(InvalidInputError, match="cette structure"):
        create_binome(crew.nora, crew.arles, crew.ccas, **named)
    with pytest.raises(InvalidInputError, match="déjà un binôme"):
        create_binome(crew.nora, crew.arles, crew.mas, **named)


def test_a_coordinator_names_a_pair_on_screen(crew, client_for):
    page = f"/binomes/nouveau/{crew.ccas.id}?territoire={crew.arles.id}"
    data = {
        "cadre_id": str(crew.nora.id),
        "technicien_id": str(crew.amina.id),
        "starts_on": str(clock.today()),
    }
    answer = client_for(crew.nora).submit(page, {**data, "competences": ["garde_enfants"]}, page=page)
    assert answer.status_code == 303
    binome = current_binome(crew.arles.id, crew.ccas.id)
    assert binome.is_complete
    assert binome.competences == ["garde_enfants"]


def test_a_member_may_not_open_the_form(crew, client_for):
    assert client_for(crew.amina).get(f"/binomes/nouveau/{crew.ccas.id}").status_code == 404
    assert client_for(crew.amina).get(f"/binomes/{crew.binome.id}").status_code == 403
    assert client_for(crew.stranger).get(f"/binomes/{crew.binome.id}").status_code == 404


def test_a_cadre_notes_the_absence_of_a_colleague_and_takes_it_back(crew, client_for):
    maud = client_for(crew.maud)
    data = {
        "user_id": str(crew.aubin.id),
        "starts_on": str(clock.today()),
        "ends_on": str(clock.today() + DAY),
        "stand_in_id": str(crew.elia.id),
    }
    assert maud.submit("/binomes/absences", data, page="/binomes/absences").status_code == 303
    assert maud.submit("/binomes/absences", data, page="/binomes/absences").status_code == 422
    assert crew.elia.full_name in maud.get("/binomes/absences").get_data(as_text=True)


def test_nobody_notes_the_absence_of_a_stranger(crew):
    days = {"starts_on": clock.today(), "ends_on": clock.today(), "stand_in_id": None}
    with pytest.raises(NotAllowedError):
        record_absence(crew.aubin, user_id=crew.maud.id, **days)
    absence = record_absence(crew.nora, user_id=crew.maud.id, **days)
    with pytest.raises(NotAllowedError):
        remove_absence(crew.aubin, absence)


def test_the_directory_costs_the_same_for_many_structures(crew, client_for, count_queries):
    for _ in range(30):
        structure = make_structure("", crew.arles)
        people = [make_user("Zoé", structure=structure, phone="06 39 98 00 01") for _ in range(2)]
        make_binome(crew.arles, structure, *people)
    commit()
    client = client_for(crew.amina)
    with count_queries() as queries:
        assert client.get("/binomes").status_code == 200
    assert len([line for line in queries if not line.startswith(("BEGIN", "PRAGMA"))]) <= 12
    assert db.session.query(Binome).count() == 31
