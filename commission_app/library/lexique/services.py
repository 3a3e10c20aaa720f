"""Proposing definitions, settling them, and the terms that a new platform begins with."""

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.library.lexique.queries import first_terms
from commission_app.library.models import Term, TermProposal, slug_of
from commission_app.library.policies import can_propose_term, can_settle_terms
from commission_app.library.states import TermState


def load_lexique(actor: User | None = None) -> int:
    """Put in the terms of the reference that are not there; done at a first start, without an account.

    A term that the partners changed since is left as it is. Returns how many were added.
    """
    known = set(db.session.scalars(select(Term.slug)))
    missing = [first for first in first_terms() if slug_of(first.word) not in known]
    db.session.add_all(
        Term(word=one.word, slug=slug_of(one.word), definition=one.definition, state=one.state)
        for one in missing
    )
    db.session.flush()
    return len(missing)


def propose_definition(actor: User, *, word: str, definition: str) -> TermProposal:
    """Propose a definition for a word, known or new; who holds a role may, the coordinations settle it."""
    require(can_propose_term(actor))
    if not slug_of(word):
        raise InvalidInputError("Écrivez le mot à définir.", field="word")
    term = db.session.scalars(select(Term).where(Term.slug == slug_of(word))).one_or_none()
    proposal = TermProposal(term=term, word=term.word if term else word, definition=definition, author=actor)
    db.session.add(proposal)
    db.session.flush()
    record(actor, "term_proposed", proposal, known=term is not None)
    return proposal


def accept_proposal(actor: User, proposal: TermProposal, *, validated: bool) -> Term:
    """Write the proposed definition into the lexique, as validated by the partners or as under discussion."""
    require(can_settle_terms(actor), "Les coordinations et l’administration tiennent le lexique.")
    _expect_open(proposal)
    state = TermState.VALIDATED if validated else TermState.DISCUSSED
    slug = slug_of(proposal.word)
    term = proposal.term or db.session.scalars(select(Term).where(Term.slug == slug)).one_or_none()
    if term is None:
        term = Term(word=proposal.word, slug=slug, definition=proposal.definition)
        db.session.add(term)
    term.definition, term.state = proposal.definition, state
    proposal.term, proposal.accepted_at = term, clock.now()
    db.session.flush()
    record(actor, "term_accepted", term, state=state.value)
    return term


def decline_proposal(actor: User, proposal: TermProposal) -> None:
    """Leave the lexique as it is."""
    require(can_settle_terms(actor), "Les coordinations et l’administration tiennent le lexique.")
    _expect_open(proposal)
    proposal.declined_at = clock.now()
    record(actor, "term_declined", proposal)


def _expect_open(proposal: TermProposal) -> None:
    if proposal.accepted_at is not None or proposal.declined_at is not None:
        raise WrongStateError("Quelqu’un a déjà répondu à cette proposition.")
