"""The page of the person concerned: one link, one secret, plain words, and what she may decide."""

import html
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotAllowedError, NotFoundError
from commission_app.core.events import Event
from commission_app.dossiers.agreement.queries import agreement_holds
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.personal.models import PersonLink
from commission_app.dossiers.personal.queries import link_behind
from commission_app.dossiers.personal.services import MOST_FAILURES, give_link, revoke_link, try_secret
from commission_app.dossiers.presentation import presentation_of
from commission_app.dossiers.rights.models import Correction
from commission_app.dossiers.rights.queries import can_write_parts
from commission_app.dossiers.rights.services import answer_correction, ask_correction, export_for
from commission_app.dossiers.states import CorrectionState, DossierState, Level
from tests.databases import settle
from tests.dossiers.pages import OpenPage
from tests.dossiers.stories import make_complete, person_of


@pytest.fixture
def dossier(place):
    made = make_complete(place, DossierState.RETAINED)
    person = person_of(made)
    person.last_name, person.first_name = "Tramontane", "Solène"
    return made


@pytest.fixture
def way_in(place, dossier):
    """The token and the secret."""
    found = give_link(place.ines, dossier)
    settle()
    return found


@pytest.fixture
def opened(client, way_in):
    """The person's browser, her page open."""
    token, secret = way_in
    url = f"/ma-situation/{token}"
    assert client.submit(url, {"secret": f"{secret[:4]} {secret[4:]}"}, page=url).status_code == 303
    return client, url


def words(answer):
    return answer.get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_secret_opens_what_is_shared_without_a_name(opened):
    client, url = opened
    page = words(client.get(url))
    assert "Quel hébergement stable ?" in page
    assert "tous les services de la commission" in page
    assert "Tramontane" not in page


def test_she_reads_every_text_that_the_services_read(opened, dossier):
    client, url = opened
    dossier.no_outside_reason, dossier.urgency_reason = "Aucune place au dehors", "Bail fini le 18"
    dossier.origin_who, dossier.origin_how = "Un service de la ville", "Par un courrier"
    dossier.entered_on, dossier.wishes_presence, dossier.needed = date(2025, 3, 1), True, ["logement"]
    dossier.parcours[0].result = "Saison tenue jusqu’au bout"
    dossier.attempts[0].with_whom, dossier.attempts[0].result = "un bailleur", "Refus écrit"
    dossier.diagnosis[0].level = Level.NOT_DISCUSSED
    dossier.diagnosis[0].note = "Sujet remis à plus tard"
    settle()
    page = words(client.get(url))
    shown = presentation_of(dossier)
    texts = [
        shown.header, shown.question, shown.urgency_reason, *shown.needed, shown.contract, shown.step,
        f"{shown.step_months} mois", "1er mars 2025", "Vous souhaitez être là", shown.no_outside_reason,
        *(text for row in shown.why for text in row[1:]), *(text for _, text in shown.origin),
        *(note for _, rows, _ in shown.spheres for _, _, note in rows),
        *(text for row in (*shown.inside, *shown.outside) for text in row[:3]),
        *(text for row in shown.path for text in row[:3]),
    ]  # fmt: skip
    plain = html.unescape(page)
    assert [text for text in texts if text.replace("\u00a0", " ") not in plain] == []


def test_without_the_secret_the_link_shows_nothing(client, way_in):
    url = f"/ma-situation/{way_in[0]}"
    assert "hébergement" not in words(client.get(url))
    for act in ("accord", "retrait", "correction", "copie"):
        assert client.submit(f"{url}/{act}", {"days": "90", "text": "x"}, page=url).status_code == 404
    assert client.get(f"{url}/retrait").status_code == 404


def test_the_link_lives_neither_in_the_database_nor_in_the_trace(app, way_in):
    token, secret = way_in
    link = db.session.query(PersonLink).one()
    assert token not in {link.token_hash, link.secret_hash}
    assert secret not in link.secret_hash
    assert not [
        event for event in db.session.query(Event) if token in str(event.data) or secret in str(event.data)
    ]


