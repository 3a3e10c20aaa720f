"""The lexique: reading, searching, proposing, settling."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError, NotFoundError
from commission_app.core.web import see
from commission_app.library.blueprint import bp
from commission_app.library.lexique.forms import ProposalForm
from commission_app.library.lexique.queries import by_letter, get_proposal, open_proposals, terms
from commission_app.library.lexique.services import accept_proposal, decline_proposal, propose_definition
from commission_app.library.policies import can_propose_term, can_settle_terms
from commission_app.library.states import TermState


@bp.get("/lexique")
def lexique() -> str:
    """The terms by letter, validated or under discussion."""
    text, wanted = request.args.get("mot", ""), request.args.get("etat", "")
    state = TermState(wanted) if wanted in set(TermState) else None
    found = terms(text, state)
    settles = can_settle_terms(me())
    return render_template(
        "library/lexique.html",
        letters=by_letter(found),
        count=len(found),
        text=text,
        state=wanted,
        states=[(TermState.VALIDATED.value, "Validés"), (TermState.DISCUSSED.value, "En discussion")],
        proposals=open_proposals() if settles else [],
        may_propose=can_propose_term(me()),
    )


@bp.get("/lexique/proposer")
def propose() -> str:
    """The form that proposes a definition; `mot` fills in the word."""
    _expect_proposer()
    form = ProposalForm(formdata=None, word=request.args.get("mot", ""))
    return render_template("library/propose.html", form=form)


@bp.post("/lexique/proposer")
def create_proposal() -> ResponseReturnValue:
    """Propose a definition."""
    _expect_proposer()
    form = ProposalForm()
    if not form.validate():
        return render_template("library/propose.html", form=form), 422
    try:
        propose_definition(me(), **form.payload())
    except InvalidInputError as error:
        form.refuse(error.message, field=error.field)
        return render_template("library/propose.html", form=form), 422
    commit()
    return see(url_for("library.lexique"), "Votre proposition est transmise aux coordinations.")


@bp.post("/lexique/propositions/<uuid:proposal_id>/accepter")
def accept(proposal_id: UUID) -> ResponseReturnValue:
    """Write the definition into the lexique."""
    validated = request.form.get("etat") == TermState.VALIDATED.value
    term = accept_proposal(me(), get_proposal(me(), proposal_id), validated=validated)
    commit()
    return see(url_for("library.lexique", _anchor=term.slug), f"« {term.word} » est à jour dans le lexique.")


@bp.post("/lexique/propositions/<uuid:proposal_id>/ecarter")
def decline(proposal_id: UUID) -> ResponseReturnValue:
    """Leave the lexique as it is."""
    decline_proposal(me(), get_proposal(me(), proposal_id))
    commit()
    return see(url_for("library.lexique"), "La proposition est écartée. Le lexique ne change pas.")


def _expect_proposer() -> None:
    if not can_propose_term(me()):
        raise NotFoundError()
