"""Lists of dossiers: the own ones, a territory's, never an identity, at a cost that does not grow."""

from datetime import timedelta

import pytest

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.lists import listed_dossiers
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.queries import visible_dossiers
from commission_app.dossiers.states import DossierState
from tests.dossiers.stories import make_complete
from tests.factories import grant, make_dossier, make_territory, make_user

QUERIES_OF_A_LIST = 12


def codes(page):
    return {one.code for one in page.items}


def test_a_referent_sees_the_own_dossiers_and_the_coordination_those_of_the_territory(app, place, client_for):
    mine = make_dossier(place.ines, place.territory)
    other = make_dossier(place.karim, place.territory)
    page = client_for(place.ines).get("/dossiers").get_data(as_text=True)
    assert (mine.code in page, other.code in page) == (True, False)
    page = client_for(place.noemie).get("/dossiers").get_data(as_text=True)
    assert (mine.code in page, other.code in page) == (True, True)


def test_a_participant_has_no_list_of_dossiers(app, place, client_for):
    assert client_for(place.paul).get("/dossiers").status_code == 404


def test_another_territory_stays_closed(app, place, client_for):
    elsewhere = make_territory("Martigues", "MAR")
    stranger = make_user("Rémi", Role.REFERENT, elsewhere)
    dossier = make_dossier(stranger, elsewhere)
    assert client_for(place.noemie).get(f"/dossiers/{dossier.id}").status_code == 404
    assert client_for(place.noemie).get(f"/dossiers?territoire={elsewhere.id}").status_code == 404


def test_a_referent_who_left_the_territory_sees_nothing_more(app, place):
    dossier = make_dossier(place.ines, place.territory)
    place.ines.memberships[0].ends_on = clock.today() - timedelta(days=1)
    db.session.flush()
    found = db.session.scalars(visible_dossiers(place.ines)).all()
    assert dossier not in found


def test_who_writes_and_coordinates_has_both_lists(app, place, client_for):
    grant(place.noemie, Role.REFERENT, place.territory)
    mine = make_dossier(place.noemie, place.territory)
    other = make_dossier(place.ines, place.territory)
    db.session.expire_all()
    client = client_for(place.noemie)
    own = client.get("/dossiers?vue=mes-dossiers").get_data(as_text=True)
    assert (mine.code in own, other.code in own) == (True, False)
    assert other.code in client.get("/dossiers").get_data(as_text=True)


@pytest.mark.parametrize("search", ["{code}", "{number}", "2026-{number}", " {lower} ", "ARL{number}"])
def test_a_code_is_found_however_it_is_written(app, place, search):
    wanted = make_dossier(place.ines, place.territory)
    make_dossier(place.ines, place.territory)
    words = search.format(code=wanted.code, number=wanted.number, lower=wanted.code.lower())
    assert codes(listed_dossiers(place.ines, search=words)) == {wanted.code}


@pytest.mark.parametrize("search", ["scooter", "MAR-2026-001", "%", "1999-1"])
def test_other_words_find_nothing(app, place, search):
    make_dossier(place.ines, place.territory)
    assert codes(listed_dossiers(place.ines, search=search)) == set()


def test_a_state_filters(app, place):
    make_dossier(place.ines, place.territory)
    wanted = make_dossier(place.ines, place.territory, DossierState.RETAINED)
    found = listed_dossiers(place.noemie, territory=place.territory, state=DossierState.RETAINED)
    assert codes(found) == {wanted.code}


def test_no_identity_stands_in_a_list(app, place, client_for):
    make_dossier(place.ines, place.territory, last_name="Canaritramontane")
    for reader in (place.ines, place.noemie):
        client = client_for(reader)
        client.forbidden = {"Canaritramontane", "06 39 98 00 00"}
        assert client.get("/dossiers").status_code == 200


@pytest.mark.parametrize("reader", ["ines", "noemie"])
def test_a_list_costs_the_same_however_long(app, place, client_for, count_queries, reader):
    client = client_for(getattr(place, reader))
    make_complete(place)
    client.get("/dossiers")
    with count_queries() as few:
        client.get("/dossiers")
    for _ in range(40):
        make_complete(place)
    with count_queries() as many:
        client.get("/dossiers")
    assert len(many) <= len(few) <= QUERIES_OF_A_LIST


def test_opening_a_dossier_leads_to_its_seven_parts(app, place, client_for):
    client = client_for(place.ines)
    answer = client.submit("/dossiers/nouveau", {"territory_id": str(place.territory.id)}, page="/dossiers")
    assert answer.status_code == 303
    page = client.get(answer.location).get_data(as_text=True)
    assert page.count("À commencer") == 7
    assert db.session.query(Dossier).one().code.startswith("ARL-")


def test_the_coordination_opens_none(app, place, client_for):
    answer = client_for(place.noemie).submit("/dossiers/nouveau", {}, page="/dossiers")
    assert answer.status_code == 404
