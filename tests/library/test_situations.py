"""Models of situations lead to nobody and are found by words and freins."""

import pytest

from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError, NotAllowedError, StaleError
from commission_app.library.situations.queries import listed_models, similar_models
from commission_app.library.situations.services import change_model, create_model

VALUES = {
    "title": "Horaires décalés sans garde d’enfants",
    "pattern": "Un parent seul, un emploi à six heures, aucune place avant huit heures.",
    "what_worked": "Une place réservée dès six heures et un prêt de scooter.",
    "freins": ["garde_enfants", "mobilite"],
    "needed": ["garde_enfants"],
}


@pytest.fixture
def model(people):
    """One model of Arles."""
    return create_model(people.maud, territory_id=people.arles.id, **VALUES)


def test_a_model_is_found_without_accents_and_by_frein(people, model):
    assert listed_models(people.basile, text="decales SCOOTER").items == [model]
    assert listed_models(people.amina, frein="mobilite").items == [model]
    assert listed_models(people.amina, frein="logement").items == []
    assert listed_models(people.amina, text="100%").items == []


def test_the_likest_model_comes_first(people, model):
    other = create_model(people.maud, territory_id=people.arles.id, **{**VALUES, "freins": ["mobilite"]})
    assert similar_models(["garde_enfants", "mobilite"]) == [model, other]
    assert similar_models([]) == []


@pytest.mark.parametrize(
    "telling",
    ["Voir ARL-2026-014.", "Appeler le 06 39 98 01 42.", "Écrire à a.b@exemple.fr.", "1 85 05 78 006 084"],
)
def test_what_leads_to_a_person_is_refused(people, telling):
    with pytest.raises(InvalidInputError, match="Retirez"):
        create_model(people.maud, territory_id=people.arles.id, **{**VALUES, "pattern": telling})


def test_a_referent_and_another_territory_do_not_write(people):
    for person in (people.amina, people.basile):
        with pytest.raises(NotAllowedError):
            create_model(person, territory_id=people.arles.id, **VALUES)


def test_a_stale_correction_is_refused(people, model):
    with pytest.raises(StaleError):
        change_model(people.nora, model, version=model.version + 1, **VALUES)


def test_a_model_on_screen(people, model, client_for):
    commit()
    maud = client_for(people.maud)
    html = maud.get("/situations-resolues?frein=mobilite").get_data(as_text=True)
    assert model.title in html
    assert people.maud.full_name not in client_for(people.amina).get("/situations-resolues").get_data(
        as_text=True
    )
    page = "/situations-resolues/nouvelle"
    ticked = maud.get(f"{page}?frein=logement&besoin=sante").get_data(as_text=True)
    assert 'value="logement" checked' in ticked
    data = {**VALUES, "territory_id": str(people.arles.id), "title": ""}
    refused = maud.submit(page, data, page=page)
    assert refused.status_code == 422
    assert "aucune place avant" in refused.get_data(as_text=True)
    assert maud.submit(page, {**data, "title": "Un titre"}, page=page).status_code == 303
    url = f"/situations-resolues/{model.id}"
    stale = client_for(people.nora).submit(
        f"{url}/modifier", {**VALUES, "version": "99"}, page=f"{url}/modifier"
    )
    assert stale.status_code == 409
    assert client_for(people.amina).get(f"{url}/modifier").status_code == 404
    assert client_for(people.ida).get(url).status_code == 200
