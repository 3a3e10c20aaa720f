"""The back and forth with the coordination, by its pages and its mails."""

import pytest
from sqlalchemy import select

from commission_app.core.db import db
from commission_app.core.outbox import run_due
from commission_app.dossiers.models import Dossier, Remark
from commission_app.dossiers.states import DossierState
from tests.dossiers.stories import make_complete

NAME = "Canaritramontane"


def state_of(dossier):
    db.session.expire_all()
    return db.session.get_one(Dossier, dossier.id).state


def text_of(mail):
    return "\n".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")


def test_from_submission_to_retained_by_the_pages(app, place, client_for, mails):
    dossier = make_complete(place, last_name=NAME)
    url = f"/dossiers/{dossier.id}"
    ines, noemie = client_for(place.ines), client_for(place.noemie)
    ines.submit(f"{url}/soumettre", page=f"{url}/verifier")
    assert state_of(dossier) is DossierState.SUBMITTED
    noemie.submit(f"{url}/precisions", {"remark_question": "Pour quand ?"}, page=f"{url}/precisions")
    assert state_of(dossier) is DossierState.TO_COMPLETE
    remark = db.session.scalars(select(Remark)).one()
    assert "Pour quand ?" in ines.get(url).get_data(as_text=True)
    ines.submit(
        f"{url}/precisions/{remark.id}", {"answer": "Le 4 janvier"}, page=f"{url}/precisions/{remark.id}"
    )
    ines.submit(f"{url}/soumettre", page=f"{url}/verifier")
    noemie.submit(f"{url}/actes/ouvrir-l-echange", page=url)
    assert state_of(dossier) is DossierState.EXCHANGE
    talk = {"held_on": "2026-01-05", "participants": "Inès", "tried": "Garde", "outcome": "Rien avant mars"}
    noemie.submit(f"{url}/echange", talk, page=f"{url}/echange")
    assert "Retenir le dossier" in noemie.get(f"{url}/actes/retenir").get_data(as_text=True)
    noemie.submit(f"{url}/actes/retenir", page=f"{url}/actes/retenir")
    assert state_of(dossier) is DossierState.RETAINED
    run_due()
    subjects = {(mail["To"], mail["Subject"]) for mail in mails}
    assert {to for to, _ in subjects} == {place.ines.email, place.noemie.email}
    assert any("retenu" in subject for _, subject in subjects)
    assert len([mail for mail in mails if "soumis" in mail["Subject"]]) == 2
    assert not [mail for mail in mails if NAME in mail.as_string() or NAME in text_of(mail)]
    assert not [mail for mail in mails if "Le 4 janvier" in text_of(mail) or "Pour quand" in text_of(mail)]


def test_an_empty_demand_is_refused(app, place, client_for):
    dossier = make_complete(place, DossierState.SUBMITTED)
    url = f"/dossiers/{dossier.id}/precisions"
    answer = client_for(place.noemie).submit(url, {}, page=url)
    assert answer.status_code == 422
    assert "au moins une précision" in answer.get_data(as_text=True)


def test_a_talk_without_its_outcome_is_refused_and_kept(app, place, client_for):
    dossier = make_complete(place, DossierState.EXCHANGE)
    url = f"/dossiers/{dossier.id}/echange"
    answer = client_for(place.noemie).submit(url, {"tried": "Garde partagée"}, page=url)
    assert answer.status_code == 422
    assert "Garde partagée" in answer.get_data(as_text=True)


@pytest.mark.parametrize("who", ["ines", "noemie"])
def test_a_withdrawal_is_confirmed_then_done(app, place, client_for, who):
    dossier = make_complete(place, DossierState.RETAINED)
    client, url = client_for(getattr(place, who)), f"/dossiers/{dossier.id}/actes/retirer"
    assert "Retirer le dossier" in client.get(url).get_data(as_text=True)
    assert client.submit(url, page=url).status_code == 303
    assert state_of(dossier) is DossierState.WITHDRAWN
    assert client.get(url).status_code == 404


def test_an_act_in_the_wrong_state_says_why_and_changes_nothing(app, place, client_for):
    dossier = make_complete(place, DossierState.SUBMITTED)
    url = f"/dossiers/{dossier.id}"
    answer = client_for(place.noemie).submit(f"{url}/actes/retenir", page=url)
    assert answer.status_code == 409
    assert "Tenez d’abord l’échange" in answer.get_data(as_text=True)
    assert state_of(dossier) is DossierState.SUBMITTED


@pytest.mark.parametrize(
    ("before", "leads_back"),
    [
        ("http://localhost/dossiers/{}", True),
        ("http://localhost/dossiers/nouveau", False),
        ("http://a.b/", False),
    ],
)
def test_a_refused_act_leads_back_to_the_page_it_was_pressed_on(app, place, client_for, before, leads_back):
    dossier = make_complete(place, DossierState.EXCHANGE)
    client, url = client_for(place.noemie), f"/dossiers/{dossier.id}"
    client.get(url)
    answer = client.post(
        f"{url}/actes/retenir",
        data={"csrf_token": client.csrf_token},
        headers={"Referer": before.format(dossier.id)},
    )
    assert answer.status_code == 409
    assert "Notez d’abord l’échange" in answer.text
    assert ("Revenir à la page précédente" in answer.text) is leads_back
    assert (f'href="{url}"' in answer.text) is leads_back


def test_the_referent_may_ask_to_talk(app, place, client_for, mails):
    dossier = make_complete(place)
    url = f"/dossiers/{dossier.id}"
    assert client_for(place.ines).submit(f"{url}/echange-souhaite", page=url).status_code == 303
    run_due()
    assert [mail["To"] for mail in mails] == [place.noemie.email]