def test_each_wrong_secret_makes_the_next_try_wait_longer(app, way_in):
    link, waits = link_behind(way_in[0]), []
    moment = clock.now()
    for _ in range(4):
        with clock.frozen(moment):
            assert not try_secret(link, secret="0000 0000")
            waits.append((link.wait_until - moment).total_seconds())
            with pytest.raises(InvalidInputError):
                try_secret(link, secret=way_in[1])
        moment = link.wait_until + timedelta(seconds=1)
    assert waits == [2, 4, 8, 16]
    with clock.frozen(moment):
        assert try_secret(link, secret=way_in[1])
    assert link.failures == 0


def test_too_many_wrong_secrets_close_the_link(app, way_in):
    link = link_behind(way_in[0])
    for _ in range(MOST_FAILURES):
        link.wait_until = None
        try_secret(link, secret="0000 0000")
    with pytest.raises(NotFoundError):
        link_behind(way_in[0])


def test_a_wrong_secret_is_counted_by_the_page_too(client, way_in):
    url = f"/ma-situation/{way_in[0]}"
    assert client.submit(url, {"secret": "0000 0000"}, page=url).status_code == 422
    settle()
    assert db.session.query(PersonLink).one().failures == 1
    assert "Attendez encore" in words(client.submit(url, {"secret": way_in[1]}))


@pytest.mark.parametrize("end", ["expired", "revoked", "replaced", "unknown"])
def test_a_dead_link_and_an_unknown_one_answer_alike(app, place, client, dossier, way_in, end):
    token = way_in[0]
    link = db.session.query(PersonLink).one()
    if end == "expired":
        link.expires_at = clock.now() - timedelta(seconds=1)
    elif end == "revoked":
        revoke_link(place.ines, dossier)
    elif end == "replaced":
        give_link(place.ines, dossier)
    else:
        token = "inconnu"
    assert client.get(f"/ma-situation/{token}").status_code == 404


def test_an_open_page_closes_with_its_link(app, place, opened, dossier):
    client, url = opened
    revoke_link(place.ines, db.session.get_one(Dossier, dossier.id))
    assert client.get(url).status_code == 404


def test_the_page_closes_by_itself_after_half_an_hour(opened):
    client, url = opened
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        assert "Ouvrir ma page" in words(client.get(url))


def test_the_referent_alone_gives_the_link(app, place, dossier):
    for actor in (place.noemie, place.karim, place.paul):
        with pytest.raises(NotAllowedError):
            give_link(actor, dossier)


def test_the_link_and_the_secret_are_shown_once(app, place, client_for, dossier):
    client, url = client_for(place.ines), f"/dossiers/{dossier.id}/droits"
    first = words(client.submit(f"{url}/lien", {"days": "90"}, page=url))
    assert "/ma-situation/" in first
    assert "/ma-situation/" not in words(client.get(url))


def test_she_withdraws_and_everything_is_taken_off(opened, place, client_for, dossier):
    client, url = opened
    assert "Vous ne voulez plus partager" in words(client.get(f"{url}/retrait"))
    assert client.submit(f"{url}/retrait").status_code == 303
    settle()
    assert db.session.get_one(Dossier, dossier.id).state is DossierState.WITHDRAWN
    assert not agreement_holds(dossier.id)
    page = words(client.get(url))
    assert "Rien n’est partagé aujourd’hui" in page
    assert "Aucun service de la commission ne le lit" in page
    assert "Ce que les services lisent" not in page
    presentation = words(client_for(place.ines).get(f"/dossiers/{dossier.id}/presentation"))
    assert "La commission ne lit plus ce dossier" in presentation


def test_pressed_twice_she_is_told_twice_that_nothing_is_shared(opened):
    client, url = opened
    client.get(f"{url}/retrait")
    for _ in range(2):
        assert client.submit(f"{url}/retrait").status_code == 303
        assert "rien n’est partagé" in words(client.get(url)).lower()


