"""The catalogue and the page of an offer."""

import pytest

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.offers.models import Offer
from commission_app.offers.states import OfferState


def test_the_catalogue_is_searched_without_accents_and_filtered(place, make_open, make_idea, client_for):
    make_open("Épicerie solidaire", freins=["finances"])
    make_idea("Navette de nuit")
    nora = client_for(place.nora)
    for query in ("q=epicerie", "frein=finances", "etat=open"):
        page = nora.get(f"/offres?{query}").get_data(as_text=True)
        assert "Épicerie solidaire" in page
        assert "Navette de nuit" not in page
    assert "Aucune offre ne correspond" in nora.get("/offres?q=100%25").get_data(as_text=True)


def test_another_territory_sees_nothing(place, make_open, client_for):
    offer = make_open()
    omar = client_for(place.omar)
    omar.forbidden = {offer.name}
    assert omar.get("/offres").status_code == 200
    assert omar.get(f"/offres/{offer.id}").status_code == 404
    assert omar.get(f"/offres?territoire={place.here.id}").status_code == 404
    assert omar.submit(f"/offres/export?territoire={place.here.id}").status_code == 404


def test_an_offer_is_written_carried_and_opened_on_screen(place, client_for):
    nora, url = client_for(place.nora), f"/offres/nouvelle?territoire={place.here.id}"
    assert nora.submit(url, {"name": "No"}, page=url).status_code == 422
    written = nora.submit(
        url, {"name": "Garde dès 5 h", "freins": ["garde_enfants"], "access": "Par mail"}, page=url
    )
    offer_url = written.location
    offer = db.session.query(Offer).one()
    assert (offer.state, offer.access, offer.freins) == (OfferState.IDEA, "Par mail", ["garde_enfants"])
    assert nora.submit(f"{offer_url}/porter", {"version": 1, "structure_id": ""}).status_code == 422
    carry = {"version": 1, "structure_id": place.mobility.id}
    assert nora.submit(f"{offer_url}/porter", carry).status_code == 303
    assert "Ouvrir «\u00a0Garde dès 5 h\u00a0»" in nora.get(f"{offer_url}?acte=ouvrir").get_data(as_text=True)
    assert nora.submit(f"{offer_url}/ouvrir", {"version": 2}).status_code == 303
    month = clock.today().replace(day=1).isoformat()
    assert nora.submit(f"{offer_url}/prescriptions", {"month": month, "count": "x"}).status_code == 422
    assert nora.submit(f"{offer_url}/prescriptions", {"month": month, "count": 7}).status_code == 303
    assert "Personnes orientées par mois" in nora.get(offer_url).get_data(as_text=True)


def test_editing_keeps_what_was_typed_when_it_is_stale(place, make_open, client_for):
    offer = make_open()
    nora, url = client_for(place.nora), f"/offres/{offer.id}/modifier"
    form = {"name": "Navette", "description": "Texte neuf", "access": "", "version": 1}
    answer = nora.submit(url, form, page=url)
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "Texte neuf" in text
    assert "Transport à la demande." in text
    assert client_for(place.lina).get(url).status_code == 403


def test_a_dossier_is_joined_to_the_need_by_a_code_one_reads(place, make_idea, client_for):
    url = f"/offres/{make_idea().id}"
    answer = client_for(place.nora).submit(f"{url}/besoin", {"code": "ARL-2026-999"}, page=url)
    assert answer.status_code == 422


@pytest.mark.parametrize("path", ["/offres", "/offres/{id}"])
def test_the_number_of_queries_does_not_grow(place, make_idea, make_open, client_for, count_queries, path):
    offer = make_open()
    nora, url = client_for(place.nora), path.format(id=offer.id)
    nora.get(url)
    for number in range(12):
        make_idea(f"Idée {number}")
    with count_queries() as queries:
        assert nora.get(url).status_code == 200
    assert len([one for one in queries if one.lstrip().upper().startswith("SELECT")]) <= 12
