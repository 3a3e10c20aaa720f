"""The lexique begins with the terms of the reference and grows by proposals."""

import pytest
from sqlalchemy import select

from commission_app.core.db import commit, db
from commission_app.core.errors import NotAllowedError, WrongStateError
from commission_app.library.lexique.queries import get_proposal, terms
from commission_app.library.lexique.services import (
    accept_proposal,
    decline_proposal,
    load_lexique,
    propose_definition,
)
from commission_app.library.models import Term, TermProposal
from commission_app.library.states import TermState
from tests.factories import make_user


def test_the_first_terms_are_put_in_once_and_changes_stay(app):
    assert load_lexique() == 43
    term = db.session.scalars(select(Term).where(Term.slug == "referent-d-etape")).one()
    term.definition = "Définition revue par les partenaires."
    assert load_lexique() == 0
    assert term.definition == "Définition revue par les partenaires."


def test_only_the_terms_that_the_partners_validated_are_so(app):
    load_lexique()
    validated = {term.word for term in terms(state=TermState.VALIDATED)}
    assert "Personne concernée" in validated
    assert "Insertion" not in validated
    assert len(validated) == 7


def test_the_search_knows_no_accents(app):
    load_lexique()
    assert "Référent d’étape" in [term.word for term in terms("REFERENT D'ETAPE")]
    assert [term.word for term in terms("reciprocite")] == ["Réciprocité"]


def test_a_proposal_accepted_becomes_the_definition(people):
    load_lexique()
    proposal = propose_definition(people.amina, word="insertion", definition="Trouver sa place.")
    term = accept_proposal(people.nora, proposal, validated=True)
    assert (term.word, term.definition, term.state) == ("Insertion", "Trouver sa place.", TermState.VALIDATED)
    with pytest.raises(WrongStateError):
        decline_proposal(people.nora, proposal)


def test_a_reader_does_not_settle(people):
    proposal = propose_definition(people.amina, word="Relais", definition="Passage.")
    with pytest.raises(NotAllowedError):
        accept_proposal(people.amina, proposal, validated=False)


def test_an_account_without_a_role_only_reads(people, client_for):
    former = make_user("Ancienne")
    with pytest.raises(NotAllowedError):
        propose_definition(former, word="Relais", definition="Passage.")
    client = client_for(former)
    page = client.get("/lexique")
    assert page.status_code == 200
    assert "/lexique/proposer" not in page.text
    assert client.get("/lexique/proposer").status_code == 404


def test_a_proposal_on_screen(people, client_for):
    load_lexique()
    commit()
    amina, nora = client_for(people.amina), client_for(people.nora)
    assert "Personne concernée" in amina.get("/lexique?mot=personne").get_data(as_text=True)
    assert "Effacer les filtres" in amina.get("/lexique?mot=scooter").get_data(as_text=True)
    assert amina.submit("/lexique/proposer", {"word": "Relais"}, page="/lexique/proposer").status_code == 422
    data = {"word": "Relais", "definition": "Passage d’un référent à un autre."}
    assert amina.submit("/lexique/proposer", data, page="/lexique/proposer").status_code == 303
    html = nora.get("/lexique").get_data(as_text=True)
    assert "Passage d’un référent" in html
    proposal_id = db.session.scalars(select(TermProposal.id)).one()
    refused = amina.submit(f"/lexique/propositions/{proposal_id}/accepter", {"etat": "validated"})
    assert refused.status_code == 404
    nora.submit(f"/lexique/propositions/{proposal_id}/accepter", {"etat": "discussed"}, page="/lexique")
    assert get_proposal(people.nora, proposal_id).accepted_at is not None
    assert "Relais" in amina.get("/lexique").get_data(as_text=True)


def test_the_lexique_costs_few_queries(people, client_for, count_queries):
    load_lexique()
    commit()
    client = client_for(people.nora)
    with count_queries() as queries:
        client.get("/lexique")
    assert len([line for line in queries if line.startswith("SELECT")]) <= 4
