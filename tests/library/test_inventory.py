"""The inventory of a territory's commissions."""

from commission_app.core.db import commit
from commission_app.library.inventory.queries import commissions_of
from commission_app.library.inventory.services import add_commission


def test_the_coordination_keeps_the_inventory(people, client_for):
    nora = client_for(people.nora)
    page = f"/commissions-existantes/nouvelle?territoire={people.arles.id}"
    data = {"name": "Commission logement", "purpose": "Attribuer les places.", "frequency": "chaque mois"}
    assert nora.submit(page, {"name": "Commission logement"}, page=page).status_code == 422
    assert nora.submit(page, data, page=page).status_code == 303
    (found,) = commissions_of(people.arles.id)
    url = f"/commissions-existantes/{found.id}"
    stale = nora.submit(url, {**data, "merge_idea": "La fusionner", "version": "9"}, page=url)
    assert stale.status_code == 409
    assert nora.submit(url, {**data, "merge_idea": "La fusionner", "version": "1"}).status_code == 303
    html = client_for(people.amina).get("/commissions-existantes").get_data(as_text=True)
    assert "La fusionner" in html
    assert nora.submit(f"{url}/retirer").status_code == 303
    assert commissions_of(people.arles.id) == []


def test_others_do_not_change_it(people, client_for):
    found = add_commission(people.nora, territory_id=people.arles.id, name="CLSPD", purpose="Prévention")
    commit()
    for person in (people.amina, people.basile, people.ida):
        assert client_for(person).get(f"/commissions-existantes/{found.id}").status_code == 404
