"""Territories, their communes, the structures that act there."""

import pytest
from sqlalchemy import select

from commission_app.accounts.states import Role
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotAllowedError
from commission_app.territories.models import Structure, Territory
from commission_app.territories.names import folded
from commission_app.territories.queries import search_communes
from commission_app.territories.services import create_territory, load_communes
from commission_app.territories.states import SchoolZone
from commission_app.territories.structures.services import create_structure
from tests.factories import make_commune, make_structure, make_territory, make_user


@pytest.fixture
def odile(app):
    """The administrator."""
    return make_user("Odile", Role.ADMINISTRATOR)


@pytest.fixture
def admin(client_for, odile):
    """Odile's browser."""
    return client_for(odile)


@pytest.fixture
def arles(app):
    return make_territory()


def test_a_territory_is_opened_and_gets_its_communes(admin):
    make_commune("13097", "Saint-Martin-de-Crau")
    answer = admin.submit(
        "/territoires",
        {"name": "Pays d’Arles", "code": "arl", "school_zone": "B"},
        page="/territoires/nouveau",
    )
    assert answer.status_code == 303
    territory = db.session.scalars(select(Territory)).one()
    assert territory.code == "ARL"
    page = admin.get(f"{answer.location}?q=st martin").text
    assert "Ajouter les communes" in admin.get(answer.location).text
    assert "Aucune autre commune" in page
    fragment = admin.get(f"{answer.location}?q=martin", headers={"HX-Request": "true"}).text
    assert fragment.lstrip().startswith('<div id="communes-trouvees"')
    assert "Saint-Martin-de-Crau" in fragment
    admin.submit(f"{answer.location}/communes", {"insee": "13097"}, page=answer.location)
    assert "1 commune" in admin.get(answer.location).text.replace("\u00a0", " ")
    admin.submit(f"{answer.location}/communes/retirer", {"insee": "13097"})
    assert "0 commune" in admin.get(answer.location).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"code": "A1L"}, "trois lettres"),
        ({"code": "ARL"}, "déjà ce code"),
        ({"name": "Pays d’Arles"}, "déjà ce nom"),
        ({"name": ""}, "Écrivez le nom"),
    ],
)
def test_a_territory_that_cannot_be_is_refused(admin, arles, form, said):
    data = {"name": "Pays d’Aix", "code": "AIX", "school_zone": "B", **form}
    answer = admin.submit("/territoires", data, page="/territoires/nouveau")
    assert answer.status_code == 422
    assert said in answer.text


def test_a_stale_form_of_a_territory_is_refused(admin, arles):
    url = f"/territoires/{arles.id}/modifier"
    form = {"name": "Arles", "school_zone": "B", "version": "1"}
    assert admin.submit(url, form, page=url).status_code == 303
    answer = admin.submit(url, {**form, "name": "Camargue"}, page=url)
    assert answer.status_code == 409
    assert 'value="Camargue"' in answer.text


def test_an_archived_territory_comes_back(admin, arles):
    url = f"/territoires/{arles.id}"
    assert admin.submit(f"{url}/archiver", page=url).status_code == 303
    assert admin.submit(f"{url}/archiver", page=url).status_code == 409
    assert "Archivé le" in admin.get(url).text
    assert admin.submit(f"{url}/reprendre", page=url).status_code == 303
    assert "Archivé le" not in admin.get(url).text


def test_a_commune_is_found_by_name_and_by_code(app):
    load_communes(None)
    found = {
        words: [one.name for one in search_communes(words)] for words in ("arles", "13004", "13200", "étang")
    }
    assert found["arles"][0] == found["13004"][0] == "Arles"
    assert "Arles" in found["13200"]
    assert search_communes("a") == []


def test_names_are_compared_without_accents_or_hyphens():
    assert folded("Port-Saint-Louis d’Œuvre") == folded("PORT SAINT LOUIS D'OEUVRE")


def test_only_the_administration_opens_territories_and_structures(arles):
    nora = make_user("Nora", Role.COORDINATOR, arles)
    with pytest.raises(NotAllowedError):
        create_territory(nora, name="Aix", code="AIX", school_zone=SchoolZone.B)
    with pytest.raises(NotAllowedError):
        create_structure(nora, name="CCAS", kind="ccas")


def test_a_structure_is_added_and_corrected(admin, arles):
    make_commune()
    form = {"name": "CCAS d’Arles", "kind": "ccas", "territory_ids": str(arles.id), "insee": "13004"}
    answer = admin.submit("/structures", form, page="/structures/nouvelle")
    assert answer.status_code == 303
    page = admin.get(answer.location).text
    assert "Arles" in page
    assert "Pays d’Arles" in page
    url = f"{answer.location}/modifier"
    bad = {**form, "version": "1", "phone": "12", "siret": "1", "insee": "99999", "email": "x"}
    refused = admin.submit(url, bad, page=url)
    assert refused.status_code == 422
    for said in ("dix chiffres", "quatorze chiffres", "prenom.nom@exemple.fr"):
        assert said in refused.text
    good = {**form, "version": "1", "phone": "04 90 00 00 00", "territory_ids": []}
    assert admin.submit(url, good, page=url).status_code == 303
    structure = db.session.scalars(select(Structure)).one()
    assert (structure.phone, structure.territories) == ("04 90 00 00 00", [])


def test_a_structure_name_is_borne_once(odile):
    make_structure("CCAS d’Arles")
    with pytest.raises(InvalidInputError):
        create_structure(odile, name="CCAS d’Arles", kind="ccas")


def test_structures_are_searched_and_filtered(admin, arles):
    make_structure("CCAS d’Arles", arles)
    make_structure("Mission locale")
    assert "Mission locale</span>" not in admin.get(f"/structures?territoire={arles.id}").text
    assert "CCAS d’Arles" in admin.get("/structures?q=ccas&type=ccas").text
    assert "Effacer les filtres" in admin.get("/structures?q=zzz").text
    assert admin.get("/structures?territoire=x&type=y&page=z").status_code == 200


def test_the_lists_cost_the_same_whatever_their_length(admin, arles, count_queries):
    for _ in range(30):
        make_structure("", arles)
    for url in ("/structures", "/territoires", f"/territoires/{arles.id}"):
        with count_queries() as queries:
            admin.get(url)
        assert len(queries) <= 12, url
