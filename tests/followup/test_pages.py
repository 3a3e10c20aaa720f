"""The board, the list, one action and the files, as people see them."""

import io

import openpyxl
import pytest
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action
from commission_app.followup.states import ActionState
from tests.factories import make_dossier, make_user


@pytest.fixture
def nora(place, client_for):
    return client_for(place.nora)


def test_the_board_shows_late_actions_first_with_their_delay(place, make_action, nora):
    make_action("Plus tard", due=20)
    make_action("En retard", due=-6)
    page = nora.get("/actions").get_data(as_text=True)
    assert page.index("En retard") < page.index("Plus tard")
    assert "6\u00a0jours de retard" in page


def test_a_lane_is_bounded_and_leads_to_the_rest(place, make_action, nora):
    for number in range(9):
        make_action(f"Action {number}")
    page = nora.get("/actions").get_data(as_text=True)
    assert page.count('class="ticket"') == 6
    assert "Voir 3 autres" in page


def test_the_list_is_searched_without_accents_and_filtered(place, make_action, nora):
    make_action("Étudier une navette")
    make_action("Prêter un scooter", structure=place.ccas)
    found = nora.get("/actions?vue=liste&q=etudier").get_data(as_text=True)
    assert "Étudier une navette" in found
    assert "Prêter un scooter" not in found
    by_structure = nora.get(f"/actions?vue=liste&structure={place.ccas.id}").get_data(as_text=True)
    assert "Étudier une navette" not in by_structure


@pytest.mark.parametrize("filters", ["retard=1", "moi=1", "etat=done", "q=100%25", "etat=rien", "page=-3"])
def test_each_filter_stands_alone(place, make_action, nora, filters):
    make_action("Prêter un scooter")
    assert nora.get(f"/actions?vue=liste&{filters}").status_code == 200


def test_another_territory_sees_nothing(place, make_action, client_for):
    action = make_action("Prêter un scooter")
    omar = client_for(place.omar)
    omar.forbidden = {"Prêter un scooter"}
    assert omar.get("/actions").status_code == 200
    assert omar.get(f"/actions?territoire={place.here.id}").status_code == 404
    assert omar.get(f"/actions/{action.id}").status_code == 404
    assert omar.submit(f"/actions/export/csv?territoire={place.here.id}").status_code == 404


def test_an_action_goes_through_its_page(place, make_action, client_for):
    action = make_action()
    hugo, url = client_for(place.hugo), f"/actions/{action.id}"
    version = action.version
    assert hugo.submit(f"{url}/commencer", {"version": version}, page=url).status_code == 303
    assert hugo.submit(f"{url}/notes", {"text": "Scooter en réparation"}, page=url).status_code == 303
    assert "Scooter en réparation" in hugo.get("/actions").get_data(as_text=True)
    assert hugo.submit(f"{url}/terminer", {"version": version}).status_code == 409
    assert hugo.submit(f"{url}/terminer", {"version": version + 1}).status_code == 303
    assert db.session.get(Action, action.id).state is ActionState.DONE


def test_giving_up_without_a_reason_shows_the_page_again(place, make_action, client_for):
    action = make_action()
    hugo, url = client_for(place.hugo), f"/actions/{action.id}"
    answer = hugo.submit(f"{url}/abandonner", {"version": action.version, "reason": ""}, page=url)
    assert answer.status_code == 422
    assert "Écrivez pourquoi" in answer.get_data(as_text=True)


def test_a_stale_reason_is_not_lost(place, make_action, client_for):
    action = make_action()
    hugo, url = client_for(place.hugo), f"/actions/{action.id}"
    answer = hugo.submit(f"{url}/abandonner", {"version": 99, "reason": "Chantier annulé"}, page=url)
    assert answer.status_code == 422
    assert "Chantier annulé" in answer.get_data(as_text=True)


def test_a_pilot_reads_and_sees_no_button(place, make_action, client_for):
    action = make_action()
    page = client_for(place.paul).get(f"/actions/{action.id}").get_data(as_text=True)
    assert "Marquer comme faite" not in page


def test_the_code_of_a_dossier_is_for_those_who_know_it(place, make_action, client_for):
    referent = make_user("Rita", None, None, place.ccas)
    dossier = make_dossier(referent, place.here, DossierState.TREATED)
    make_action(dossier=dossier)
    assert dossier.code in client_for(place.nora).get("/actions").get_data(as_text=True)
    assert dossier.code in client_for(place.hugo).get("/actions").get_data(as_text=True)
    assert dossier.code not in client_for(place.lina).get("/actions").get_data(as_text=True)


def test_a_new_action_is_written_and_refused_in_the_past(place, client_for):
    nora, url = client_for(place.nora), f"/actions/nouvelle?territoire={place.here.id}"
    form = {
        "title": "Appeler la préfecture",
        "structure_id": place.mobility.id,
        "owner_id": "",
        "due_on": "2020-01-01",
    }
    refused = nora.submit(url, form, page=url)
    assert refused.status_code == 422
    assert "Ce jour est passé" in refused.get_data(as_text=True)
    assert nora.submit(url, form | {"due_on": clock.today().isoformat()}, page=url).status_code == 303
    assert client_for(place.hugo).get(url).status_code == 404


def test_files_hold_what_is_shown_and_no_formula(place, make_action, nora):
    for title in ("=1+1", "@SUM(A1)", "+33", "-2", "\t=2", " =3", "％"):
        make_action(title)
    make_action("Fermée", state=ActionState.DONE, done_at=clock.now())
    text = nora.submit("/actions/export/csv?etat=to_do", page="/actions").get_data(as_text=True)
    assert "Fermée" not in text
    assert ";'=1+1;" in text
    assert ";'@SUM(A1);" in text
    book = openpyxl.load_workbook(io.BytesIO(nora.submit("/actions/export/xlsx?etat=to_do").get_data()))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert nora.submit("/actions/export/exe").status_code == 404


def test_a_file_that_leaves_is_noted(place, make_action, nora):
    make_action()
    make_action(structure=place.ccas)
    nora.submit(f"/actions/export/csv?structure={place.ccas.id}", page="/actions")
    trace = db.session.scalars(select(Event).where(Event.name == "actions_exported")).one()
    assert (trace.actor_id, trace.territory_id) == (place.nora.id, place.here.id)
    assert trace.data == {"format": "csv", "rows": 1}


def test_territories_stand_side_by_side_for_pilots_alone(place, make_action, client_for):
    make_action(due=-2)
    page = client_for(place.paul).get("/actions/territoires").get_data(as_text=True)
    assert place.here.name in page
    assert place.elsewhere.name in page
    assert client_for(place.hugo).get("/actions/territoires").status_code == 404


@pytest.mark.parametrize("url", ["/actions", "/actions?vue=liste", "/actions/territoires", "/remontees"])
def test_the_number_of_queries_does_not_grow(place, make_action, client_for, count_queries, url):
    referent = make_user("Rita", None, None, place.ccas)
    paul = client_for(place.paul)

    def measured():
        paul.get(url)
        with count_queries() as queries:
            assert paul.get(url).status_code == 200
        return len([one for one in queries if one.lstrip().upper().startswith("SELECT")])

    make_action()
    few = measured()
    for number in range(12):
        dossier = make_dossier(referent, place.here, DossierState.TREATED)
        make_action(f"Action {number}", dossier=dossier, owner=place.hugo)
    assert few <= 12
    assert measured() <= few
