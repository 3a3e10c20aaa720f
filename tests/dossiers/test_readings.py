"""Each look at an identity is noted before it is shown, and many of them in an hour are told."""

import pytest
from sqlalchemy import select

from commission_app.accounts.states import Role
from commission_app.core.db import db
from commission_app.core.events import Event, record
from commission_app.core.outbox import run_due
from commission_app.dossiers.fiche_relais.services import prepare_fiche
from commission_app.dossiers.history import LATEST
from commission_app.dossiers.person.services import note_own_reading, read_identity
from commission_app.dossiers.personal.queries import link_behind, page_of
from commission_app.dossiers.personal.services import give_link
from commission_app.dossiers.rights.access import access_of
from commission_app.dossiers.rights.services import export_for, export_for_person
from commission_app.dossiers.states import DossierState, ReadingReason
from tests.databases import settle
from tests.dossiers.stories import make_complete
from tests.factories import make_dossier, make_user

NAME = "Canaritramontane"


def noted(name="own_identity_read"):
    settle()
    query = select(Event.actor_id, Event.subject_id).where(Event.name == name)
    return [tuple(row) for row in db.session.execute(query)]


def test_the_page_with_the_own_person_s_name_is_noted_each_time(app, place, client_for):
    dossier = make_complete(place, last_name=NAME)
    client, url = client_for(place.ines), f"/dossiers/{dossier.id}/personne"
    for count in (1, 2):
        assert NAME in client.get(url).get_data(as_text=True)
        assert noted() == [(place.ines.id, dossier.id)] * count


def test_the_other_parts_note_nothing(app, place, client_for):
    dossier = make_complete(place, last_name=NAME)
    client = client_for(place.ines)
    for part in ("cadre", "question", "diagnostic"):
        assert NAME not in client.get(f"/dossiers/{dossier.id}/{part}").get_data(as_text=True)
    assert noted() == []


@pytest.mark.parametrize("who", ["karim", "noemie", "paul"])
def test_a_page_that_does_not_exist_for_the_reader_notes_nothing(app, place, client_for, who):
    dossier = make_complete(place, last_name=NAME)
    settle()
    assert client_for(getattr(place, who)).get(f"/dossiers/{dossier.id}/personne").status_code == 404
    assert noted() == []


def test_the_name_on_a_fiche_relais_is_noted_for_its_referent_alone(app, place, client_for):
    dossier = make_complete(place, DossierState.TREATED, last_name=NAME)
    fiche = prepare_fiche(place.ines, dossier)
    settle()
    url = f"/fiches-relais/{fiche.id}"
    assert NAME in client_for(place.ines).get(f"{url}/relire").get_data(as_text=True)
    assert client_for(place.ines).get(f"{url}/pdf").status_code == 200
    assert noted() == [(place.ines.id, dossier.id)] * 2


def test_what_the_referent_reads_does_not_drown_the_history(app, place, client_for):
    dossier = make_complete(place, DossierState.TO_COMPLETE, last_name=NAME)
    client = client_for(place.ines)
    client.get(f"/dossiers/{dossier.id}/personne")
    assert "Identité lue" not in client.get(f"/dossiers/{dossier.id}").get_data(as_text=True)
    read_identity(place.noemie, dossier, reason=ReadingReason.CALL)
    settle()
    page = client.get(f"/dossiers/{dossier.id}").get_data(as_text=True)
    assert "Identité lue : joindre la personne" in page
    assert place.noemie.full_name in page


def test_nothing_is_cut_from_the_whole_history_nor_from_the_copy_for_the_person(app, place, client_for):
    dossier = make_complete(place, DossierState.TO_COMPLETE, last_name=NAME)
    for _ in range(LATEST + 1):
        read_identity(place.noemie, dossier, reason=ReadingReason.CALL)
    settle()
    client = client_for(place.ines)
    assert client.get(f"/dossiers/{dossier.id}/historique").text.count("Identité lue") == LATEST + 1
    copied = {one["title"]: one["rows"] for one in access_of(dossier)["sections"]}
    assert len(copied["Ce qui s’est passé"]) > LATEST
    assert len(copied["Qui a lu votre nom et vos coordonnées"]) == LATEST + 1


def test_the_person_reads_how_often_others_opened_her_name(app, place):
    dossier = make_complete(place, DossierState.TO_COMPLETE, last_name=NAME)
    note_own_reading(place.ines, dossier)
    for _ in range(21):
        read_identity(place.noemie, dossier, reason=ReadingReason.CALL)
    token, _secret = give_link(place.ines, dossier)
    assert page_of(link_behind(token)).readings.count == 21


def test_a_copy_made_by_the_coordination_is_a_reading_that_the_person_knows_of(app, place):
    dossier = make_complete(place, DossierState.TO_COMPLETE, last_name=NAME)
    token, _secret = give_link(place.ines, dossier)
    export_for_person(dossier)
    assert page_of(link_behind(token)).readings.count == 0
    export_for(place.noemie, dossier)
    assert page_of(link_behind(token)).readings.count == 1
    copied = {one["title"]: one["rows"] for one in access_of(dossier)["sections"]}
    assert [by for _at, by in copied["Qui a lu votre nom et vos coordonnées"]] == [place.noemie.full_name]


def test_too_many_identities_in_an_hour_are_told_at_the_number_and_not_before(app, place, config, mails):
    admin = make_user("Odile", Role.ADMINISTRATOR)
    dossier = make_dossier(place.ines, place.territory, DossierState.SUBMITTED, last_name=NAME)
    record(place.noemie, "access_exported", dossier)
    for _ in range(config.reveals_per_hour - 1):
        read_identity(place.noemie, dossier, reason=ReadingReason.CALL)
    settle()
    run_due()
    assert mails == []
    for _ in range(3):
        read_identity(place.noemie, dossier, reason=ReadingReason.CALL)
        settle()
        run_due()
        assert [mail["To"] for mail in mails] == [admin.email]
    said = mails[0].as_string()
    assert (NAME in said, dossier.code in said) == (False, False)
    assert place.noemie.last_name in mails[0].get_body(("plain",)).get_content()


def test_the_account_to_which_the_alert_leads_says_so(app, place, config, client_for):
    admin = client_for(make_user("Odile", Role.ADMINISTRATOR))
    dossier = make_dossier(place.ines, place.territory, DossierState.SUBMITTED, last_name=NAME)
    url, said = f"/comptes/{place.noemie.id}", f"plus de {config.reveals_per_hour} identités"
    for expected in (False, True):
        for _ in range(config.reveals_per_hour if not expected else 1):
            read_identity(place.noemie, dossier, reason=ReadingReason.CALL)
        settle()
        page = admin.get(url).text.replace("\u00a0", " ")
        assert (said in page) is expected
        assert (NAME in page, dossier.code in page) == (False, False)


def test_readings_of_one_instant_that_did_not_see_each_other_are_told_by_the_next(app, place, config, mails):
    make_user("Odile", Role.ADMINISTRATOR)
    dossier = make_dossier(place.ines, place.territory, DossierState.SUBMITTED, last_name=NAME)
    unseen = {"name": "identity_read", "actor_id": place.noemie.id, "subject_id": dossier.id}
    for _ in range(config.reveals_per_hour + 1):
        db.session.add(Event(subject_type="Dossier", **unseen))
    read_identity(place.noemie, dossier, reason=ReadingReason.CALL)
    settle()
    run_due()
    assert len(mails) == 1
