"""Asking for a correction, answering it, handing over a copy of everything."""

from typing import Any

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.nir import refuse_nir
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.rights.access import access_of
from commission_app.dossiers.rights.models import Correction
from commission_app.dossiers.rights.policies import can_answer_right, can_export_for_person
from commission_app.dossiers.states import CorrectionState


def ask_correction(actor: User, dossier: Dossier, *, text: str) -> Correction:
    """Write down what the person asks to have corrected; the référent, who heard it, may. The parts are open
    again until it is answered."""
    require(can_answer_right(actor, dossier), "Seul le référent d’étape note cette demande.")
    return _ask(actor, dossier, text)


def ask_correction_on_page(dossier: Dossier, *, text: str) -> Correction:
    """The person asks on the own page, without an account; the page has checked the link."""
    return _ask(None, dossier, text)


def answer_correction(actor: User, correction: Correction, *, is_done: bool, answer: str) -> None:
    """Say that it is corrected, or why it stays; the référent may, once. The person reads the answer."""
    require(can_answer_right(actor, correction.dossier))
    expect(correction.state, {CorrectionState.ASKED}, "Cette demande a déjà sa réponse.")
    refuse_nir([("answer", answer)])
    if not is_done and not answer:
        raise InvalidInputError("Écrivez pourquoi : la personne lira votre réponse", field="answer")
    correction.state = CorrectionState.DONE if is_done else CorrectionState.DECLINED
    correction.answer, correction.answered_at = answer, clock.now()
    record(actor, "correction_answered", correction.dossier, outcome=correction.state.value)


def export_for(actor: User, dossier: Dossier) -> dict[str, Any]:
    """Gather everything that is kept, to hand it to the person; who sees the identity may; it is noted."""
    require(can_export_for_person(actor, dossier))
    record(actor, "access_exported", dossier)
    return access_of(dossier)


def export_for_person(dossier: Dossier) -> dict[str, Any]:
    """The same for the person herself on the own page, without an account; the page has checked the link."""
    record(None, "access_exported", dossier)
    return access_of(dossier)


def _ask(actor: User | None, dossier: Dossier, text: str) -> Correction:
    if not text.strip():
        raise InvalidInputError("Écrivez ce qu’il faut corriger", field="text")
    refuse_nir([("text", text)])
    correction = Correction(
        dossier=dossier, dossier_id=dossier.id, text=text, author_id=actor.id if actor else None
    )
    db.session.add(correction)
    record(actor, "correction_asked", dossier)
    return correction
