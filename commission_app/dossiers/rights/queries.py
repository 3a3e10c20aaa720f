"""What a person asked for, and whether a correction is open."""

import uuid

from sqlalchemy import exists, select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import can_edit_dossier, is_referent
from commission_app.dossiers.rights.models import Correction
from commission_app.dossiers.states import CorrectionState, DossierState

OVER = frozenset({DossierState.CLOSED, DossierState.WITHDRAWN})


def corrections_of(dossier_id: uuid.UUID) -> list[Correction]:
    """What the person asked to have corrected, the latest first."""
    query = select(Correction).where(Correction.dossier_id == dossier_id)
    return list(db.session.scalars(query.order_by(Correction.created_at.desc())))


def get_correction(dossier: Dossier, correction_id: uuid.UUID) -> Correction:
    """One correction of this dossier; raises NotFoundError for any other."""
    correction = db.session.get(Correction, correction_id)
    if correction is None or correction.dossier_id != dossier.id:
        raise NotFoundError()
    return correction


def can_write_parts(actor: User, dossier: Dossier) -> bool:
    """Whether the parts are open to the référent: a draft, one to complete, or one in which the person asked
    for a correction that is not answered yet."""
    if can_edit_dossier(actor, dossier):
        return True
    if not is_referent(actor, dossier) or dossier.state in OVER:
        return False
    return correction_waits(dossier)


def correction_waits(dossier: Dossier) -> bool:
    """Whether the person asked for a correction that is not answered yet."""
    asked = exists().where(Correction.dossier_id == dossier.id, Correction.state == CorrectionState.ASKED)
    return bool(db.session.scalar(select(asked)))
