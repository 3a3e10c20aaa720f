"""The terms, in order of the alphabet, and what is proposed for them."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.search import folded
from commission_app.library.models import Term, TermProposal
from commission_app.library.policies import can_settle_terms
from commission_app.library.states import TermState

LIST_SIZE = 50


@dataclass(frozen=True)
class FirstTerm:
    """A term that the reference of the partners already defines."""

    word: str
    definition: str
    state: TermState


@cache
def first_terms() -> tuple[FirstTerm, ...]:
    """What a new platform begins with."""
    rows = json.loads((Path(__file__).parent / "terms.json").read_text(encoding="utf-8"))
    states = {True: TermState.VALIDATED, False: TermState.DISCUSSED}
    return tuple(FirstTerm(row["word"], row["definition"], states[row["validated"]]) for row in rows)


def terms(text: str = "", state: TermState | None = None) -> list[Term]:
    """The terms whose word or definition holds a text, without regard to accents, by the alphabet."""
    query = select(Term) if state is None else select(Term).where(Term.state == state)
    wanted = folded(text)
    found = [term for term in db.session.scalars(query) if wanted in folded(f"{term.word} {term.definition}")]
    return sorted(found, key=lambda term: folded(term.word))


def by_letter(listed: Sequence[Term]) -> list[tuple[str, list[Term]]]:
    """The same terms under their first letters."""
    return [(letter, list(group)) for letter, group in groupby(listed, key=_letter)]


def _letter(term: Term) -> str:
    return folded(term.word)[0].upper()


def get_term(slug: str) -> Term:
    """One term by its word in ASCII; raises NotFoundError when there is none."""
    term = db.session.scalars(select(Term).where(Term.slug == slug)).one_or_none()
    if term is None:
        raise NotFoundError()
    return term


def open_proposals() -> list[TermProposal]:
    """What waits for an answer, the oldest first."""
    author = joinedload(TermProposal.author)
    query = (
        select(TermProposal)
        .where(TermProposal.accepted_at.is_(None), TermProposal.declined_at.is_(None))
        .options(joinedload(TermProposal.term), author.options(lazyload(User.memberships)))
        .order_by(TermProposal.created_at)
        .limit(LIST_SIZE)
    )
    return list(db.session.scalars(query).unique())


def get_proposal(actor: User, proposal_id: uuid.UUID) -> TermProposal:
    """One proposal, held until the end of the transaction, for those who settle them; for everybody else, and
    when there is none, raises NotFoundError."""
    if not can_settle_terms(actor):
        raise NotFoundError()
    query = select(TermProposal).where(TermProposal.id == proposal_id).with_for_update(of=TermProposal)
    proposal = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if proposal is None:
        raise NotFoundError()
    return proposal
