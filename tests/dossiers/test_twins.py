"""The same person presented twice on a territory is noticed, and neither dossier is shown to who may not."""

import pytest

from commission_app.accounts.states import Role
from commission_app.core.db import db
from commission_app.dossiers.models import Person
from commission_app.dossiers.person.services import save_person
from commission_app.dossiers.person.twins import MAY_EXIST, may_exist_already, twin_dossiers
from commission_app.dossiers.states import DossierState
from tests.databases import settle
from tests.dossiers.stories import person_of
from tests.factories import make_dossier, make_territory, make_user


def named(place, referent, first_name, last_name, phone="", **values):
    """A draft about a person."""
    territory = values.pop("territory", place.territory)
    dossier = make_dossier(referent, territory, agreed=False, **values)
    save_person(referent, dossier, first_name=first_name, last_name=last_name, phone=phone)
    settle()
    return dossier


@pytest.mark.parametrize(
    ("first_name", "last_name", "phone"),
    [
        ("Amina", "Ben Ali", ""),
        ("AMINA", "ben-ali", "06 11 22 33 44"),
        ("Ben Ali", "Amina", ""),
        ("Autre", "Nom", "+33 6 39 98 55 66"),
    ],
)
def test_the_same_person_is_noticed_however_written(app, place, first_name, last_name, phone):
    mine = named(place, place.ines, "Amina", "Ben Ali", "06 39 98 55 66")
    other = named(place, place.karim, first_name, last_name, phone)
    assert may_exist_already(mine)
    assert may_exist_already(other)
    assert twin_dossiers(place.noemie, mine) == [other]
    assert twin_dossiers(place.ines, mine) == []


def test_other_people_other_territories_and_withdrawn_dossiers_are_not_twins(app, place):
    mine = named(place, place.ines, "Amina", "Ben Ali", "06 39 98 55 66")
    named(place, place.karim, "Amine", "Ben Ali", "06 39 98 55 67")
    elsewhere = make_territory("Martigues", "MAR")
    stranger = make_user("Rémi", Role.REFERENT, elsewhere)
    named(place, stranger, "Amina", "Ben Ali", "06 39 98 55 66", territory=elsewhere)
    gone = named(place, place.karim, "Amina", "Ben Ali")
    gone.state = DossierState.WITHDRAWN
    settle()
    assert not may_exist_already(mine)


def test_half_a_name_is_nobody_s_twin(app, place):
    named(place, place.ines, "Amina", "")
    assert not may_exist_already(named(place, place.karim, "Amina", ""))


def test_marks_tell_nothing_and_differ_between_territories(app, place):
    elsewhere = make_territory("Martigues", "MAR")
    stranger = make_user("Rémi", Role.REFERENT, elsewhere)
    here = person_of(named(place, place.ines, "Amina", "Ben Ali"))
    there = person_of(named(place, stranger, "Amina", "Ben Ali", territory=elsewhere))
    assert len(here.name_mark) == len(there.name_mark) == 64
    assert here.name_mark != there.name_mark
    assert here.phone_mark == ""


def form_of(client, dossier, **values):
    url = f"/dossiers/{dossier.id}/personne"
    return client.submit(url, values, page=url)


def test_the_referent_is_told_without_a_code_and_the_coordination_reads_the_two_codes(app, place, client_for):
    theirs = named(place, place.karim, "Amina", "Ben Ali")
    mine = make_dossier(place.ines, place.territory)
    settle()
    client = client_for(place.ines)
    assert MAY_EXIST[:30] not in client.get(f"/dossiers/{mine.id}").get_data(as_text=True)
    saved = form_of(client, mine, first_name="Amina", last_name="Ben Ali")
    assert saved.status_code == 303
    told = client.get(saved.location).get_data(as_text=True)
    assert MAY_EXIST[:30] in told
    again = client.get(f"/dossiers/{mine.id}").get_data(as_text=True)
    assert (MAY_EXIST[:30] in again, theirs.code in told + again) == (True, False)
    page = client_for(place.noemie).get(f"/dossiers/{mine.id}").get_data(as_text=True)
    assert (theirs.code in page, "Peut-être la même personne" in page) == (True, True)


def test_no_name_is_read_to_find_a_twin(app, place):
    mine = named(place, place.ines, "Amina", "Ben Ali")
    named(place, place.karim, "Amina", "Ben Ali")
    db.session.expire_all()
    assert may_exist_already(mine)
    assert twin_dossiers(place.noemie, mine)
    people = [row for row in db.session.identity_map.values() if isinstance(row, Person)]
    assert not any(f"_{name}_opened" in vars(one) for one in people for name in ("first_name", "last_name"))
