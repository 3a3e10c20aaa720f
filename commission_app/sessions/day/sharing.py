"""Whether live pages may show a situation: one rendering serves everybody, so all of them must be covered."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ScalarSelect, select, union

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.prepared import TODAY
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.models import Facilitator


def scope_today(dossier_id: Any) -> ScalarSelect[list[str]]:
    """The structures named by the agreement of today, the one that lasts longest; NULL when none holds."""
    return (
        select(SharingAgreement.scope)
        .where(
            SharingAgreement.dossier_id == dossier_id,
            SharingAgreement.withdrawn_at.is_(None),
            SharingAgreement.given_on <= TODAY,
            SharingAgreement.expires_on >= TODAY,
        )
        .order_by(SharingAgreement.expires_on.desc())
        .limit(1)
        .scalar_subquery()
    )


def room_may_read(day_id: uuid.UUID, scope: Collection[str] | None) -> bool:
    """Whether a scope covers every structure invited or facilitating; an empty one is the whole commission.

    Otherwise each one reads the presentation on the own page, as far as the agreement goes.
    """
    if scope is None:
        return False
    return not scope or _structures_reading(day_id) <= set(scope)


def _structures_reading(day_id: uuid.UUID) -> set[str]:
    invited = select(Invitation.structure_id).where(
        Invitation.commission_session_id == day_id, Invitation.removed_at.is_(None)
    )
    facilitating = (
        select(User.structure_id)
        .join(Facilitator, Facilitator.user_id == User.id)
        .where(Facilitator.commission_session_id == day_id)
    )
    return {str(structure_id) for structure_id in db.session.scalars(union(invited, facilitating))}
