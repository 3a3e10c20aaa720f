"""Problems sent up to the département and their answers."""

import pytest

from commission_app.core.db import commit
from commission_app.core.outbox import run_due
from commission_app.followup.services import create_remontee


@pytest.fixture
def remontee(place):
    sent = create_remontee(place.nora, territory_id=place.here.id, theme="Mobilité", text="Aucun bus à 7 h")
    commit()
    return sent


def test_it_is_written_by_the_coordination_and_told_to_the_pilots(place, client_for, mails):
    nora = client_for(place.nora)
    form = {"territory_id": place.here.id, "theme": "Mobilité", "text": "Aucun bus à 7 h"}
    assert nora.submit("/remontees/nouvelle", form, page="/remontees/nouvelle").status_code == 303
    run_due()
    assert [mail["To"] for mail in mails] == [place.paul.email]


def test_the_answer_is_read_by_the_territory(place, remontee, client_for, mails):
    paul, url = client_for(place.paul), f"/remontees/{remontee.id}"
    assert paul.submit(f"{url}/etudier", {"version": 1}, page=url).status_code == 303
    assert paul.submit(f"{url}/repondre", {"version": 2, "answer": ""}).status_code == 422
    assert paul.submit(f"{url}/repondre", {"version": 1, "answer": "Une navette"}).status_code == 422
    assert paul.submit(f"{url}/repondre", {"version": 2, "answer": "Une navette en mars"}).status_code == 303
    assert "Une navette en mars" in client_for(place.hugo).get(url).get_data(as_text=True)
    run_due()
    assert mails[-1]["To"] == place.nora.email


def test_others_do_not_answer_and_elsewhere_does_not_see(place, remontee, client_for):
    nora, url = client_for(place.nora), f"/remontees/{remontee.id}"
    assert nora.submit(f"{url}/repondre", {"version": 1, "answer": "Non"}, page=url).status_code == 403
    assert client_for(place.omar).get(url).status_code == 404
    assert "Aucun bus" not in client_for(place.omar).get("/remontees").get_data(as_text=True)


def test_the_list_stands_by_theme(place, remontee, client_for):
    page = client_for(place.paul).get("/remontees").get_data(as_text=True)
    assert "Mobilité" in page
    assert (
        client_for(place.paul).get("/remontees?etat=answered").get_data(as_text=True).count("Aucun bus") == 0
    )