def test_a_correction_that_waits_stands_on_the_dossier_until_it_is_answered(app, place, client_for, dossier):
    referent, url = client_for(place.ines), f"/dossiers/{dossier.id}"
    assert "demande une correction" not in words(referent.get(url))
    correction = ask_correction(place.ines, dossier, text="Trois enfants")
    settle()
    assert "Lire la demande et répondre" in words(referent.get(url))
    assert "demande une correction" in words(client_for(place.noemie).get(url))
    answer_correction(place.ines, correction, is_done=True, answer="")
    settle()
    assert "demande une correction" not in words(referent.get(url))


def test_once_closed_her_page_says_that_nothing_is_shared(opened, dossier):
    client, url = opened
    dossier.state = DossierState.CLOSED
    settle()
    page = words(client.get(url))
    assert "Rien n’est partagé aujourd’hui" in page
    assert "Je ne veux plus partager" not in page


def test_she_agrees_on_her_page(app, place, client):
    draft = make_complete(place, agreed=False)
    token, secret = give_link(place.ines, draft)
    url = f"/ma-situation/{token}"
    client.submit(url, {"secret": secret}, page=url)
    assert client.submit(f"{url}/accord", {"days": "182"}, page=url).status_code == 303
    assert agreement_holds(draft.id)
    assert "Vous êtes d’accord" in words(client.get(url))


def test_she_asks_for_a_correction_and_reads_the_answer(app, place, opened, client_for, dossier):
    client, url = opened
    client.submit(f"{url}/correction", {"text": "Je n’ai pas deux enfants mais trois"})
    settle()
    correction = db.session.query(Correction).one()
    assert can_write_parts(place.ines, correction.dossier)
    OpenPage(client_for(place.ines), f"/dossiers/{dossier.id}/personne").type(children_count="3")
    answer_correction(place.ines, correction, is_done=True, answer="C’est corrigé, merci.")
    assert not can_write_parts(place.ines, correction.dossier)
    assert "C’est corrigé, merci." in words(client.get(url))
    assert db.session.get_one(Dossier, dossier.id).children_count == 3


def test_a_correction_that_is_not_made_says_why(app, place, dossier):
    correction = ask_correction(place.ines, dossier, text="Effacez la question")
    with pytest.raises(InvalidInputError):
        answer_correction(place.ines, correction, is_done=False, answer="")
    answer_correction(place.ines, correction, is_done=False, answer="Sans elle, rien à étudier.")
    assert correction.state is CorrectionState.DECLINED


def test_the_copy_holds_everything_and_is_noted(app, place, client_for, dossier):
    content = export_for(place.ines, dossier)
    texts = str(content)
    for told in (
        "Tramontane",
        "Quel hébergement stable ?",
        "Trois demandes sans réponse",
        "Saison",
        "un fait",
    ):
        assert told in texts
    assert db.session.query(Event).filter_by(name="access_exported").count() == 1
    client, url = client_for(place.ines), f"/dossiers/{dossier.id}/droits"
    paper = client.submit(f"{url}/copie", page=url)
    assert (paper.mimetype, paper.data[:4]) == ("application/pdf", b"%PDF")
    assert "Tramontane" in client.submit(f"{url}/copie", {"format": "json"}).get_data(as_text=True)
    with pytest.raises(NotAllowedError):
        export_for(place.karim, dossier)


def test_the_page_of_a_new_link_loaded_again_leaves_the_link_open(place, dossier, client_for, client):
    settle()
    referent, url = client_for(place.ines), f"/dossiers/{dossier.id}/droits"
    sent = {"days": "90", "follows": follows(referent.get(url))}
    given = referent.submit(f"{url}/lien", sent)
    token = given.text.split("/ma-situation/")[1].split("<")[0].strip()
    again = referent.submit(f"{url}/lien", sent)
    assert again.status_code == 303
    assert "Un lien vient d’être fait" in referent.get(again.location).text
    assert client.get(f"/ma-situation/{token}").status_code == 200
    assert referent.submit(f"{url}/lien", {**sent, "follows": follows(given)}).status_code == 200
    assert client.get(f"/ma-situation/{token}").status_code == 404


def follows(answer):
    return BeautifulSoup(answer.text, "html.parser").find("input", {"name": "follows"})["value"]
