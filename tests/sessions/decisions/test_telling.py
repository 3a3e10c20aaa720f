"""What the person is told: drafted from the decision, worded by who tells, printed, noted as done."""

import uuid
from io import BytesIO

import pytest
from pypdf import PdfReader

from commission_app.accounts.states import Role
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.events import record
from commission_app.dossiers.services import end_sharing
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.decisions.register import digest_of, first_digest
from commission_app.sessions.decisions.services import tell_person
from commission_app.sessions.decisions.telling.drafting import drafted, plain, unexplained
from commission_app.sessions.decisions.telling.queries import get_told, tellings_of
from commission_app.sessions.decisions.telling.services import word_decision
from commission_app.sessions.states import DecisionKind
from tests.factories import grant, make_user
from tests.sessions.day.scene import make_scene, outsider

TEXT = "Un foyer vous reçoit lundi. On vous y attend à neuf heures."


@pytest.fixture
def scene(app):
    return make_scene()


@pytest.fixture
def decision(scene):
    return decide(scene, text="Le CCAS reçoit la personne du dossier ARL-2026-014 avec le PLIE.")


def decide(scene, number=1, **values):
    previous = first_digest(scene.day.id)
    made = Decision(
        commission_session_id=scene.day.id,
        agenda_item_id=scene.first.id,
        dossier_id=scene.first.dossier_id,
        number=number,
        kind=DecisionKind.SOLUTION,
        decided_by_id=scene.salome.id,
        present=[],
        agreed_count=0,
        reservations=[],
        previous_digest=previous,
        **values,
    )
    made.digest = digest_of(made)
    db.session.add(made)
    db.session.flush()
    return made


def hand_over(scene):
    """Another référent takes the accompaniment over."""
    dossier, other = scene.first.dossier, make_user("Maud", structure=scene.ccas)
    grant(other, Role.REFERENT, scene.territory)
    accept(scene, dossier, other)
    return other


def accept(scene, dossier, other):
    """The fiche relais is accepted."""
    dossier.referent = other
    record(other, "fiche_accepted", dossier, giver=str(scene.referent.id), fiche=str(uuid.uuid4()))
    db.session.flush()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Le dossier ARL-2026-014 passe au PLIE.", "votre situation passe à l’accompagnement vers l’emploi."),
        ("Une aide du CCAS et du FSL.", "Une aide du service social de la mairie et de l’aide au logement"),
        ("Deux freins à lever.", "Deux difficultés à lever."),
        ("La CAF répond.", "la Caisse d’allocations familiales répond."),
        ("Un CERFA est rempli.", "Un CERFA est rempli."),
    ],
)
def test_words_of_the_trade_become_plain(said, meant):
    assert meant in plain(said)


def test_what_nobody_explained_is_named():
    assert unexplained("L’AGEFIPH aide, le RSA reste, l’ANCT aussi, l’ANCT encore.") == ["ANCT"]
    assert unexplained("Rien à redire.") == []


@pytest.mark.parametrize("kind", DecisionKind)
def test_each_kind_of_decision_has_its_sentence(scene, decision, kind):
    decision.kind = kind
    text = drafted(decision)
    assert text.count("\n") == 2
    assert "ARL-2026" not in text


def test_the_draft_stands_until_somebody_words_it(scene, decision):
    told = get_told(scene.referent, scene.day.id, decision.id)
    assert (told.version, "service social de la mairie" in told.text) == (0, True)
    word_decision(scene.referent, decision, text=TEXT, version=0)
    told = get_told(scene.ines, scene.day.id, decision.id)
    assert (told.text, told.version) == (TEXT, 1)
    with pytest.raises(StaleError):
        word_decision(scene.ines, decision, text=TEXT, version=0)


@pytest.mark.parametrize("text", ["Trop court", "Son numéro est 1 84 12 76 451 089 46, à ne pas écrire."])
def test_a_text_that_cannot_be_handed_over_is_refused(scene, decision, text):
    with pytest.raises(InvalidInputError):
        word_decision(scene.referent, decision, text=text, version=0)


def test_after_a_change_of_referent_the_new_one_tells(scene, decision):
    maud = hand_over(scene)
    assert [told.decision for told in tellings_of(maud, scene.day)] == [decision]
    assert tellings_of(scene.referent, scene.day) == []
    with pytest.raises(NotFoundError):
        get_told(scene.referent, scene.day.id, decision.id)
    tell_person(maud, decision)


def test_who_takes_over_presents_what_still_waits(scene):
    dossier, maud = scene.second.dossier, make_user("Maud", Role.REFERENT, scene.territory, scene.ccas)
    accept(scene, dossier, maud)
    assert (scene.second.presenter_id, scene.first.presenter_id) == (maud.id, scene.referent.id)


def test_once_taken_back_only_referent_and_coordination_keep_it(scene, decision):
    end_sharing(None, decision.dossier, reason="withdrawn")
    assert tellings_of(scene.salome, scene.day) == []
    assert len(tellings_of(scene.referent, scene.day)) == len(tellings_of(scene.ines, scene.day)) == 1


def test_a_decision_replaced_is_told_no_more(scene, decision):
    right = decide(scene, 2, text="Le foyer reçoit la personne mardi.", replaces_id=decision.id)
    assert [told.decision for told in tellings_of(scene.ines, scene.day)] == [right]
    with pytest.raises(NotFoundError):
        get_told(scene.ines, scene.day.id, decision.id)


def test_the_referent_reads_words_prints_and_notes(scene, decision, client_for):
    remi = client_for(scene.referent)
    url = f"{scene.url}/decisions/{decision.id}/annonce"
    assert "Imprimer la feuille" in remi.get(url).text
    assert remi.submit(url, {"text": TEXT, "version": "0"}, page=url).status_code == 303
    assert TEXT in remi.get(url).text
    sheet = "".join(page.extract_text() for page in PdfReader(BytesIO(remi.get(f"{url}.pdf").data)).pages)
    assert "Un foyer vous reçoit lundi." in sheet
    assert scene.referent.full_name in sheet
    assert scene.first.dossier.code not in sheet
    assert remi.submit(f"{scene.url}/decisions/{decision.id}/annoncee", page=url).location.endswith(
        "/annonce"
    )
    assert "Annoncée le" in remi.get(f"{scene.url}/annonces").text


def test_a_stale_text_shows_both_and_loses_nothing(scene, decision, client_for):
    url = f"{scene.url}/decisions/{decision.id}/annonce"
    ines = client_for(scene.ines)
    ines.submit(url, {"text": TEXT, "version": "0"}, page=url)
    answer = ines.submit(url, {"text": "Mon autre texte pour la personne.", "version": "0"})
    assert answer.status_code == 409
    assert TEXT in answer.text
    assert "Mon autre texte pour la personne." in answer.text
    short = ines.submit(url, {"text": "", "version": "1"})
    assert short.status_code == 422


def test_somebody_from_elsewhere_sees_nothing(scene, decision, client_for):
    zoe = client_for(outsider())
    assert zoe.get(f"{scene.url}/annonces").status_code == 404
    assert zoe.get(f"{scene.url}/decisions/{decision.id}/annonce").status_code == 404


def test_the_list_reads_few_rows_whatever_its_length(scene, decision, client_for, count_queries):
    for number in range(2, 8):
        decide(scene, number, text=f"Décision {number}")
    ines = client_for(scene.ines)
    ines.get("/mon-compte")
    with count_queries() as queries:
        page = ines.get(f"{scene.url}/annonces")
    assert page.text.count("row-link") == 7
    assert len(queries) <= 12, len(queries)
