"""The hand-over: prepared, sent, accepted, met, printed."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotAllowedError, StaleError, WrongStateError
from commission_app.core.outbox import run_due
from commission_app.dossiers.fiche_relais.exports import content_of
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.fiche_relais.services import (
    accept_fiche,
    note_first_appointment,
    prepare_fiche,
    save_fiche,
    send_fiche,
)
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState, FicheState
from tests.dossiers.stories import make_complete

NAME = "Canaritramontane"


@pytest.fixture
def dossier(place):
    return make_complete(place, DossierState.FOLLOWED, last_name=NAME)


@pytest.fixture
def fiche(place, dossier):
    made = prepare_fiche(place.ines, dossier)
    db.session.flush()
    return made


def complete(place, fiche):
    save_fiche(
        place.ines, fiche, version=fiche.version, to_id=place.karim.id, agreed_on=clock.today(),
        texts={"goal_what": "Un logement stable"},
    )  # fmt: skip
    db.session.flush()


def text_of(answer):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)


def test_it_is_filled_from_the_dossier_and_prepared_once(app, place, dossier, fiche):
    assert "Logement : frein" in fiche.freins_worked.replace("\u00a0", " ")
    assert prepare_fiche(place.ines, dossier) is fiche


def test_from_one_referent_to_the_next_by_the_pages(app, place, dossier, client_for, mails):
    ines, karim = client_for(place.ines), client_for(place.karim)
    begun = ines.submit(f"/dossiers/{dossier.id}/fiche-relais", page=f"/dossiers/{dossier.id}")
    url = begun.location
    assert karim.get(url).status_code == 404
    version = db.session.scalars(select(FicheRelais)).one().version
    typed = {
        "version": str(version), "to_id": str(place.karim.id), "agreed_on": "2026-01-05",
        "goal_what": "Un logement stable",
    }  # fmt: skip
    assert ines.submit(url, typed, page=url).location.endswith("/relire")
    assert "Transmettre la fiche" in ines.get(f"{url}/relire").get_data(as_text=True)
    ines.submit(f"{url}/transmettre")
    karim.forbidden = {NAME}
    assert "Accepter le relais" in karim.get(url).get_data(as_text=True)
    listed = karim.get("/dossiers").get_data(as_text=True)
    assert f'Fiche relais du dossier <span class="text-nowrap">{dossier.code}</span>' in listed
    karim.forbidden = set()
    assert karim.submit(f"{url}/accepter", page=url).status_code == 303
    assert karim.submit(f"{url}/rencontre", {"meeting_on": "2026-12-15"}, page=url).status_code == 303
    day = clock.today().isoformat()
    assert karim.submit(f"{url}/premier-rendez-vous", {"first_appointment_on": day}).status_code == 303
    db.session.expire_all()
    kept, owned = db.session.scalars(select(FicheRelais)).one(), db.session.get_one(Dossier, dossier.id)
    assert (kept.state, owned.referent_id) == (FicheState.MET, place.karim.id)
    assert owned.structure_id == place.karim.structure_id
    assert owned.previous_referent.startswith(place.ines.full_name)
    assert ines.get(f"/dossiers/{dossier.id}").status_code == 404
    run_due()
    told = {(mail["To"], mail["Subject"]) for mail in mails}
    assert (place.karim.email, f"Un relais vous est proposé, dossier {dossier.code}") in told
    assert place.noemie.email in {to for to, _ in told}
    assert not [mail for mail in mails if NAME in mail.as_string()]


def test_the_name_stands_on_the_sheet_for_the_referent_of_the_dossier_alone(app, place, fiche, client_for):
    complete(place, fiche)
    send_fiche(place.ines, fiche)
    sheet = f"/fiches-relais/{fiche.id}/pdf"
    assert NAME in text_of(client_for(place.ines).get(sheet))
    assert NAME not in text_of(client_for(place.noemie).get(sheet))
    assert NAME not in text_of(client_for(place.karim).get(sheet))
    assert client_for(place.paul).get(sheet).status_code == 404


@pytest.mark.parametrize("field", ["to_id", "agreed_on", "goal_what"])
def test_what_a_hand_over_needs_is_asked_for(app, place, fiche, field):
    complete(place, fiche)
    setattr(fiche, field, None if field != "goal_what" else "")
    with pytest.raises(InvalidInputError) as refused:
        send_fiche(place.ines, fiche)
    assert refused.value.field == field


def test_only_a_referent_of_the_territory_takes_over(app, place, fiche):
    with pytest.raises(InvalidInputError):
        save_fiche(place.ines, fiche, version=fiche.version, to_id=place.paul.id, agreed_on=None, texts={})
    complete(place, fiche)
    send_fiche(place.ines, fiche)
    with pytest.raises(NotAllowedError):
        accept_fiche(place.noemie, fiche)


def test_a_hand_over_is_accepted_once(app, place, fiche):
    complete(place, fiche)
    send_fiche(place.ines, fiche)
    accept_fiche(place.karim, fiche)
    with pytest.raises(WrongStateError):
        accept_fiche(place.karim, fiche)


def test_a_stale_fiche_is_refused(app, place, fiche):
    with pytest.raises(StaleError):
        save_fiche(place.ines, fiche, version=fiche.version + 1, to_id=None, agreed_on=None, texts={})


def test_a_stale_form_shows_both_texts_and_the_next_save_decides(app, place, fiche, client_for):
    client, url = client_for(place.ines), f"/fiches-relais/{fiche.id}"
    version = str(fiche.version)
    typed = {"version": version, "goal_what": "Texte de l’autre", "to_id": str(place.karim.id)}
    assert client.submit(url, typed, page=url).status_code == 303
    answer = client.submit(url, {"version": version, "goal_what": "Mon texte", "to_id": ""})
    assert answer.status_code == 409
    page = BeautifulSoup(answer.text, "html.parser")
    clashes = " ".join(one.text for one in page.select(".conflict"))
    for text in ("Texte de l’autre", "Mon texte", place.karim.full_name):
        assert text in clashes
    assert page.find(id="goal_what").text.strip() == "Mon texte"
    fresh = page.select_one("#goal_what").find_parent("form").find("input", {"name": "version"})["value"]
    assert client.submit(url, {"version": fresh, "goal_what": "Les deux"}).status_code == 303
    assert db.session.get_one(FicheRelais, fiche.id).goal_what == "Les deux"


def test_the_first_appointment_comes_after_the_acceptance(app, place, fiche):
    complete(place, fiche)
    send_fiche(place.ines, fiche)
    with pytest.raises(WrongStateError):
        note_first_appointment(place.ines, fiche, first_appointment_on=clock.today())


def test_the_sheet_holds_every_heading_of_the_partners_document(app, place, dossier, fiche):
    complete(place, fiche)
    texts = {name: f"Texte de {name}" for name in ("steps_analysis", "work_support", "recommendation")}
    save_fiche(
        place.ines, fiche, version=fiche.version, to_id=place.karim.id, agreed_on=clock.today(),
        texts={"goal_what": "Un logement stable", **texts},
    )  # fmt: skip
    dossier.diagnosed_on = clock.today()
    sections = content_of(fiche, None)["sections"]
    titles = [section["title"] for section in sections]
    assert titles == [
        "Personne accompagnée", "Référents d’étape", "Historique : les principales étapes",
        "Historique : analyse", "Approche personnelle", "Approche professionnelle",
        "Objectifs de la réorientation", "Accord et rencontre",
    ]  # fmt: skip
    said = str(sections)
    assert all(text in said for text in texts.values())
    for heading in (
        "Freins identifiés",
        "Diagnostic",
        "Préconisation explicitée",
        "Signature de la personne",
    ):
        assert heading in said


def test_the_steps_are_analysed_from_the_dossier(app, place, fiche):
    assert "Saison" in fiche.steps_analysis
    assert "Une demande" in fiche.work_support
